//! From bytes to quoted stretches: words, sentences, and what stands between marks.

pub(crate) mod token;
pub(crate) mod sentence;
pub(crate) mod mark;
pub(crate) mod quotation;
pub(crate) mod dash;
