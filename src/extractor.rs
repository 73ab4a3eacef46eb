//! The pipeline: which stage reads what.

use once_cell::sync::Lazy;

use crate::attribution::{self, Attribution};
use crate::cast::Cast;
use crate::document::Document;
use crate::lexicon::{Lexicon, Tag};
use crate::mark::Mark;
use crate::quotation::{self, Quoted};
use crate::sentence::{self, Paragraphs, Stretch};
use crate::speaker::Speaker;
use crate::tag;
use crate::token::Tokens;

/// Finds the quotations of texts and their speakers.
///
/// ```
/// let extractor = whosaid::Extractor::new();
/// let doc = extractor.extract("“It rained,” said Ilse Brandt.");
/// assert_eq!(doc.quotations().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    pub(crate) lexicon: Lexicon,
    pub(crate) cast: Cast,
    pub(crate) paragraphs: Paragraphs,
}

impl Default for Extractor {
    fn default() -> Self {
        Extractor { lexicon: Lexicon::english(), cast: Cast::new(), paragraphs: Paragraphs::default() }
    }
}

static DEFAULT: Lazy<Extractor> = Lazy::new(Extractor::default);

/// Finds the quotations of `text` and their speakers, with the English lexicon and nothing else known.
///
/// ```
/// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
/// assert_eq!(doc.quotations().len(), 1);
/// ```
#[must_use]
pub fn extract(text: &str) -> Document<'_> {
    DEFAULT.extract(text)
}

/// The columns that the stages fill, kept from text to text so that their memory is reused.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    pub(crate) tokens: Tokens,
    pub(crate) paragraphs: Vec<Stretch>,
    pub(crate) sentences: Vec<Stretch>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) quoted: Vec<Quoted>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) speakers: Vec<Speaker>,
    pub(crate) pieces: Vec<Stretch>,
    pub(crate) attributions: Vec<Attribution>,
}

impl Extractor {
    /// An extractor with the English lexicon and nothing else known.
    #[must_use]
    pub fn new() -> Self {
        Extractor::default()
    }

    /// Finds the quotations of `text` and their speakers.
    #[must_use]
    pub fn extract<'t>(&self, text: &'t str) -> Document<'t> {
        let mut workspace = Workspace::default();
        self.fill(&mut workspace, text);
        Document::new(text, workspace)
    }

    fn fill(&self, w: &mut Workspace, text: &str) {
        w.tokens.read(text, &self.lexicon);
        sentence::paragraphs(text, &w.tokens, self.paragraphs, &mut w.paragraphs);
        quotation::read(text, &mut w.tokens, &self.lexicon, &w.paragraphs, &mut w.marks, &mut w.quoted);
        tag::read(text, &w.tokens, &self.lexicon, &mut w.tags);
        w.sentences.clear();
        for &paragraph in &w.paragraphs {
            sentence::sentences(&w.tokens, &self.lexicon, paragraph, &mut w.sentences);
        }
        attribution::read(&w.quoted, &mut w.pieces, &mut w.attributions);
    }
}
