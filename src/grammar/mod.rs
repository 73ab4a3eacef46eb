//! From words to phrases: word classes, mentions, clauses, and the parsers of single tokens that grammars are made of.

pub(crate) mod tally;
pub(crate) mod tag;
pub(crate) mod cursor;
pub(crate) mod mention;
pub(crate) mod clause;
pub(crate) mod vocative;
