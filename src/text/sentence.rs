//! Paragraphs and sentences.

use crate::growth::Growth;
use crate::lexicon::{Lexicon, Tag, Traits};
use crate::text::token::{Shape, TokenKind, Tokens};

/// How the paragraphs of a text are told apart.
///
/// ```
/// use whosaid::{Extractor, Paragraphs};
/// let text = "It rained\nand poured.\n\nShe left.";
/// for (how, count) in [(Paragraphs::BlankLines, 2), (Paragraphs::Lines, 3)] {
///     let extractor = Extractor::builder().paragraphs(how).build();
///     assert_eq!(extractor.extract(text).paragraphs().len(), count);
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Paragraphs {
    /// Found out from the text: every line is a paragraph unless the lines look wrapped.
    #[default]
    Detect,
    /// A blank line stands between two paragraphs; other line ends are white space.
    BlankLines,
    /// Every line is a paragraph.
    Lines,
}

/// A half-open stretch of tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) first: u32,
    pub(crate) end: u32,
}

impl Stretch {
    pub(crate) fn new(first: usize, end: usize) -> Self {
        Stretch { first: first as u32, end: end as u32 }
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }

    pub(crate) fn contains(self, at: usize) -> bool {
        self.range().contains(&at)
    }
}

/// Which of the ascending, disjoint stretches holds the token, if one does.
pub(crate) fn holding(stretches: &[Stretch], at: usize) -> Option<usize> {
    let after = stretches.partition_point(|s| s.first as usize <= at);
    after.checked_sub(1).filter(|&i| stretches[i].contains(at))
}

/// Finds the paragraphs of the tokens, in place of what was in `paragraphs`.
pub(crate) fn paragraphs(text: &str, tokens: &Tokens, how: Paragraphs, paragraphs: &mut Vec<Stretch>) {
    paragraphs.clear();
    let wrapped = if how == Paragraphs::Detect { column(text, tokens) } else { None };
    let breaks = match how {
        Paragraphs::BlankLines => Shape::BLANK,
        Paragraphs::Detect if wrapped.is_some() => Shape::BLANK,
        Paragraphs::Lines | Paragraphs::Detect => Shape::LINE,
    };
    let (mut first, mut line) = (0, 0);
    for at in tokens.lines.iter().map(|&at| at as usize) {
        let short = || wrapped.is_some_and(|column| left_short(text, tokens, line, at, column));
        if tokens.has(at, breaks) || short() {
            paragraphs.add(Stretch::new(first, at));
            first = at;
        }
        line = at;
    }
    if tokens.len() > 0 {
        paragraphs.add(Stretch::new(first, tokens.len()));
    }
}

/// The column at which lines are wrapped, in characters, where single line ends fall inside sentences: the length of
/// the longest line that goes on with a small letter.
fn column(text: &str, tokens: &Tokens) -> Option<usize> {
    let inside = |at: usize| tokens.text(text, at).starts_with(|c: char| c.is_lowercase());
    let (mut all, mut within, mut longest, mut line) = (0, 0, 0, 0);
    for at in tokens.lines.iter().map(|&at| at as usize) {
        if !tokens.has(at, Shape::BLANK) {
            all += 1;
            if inside(at) {
                within += 1;
                longest = longest.max(width(text, tokens, line, at));
            }
        }
        line = at;
    }
    (within > 0 && within * 4 >= all).then_some(longest)
}

/// The width of a line that is surely no wrapped one.
const WIDE: usize = 120;

/// How many characters the tokens take up in a line.
fn width(text: &str, tokens: &Tokens, first: usize, end: usize) -> usize {
    tokens.span(first, end).of(text).chars().count()
}

/// Whether the wrapped line before the token ends although the word there would have had room, and a mark opens the
/// next: a paragraph begins without a blank line.
fn left_short(text: &str, tokens: &Tokens, line: usize, at: usize, column: usize) -> bool {
    if tokens.kind(at) != TokenKind::Mark || column > WIDE {
        return false;
    }
    let mut next = at + 1;
    while next < tokens.len() && !tokens.has(next, Shape::SPACED) {
        next += 1;
    }
    next > at + 1 && width(text, tokens, line, at) + 1 + width(text, tokens, at, next) <= column
}

/// A sentence is cut after so many tokens: what reads a sentence may look from each of its words at all others, and
/// the time must grow no faster than the text.
const LONGEST: usize = 500;

