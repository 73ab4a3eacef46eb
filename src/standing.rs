//! What stands where in a sentence: finer classes of its tokens, and what stands before each of them.

use crate::clause::Clauses;
use crate::lexicon::{Function, Tag, Traits};
use crate::sentence::Stretch;
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};
use crate::values::{TAGS, join};

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

/// How much of each stands in the sentence before a token.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    commas: u16,
    quoted: u16,
    verbs: u16,
    finite: u16,
}

/// The columns of one sentence; their memory is reused for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    sentence: Stretch,
    /// For each token a value of [`STANDS`].
    stands: Vec<u8>,
    /// For each token and the end of the sentence.
    counts: Vec<Counts>,
}

impl Standing {
    /// Reads a sentence, in place of the one before; `quotes` are the outermost quoted stretches of the text.
    pub(crate) fn read(&mut self, tagged: &Tagged, clauses: &Clauses, quotes: &[Stretch]) {
        self.sentence = clauses.sentence;
        self.stands.clear();
        self.counts.clear();
        let mut sums = Counts::default();
        let mut quote = quotes.partition_point(|q| q.first < self.sentence.first);
        let mut group = 0;
        for at in self.sentence.range() {
            self.counts.push(sums);
            let quoted = tagged.tokens.has(at, Shape::QUOTED);
            let stands = if quoted {
                let opens = quotes.get(quote).is_some_and(|q| q.first as usize == at);
                quote += usize::from(opens);
                if opens { 7 } else { 8 }
            } else {
                stands(tagged, at, self.sentence.end as usize)
            };
            self.stands.push(stands);
            sums.commas += u16::from(tagged.kind(at) == TokenKind::Comma);
            sums.quoted += u16::from(quoted);
            if let Some(found) = clauses.groups.get(group).filter(|g| g.head as usize == at) {
                sums.verbs += 1;
                sums.finite += u16::from(found.finite);
                group += 1;
            }
        }
        self.counts.push(sums);
    }

    /// What stands at a token; nothing outside the sentence.
    pub(crate) fn at(&self, token: usize) -> u8 {
        let place = token.wrapping_sub(self.sentence.first as usize);
        self.stands.get(place).copied().unwrap_or(0)
    }

    /// How many commas stand among the tokens.
    pub(crate) fn commas(&self, tokens: std::ops::Range<usize>) -> usize {
        self.count(tokens, |counts| counts.commas)
    }

    /// Whether any of the tokens stands in quotation marks.
    pub(crate) fn quoted(&self, tokens: std::ops::Range<usize>) -> bool {
        self.count(tokens, |counts| counts.quoted) > 0
    }

    /// How many verb groups have their lexical verb among the tokens.
    pub(crate) fn verbs(&self, tokens: std::ops::Range<usize>) -> usize {
        self.count(tokens, |counts| counts.verbs)
    }

    /// How many of them are finite.
    pub(crate) fn finite(&self, tokens: std::ops::Range<usize>) -> usize {
        self.count(tokens, |counts| counts.finite)
    }

    fn count(&self, tokens: std::ops::Range<usize>, of: impl Fn(&Counts) -> u16) -> usize {
        let first = self.sentence.first as usize;
        let before = |at: usize| {
            let place = at.saturating_sub(first).min(self.stands.len());
            self.counts.get(place).map_or(0, &of)
        };
        usize::from(before(tokens.end).saturating_sub(before(tokens.start)))
    }
}

/// What stands at a token outside quotation marks.
pub(crate) fn stands(tagged: &Tagged, at: usize, end: usize) -> u8 {
    match tagged.kind(at) {
        TokenKind::Comma => 1,
        TokenKind::Stop | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis => 2,
        TokenKind::Semicolon => 3,
        TokenKind::Colon => 4,
        TokenKind::Dash => 5,
        TokenKind::Opening | TokenKind::Closing => 6,
        TokenKind::Mark => 8,
        TokenKind::Symbol => 43,
        TokenKind::Number => 17,
        TokenKind::Word => word_stands(tagged, at, end),
    }
}

fn word_stands(tagged: &Tagged, at: usize, end: usize) -> u8 {
    let tag = tagged.tag(at);
    let word = tagged.word(at);
    if word.traits.any(Traits(Traits::DAY.0 | Traits::TIME.0)) && !matches!(tag, Tag::Past | Tag::Third) {
        return 39;
    }
    let joins = matches!(tag, Tag::Subordinator | Tag::Preposition | Tag::WhAdverb | Tag::Participle);
    let linked = match word.function {
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
        Tag::Pronoun if word.function == Function::It => 41,
        Tag::To if at + 1 >= end || tagged.tag(at + 1) != Tag::Base => 52,
        Tag::Preposition => match word.function {
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
        Tag::Subordinator => match word.function {
            Function::That => 30,
            Function::As => 32,
            Function::Whether | Function::If => 48,
            _ => 31,
        },
        Tag::Coordinator => match word.function {
            Function::But => 34,
            Function::Or => 35,
            _ => 33,
        },
        Tag::WhPronoun => match word.function {
            Function::Who => 36,
            _ => 37,
        },
        Tag::WhAdverb => match word.function {
            Function::How => 49,
            _ => 38,
        },
        Tag::Existential => 40,
        Tag::Unknown | Tag::Interjection | Tag::Punctuation => 43,
        class => class as u8 + CLASS,
    }
}
