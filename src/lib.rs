//! Who said what, in English prose.
//!
//! Text goes in; every quotation comes out – direct, mixed and indirect –, with the words that attribute it and
//! the person it belongs to:
//!
//! ```
//! let text = "“The ferry will run,” Ilse Brandt told reporters. “It always has.”";
//! let doc = whosaid::extract(text);
//! for quotation in doc.quotations() {
//!     println!("{}: {}", quotation.speaker().map_or("?", |speaker| speaker.name()), quotation.text());
//! }
//! # assert_eq!(doc.quotations().len(), 1);
//! ```
//!
//! # Overview
//!
//! - [`extract`] is the one call. It cannot fail: whatever is odd in a text is a [`Warning`], with its place.
//! - [`Extractor`] is the same with things to say: a [`Lexicon`], a [`Cast`] of known people, the kinds wanted. With a
//!   [`Workspace`], it reads text after text in the same memory.
//! - [`Document`] is what was found, as views into the text: each [`Quotation`] with its pieces, cue, source
//!   [`Mention`], [`Speaker`], addressee, [`Rule`] and score; and the whole text as [`Segment`]s, sentences and tokens.
//! - [`Record`] is the same as data of its own, with a stable JSON.
//!
//! Offsets are UTF-8 bytes, half-open; [`Offsets`] turns them into code points or UTF-16 units.
//!
//! # What counts as what
//!
//! A **quotation** is one act of saying, writing or thinking. Its **content** may lie in several pieces: one that its
//! tag splits is one quotation, and so is a speech over several paragraphs. It is *direct* where all of it stands in
//! quotation marks, *mixed* where some does, *indirect* where none does. The **cue** is the words that report it (*said*,
//! *according to*), the **source** the words that name who said it (*she*, *the judge, a former mayor*), the **speaker**
//! the person or body that the source stands for, under its fullest name in the text. The **addressee** was told.
//!
//! Marks around titles, nicknames, terms and words that the writer does not make her own quote nobody: they are no
//! quotations, and [`Document::segments`] shows them as what they are.
//!
//! # What it does not do
//!
//! It reads English only. It reads marks, words, their order and the turns of a conversation, and where only sense
//! tells who speaks, it takes what is usual. It does not say who somebody is in the world, and never gives a name that
//! neither the text nor the cast has.
//!
//! # Features
//!
//! - `serde`, on by default: `Serialize` and `Deserialize` for [`Record`] and what it is made of, and for [`Cast`].

#![forbid(unsafe_code)]

mod error;
mod span;

mod bits;
mod blocks;
mod growth;
mod named;

mod lexicon;
mod text;
mod grammar;
mod people;
mod model;
mod report;
mod dialogue;
mod usage;
mod voice;

mod workspace;
mod document;
mod record;
mod extractor;

#[cfg(feature = "fit")]
#[doc(hidden)]
pub mod fit;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use document::{
    Document, Evidence, Mention, Quotation, Segment, SegmentKind, Speaker, Token, Warning, WarningKind,
};
pub use error::Error;
pub use extractor::{Extractor, ExtractorBuilder, extract};
pub use grammar::mention::MentionKind;
pub use lexicon::{Gender, Lexicon};
pub use people::cast::{Cast, Character};
pub use record::{PersonRecord, QuotationRecord, Record, SpeakerRecord, WarningRecord};
pub use report::attribution::Rule;
pub use report::reading::Kind;
pub use span::{Offsets, Span};
pub use text::sentence::Paragraphs;
pub use text::token::TokenKind;
pub use workspace::Workspace;
