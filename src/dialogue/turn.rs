//! Turns of a dialogue: the quoted stretches of one speaker, with the signs beside them.

use crate::dialogue::pattern::{self, Deed, Sign};
use crate::grammar::clause::Clauses;
use crate::grammar::mention::MentionKind;
use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::lexicon::{Gender, Tag};
use crate::text::quotation::{Quoted, Usage};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// What one person says without another speaking.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// Its quoted stretches, as a stretch of the pool of pieces.
    pub(crate) pieces: Stretch,
    /// Its paragraphs.
    pub(crate) paragraphs: Stretch,
    /// From its first quotation mark to its last.
    pub(crate) tokens: Stretch,
    /// Who is said to speak.
    pub(crate) tag: Option<Sign>,
    /// Who does something right before it, in its paragraph.
    pub(crate) before: Option<Sign>,
    /// Who does something at the beginning of its paragraph.
    pub(crate) opening: Option<Sign>,
    /// Who does something right after it or in the midst of it.
    pub(crate) after: Option<Sign>,
    /// It is not the first of its paragraph.
    pub(crate) shared: bool,
}

/// The turns of a text. It has so many that each sign is kept once, whatever it is a sign of, and only where there is
/// one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns {
    kept: Vec<Kept>,
    signs: Vec<Sign>,
}

/// A [`Turn`] with the places of its signs.
#[derive(Clone, Copy, Debug)]
struct Kept {
    pieces: Stretch,
    paragraphs: Stretch,
    tokens: Stretch,
    tag: Place,
    before: Place,
    opening: Place,
    after: Place,
    shared: bool,
}

/// Where a sign is kept; nowhere where there is none.
#[derive(Clone, Copy, Debug)]
struct Place(u32);

impl Place {
    const NOWHERE: Place = Place(u32::MAX);

    fn or(self, other: Place) -> Place {
        if self.0 == Place::NOWHERE.0 { other } else { self }
    }
}

/// A sign is kept anew that was not among so many kept last: those of one turn.
const SIGNS: usize = 4;

impl Turns {
    fn clear(&mut self) {
        self.kept.clear();
        self.signs.clear();
    }

    /// Lets go the room of turns that the text does not have.
    pub(crate) fn drop_room(&mut self) {
        self.kept.shrink_to_fit();
        self.signs.shrink_to_fit();
    }

    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Turn> {
        (0..self.len()).map(|at| self.at(at))
    }

    /// The turn at a place, if there is one.
    pub(crate) fn get(&self, at: usize) -> Option<Turn> {
        (at < self.len()).then(|| self.at(at))
    }

    /// The turn at a place where there is one; inlined, so that signs nobody asks for are not looked up.
    #[inline(always)]
    pub(crate) fn at(&self, at: usize) -> Turn {
        let Kept { pieces, paragraphs, tokens, tag, before, opening, after, shared } = self.kept[at];
        let sign = |place: Place| self.signs.get(place.0 as usize).copied();
        Turn {
            pieces,
            paragraphs,
            tokens,
            tag: sign(tag),
            before: sign(before),
            opening: sign(opening),
            after: sign(after),
            shared,
        }
    }

    /// Keeps a sign, if there is one.
    fn keep(&mut self, sign: Option<Sign>) -> Place {
        let Some(sign) = sign else { return Place::NOWHERE };
        let last = self.signs.len().saturating_sub(SIGNS);
        let known = self.signs[last..].iter().position(|kept| *kept == sign);
        let place = known.map_or(self.signs.len(), |at| last + at);
        if known.is_none() {
            self.signs.add(sign);
        }
        Place(place as u32)
    }
}

/// The stages' results that turns are read from.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) tagged: &'a Tagged<'a>,
    pub(crate) paragraphs: &'a [Stretch],
    pub(crate) sentences: &'a [Stretch],
}