/// Finds the sentences of one paragraph, appending them to `sentences`.
pub(crate) fn sentences(
    tokens: &Tokens,
    lexicon: &Lexicon,
    paragraph: Stretch,
    sentences: &mut Vec<Stretch>,
) {
    let range = paragraph.range();
    let mut first = range.start;
    let mut at = first;
    while at < range.end {
        let end = next_end(tokens, lexicon, at, range.end);
        while end > first + LONGEST - 1 && end > at {
            let cut = (first + LONGEST).max(at + 1);
            sentences.add(Stretch::new(first, cut));
            (first, at) = (cut, cut);
        }
        at = end + 1;
        while at < range.end && closes(tokens, at) {
            at += 1;
        }
        if at < range.end && begins(tokens, lexicon, end, at, range.end) {
            sentences.add(Stretch::new(first, at));
            first = at;
        }
    }
    if first < range.end {
        sentences.add(Stretch::new(first, range.end));
    }
}

/// The first token from `at` on with which a sentence may end; `end` where there is none before.
fn next_end(tokens: &Tokens, lexicon: &Lexicon, mut at: usize, end: usize) -> usize {
    while let Some(next) = tokens.shape[at..end].iter().position(|shape| shape.may_end_sentence()) {
        at += next;
        if ends(tokens, lexicon, at, end) {
            return at;
        }
        at += 1;
    }
    end
}

/// Whether a sentence may end with the token: a full stop, or an abbreviation that can stand last.
fn ends(tokens: &Tokens, lexicon: &Lexicon, at: usize, end: usize) -> bool {
    match tokens.kind(at) {
        kind if kind.ends_sentence() => true,
        TokenKind::Word if tokens.has(at, Shape::DOTTED) => {
            let traits = lexicon.word(tokens.word[at]).traits;
            !traits.any(Traits::TITLE)
                && (at + 1 == end || closes(tokens, at + 1) || opens(tokens, lexicon, at + 1))
        }
        _ => false,
    }
}

/// A small word with a capital that it has only where it opens a sentence: *The*, *She*, *But*, not *US*.
fn opens(tokens: &Tokens, lexicon: &Lexicon, at: usize) -> bool {
    use Tag::{Coordinator, Determiner, Possessive, Pronoun, WhAdverb};
    let tag = lexicon.word(tokens.word[at]).tags[0];
    tokens.has(at, Shape::CAPITAL)
        && !tokens.has(at, Shape::UPPER)
        && matches!(tag, Determiner | Pronoun | Possessive | Coordinator | WhAdverb)
}

/// A mark or bracket glued to what stands before it.
fn closes(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.kind(at), TokenKind::Mark | TokenKind::Closing) && !tokens.has(at, Shape::SPACED)
        || matches!(tokens.kind(at), TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis)
}

/// Whether a sentence begins at `next`, after one that ended with the stop at `at`.
fn begins(tokens: &Tokens, lexicon: &Lexicon, at: usize, next: usize, end: usize) -> bool {
    let lower = tokens.kind(next) == TokenKind::Word && !tokens.has(next, Shape::CAPITAL);
    if lower || matches!(tokens.kind(next), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon) {
        return false;
    }
    let quoted = (at + 1..next).any(|i| tokens.kind(i) == TokenKind::Mark);
    let exclaimed = !matches!(tokens.kind(at), TokenKind::Stop);
    // *“Who knows?” I asked*, but *“Who knows?” She asked around.*
    let small = opens(tokens, lexicon, next) && tokens.end(next) - tokens.start(next) > 1;
    !(quoted && exclaimed && !small && tag(tokens, lexicon, next, end))
}

/// How many words an apposition has at most that is looked past for a tag.
const LONGEST_APPOSITION: usize = 12;

/// Whether words that say who spoke stand at the token: *Ruiz asked*, *Mrs. Ruiz asked*, *he said*, *Ruiz, a diver, said*.
pub(crate) fn tag(tokens: &Tokens, lexicon: &Lexicon, at: usize, end: usize) -> bool {
    let says = |i: usize| lexicon.word(tokens.word[i]).cue.share >= 50;
    let words = |first: usize, most: usize| {
        (first..end.min(first + most)).take_while(|&i| tokens.kind(i) == TokenKind::Word)
    };
    let pauses = |at: usize| at < end && tokens.kind(at) == TokenKind::Comma;
    let named = at + 1 + words(at + 1, 4).count();
    let apposed = named + 1 + words(named + 1, LONGEST_APPOSITION).count();
    words(at + 1, 4).any(says) || pauses(named) && apposed + 1 < end && pauses(apposed) && says(apposed + 1)
}
