//! Who said what, in English prose.

#![forbid(unsafe_code)]
#![allow(dead_code)]

mod error;
mod span;

mod cast;
mod lexicon;

mod token;

mod sentence;

mod mark;
mod quotation;

mod tag;

mod mention;
mod speaker;

mod attribution;

mod document;
mod extractor;

pub use attribution::{Kind, Rule};
pub use cast::{Cast, Character};
pub use document::{Document, Quotation};
pub use error::Error;
pub use extractor::{Extractor, Workspace, extract};
pub use lexicon::{Gender, Lexicon};
pub use mention::MentionKind;
pub use sentence::Paragraphs;
pub use span::{Offsets, Span};
pub use token::TokenKind;