impl Scene<'_> {
    /// The part of the sentence that begins at or goes on after the token, up to `end`.
    fn sentence_from(&self, at: usize, end: usize) -> Stretch {
        let next = self.sentences.partition_point(|s| s.end as usize <= at);
        let end = self.sentences.get(next).map_or(end, |s| end.min(s.end as usize));
        Stretch::new(at, end.max(at))
    }

    /// The part of the sentence that ends right before token `end`, from `first` on.
    fn sentence_to(&self, first: usize, end: usize) -> Stretch {
        let holding = self.sentences.partition_point(|s| (s.end as usize) < end);
        let first = self.sentences.get(holding).map_or(first, |s| first.max(s.first as usize));
        Stretch::new(first.min(end), end)
    }

    /// How many sentences a paragraph has.
    pub(crate) fn sentences_of(&self, paragraph: usize) -> usize {
        let paragraph = self.paragraphs[paragraph];
        let first = self.sentences.partition_point(|s| s.end <= paragraph.first);
        let last = self.sentences.partition_point(|s| s.end < paragraph.end);
        last - first + 1
    }

    /// Who acts first in a paragraph of narration.
    pub(crate) fn first_actor(&self, clauses: &mut Clauses, paragraph: usize) -> Option<Sign> {
        let range = self.paragraphs[paragraph].range();
        pattern::before(self.tagged, clauses, self.sentence_from(range.start, range.end))
    }

    /// Who acts last in what follows the turn in its paragraph, from the sentence after its tag on.
    pub(crate) fn tail_actor(&self, clauses: &mut Clauses, turn: &Turn) -> Option<Sign> {
        let end = self.paragraphs[turn.paragraphs.range().end - 1].range().end;
        let first = self.sentence_from(turn.tokens.range().end, end).range().end;
        let last = self.sentence_to(first, end);
        (first < end).then(|| pattern::before(self.tagged, clauses, last)).flatten()
    }

    /// Who is announced at the end of the paragraph before, where that is left open: *Ilse said:*
    fn lead_in(&self, clauses: &mut Clauses, paragraph: usize) -> Option<Sign> {
        let range = self.paragraphs[paragraph.checked_sub(1)?].range();
        let last = range.end - 1;
        let open = matches!(
            self.tagged.kind(last),
            TokenKind::Colon | TokenKind::Comma | TokenKind::Dash | TokenKind::Word
        );
        if !open || self.tagged.tokens.has(last, Shape::QUOTED) {
            return None;
        }
        let first =
            range.clone().rev().take_while(|&at| !self.tagged.tokens.has(at, Shape::QUOTED)).last()?;
        pattern::before(self.tagged, clauses, self.sentence_to(first, range.end))
    }

    /// Who acts last in a paragraph of narration.
    pub(crate) fn last_actor(&self, clauses: &mut Clauses, paragraph: usize) -> Option<Sign> {
        let range = self.paragraphs[paragraph].range();
        pattern::before(self.tagged, clauses, self.sentence_to(range.start, range.end))
    }
}

/// Finds the turns and the quoted stretches that they are made of, in place of what was in `turns` and `pieces`.
/// `together` is memory for those of one paragraph.
pub(crate) fn read(
    scene: Scene,
    clauses: &mut Clauses,
    quoted: &[Quoted],
    together: &mut Vec<Quoted>,
    pieces: &mut Vec<Stretch>,
    turns: &mut Turns,
) {
    turns.clear();
    pieces.clear();
    let spoken = |q: &&Quoted| q.depth == 0 && q.usage == Usage::Speech && !held(scene, q);
    let mut rest = quoted.iter().filter(spoken).peekable();
    let mut continued = false;
    while let Some(paragraph) = rest.peek().map(|first| first.paragraph) {
        together.clear();
        together.extend(std::iter::from_fn(|| rest.next_if(|q| q.paragraph == paragraph)));
        paragraph_turns(scene, clauses, together, pieces.len(), continued, turns);
        together.iter().for_each(|q| pieces.add(q.tokens));
        continued = together.last().is_some_and(|last| last.continues);
    }
}

/// How many words the sentence goes on with in marks at most where nobody says them.
const HELD: usize = 3;

