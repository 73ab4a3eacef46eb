//! What an extraction found, as views into the text.

use std::borrow::Cow;

use crate::attribution::{Attribution, Kind, Rule};
use crate::lexicon::Gender;
use crate::mark::Role;
use crate::mention::{self, MentionKind};
use crate::sentence::Stretch;
use crate::span::Span;
use crate::speaker;
use crate::token::TokenKind;
use crate::workspace::Workspace;

/// A text with what was found in it.
///
/// ```
/// let text = "“It rained,” said Ilse Brandt.";
/// let doc = whosaid::extract(text);
/// assert_eq!(doc.text(), text);
/// assert_eq!(doc.quotations().len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Document<'t> {
    text: &'t str,
    analysis: Analysis<'t>,
}

#[derive(Clone, Debug)]
enum Analysis<'w> {
    Owned(Box<Workspace>),
    Borrowed(&'w Workspace),
}

impl<'t> Document<'t> {
    pub(crate) fn owning(text: &'t str, workspace: Workspace) -> Self {
        Document { text, analysis: Analysis::Owned(Box::new(workspace)) }
    }

    pub(crate) fn borrowing(text: &'t str, workspace: &'t Workspace) -> Self {
        Document { text, analysis: Analysis::Borrowed(workspace) }
    }

    fn analysis(&self) -> &Workspace {
        match &self.analysis {
            Analysis::Owned(workspace) => workspace,
            Analysis::Borrowed(workspace) => workspace,
        }
    }

    fn span(&self, tokens: Stretch) -> Span {
        self.analysis().tokens.span(tokens.first as usize, tokens.end as usize)
    }

    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The quotations, in the order in which they begin.
    pub fn quotations(&self) -> impl ExactSizeIterator<Item = Quotation<'_>> + DoubleEndedIterator {
        self.analysis().attributions.iter().map(|attribution| Quotation { doc: self, attribution })
    }

    /// The people and bodies of the text, in the order of their [`Speaker::id`].
    pub fn speakers(&self) -> impl ExactSizeIterator<Item = Speaker<'_>> + DoubleEndedIterator {
        (0..self.analysis().speakers.len() as u32).map(|id| Speaker { doc: self, id })
    }

    /// The sentences, in bytes, ascending; white space between them is in none.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained. It poured.");
    /// assert_eq!(doc.sentences().len(), 2);
    /// ```
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator {
        self.analysis().sentences.iter().map(|&s| self.span(s))
    }

    /// The paragraphs, in bytes, ascending; white space between them is in none.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.\n\nIt poured.");
    /// assert_eq!(doc.paragraphs().len(), 2);
    /// ```
    pub fn paragraphs(&self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator {
        self.analysis().paragraphs.iter().map(|&p| self.span(p))
    }

    /// The words, numbers, marks and punctuation, ascending; white space between them is in none.
    ///
    /// ```
    /// use whosaid::TokenKind;
    /// let doc = whosaid::extract("It rained.");
    /// assert!(doc.tokens().map(|t| t.kind()).eq([TokenKind::Word, TokenKind::Word, TokenKind::Stop]));
    /// ```
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator {
        (0..self.analysis().tokens.len()).map(|at| Token { doc: self, at })
    }

    /// What is odd in the text, ascending.
    ///
    /// ```
    /// use whosaid::WarningKind;
    /// let doc = whosaid::extract("“It rained, said Ilse Brandt.");
    /// assert!(doc.warnings().map(|w| w.kind).eq([WarningKind::UnclosedMark]));
    /// ```
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        let w = self.analysis();
        w.marks.iter().filter_map(move |mark| {
            let kind = match mark.role {
                Role::Stray => WarningKind::StrayMark,
                Role::Opens => {
                    let at = w.quoted.binary_search_by_key(&mark.at, |q| q.tokens.first).ok()?;
                    let unclosed = !w.quoted[at].closed && !w.quoted[at].continues;
                    unclosed.then_some(WarningKind::UnclosedMark)?
                }
                _ => return None,
            };
            Some(Warning { kind, span: w.tokens.span(mark.at as usize, mark.at as usize + 1) })
        })
    }
}

/// Something odd in a text, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// What is odd.
    pub kind: WarningKind,
    /// Where, in bytes.
    pub span: Span,
}

/// What can be odd in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum WarningKind {
    /// A quotation mark opens and nothing closes it; what it opened ends with its paragraph.
    UnclosedMark,
    /// A quotation mark closes and nothing opened it.
    StrayMark,
}

/// A word, number, mark or punctuation of a [`Document`].
#[derive(Clone, Copy, Debug)]
pub struct Token<'d> {
    doc: &'d Document<'d>,
    at: usize,
}

impl<'d> Token<'d> {
    /// What it is.
    #[must_use]
    pub fn kind(self) -> TokenKind {
        self.doc.analysis().tokens.kind[self.at]
    }

    /// Where it stands, in bytes.
    #[must_use]
    pub fn span(self) -> Span {
        self.doc.analysis().tokens.span(self.at, self.at + 1)
    }

