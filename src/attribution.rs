//! The engine: who is the source of which words, by which rule, how sure.

use crate::mention::Mention;
use crate::quotation::Quoted;
use crate::sentence::Stretch;

/// How much of the content of a quotation stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Kind {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// Which pattern made an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Rule {
    /// Nothing says who spoke.
    Unattributed,
}

/// A quotation with what attributes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribution {
    pub(crate) kind: Kind,
    /// Its pieces, as a stretch of the pool of pieces.
    pub(crate) pieces: Stretch,
    pub(crate) cue: Option<Stretch>,
    pub(crate) source: Option<Mention>,
    pub(crate) addressee: Option<Mention>,
    pub(crate) rule: Rule,
    pub(crate) score: f32,
    /// Who the source is, once resolved: an index of the speakers.
    pub(crate) speaker: Option<u32>,
    /// Who the addressee is, once resolved.
    pub(crate) addressed: Option<u32>,
}

/// Finds the quotations, ascending by their first piece.
pub(crate) fn read(quoted: &[Quoted], pieces: &mut Vec<Stretch>, attributions: &mut Vec<Attribution>) {
    pieces.clear();
    attributions.clear();
    for q in quoted.iter().filter(|q| q.depth == 0) {
        let first = pieces.len();
        pieces.push(q.tokens);
        attributions.push(Attribution {
            kind: Kind::Direct,
            pieces: Stretch::new(first, pieces.len()),
            cue: None,
            source: None,
            addressee: None,
            rule: Rule::Unattributed,
            score: 0.5,
            speaker: None,
            addressed: None,
        });
    }
}