/// Whether marks are around words of the narration that nobody speaks: *his “girl” came*, *read the “Morning Star.”*
///
/// They stand in the midst of a sentence, not behind a verb of saying, and are few or without an end of their own.
fn held(scene: Scene, quoted: &Quoted) -> bool {
    let t = scene.tagged;
    let range = quoted.tokens.range();
    let Some(before) = range.start.checked_sub(1) else { return false };
    let goes_on = t.kind(before) == TokenKind::Word
        && range.start > scene.paragraphs[quoted.paragraph as usize].range().start;
    if !goes_on || !quoted.closed || t.word(before).cue.says() {
        return false;
    }
    let words = range.clone().filter(|&at| t.kind(at) == TokenKind::Word);
    let count = words.clone().take(2 * HELD + 1).count();
    let capital = words.clone().next().is_some_and(|at| t.tokens.has(at, Shape::CAPITAL));
    let ends = range.end > range.start + 2 && t.kind(range.end - 2) != TokenKind::Word;
    let determined = t.is(before, "the") || matches!(t.tag(before), Tag::Possessive | Tag::Genitive);
    let exclaims = matches!(t.kind(range.end - 2), TokenKind::Question | TokenKind::Exclamation);
    count <= HELD && (!capital || determined && !exclaims) || !ends && count <= 2 * HELD
}

/// The turns of one paragraph, whose quoted stretches are the pieces from `first` on; the first goes on the last one before where it is `continued`.
fn paragraph_turns(
    scene: Scene,
    clauses: &mut Clauses,
    quoted: &[Quoted],
    first: usize,
    continued: bool,
    turns: &mut Turns,
) {
    let paragraph = quoted[0].paragraph as usize;
    let range = scene.paragraphs[paragraph].range();
    let mut from = range.start;
    let opening_end = quoted[0].tokens.range().start;
    let opening = (opening_end > range.start)
        .then(|| pattern::before(scene.tagged, clauses, scene.sentence_from(range.start, opening_end)))
        .flatten();
    for (index, q) in quoted.iter().enumerate() {
        let tokens = q.tokens.range();
        let next = quoted.get(index + 1).map_or(range.end, |n| n.tokens.range().start);
        let before = if tokens.start > from {
            pattern::before(scene.tagged, clauses, scene.sentence_to(from, tokens.start))
        } else if index == 0 {
            scene.lead_in(clauses, paragraph)
        } else {
            None
        };
        let after = (next > tokens.end)
            .then(|| pattern::after(scene.tagged, clauses, scene.sentence_from(tokens.end, next)))
            .flatten();
        from = tokens.end;
        let says = |s: &Sign| s.tied && s.deed >= Deed::Thinks;
        let after_says = after.filter(says);
        let colon = tokens.start > 0 && scene.tagged.kind(tokens.start - 1) == TokenKind::Colon;
        let before_says = before.filter(|s| says(s) || s.tied && colon && s.deed == Deed::Acts);
        let weak = after_says.is_some_and(|s| !s.inverted && !pattern::plain(scene.tagged, &s));
        let lead = before_says.filter(|s| pattern::plain(scene.tagged, s));
        let tag = if weak { lead.or(after_says) } else { after_says }.or(before_says);
        let joins = match turns.len().checked_sub(1) {
            Some(last) if index > 0 => !parts(scene, &turns.at(last), tag.as_ref()),
            Some(_) => continued,
            None => false,
        };
        let [tag, after] = [tag, after].map(|sign| turns.keep(sign));
        if joins {
            let last = turns.kept.last_mut().expect("there is one to join");
            last.pieces.end = (first + index + 1) as u32;
            last.paragraphs.end = paragraph as u32 + 1;
            last.tokens.end = q.tokens.end;
            last.tag = last.tag.or(tag);
            last.after = last.after.or(after);
        } else {
            let [before, opening] = [before, opening.filter(|_| index == 0)].map(|sign| turns.keep(sign));
            turns.kept.add(Kept {
                pieces: Stretch::new(first + index, first + index + 1),
                paragraphs: Stretch::new(paragraph, paragraph + 1),
                tokens: q.tokens,
                tag,
                before,
                opening,
                after,
                shared: index > 0,
            });
        }
    }
}

/// Whether the tag gives the quotation to another speaker than that of the turn before it.
fn parts(scene: Scene, turn: &Turn, tag: Option<&Sign>) -> bool {
    let (Some(one), Some(other)) = (turn.tag, tag) else { return false };
    let t = scene.tagged;
    let same = one.who.tokens() == other.who.tokens()
        || t.form(one.who.core().range().end - 1) == t.form(other.who.core().range().end - 1);
    let pronoun = |s: &Sign| s.who.kind == MentionKind::Pronoun;
    let clash = one.who.gender != other.who.gender
        && one.who.gender != Gender::Unknown
        && other.who.gender != Gender::Unknown;
    !same && (clash || !pronoun(other))
}
