//! The pipeline: which stage reads what.

use once_cell::sync::Lazy;

use crate::attribution;
use crate::cast::Cast;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::quotation;
use crate::sentence::{self, Paragraphs};
use crate::tag;
use crate::workspace::Workspace;

/// Finds the quotations of texts and their speakers.
///
/// ```
/// let extractor = whosaid::Extractor::new();
/// let doc = extractor.extract("“It rained,” said Ilse Brandt.");
/// assert_eq!(doc.quotations().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    lexicon: Lexicon,
    cast: Cast,
    paragraphs: Paragraphs,
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

impl Extractor {
    /// An extractor with the English lexicon and nothing else known.
    #[must_use]
    pub fn new() -> Self {
        Extractor::default()
    }

    /// Sets up an extractor that knows more.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder(Extractor::default())
    }

    /// Finds the quotations of `text` and their speakers.
    #[must_use]
    pub fn extract<'t>(&self, text: &'t str) -> Document<'t> {
        let mut workspace = Workspace::new();
        self.fill(&mut workspace, text);
        Document::owning(text, workspace)
    }

    /// Finds the quotations of `text` and their speakers, in memory that was used before.
    ///
    /// The document borrows both; where the text is to outlive the workspace, [`Span::of`](crate::Span::of)
    /// gives words with the lifetime of the text.
    #[must_use]
    pub fn extract_with<'t>(&self, workspace: &'t mut Workspace, text: &'t str) -> Document<'t> {
        self.fill(workspace, text);
        Document::borrowing(text, workspace)
    }

    fn fill(&self, w: &mut Workspace, text: &str) {
        w.cast.clone_from(&self.cast);
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

/// Sets up an [`Extractor`].
///
/// ```
/// use whosaid::{Cast, Character, Extractor, Paragraphs};
///
/// let mut cast = Cast::new();
/// cast.add(Character::new("Ilse Brandt"))?;
/// let extractor = Extractor::builder().cast(cast).paragraphs(Paragraphs::Lines).build();
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ExtractorBuilder(Extractor);

impl ExtractorBuilder {
    /// The words to know, in place of the English ones.
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.0.lexicon = lexicon;
        self
    }

    /// The people to know.
    pub fn cast(mut self, cast: Cast) -> Self {
        self.0.cast = cast;
        self
    }

    /// How paragraphs are told apart.
    pub fn paragraphs(mut self, paragraphs: Paragraphs) -> Self {
        self.0.paragraphs = paragraphs;
        self
    }

    /// The extractor.
    #[must_use]
    pub fn build(self) -> Extractor {
        self.0
    }
}
