//! What stands where in a sentence: finer classes of its tokens, and what stands before each of them.

use crate::grammar::clause::Clauses;
use crate::grammar::tag::Tagged;
use crate::lexicon::{Function, Outline, Tag};
use crate::report::values::{TAGS, join};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// What stands at a token: a mark, a word of a class, or one that is told apart in its class.
pub(crate) const STANDS: &[&str] = &join::<57>(&[MARKS, CLASSES, FINER]);

const MARKS: &[&str] =
    &["end", "comma", "stop", "semicolon", "colon", "dash", "bracket", "opening mark", "closing mark"];

/// The classes that stand for their words, *noun* to *adverb*.
const CLASSES: &[&str] = TAGS.split_at(Tag::Adverb as usize + 1).0.split_at(Tag::Noun as usize).1;

/// How far the values of the classes are from their numbers.
const CLASS: u8 = MARKS.len() as u8 - Tag::Noun as u8;

const FINER: &[&str] = &[
    "of",
    "for",
    "preposition",
    "by",
    "that",
    "subordinator",
    "as",
    "and",
    "but",
    "or",
    "who",
    "which",
    "wh-adverb",
    "time",
    "there",
    "it",
    "cue",
    "other",
    "about",
    "with",
    "on",
    "in",
    "whether",
    "how",
    "at",
    "against",
    "to whom",
    "because",
    "while",
    "after",
    "despite",
];

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
    /// For each token a value of [`STANDS`].
    stands: Vec<u8>,
    /// For each token and the end of the sentence.
    counts: Vec<Sums>,
}

impl Standing {
    /// Reads a sentence, in place of the one before; `quotes` are the outermost quoted stretches of the text.
    pub(crate) fn read(&mut self, tagged: &Tagged, clauses: &Clauses, quotes: &[Stretch]) {
        self.sentence = clauses.sentence;
        let range = self.sentence.range();
        self.stands.clear();
        self.stands.resize(range.len(), 0);
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
                *stands = if opens { 7 } else { 8 };
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

    /// What stands at a token; nothing outside the sentence.
    pub(crate) fn at(&self, token: usize) -> u8 {
        let place = token.wrapping_sub(self.sentence.first as usize);
        self.stands.get(place).copied().unwrap_or(0)
    }

    /// The first semicolon from the token on that stands outside quotation marks.
    pub(crate) fn semicolon(&self, from: usize) -> Option<usize> {
        let rest = self.stands.get(from.checked_sub(self.sentence.first as usize)?..)?;
        rest.iter().position(|&stands| stands == 3).map(|ahead| from + ahead)
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
pub(crate) fn stands(tagged: &Tagged, at: usize, end: usize) -> u8 {
    let kind = tagged.kind(at);
    if kind != TokenKind::Word {
        return OF_KINDS[kind as usize];
    }
    let tag = tagged.tag(at);
    let time = tagged.lexicon.outlines().of(tagged.tokens.word[at]).has(Outline::TIME);
    match OF_CLASSES[tag as usize] {
        _ if time && !matches!(tag, Tag::Past | Tag::Third) => 39,
        APART => told_apart(tagged, at, end, tag),
        stands => stands,
    }
}

/// What stands at a token that is no word, by its kind.
const OF_KINDS: [u8; 16] = {
    use TokenKind::{
        Closing, Colon, Comma, Dash, Ellipsis, Exclamation, Mark, Number, Opening, Question, Semicolon, Stop,
    };
    let mut kinds = [43; 16];
    kinds[Comma as usize] = 1;
    (kinds[Stop as usize], kinds[Ellipsis as usize]) = (2, 2);
    (kinds[Question as usize], kinds[Exclamation as usize]) = (2, 2);
    kinds[Semicolon as usize] = 3;
    kinds[Colon as usize] = 4;
    kinds[Dash as usize] = 5;
    (kinds[Opening as usize], kinds[Closing as usize]) = (6, 6);
    kinds[Mark as usize] = 8;
    kinds[Number as usize] = 17;
    kinds
};

/// What stands at a word, by its class; nothing where the class does not say it all.
const OF_CLASSES: [u8; 32] = {
    let mut classes = [APART; 32];
    let mut class = Tag::Noun as u8;
    while class <= Tag::Adverb as u8 {
        classes[class as usize] = class + CLASS;
        class += 1;
    }
    classes[Tag::Pronoun as usize] = APART;
    classes[Tag::Participle as usize] = APART;
    classes[Tag::To as usize] = APART;
    classes
};

/// In place of what stands at a word whose class does not say it.
const APART: u8 = 0;

/// What stands at a word of the classes whose words are told apart.
fn told_apart(tagged: &Tagged, at: usize, end: usize, tag: Tag) -> u8 {
    let function = tagged.function(at);
    let joins = matches!(tag, Tag::Subordinator | Tag::Preposition | Tag::WhAdverb | Tag::Participle);
    let linked = match function {
        Function::Because | Function::Since => 53,
        Function::While | Function::Whereas | Function::Although | Function::Though => 54,
        Function::After | Function::Before | Function::Until | Function::When | Function::Once => 55,
        Function::Despite | Function::Amid | Function::Given | Function::Following => 56,
        _ => 0,
    };
    if joins && linked > 0 {
        return linked;
    }
    match tag {
        Tag::Pronoun if function == Function::It => 41,
        Tag::To if at + 1 >= end || tagged.tag(at + 1) != Tag::Base => 52,
        Tag::Preposition => match function {
            Function::Of => 26,
            Function::For => 27,
            Function::By => 29,
            Function::As => 32,
            Function::About => 44,
            Function::With => 45,
            Function::On => 46,
            Function::In => 47,
            Function::At => 50,
            Function::Against => 51,
            _ => 28,
        },
        Tag::Subordinator => match function {
            Function::That => 30,
            Function::As => 32,
            Function::Whether | Function::If => 48,
            _ => 31,
        },
        Tag::Coordinator => match function {
            Function::But => 34,
            Function::Or => 35,
            _ => 33,
        },
        Tag::WhPronoun => match function {
            Function::Who => 36,
            _ => 37,
        },
        Tag::WhAdverb => match function {
            Function::How => 49,
            _ => 38,
        },
        Tag::Existential => 40,
        Tag::Unknown | Tag::Interjection | Tag::Punctuation => 43,
        class => class as u8 + CLASS,
    }
}
