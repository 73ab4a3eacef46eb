//! The pipeline: which stage reads what.

use once_cell::sync::Lazy;

use crate::dialogue::exchange;
use crate::dialogue::style::{self, Style};
use crate::dialogue::turn::Scene;
use crate::document::Document;
use crate::grammar::tag::Tagged;
use crate::lexicon::Lexicon;
use crate::people::cast::Cast;
use crate::people::narrator;
use crate::report::choice;
use crate::report::reading::Kind;
use crate::report::resolve;
use crate::report::search::{self, MODELS, Models, Parts};
use crate::text::dash;
use crate::text::quotation;
use crate::text::sentence::{self, Paragraphs};
use crate::usage;
use crate::voice;
use crate::workspace::Workspace;

/// Finds the quotations of texts and their speakers.
///
/// Cheap to clone, and one serves any number of threads.
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
    kinds: Kinds,
    paragraphs: Paragraphs,
}

impl Default for Extractor {
    fn default() -> Self {
        Extractor {
            lexicon: Lexicon::english(),
            cast: Cast::new(),
            kinds: Kinds::ALL,
            paragraphs: Paragraphs::default(),
        }
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
    ///
    /// ```
    /// let extractor = whosaid::Extractor::new();
    /// assert_eq!(extractor.extract("It rained.").quotations().len(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Extractor::default()
    }

    /// Sets up an extractor that knows more, or is to find less.
    ///
    /// ```
    /// use whosaid::{Extractor, Kind};
    /// let extractor = Extractor::builder().kinds([Kind::Indirect]).build();
    /// assert_eq!(extractor.extract("“It rained,” said Ilse Brandt.").quotations().len(), 0);
    /// ```
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder(Extractor::default())
    }

    /// Finds the quotations of `text` and their speakers.
    ///
    /// It takes every text; what is odd in one is among the [warnings](Document::warnings). Of a text of more
    /// than 4 GiB, only the first 4 GiB are read.
    ///
    /// ```
    /// let extractor = whosaid::Extractor::new();
    /// let doc = extractor.extract("“It rained,” said Ilse Brandt.");
    /// drop(extractor);
    /// assert_eq!(doc.quotations().len(), 1);
    /// ```
    #[must_use]
    pub fn extract<'t>(&self, text: &'t str) -> Document<'t> {
        let mut workspace = Workspace::passing();
        self.fill(&MODELS, &mut workspace, text, |_| {});
        Document::owning(text, workspace.found)
    }

    /// Finds the quotations of `text` and their speakers, in memory that was used before.
    ///
    /// The document borrows both, so it has to go before the next text comes. Where words of the text are to stay
    /// longer, [`Span::of`](crate::Span::of) gives them with the lifetime of the text, and
    /// [`Document::to_record`] keeps all that was found.
    ///
    /// ```
    /// use whosaid::{Extractor, Workspace};
    ///
    /// let extractor = Extractor::new();
    /// let mut workspace = Workspace::new();
    /// let texts = ["“It rained,” said Ilse Brandt.", "It poured."];
    /// let counts = texts.map(|text| extractor.extract_with(&mut workspace, text).quotations().len());
    /// assert_eq!(counts, [1, 0]);
    /// ```
    #[must_use]
    pub fn extract_with<'t>(&self, workspace: &'t mut Workspace, text: &'t str) -> Document<'t> {
        self.fill(&MODELS, workspace, text, |_| {});
        Document::borrowing(text, &workspace.found)
    }

    /// Calls `after` with the name of each stage when it is done, for who wants to know where the time goes.
    #[doc(hidden)]
    pub fn extract_watched<'t>(
        &self,
        workspace: &'t mut Workspace,
        text: &'t str,
        after: impl FnMut(&'static str),
    ) -> Document<'t> {
        self.fill(&MODELS, workspace, text, after);
        Document::borrowing(text, &workspace.found)
    }

    /// All stages; `models` are those that attribute the quotations of a report.
    pub(crate) fn fill(
        &self,
        models: &'static Models,
        w: &mut Workspace,
        text: &str,
        mut after: impl FnMut(&'static str),
    ) {
        let text = readable(text, u32::MAX as usize);
        self.parse(w, text, &mut after);
        w.drop_names();
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &self.lexicon, tags: &w.tags };
        match style::of(&tagged, &w.found.paragraphs, &w.found.quoted, !w.found.cast.characters().is_empty())
        {
            Style::Report => {
                let parts = Parts {
                    tagged: &tagged,
                    paragraphs: &w.found.paragraphs,
                    sentences: &w.found.sentences,
                    quoted: &w.found.quoted,
                };
                search::read(models, &parts, &mut w.bench, &mut w.found.seen);
                if w.passing {
                    w.bench.drop_candidates();
                }
                search::compare(models, &mut w.bench, &mut w.found.seen);
                after("readings");
                choice::read(&parts, &mut w.bench, &mut w.found.pieces, &mut w.found.attributions);
                after("attributions");
                w.drop_readings();
                let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &self.lexicon, tags: &w.tags };
                let (people, turns) = (&mut w.found.people, &mut w.turns);
                resolve::read(
                    &tagged,
                    &w.found.sentences,
                    people,
                    turns,
                    &w.found.pieces,
                    &mut w.found.attributions,
                );
                after("speakers");
            }
            Style::Dialogue => {
                let scene =
                    Scene { tagged: &tagged, paragraphs: &w.found.paragraphs, sentences: &w.found.sentences };
                let (pieces, attributions) = (&mut w.found.pieces, &mut w.found.attributions);
                exchange::read(
                    scene,
                    &w.found.people,
                    &w.found.quoted,
                    &mut w.exchange,
                    pieces,
                    attributions,
                    &mut w.found.seen,
                );
                after("dialogue");
                w.drop_readings();
            }
        }
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &self.lexicon, tags: &w.tags };
        usage::read(&tagged, &w.found.pieces, &w.found.attributions, &mut w.found.quoted);
        after("usages");
        voice::read(&mut w.found.people, &mut w.found.attributions, &mut w.found.voices, &mut w.numbers);
        after("voices");

        w.found.wanted.clear();
        w.found.wanted.extend(
            (0..).zip(&w.found.attributions).filter(|(_, a)| self.kinds.has(a.kind)).map(|(at, _)| at),
        );
    }

    /// The stages up to speakers.
    pub(crate) fn parse(&self, w: &mut Workspace, text: &str, mut after: impl FnMut(&'static str)) {
        w.found.cast.clone_from(&self.cast);
        w.found.read = text.len();

        w.found.tokens.read(text, &self.lexicon);
        w.drop_room();
        after("tokens");
        sentence::paragraphs(text, &w.found.tokens, self.paragraphs, &mut w.found.paragraphs);
        after("paragraphs");
        quotation::read(
            text,
            &mut w.found.tokens,
            &self.lexicon,
            &w.found.paragraphs,
            &mut w.found.marks,
            &mut w.found.quoted,
        );
        dash::read(&mut w.found.tokens, &self.lexicon, &w.found.paragraphs, &mut w.found.quoted);
        after("quotations");
        w.tagger.read(text, &w.found.tokens, &self.lexicon, &w.found.paragraphs, &mut w.tags);
        after("tags");
        w.found.sentences.clear();
        for &paragraph in &w.found.paragraphs {
            sentence::sentences(&w.found.tokens, &self.lexicon, paragraph, &mut w.found.sentences);
        }
        after("sentences");
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &self.lexicon, tags: &w.tags };
        w.names.read(&tagged, &w.found.paragraphs, &w.tagger.capitals);
        after("names");
        w.drop_doubts();
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &self.lexicon, tags: &w.tags };
        w.nominals.read(&tagged, &w.found.cast);
        w.found.people.tell_apart(&tagged, &w.names, &w.nominals, &w.found.cast);
        w.drop_words();
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &self.lexicon, tags: &w.tags };
        w.found.people.number(&tagged, &w.names, &w.nominals, &w.found.cast);
        narrator::read(&tagged, &w.found.quoted, &mut w.found.people, &mut w.clues);
        after("people");
    }
}

