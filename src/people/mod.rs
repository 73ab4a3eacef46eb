//! Whom a text names: names, characters, and who is who.

pub(crate) mod cast;
pub(crate) mod vocabulary;
pub(crate) mod name;
pub(crate) mod nominal;
pub(crate) mod speaker;
pub(crate) mod narrator;