    /// The token itself.
    #[must_use]
    pub fn text(self) -> &'d str {
        self.span().of(self.doc.text)
    }
}

/// One act of saying, writing or thinking that the text reports.
#[derive(Clone, Copy, Debug)]
pub struct Quotation<'d> {
    doc: &'d Document<'d>,
    attribution: &'d Attribution,
}

impl<'d> Quotation<'d> {
    /// How much of it stands in quotation marks.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.attribution.kind
    }

    /// The pieces of its content, in bytes, ascending and apart, quotation marks included.
    pub fn content(self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator + 'd {
        self.doc.analysis().pieces[self.attribution.pieces.range()].iter().map(move |&p| self.doc.span(p))
    }

    /// The words of its content, quotation marks included, the pieces joined by a space.
    #[must_use]
    pub fn text(self) -> Cow<'d, str> {
        let mut pieces = self.content().map(|piece| piece.of(self.doc.text));
        let first = pieces.next().unwrap_or_default();
        pieces.fold(Cow::Borrowed(first), |text, piece| Cow::Owned(format!("{text} {piece}")))
    }

    /// The words that report it: *said*, *according to*. None where nothing does.
    #[must_use]
    pub fn cue(self) -> Option<Span> {
        self.attribution.cue.map(|cue| self.doc.span(cue))
    }

    /// The words that name who said it: *she*, *the judge, a former mayor*. None where nothing does.
    #[must_use]
    pub fn source(self) -> Option<Mention<'d>> {
        self.attribution.source.map(|mention| Mention { doc: self.doc, mention })
    }

    /// Who said it. None where nothing tells, and where the source is a pronoun that nobody could resolve.
    #[must_use]
    pub fn speaker(self) -> Option<Speaker<'d>> {
        self.attribution.speaker.map(|id| Speaker { doc: self.doc, id })
    }

    /// The words that name who was told.
    #[must_use]
    pub fn addressed(self) -> Option<Mention<'d>> {
        self.attribution.addressee.map(|mention| Mention { doc: self.doc, mention })
    }

    /// Who was told.
    #[must_use]
    pub fn addressee(self) -> Option<Speaker<'d>> {
        self.attribution.addressed.map(|id| Speaker { doc: self.doc, id })
    }

    /// Which pattern made the attribution.
    #[must_use]
    pub fn rule(self) -> Rule {
        self.attribution.rule
    }

    /// Orders quotations by how sure the attribution is, from 0 to 1.
    #[must_use]
    pub fn score(self) -> f32 {
        self.attribution.score
    }
}

/// Words that refer to somebody.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'d> {
    doc: &'d Document<'d>,
    mention: mention::Mention,
}

impl<'d> Mention<'d> {
    /// How they refer: by name, by pronoun or by a noun.
    #[must_use]
    pub fn kind(self) -> MentionKind {
        self.mention.kind
    }

    /// Where they stand, in bytes, with titles and appositions.
    #[must_use]
    pub fn span(self) -> Span {
        self.doc.span(self.mention.tokens)
    }

    /// The words themselves.
    #[must_use]
    pub fn text(self) -> &'d str {
        self.span().of(self.doc.text)
    }
}

/// A person or body that speaks in the text or is spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'d> {
    doc: &'d Document<'d>,
    id: u32,
}

impl<'d> Speaker<'d> {
    fn row(self) -> &'d speaker::Speaker {
        &self.doc.analysis().speakers[self.id as usize]
    }

    /// Its place among the [`Document::speakers`].
    #[must_use]
    pub fn id(self) -> u32 {
        self.id
    }

    /// Its fullest name in the text, without title, or the name that the cast gives it; where nobody names it,
    /// the words that first stand for it: *officials*.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.named().or_else(|| self.mentions().first().map(|m| m.of(self.doc.text))).unwrap_or_default()
    }

    /// Whether the text or the cast names it.
    #[must_use]
    pub fn is_named(self) -> bool {
        self.named().is_some()
    }

    fn named(self) -> Option<&'d str> {
        let row = self.row();
        match row.character {
            Some(at) => Some(&self.doc.analysis().cast.characters()[at as usize].name),
            None => row.name.map(|name| self.doc.span(name).of(self.doc.text)),
        }
    }

    /// Its gender, as far as the text or the cast tells.
    #[must_use]
    pub fn gender(self) -> Gender {
        self.row().gender
    }

    /// The words by which quotations name it as their source or addressee, ascending, in bytes.
    #[must_use]
    pub fn mentions(self) -> Vec<Span> {
        let mut mentions: Vec<Span> = self
            .doc
            .analysis()
            .attributions
            .iter()
            .flat_map(|a| [(a.speaker, a.source), (a.addressed, a.addressee)])
            .filter(|(id, _)| *id == Some(self.id))
            .filter_map(|(_, mention)| mention.map(|m| self.doc.span(m.tokens)))
            .collect();
        mentions.sort_unstable();
        mentions.dedup();
        mentions
    }
}
