//! What stands where in a sentence: finer classes of its tokens, and what stands before each of them.

use crate::clause::Clauses;
use crate::lexicon::{Function, Tag, Traits};
use crate::sentence::Stretch;
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};

/// What stands at a token, finer than its class.
pub(crate) const STANDS: &[&str] = &[
    "end",
    "comma",
    "stop",
    "semicolon",
    "colon",
    "dash",
    "bracket",
    "opening mark",
    "closing mark",
    "noun",
    "plural",
    "name",
    "pronoun",
    "possessive",
    "genitive",
    "determiner",
    "adjective",
    "number",
    "base",
    "third",
    "past",
    "gerund",
    "participle",
    "modal",
    "to",
    "adverb",
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
        let mut groups = clauses.groups.iter().peekable();
        for at in self.sentence.range() {
            self.counts.push(sums);
            let opens = quotes.get(quote).is_some_and(|q| q.first as usize == at);
            quote += usize::from(opens);
            let quoted = tagged.tokens.has(at, Shape::QUOTED);
            let stands = match (quoted, opens) {
                (true, true) => 7,
                (true, false) => 8,
                (false, _) => stands(tagged, at, self.sentence.end as usize),
            };
            self.stands.push(stands);
            sums.commas += u16::from(tagged.kind(at) == TokenKind::Comma);
            sums.quoted += u16::from(quoted);
            if let Some(group) = groups.next_if(|g| g.head as usize == at) {
                sums.verbs += 1;
                sums.finite += u16::from(group.finite);
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
fn stands(tagged: &Tagged, at: usize, end: usize) -> u8 {
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
    match (tag, word.function) {
        (Tag::Noun, _) => 9,
        (Tag::Plural, _) => 10,
        (Tag::Name, _) => 11,
        (Tag::Pronoun, Function::It) => 41,
        (Tag::Pronoun, _) => 12,
        (Tag::Possessive, _) => 13,
        (Tag::Genitive, _) => 14,
        (Tag::Determiner, _) => 15,
        (Tag::Adjective, _) => 16,
        (Tag::Number, _) => 17,
        (Tag::Base, _) => 18,
        (Tag::Third, _) => 19,
        (Tag::Past, _) => 20,
        (Tag::Gerund, _) => 21,
        (Tag::Participle, _) => 22,
        (Tag::Modal, _) => 23,
        (Tag::To, _) if at + 1 < end && tagged.tag(at + 1) == Tag::Base => 24,
        (Tag::To, _) => 52,
        (Tag::Adverb, _) => 25,
        (Tag::Preposition, Function::Of) => 26,
        (Tag::Preposition, Function::For) => 27,
        (Tag::Preposition, Function::By) => 29,
        (Tag::Preposition, Function::About) => 44,
        (Tag::Preposition, Function::With) => 45,
        (Tag::Preposition, Function::On) => 46,
        (Tag::Preposition, Function::In) => 47,
        (Tag::Preposition, Function::At) => 50,
        (Tag::Preposition, Function::Against) => 51,
        (Tag::Subordinator | Tag::Preposition, Function::As) => 32,
        (Tag::Preposition, _) => 28,
        (Tag::Subordinator, Function::That) => 30,
        (Tag::Subordinator, Function::Whether | Function::If) => 48,
        (Tag::Subordinator, _) => 31,
        (Tag::Coordinator, Function::But) => 34,
        (Tag::Coordinator, Function::Or) => 35,
        (Tag::Coordinator, _) => 33,
        (Tag::WhPronoun, Function::Who) => 36,
        (Tag::WhPronoun, _) => 37,
        (Tag::WhAdverb, Function::How) => 49,
        (Tag::WhAdverb, _) => 38,
        (Tag::Existential, _) => 40,
        (Tag::Unknown | Tag::Interjection | Tag::Punctuation, _) => 43,
    }
}
