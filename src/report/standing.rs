//! What stands where in a sentence: finer classes of its tokens, and what stands before each of them.

use crate::grammar::clause::Clauses;
use crate::grammar::tag::Tagged;
use crate::lexicon::{Function, Outline, Tag};
use crate::named::{Named as _, named};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

named! {
    /// What stands at a token: a mark, a word of a class, or one that is told apart in its class.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) enum Stands {
        End = "end", Comma = "comma", Stop = "stop", Semicolon = "semicolon", Colon = "colon", Dash = "dash",
        Bracket = "bracket", OpeningMark = "opening mark", ClosingMark = "closing mark",

        Noun = "noun", Plural = "plural", Name = "name", Pronoun = "pronoun", Possessive = "possessive",
        Genitive = "genitive", Determiner = "determiner", Adjective = "adjective", Number = "number",
        Base = "base", Third = "third", Past = "past", Gerund = "gerund", Participle = "participle",
        Modal = "modal", To = "to", Adverb = "adverb",

        Of = "of", For = "for", Preposition = "preposition", By = "by", That = "that",
        Subordinator = "subordinator", As = "as", And = "and", But = "but", Or = "or", Who = "who", Which = "which",
        WhAdverb = "wh-adverb", Time = "time", There = "there", It = "it", Other = "other",
        About = "about", With = "with", On = "on", In = "in", Whether = "whether", How = "how", At = "at",
        Against = "against", ToWhom = "to whom", Because = "because", While = "while", After = "after",
        Despite = "despite",
    }
}

pub(crate) const STANDS: &[&str] = Stands::NAMES;

/// How much of each of these stands among some tokens, in as many bits each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums(u64);

const COMMAS: u32 = 0;
const QUOTED: u32 = 16;
const VERBS: u32 = 32;
const FINITE: u32 = 48;

/// The columns of one sentence; their memory is reused for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    sentence: Stretch,
    /// For each token.
    stands: Vec<Stands>,
    /// For each token and the end of the sentence.
    counts: Vec<Sums>,
}

impl Standing {
    /// Reads a sentence, in place of the one before; `quotes` are the outermost quoted stretches of the text.
    pub(crate) fn read(&mut self, tagged: &Tagged, clauses: &Clauses, quotes: &[Stretch]) {
        self.sentence = clauses.sentence;
        let range = self.sentence.range();
        self.stands.clear();
        self.stands.resize(range.len(), Stands::End);
        self.counts.clear();
        self.counts.resize(range.len() + 1, Sums::default());
        let mut sums = 0;
        let mut quotes =
            quotes[quotes.partition_point(|q| q.first < self.sentence.first)..].iter().peekable();
        let mut groups = clauses.groups.iter();
        let mut group = groups.next();
        let columns = self.stands.iter_mut().zip(&mut self.counts);
        for ((at, kind, shape, _), (stands, before)) in tagged.tokens.rows(range.clone()).zip(columns) {
            *before = Sums(sums);
            if shape.has(Shape::QUOTED) {
                let opens = quotes.next_if(|q| q.first as usize == at).is_some();
                *stands = if opens { Stands::OpeningMark } else { Stands::ClosingMark };
                sums += 1 << QUOTED;
            } else {
                *stands = self::stands(tagged, at, range.end);
            }
            if let Some(found) = group.filter(|g| g.head as usize == at) {
                sums += 1 << VERBS | u64::from(found.finite) << FINITE;
                group = groups.next();
            }
            sums += u64::from(kind == TokenKind::Comma) << COMMAS;
        }
        self.counts[range.len()] = Sums(sums);
    }

    /// What stands at a token; the end outside the sentence.
    pub(crate) fn at(&self, token: usize) -> Stands {
        let place = token.wrapping_sub(self.sentence.first as usize);
        self.stands.get(place).copied().unwrap_or(Stands::End)
    }

    /// The first semicolon from the token on that stands outside quotation marks.
    pub(crate) fn semicolon(&self, from: usize) -> Option<usize> {
        let rest = self.stands.get(from.checked_sub(self.sentence.first as usize)?..)?;
        rest.iter().position(|&stands| stands == Stands::Semicolon).map(|ahead| from + ahead)
    }

    /// Whether any of the tokens stands in quotation marks.
    pub(crate) fn quoted(&self, tokens: std::ops::Range<usize>) -> bool {
        self.sums(tokens).of(QUOTED) > 0
    }

    /// How many verb groups have their lexical verb among the tokens.
    pub(crate) fn verbs(&self, tokens: std::ops::Range<usize>) -> usize {
        self.sums(tokens).verbs()
    }

    /// How many of them are finite.
    pub(crate) fn finite(&self, tokens: std::ops::Range<usize>) -> usize {
        self.sums(tokens).of(FINITE)
    }

    /// How much of what is counted stands among the tokens.
    pub(crate) fn sums(&self, tokens: std::ops::Range<usize>) -> Sums {
        let first = self.sentence.first as usize;
        let before = |at: usize| {
            let place = at.saturating_sub(first).min(self.stands.len());
            self.counts.get(place).map_or(0, |counts| counts.0)
        };
        Sums(before(tokens.end).saturating_sub(before(tokens.start)))
    }
}

impl Stands {
    /// Whether it is no word: a mark, a pause, the end.
    pub(crate) fn parts(self) -> bool {
        self <= Stands::ClosingMark
    }

    /// Whether nothing that is said can begin there.
    pub(crate) fn silent(self) -> bool {
        self.parts() && self != Stands::OpeningMark
    }
}

