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

mod vocabulary;

mod cursor;
mod name;

mod clause;
mod cue;
mod mention;
mod model;
mod speaker;

mod reading;

mod attribution;
mod company;

mod voice;

mod workspace;

mod document;
mod record;

mod extractor;

#[cfg(feature = "fit")]
#[doc(hidden)]
pub mod fit;

pub use attribution::{Kind, Rule};
pub use cast::{Cast, Character};
pub use document::{
    Document, Mention, Quotation, Segment, SegmentKind, Speaker, Token, Warning, WarningKind,
};
pub use error::Error;
pub use extractor::{Extractor, ExtractorBuilder, extract};
pub use lexicon::{Gender, Lexicon};
pub use mention::MentionKind;
pub use record::{PersonRecord, QuotationRecord, Record, SpeakerRecord, WarningRecord};
pub use sentence::Paragraphs;
pub use span::{Offsets, Span};
pub use token::TokenKind;
pub use workspace::Workspace;
