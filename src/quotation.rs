//! Quoted stretches: what stands between marks, paragraph by paragraph.

use crate::lexicon::Lexicon;
use crate::mark::{self, Mark, Role};
use crate::sentence::Stretch;
use crate::token::{Shape, Tokens};

/// A stretch between quotation marks, within one paragraph, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    pub(crate) tokens: Stretch,
    /// Index of its paragraph.
    pub(crate) paragraph: u32,
    /// 0 for an outermost one, 1 for one inside another.
    pub(crate) depth: u8,
    /// Its closing mark is there.
    pub(crate) closed: bool,
    /// It goes on in the next paragraph, which opens again: a speech over several paragraphs.
    pub(crate) continues: bool,
    /// What its marks are there for.
    pub(crate) usage: Usage,
}

/// What quotation marks are there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Usage {
    /// To quote.
    #[default]
    Speech,
    /// The title of a work: “The Grey Heron”
    Title,
    /// A name given to somebody: Tomas “Tom” Brandt
    Nickname,
    /// A word that is not the writer’s own: a “leader”
    Scare,
    /// A word as a word: the term “spoke”
    Term,
}

/// Finds the quoted stretches of all paragraphs, outermost and nested, ascending by their first token;
/// tells the tokens inside (`Shape::QUOTED`).
pub(crate) fn read(
    text: &str,
    tokens: &mut Tokens,
    _lexicon: &Lexicon,
    paragraphs: &[Stretch],
    marks: &mut Vec<Mark>,
    quoted: &mut Vec<Quoted>,
) {
    marks.clear();
    quoted.clear();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let range = paragraph.range();
        let from = marks.len();
        mark::read(text, tokens, range.start, range.end, marks);
        let mut open: Vec<usize> = Vec::new();
        for mark in &marks[from..] {
            match mark.role {
                Role::Opens => {
                    open.push(quoted.len());
                    quoted.push(Quoted {
                        tokens: Stretch::new(mark.at as usize, range.end),
                        paragraph: index as u32,
                        depth: (open.len() - 1).min(255) as u8,
                        closed: false,
                        continues: false,
                        usage: Usage::default(),
                    });
                }
                Role::Closes => {
                    if let Some(at) = open.pop() {
                        quoted[at].tokens.end = mark.at + 1;
                        quoted[at].closed = true;
                    }
                }
                Role::Apostrophe | Role::Stray => {}
            }
        }
    }
    for at in 0..quoted.len() {
        let next = quoted.get(at + 1..).and_then(|rest| rest.iter().find(|q| q.depth == 0));
        let here = quoted[at];
        let opens_next = next.is_some_and(|n| {
            n.paragraph == here.paragraph + 1 && n.tokens.first == paragraphs[n.paragraph as usize].first
        });
        quoted[at].continues = here.depth == 0 && !here.closed && opens_next;
    }
    for q in quoted.iter().filter(|q| q.depth == 0) {
        for at in q.tokens.range() {
            tokens.shape[at] = tokens.shape[at].with(Shape::QUOTED, true);
        }
    }
}
