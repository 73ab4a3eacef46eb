//! Who tells the story, where somebody of it does: *“No,” I said.*

use crate::grammar::mention::MentionKind;
use crate::grammar::tag::Tagged;
use crate::grammar::vocative;
use crate::lexicon::Gender;
use crate::people::speaker::{People, Speaker};
use crate::text::quotation::{Quoted, Usage};
use crate::text::token::{Shape, TokenKind};

/// A text is told in the first person where at least one in so many of its quotations is said by *I*.
const SHARE: usize = 33;

/// Who a narrator is said to be has to be called by name this often at least.
const CALLED: i32 = 3;

/// Memory for finding the narrator, reused from text to text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clues {
    /// Whether *I* says the quotation, for each outermost one.
    mine: Vec<bool>,
    /// How much speaks for each speaker.
    scores: Vec<i32>,
}

/// Finds the narrator of a text, unless the cast tells; a new speaker where nobody calls him by name.
pub(crate) fn read(tagged: &Tagged, quoted: &[Quoted], people: &mut People, clues: &mut Clues) {
    if people.narrator.is_some() {
        return;
    }
    let outer = || quoted.iter().filter(|q| q.depth == 0 && q.usage == Usage::Speech);
    clues.mine.clear();
    clues.mine.extend(outer().map(|q| mine(tagged, q)));
    let count = clues.mine.iter().filter(|mine| **mine).count();
    if count == 0 || count * SHARE < clues.mine.len() {
        return;
    }
    clues.scores.clear();
    clues.scores.resize(people.speakers.len(), 0);
    let mut quotes = outer().zip(0..).peekable();
    for naming in people.namings.iter().filter(|n| n.kind == MentionKind::Name) {
        let score = &mut clues.scores[naming.speaker as usize];
        let range = naming.tokens().range();
        if !tagged.tokens.has(range.start, Shape::QUOTED) {
            *score -= 4;
        } else if vocative::calls(tagged, naming.tokens()) {
            while quotes.next_if(|(q, _)| q.tokens.range().end <= range.start).is_some() {}
            let at: usize = quotes.peek().map_or(0, |&(_, at)| at);
            let near = |at: Option<usize>| at.and_then(|at| clues.mine.get(at)).is_some_and(|mine| *mine);
            let beside = near(at.checked_sub(1)) || near(Some(at + 1));
            *score += if near(Some(at)) { -3 } else { 1 + 2 * i32::from(beside) };
        }
    }
    let person = |&at: &usize| people.speakers[at].gender != Gender::Neuter;
    let called = (0..clues.scores.len()).filter(person).max_by_key(|&at| clues.scores[at]);
    let narrator = called.filter(|&at| clues.scores[at] >= CALLED).unwrap_or_else(|| {
        people.speakers.push(Speaker::nameless(Gender::Unknown, false));
        people.speakers.len() - 1
    });
    people.narrator = Some(narrator as u32);
}

/// Whether *I* is said to speak right beside the quotation.
fn mine(tagged: &Tagged, quoted: &Quoted) -> bool {
    let range = quoted.tokens.range();
    let outside = |at: usize| at < tagged.tokens.len() && !tagged.tokens.has(at, Shape::QUOTED);
    let i = |at: usize| outside(at) && tagged.form(at) == "I";
    let says = |at: usize| outside(at) && tagged.tag(at).verb() && tagged.word(at).cue.says();
    let after = range.end;
    let before = range.start.checked_sub(3);
    i(after) && says(after + 1)
        || says(after) && i(after + 1)
        || before.is_some_and(|at| i(at) && says(at + 1) && !matches!(tagged.kind(at + 2), TokenKind::Word))
}
