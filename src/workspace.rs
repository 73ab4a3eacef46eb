//! What one reading of a text leaves behind, in columns.

use crate::dialogue::exchange::Exchange;
use crate::grammar::tag::Tagger;
use crate::lexicon::Tag;
use crate::model::linear::Seen;
use crate::people::cast::Cast;
use crate::people::name::Names;
use crate::people::narrator::Clues;
use crate::people::nominal::Nominals;
use crate::people::speaker::People;
use crate::people::vocabulary::Vocabulary;
use crate::report::attribution::Attribution;
use crate::report::resolve::Turn;
use crate::report::search::Bench;
use crate::text::mark::{Marks, Role};
use crate::text::quotation::{self, Quoted};
use crate::text::sentence::Stretch;
use crate::text::token::Tokens;
use crate::voice::Voice;

/// Memory that an extraction fills and the next one reuses.
///
/// Whoever reads many texts keeps one for each thread, so that its memory is not asked for anew for each text.
///
/// ```
/// use whosaid::{Extractor, Workspace};
///
/// let extractor = Extractor::new();
/// let mut workspace = Workspace::new();
/// for text in ["“It rained,” said Ilse Brandt.", "“It poured,” said Tomas Brandt."] {
///     let doc = extractor.extract_with(&mut workspace, text);
///     assert_eq!(doc.quotations().len(), 1);
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    pub(crate) found: Found,
    pub(crate) tags: Vec<Tag>,
    pub(crate) tagger: Tagger,
    pub(crate) names: Names,
    pub(crate) nominals: Nominals,
    pub(crate) turns: Vec<Turn>,
    pub(crate) clues: Clues,
    pub(crate) bench: Bench,
    pub(crate) exchange: Exchange,
    pub(crate) numbers: Vec<Option<u32>>,
    /// It serves one text, so that memory is let go as soon as no later stage reads it.
    pub(crate) passing: bool,
}

/// What was found in a text: all that a document shows of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) cast: Cast,
    /// How many bytes of the text were read.
    pub(crate) read: usize,
    pub(crate) tokens: Tokens,
    pub(crate) paragraphs: Vec<Stretch>,
    pub(crate) sentences: Vec<Stretch>,
    pub(crate) marks: Marks,
    pub(crate) quoted: Vec<Quoted>,
    pub(crate) people: People,
    pub(crate) pieces: Vec<Stretch>,
    pub(crate) attributions: Vec<Attribution>,
    pub(crate) seen: Seen,
    pub(crate) voices: Vec<Voice>,
    /// Indices of the attributions of the kinds wanted.
    pub(crate) wanted: Vec<u32>,
}

impl Workspace {
    /// An empty workspace.
    ///
    /// ```
    /// let mut workspace = whosaid::Workspace::new();
    /// let extractor = whosaid::Extractor::new();
    /// assert_eq!(extractor.extract_with(&mut workspace, "It rained.").sentences().len(), 1);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Workspace::default()
    }

    /// A workspace for one text.
    pub(crate) fn passing() -> Self {
        Workspace { passing: true, exchange: Exchange::passing(), ..Workspace::default() }
    }

    /// Lets go the room of tokens that the text does not have.
    pub(crate) fn drop_room(&mut self) {
        if self.passing {
            self.found.tokens.drop_room();
        }
    }

    /// Lets go what was only needed to pair marks, to class words and to find names.
    pub(crate) fn drop_doubts(&mut self) {
        if self.passing {
            let Found { tokens, marks, quoted, .. } = &mut self.found;
            tokens.lines = Vec::new();
            marks.keep_odd(|mark| mark.role == Role::Stray || quotation::is_unclosed(quoted, mark));
            self.tagger = Tagger::default();
            self.names.drop_capitals();
        }
    }

    /// Lets go what was only needed to find out which names are of one person.
    pub(crate) fn drop_words(&mut self) {
        if self.passing {
            self.names.vocabulary = Vocabulary::default();
            self.found.people.drop_words();
        }
    }

    /// Lets go what was only needed to find out who is named where.
    pub(crate) fn drop_names(&mut self) {
        if self.passing {
            self.found.tokens.marks = Vec::new();
            self.names = Names::default();
            self.nominals = Nominals::default();
            self.found.people.drop_names();
        }
    }

    /// Lets go what was only needed to find out who says what.
    pub(crate) fn drop_readings(&mut self) {
        if self.passing {
            self.bench = Bench::default();
            self.exchange = Exchange::default();
        }
    }
}