/// As much of the text as `limit` bytes hold.
fn readable(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}

/// A set of kinds.
#[derive(Clone, Copy, Debug)]
struct Kinds(u8);

impl Kinds {
    const ALL: Kinds = Kinds(u8::MAX);

    fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
}

/// Sets up an [`Extractor`].
///
/// ```
/// use whosaid::{Cast, Character, Extractor, Paragraphs};
///
/// let mut cast = Cast::new();
/// cast.add(Character::new("Ilse Brandt").alias("Mrs. Brandt"))?;
/// let extractor = Extractor::builder().cast(cast).paragraphs(Paragraphs::Lines).build();
/// # Ok::<(), whosaid::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ExtractorBuilder(Extractor);

impl ExtractorBuilder {
    /// The words to know; [`Lexicon::english`] where nothing is said.
    ///
    /// ```
    /// use whosaid::{Extractor, Lexicon};
    /// let extractor = Extractor::builder().lexicon(Lexicon::english()).build();
    /// ```
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.0.lexicon = lexicon;
        self
    }

    /// The people to know; nobody where nothing is said.
    ///
    /// Names in the text are then understood as theirs, and speakers bear the names that the cast gives them.
    ///
    /// ```
    /// use whosaid::{Cast, Character, Extractor};
    /// let mut cast = Cast::new();
    /// cast.add(Character::new("Ilse Brandt").alias("the ferrywoman"))?;
    /// let extractor = Extractor::builder().cast(cast).build();
    /// # Ok::<(), whosaid::Error>(())
    /// ```
    pub fn cast(mut self, cast: Cast) -> Self {
        self.0.cast = cast;
        self
    }

    /// The kinds of quotation that [`Document::quotations`] has; all where nothing is said.
    ///
    /// ```
    /// use whosaid::{Extractor, Kind};
    /// let extractor = Extractor::builder().kinds([Kind::Direct, Kind::Mixed]).build();
    /// ```
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.0.kinds = Kinds(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u8));
        self
    }

    /// How paragraphs are told apart; found out from each text where nothing is said.
    ///
    /// ```
    /// use whosaid::{Extractor, Paragraphs};
    /// let extractor = Extractor::builder().paragraphs(Paragraphs::BlankLines).build();
    /// assert_eq!(extractor.extract("It rained\nand poured.").paragraphs().len(), 1);
    /// ```
    pub fn paragraphs(mut self, paragraphs: Paragraphs) -> Self {
        self.0.paragraphs = paragraphs;
        self
    }

    /// The extractor.
    ///
    /// ```
    /// let extractor = whosaid::Extractor::builder().build();
    /// ```
    #[must_use]
    pub fn build(self) -> Extractor {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_text_is_read_up_to_a_character() {
        assert_eq!(readable("año", 2), "a");
        assert_eq!(readable("año", 3), "añ");
        assert_eq!(readable("año", 9), "año");
        assert_eq!(readable("", 0), "");
    }
}
