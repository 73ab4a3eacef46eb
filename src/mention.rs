//! Stretches of text that refer to somebody: names, pronouns, nominals.

use crate::lexicon::Gender;
use crate::sentence::Stretch;

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum MentionKind {
    /// *Mayor Ilse Brandt*
    Name,
    /// *she*
    Pronoun,
    /// *a spokesman for the mill*
    Nominal,
}

/// A mention, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// All of it, with titles, appositions and clauses.
    pub(crate) tokens: Stretch,
    /// The name without its title, the pronoun, or the noun phrase up to its head noun.
    pub(crate) core: Stretch,
    pub(crate) kind: MentionKind,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
}