impl Sums {
    fn of(self, what: u32) -> usize {
        usize::from((self.0 >> what) as u16)
    }

    /// How many commas there are.
    pub(crate) fn commas(self) -> usize {
        self.of(COMMAS)
    }

    /// How many verb groups have their lexical verb there.
    pub(crate) fn verbs(self) -> usize {
        self.of(VERBS)
    }
}

/// What stands at a token outside quotation marks.
#[inline]
pub(crate) fn stands(tagged: &Tagged, at: usize, end: usize) -> Stands {
    let kind = tagged.kind(at);
    if kind != TokenKind::Word {
        return OF_KINDS[kind as usize];
    }
    let tag = tagged.tag(at);
    let time = tagged.lexicon.outlines().of(tagged.tokens.word[at]).has(Outline::TIME);
    match OF_CLASSES[tag as usize] {
        _ if time && !matches!(tag, Tag::Past | Tag::Third) => Stands::Time,
        Some(stands) => stands,
        None => told_apart(tagged, at, end, tag),
    }
}

/// What stands at a token that is no word, by its kind.
const OF_KINDS: [Stands; 16] = {
    use TokenKind::{
        Closing, Colon, Comma, Dash, Ellipsis, Exclamation, Mark, Number, Opening, Question, Semicolon, Stop,
    };
    let mut kinds = [Stands::Other; 16];
    kinds[Comma as usize] = Stands::Comma;
    (kinds[Stop as usize], kinds[Ellipsis as usize]) = (Stands::Stop, Stands::Stop);
    (kinds[Question as usize], kinds[Exclamation as usize]) = (Stands::Stop, Stands::Stop);
    kinds[Semicolon as usize] = Stands::Semicolon;
    kinds[Colon as usize] = Stands::Colon;
    kinds[Dash as usize] = Stands::Dash;
    (kinds[Opening as usize], kinds[Closing as usize]) = (Stands::Bracket, Stands::Bracket);
    kinds[Mark as usize] = Stands::ClosingMark;
    kinds[Number as usize] = Stands::Number;
    kinds
};

/// What stands at a word, by its class; nothing where the class does not say it all.
const OF_CLASSES: [Option<Stands>; 32] = {
    let mut classes = [None; 32];
    classes[Tag::Noun as usize] = Some(Stands::Noun);
    classes[Tag::Plural as usize] = Some(Stands::Plural);
    classes[Tag::Name as usize] = Some(Stands::Name);
    classes[Tag::Possessive as usize] = Some(Stands::Possessive);
    classes[Tag::Genitive as usize] = Some(Stands::Genitive);
    classes[Tag::Determiner as usize] = Some(Stands::Determiner);
    classes[Tag::Adjective as usize] = Some(Stands::Adjective);
    classes[Tag::Number as usize] = Some(Stands::Number);
    classes[Tag::Base as usize] = Some(Stands::Base);
    classes[Tag::Third as usize] = Some(Stands::Third);
    classes[Tag::Past as usize] = Some(Stands::Past);
    classes[Tag::Gerund as usize] = Some(Stands::Gerund);
    classes[Tag::Modal as usize] = Some(Stands::Modal);
    classes[Tag::Adverb as usize] = Some(Stands::Adverb);
    classes
};

/// What stands at a word of the classes whose words are told apart.
fn told_apart(tagged: &Tagged, at: usize, end: usize, tag: Tag) -> Stands {
    let function = tagged.function(at);
    let joins = matches!(tag, Tag::Subordinator | Tag::Preposition | Tag::WhAdverb | Tag::Participle);
    let linked = match function {
        Function::Because | Function::Since => Some(Stands::Because),
        Function::While | Function::Whereas | Function::Although | Function::Though => Some(Stands::While),
        Function::After | Function::Before | Function::Until | Function::When | Function::Once => {
            Some(Stands::After)
        }
        Function::Despite | Function::Amid | Function::Given | Function::Following => Some(Stands::Despite),
        _ => None,
    };
    if let Some(stands) = linked.filter(|_| joins) {
        return stands;
    }
    match tag {
        Tag::Pronoun if function == Function::It => Stands::It,
        Tag::To if at + 1 >= end || tagged.tag(at + 1) != Tag::Base => Stands::ToWhom,
        Tag::Preposition => match function {
            Function::Of => Stands::Of,
            Function::For => Stands::For,
            Function::By => Stands::By,
            Function::As => Stands::As,
            Function::About => Stands::About,
            Function::With => Stands::With,
            Function::On => Stands::On,
            Function::In => Stands::In,
            Function::At => Stands::At,
            Function::Against => Stands::Against,
            _ => Stands::Preposition,
        },
        Tag::Subordinator => match function {
            Function::That => Stands::That,
            Function::As => Stands::As,
            Function::Whether | Function::If => Stands::Whether,
            _ => Stands::Subordinator,
        },
        Tag::Coordinator => match function {
            Function::But => Stands::But,
            Function::Or => Stands::Or,
            _ => Stands::And,
        },
        Tag::WhPronoun => match function {
            Function::Who => Stands::Who,
            _ => Stands::Which,
        },
        Tag::WhAdverb => match function {
            Function::How => Stands::How,
            _ => Stands::WhAdverb,
        },
        Tag::Existential => Stands::There,
        Tag::Pronoun => Stands::Pronoun,
        Tag::To => Stands::To,
        Tag::Participle => Stands::Participle,
        _ => Stands::Other,
    }
}
