//! What an extraction found, as views into the text.

use std::borrow::Cow;
use std::fmt;

use crate::grammar::mention::{self, MentionKind};
use crate::lexicon::Gender;
use crate::named::named;
use crate::people::speaker::{self, Identity};
use crate::report::attribution::{Attribution, Rule};
use crate::report::reading::Kind;
use crate::span::Span;
use crate::text::mark::Role;
use crate::text::quotation::{self, Usage};
use crate::text::sentence::Stretch;
use crate::text::token::TokenKind;
use crate::workspace::Found;

/// A text with what was found in it.
///
/// It borrows the text and needs the [`Extractor`](crate::Extractor) that made it no longer.
///
/// ```
/// let text = "“It rained,” said Ilse Brandt. “It poured.”";
/// let doc = whosaid::extract(text);
/// assert_eq!(doc.text(), text);
/// for quotation in doc.quotations() {
///     println!("{}: {}", quotation.speaker().map_or("?", |s| s.name()), quotation.text());
/// }
/// ```
#[derive(Clone)]
pub struct Document<'t> {
    text: &'t str,
    found: Holding<'t>,
}

#[derive(Clone)]
enum Holding<'w> {
    Owned(Box<Found>),
    Borrowed(&'w Found),
}

impl<'t> Document<'t> {
    pub(crate) fn owning(text: &'t str, found: Found) -> Self {
        Document { text, found: Holding::Owned(Box::new(found)) }
    }

    pub(crate) fn borrowing(text: &'t str, found: &'t Found) -> Self {
        Document { text, found: Holding::Borrowed(found) }
    }

    fn found(&self) -> &Found {
        match &self.found {
            Holding::Owned(found) => found,
            Holding::Borrowed(found) => found,
        }
    }

    fn span(&self, tokens: Stretch) -> Span {
        self.found().tokens.span(tokens.first as usize, tokens.end as usize)
    }

    /// The text itself.
    ///
    /// ```
    /// assert_eq!(whosaid::extract("It rained.").text(), "It rained.");
    /// ```
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The quotations of the kinds wanted, in the order in which they begin.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt.\n\n“It poured,” said Tomas Brandt.");
    /// assert_eq!(doc.quotations().len(), 2);
    /// ```
    pub fn quotations(&self) -> impl ExactSizeIterator<Item = Quotation<'_>> + DoubleEndedIterator {
        self.found().wanted.iter().map(|&at| Quotation { doc: self, at })
    }

    /// The people and bodies that speak or are spoken to, in the order of their [`Speaker::id`].
    ///
    /// ```
    /// assert_eq!(whosaid::extract("It rained.").speakers().len(), 0);
    /// ```
    pub fn speakers(&self) -> impl ExactSizeIterator<Item = Speaker<'_>> + DoubleEndedIterator {
        (0..self.found().people.speakers.len() as u32).map(|id| Speaker { doc: self, id })
    }

    /// The whole text in stretches: what stands in quotation marks, as what it is, and what stands between.
    /// Put together, they are the text.
    ///
    /// ```
    /// use whosaid::SegmentKind;
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
    /// let kinds: Vec<_> = doc.segments().map(|s| s.kind()).collect();
    /// assert_eq!(kinds, [SegmentKind::Quotation, SegmentKind::Narration]);
    /// assert_eq!(doc.segments().map(|s| s.text()).collect::<String>(), doc.text());
    /// ```
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let mut marked = self.marked();
        marked.sort_unstable_by_key(|m| (m.tokens.first, m.tokens.end));
        let end = self.text.len();
        let mut from = 0;
        let mut rest = marked.into_iter().peekable();
        std::iter::from_fn(move || {
            while rest.next_if(|m| self.span(m.tokens).start < from).is_some() {}
            let next = rest.peek().map_or(end, |m| self.span(m.tokens).start);
            let (kind, quotation, to) = match rest.next_if(|_| next == from) {
                Some(m) => (m.kind, m.quotation, self.span(m.tokens).end),
                None => (SegmentKind::Narration, None, next),
            };
            let segment = Segment { doc: self, kind, quotation, span: Span { start: from, end: to } };
            from = to;
            (segment.span.start < segment.span.end).then_some(segment)
        })
    }

    /// The outermost stretches in quotation marks and the direct quotations without any.
    fn marked(&self) -> Vec<Marked> {
        let found = self.found();
        let outer: Vec<_> = found.quoted.iter().filter(|q| q.depth == 0).collect();
        let mut marked: Vec<_> = outer
            .iter()
            .map(|q| Marked {
                tokens: q.tokens,
                kind: SegmentKind::of(q.usage),
                quotation: None,
                size: u32::MAX,
            })
            .collect();
        for (index, attribution) in found.attributions.iter().enumerate() {
            let quotation = Some(index as u32);
            for &tokens in &found.pieces[attribution.pieces.range()] {
                let size = tokens.end - tokens.first;
                let first = outer.partition_point(|q| q.tokens.end <= tokens.first);
                let end = outer.partition_point(|q| q.tokens.first < tokens.end);
                match attribution.kind {
                    Kind::Indirect => {}
                    Kind::Direct if first >= end => {
                        marked.push(Marked { tokens, kind: SegmentKind::Quotation, quotation, size });
                    }
                    _ => {
                        for m in marked[first..end.max(first)].iter_mut().filter(|m| size < m.size) {
                            *m = Marked { tokens: m.tokens, kind: SegmentKind::Quotation, quotation, size };
                        }
                    }
                }
            }
        }
        marked
    }

    /// The paragraphs, in bytes, ascending; white space between them is in none.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.\n\nIt poured.");
    /// assert_eq!(doc.paragraphs().len(), 2);
    /// ```
    pub fn paragraphs(&self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator {
        self.found().paragraphs.iter().map(|&p| self.span(p))
    }

    /// The sentences, in bytes, ascending; white space between them is in none.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained. It poured.");
    /// assert_eq!(doc.sentences().map(|s| s.of(doc.text())).collect::<Vec<_>>(), ["It rained.", "It poured."]);
    /// ```
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator {
        self.found().sentences.iter().map(|&s| self.span(s))
    }

    /// The words, numbers, marks and punctuation, ascending; white space between them is in none.
    ///
    /// ```
    /// use whosaid::TokenKind;
    /// let doc = whosaid::extract("It rained.");
    /// assert!(doc.tokens().map(|t| t.kind()).eq([TokenKind::Word, TokenKind::Word, TokenKind::Stop]));
    /// ```
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator {
        (0..self.found().tokens.len()).map(|at| Token { doc: self, at })
    }

    /// What is odd in the text, ascending.
    ///
    /// ```
    /// use whosaid::WarningKind;
    /// let doc = whosaid::extract("“It rained, said Ilse Brandt.");
    /// assert!(doc.warnings().map(|w| w.kind()).eq([WarningKind::UnclosedMark]));
    /// ```
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        let found = self.found();
        let marks = found.marks.list.iter().filter_map(move |mark| {
            let kind = match mark.role {
                Role::Stray => WarningKind::StrayMark,
                _ if quotation::is_unclosed(&found.quoted, mark) => WarningKind::UnclosedMark,
                _ => return None,
            };
            Some(Warning { kind, span: found.tokens.span(mark.at as usize, mark.at as usize + 1) })
        });
        let unread = Span { start: found.read, end: self.text.len() };
        let unread =
            (unread.start < unread.end).then_some(Warning { kind: WarningKind::Unread, span: unread });
        marks.chain(unread)
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.quotations()).finish()
    }
}

/// Something odd in a text, and where.
///
/// ```
/// let doc = whosaid::extract("It rained.” She left.");
/// let warning = doc.warnings().next().unwrap();
/// assert_eq!(warning.span().of(doc.text()), "”");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Warning {
    kind: WarningKind,
    span: Span,
}

impl Warning {
    /// What is odd.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.” She left.");
    /// let warning = doc.warnings().next().unwrap();
    /// assert_eq!(warning.kind(), whosaid::WarningKind::StrayMark);
    /// ```
    #[must_use]
    pub fn kind(self) -> WarningKind {
        self.kind
    }

    /// Where, in bytes: the mark, or the text that was not read.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.” She left.");
    /// let warning = doc.warnings().next().unwrap();
    /// assert_eq!(warning.span().of(doc.text()), "”");
    /// ```
    #[must_use]
    pub fn span(self) -> Span {
        self.span
    }
}

named! {
    /// What can be odd in a text.
    ///
    /// ```
    /// use whosaid::WarningKind;
    /// let doc = whosaid::extract("It rained.” She left.");
    /// assert!(doc.warnings().map(|w| w.kind()).eq([WarningKind::StrayMark]));
    /// assert_eq!(WarningKind::StrayMark.to_string(), "stray-mark");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
    #[non_exhaustive]
    pub enum WarningKind {
        /// A quotation mark opens and nothing closes it; what it opens ends with its paragraph.
        UnclosedMark = "unclosed-mark",
        /// A quotation mark closes what nothing opened.
        StrayMark = "stray-mark",
        /// The text goes on after 4 GiB, and only what stands before was read.
        Unread = "unread",
    }
}

/// A stretch of the text between quotation marks, with them, or a stretch outside.
///
/// ```
/// let doc = whosaid::extract("She left. “It rained,” said Ilse Brandt.");
/// let quoted = doc.segments().find(|s| s.quotation().is_some()).unwrap();
/// assert_eq!(quoted.text(), "“It rained,”");
/// ```
#[derive(Clone, Copy)]
pub struct Segment<'d> {
    doc: &'d Document<'d>,
    kind: SegmentKind,
    quotation: Option<u32>,
    span: Span,
}

impl<'d> Segment<'d> {
    /// What the stretch is.
    ///
    /// ```
    /// let doc = whosaid::extract("She left. “It rained,” said Ilse Brandt.");
    /// let segment = doc.segments().nth(1).unwrap();
    /// assert_eq!(segment.kind(), whosaid::SegmentKind::Quotation);
    /// ```
    #[must_use]
    pub fn kind(self) -> SegmentKind {
        self.kind
    }

    /// Where it stands, in bytes, quotation marks included.
    ///
    /// ```
    /// let doc = whosaid::extract("She left. “It rained,” said Ilse Brandt.");
    /// let segment = doc.segments().nth(1).unwrap();
    /// assert_eq!(segment.span().of(doc.text()), "“It rained,”");
    /// ```
    #[must_use]
    pub fn span(self) -> Span {
        self.span
    }

    /// Its words, quotation marks included.
    ///
    /// ```
    /// let doc = whosaid::extract("She left. “It rained,” said Ilse Brandt.");
    /// let segment = doc.segments().nth(1).unwrap();
    /// assert_eq!(segment.text(), "“It rained,”");
    /// ```
    #[must_use]
    pub fn text(self) -> &'d str {
        self.span.of(self.doc.text)
    }

    /// The direct or mixed quotation whose content it is, or is a part of.
    ///
    /// ```
    /// let doc = whosaid::extract("She left. “It rained,” said Ilse Brandt.");
    /// let segment = doc.segments().nth(1).unwrap();
    /// assert_eq!(segment.quotation().unwrap().text(), "“It rained,”");
    /// ```
    #[must_use]
    pub fn quotation(self) -> Option<Quotation<'d>> {
        let wanted = &self.doc.found().wanted;
        let at = self.quotation.filter(|at| wanted.binary_search(at).is_ok())?;
        Some(Quotation { doc: self.doc, at })
    }
}

impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment").field("kind", &self.kind).field("text", &self.text()).finish()
    }
}

/// A segment in the making.
struct Marked {
    tokens: Stretch,
    kind: SegmentKind,
    quotation: Option<u32>,
    /// How many tokens the piece of the quotation has: of quotations inside each other, the inner one counts.
    size: u32,
}

named! {
    /// What a [`Segment`] is.
    ///
    /// ```
    /// use whosaid::SegmentKind;
    /// let doc = whosaid::extract("Tomas “Tom” Brandt is the author of “The Grey Heron.”");
    /// let marked = doc.segments().map(|s| s.kind()).filter(|kind| *kind != SegmentKind::Narration);
    /// assert!(marked.eq([SegmentKind::Nickname, SegmentKind::Title]));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SegmentKind {
        /// Outside quotation marks.
        Narration = "narration",
        /// Said, written or thought by somebody.
        Quotation = "quotation",
        /// The title of a work: “The Grey Heron”
        Title = "title",
        /// A name given to somebody: Tomas “Tom” Brandt
        Nickname = "nickname",
        /// Words that the writer does not make her own: a “leader”
        ScareQuote = "scare-quote",
        /// A word as a word: the term “spoke”
        Term = "term",
    }
}

impl SegmentKind {
    /// What marks stand for around what nobody says.
    fn of(usage: Usage) -> SegmentKind {
        match usage {
            Usage::Title => SegmentKind::Title,
            Usage::Nickname => SegmentKind::Nickname,
            Usage::Term => SegmentKind::Term,
            Usage::Scare | Usage::Speech => SegmentKind::ScareQuote,
        }
    }
}

/// A word, number, mark or punctuation of a [`Document`].
///
/// ```
/// let doc = whosaid::extract("It rained.");
/// assert_eq!(doc.tokens().nth(1).unwrap().text(), "rained");
/// ```
#[derive(Clone, Copy)]
pub struct Token<'d> {
    doc: &'d Document<'d>,
    at: usize,
}

impl<'d> Token<'d> {
    /// What it is.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.");
    /// let token = doc.tokens().nth(1).unwrap();
    /// assert_eq!(token.kind(), whosaid::TokenKind::Word);
    /// ```
    #[must_use]
    pub fn kind(self) -> TokenKind {
        self.doc.found().tokens.kind(self.at)
    }

    /// Where it stands, in bytes.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.");
    /// let token = doc.tokens().nth(1).unwrap();
    /// assert_eq!(token.span().of(doc.text()), "rained");
    /// ```
    #[must_use]
    pub fn span(self) -> Span {
        self.doc.found().tokens.span(self.at, self.at + 1)
    }

    /// The token itself.
    ///
    /// ```
    /// let doc = whosaid::extract("It rained.");
    /// let token = doc.tokens().nth(1).unwrap();
    /// assert_eq!(token.text(), "rained");
    /// ```
    #[must_use]
    pub fn text(self) -> &'d str {
        self.span().of(self.doc.text)
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?})", self.kind(), self.text())
    }
}

/// One act of saying, writing or thinking that the text reports.
///
/// ```
/// use whosaid::Kind;
/// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
/// let quotation = doc.quotations().next().unwrap();
/// assert_eq!(quotation.kind(), Kind::Direct);
/// assert_eq!(quotation.text(), "“It rained,”");
/// ```
#[derive(Clone, Copy)]
pub struct Quotation<'d> {
    doc: &'d Document<'d>,
    at: u32,
}

impl<'d> Quotation<'d> {
    fn row(self) -> &'d Attribution {
        &self.doc.found().attributions[self.at as usize]
    }

    /// How much of it stands in quotation marks.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.kind(), whosaid::Kind::Direct);
    /// ```
    #[must_use]
    pub fn kind(self) -> Kind {
        self.row().kind
    }

    /// The pieces of its content, in bytes, ascending and apart, quotation marks included.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert!(quotation.content().map(|piece| piece.of(doc.text())).eq(["“It rained,”"]));
    /// ```
    pub fn content(self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator + 'd {
        self.pieces().iter().map(move |&p| self.doc.span(p))
    }

    fn pieces(self) -> &'d [Stretch] {
        &self.doc.found().pieces[self.row().pieces.range()]
    }

    /// The words of its content, quotation marks included, its pieces joined by a space.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.text(), "“It rained,”");
    /// ```
    #[must_use]
    pub fn text(self) -> Cow<'d, str> {
        let mut pieces = self.content().map(|piece| piece.of(self.doc.text));
        let first = pieces.next().unwrap_or_default();
        pieces.fold(Cow::Borrowed(first), |text, piece| text + " " + piece)
    }

    /// What stands in quotation marks inside its marks, in bytes, ascending.
    ///
    /// ```
    /// let doc = whosaid::extract("“She called it ‘a heron,’ not a bird,” said Ilse Brandt.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert!(quotation.nested().map(|q| q.of(doc.text())).eq(["‘a heron,’"]));
    /// ```
    pub fn nested(self) -> impl Iterator<Item = Span> + 'd {
        let quoted = &self.doc.found().quoted;
        self.pieces()
            .iter()
            .flat_map(|piece| {
                let first = quoted.partition_point(|q| q.tokens.first < piece.first);
                quoted[first..].iter().take_while(|q| q.tokens.first < piece.end)
            })
            .filter(|q| q.depth > 0)
            .map(move |q| self.doc.span(q.tokens))
    }

    /// The words that report it: *said*, *according to*. None where nothing does.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.cue().map(|cue| cue.of(doc.text())), Some("told"));
    /// ```
    #[must_use]
    pub fn cue(self) -> Option<Span> {
        self.row().cue.map(|cue| self.doc.span(cue))
    }

    /// The words that name who said it: *she*, *the judge, a former mayor*. None where nothing does.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.source().map(|source| source.text()), Some("Ilse Brandt"));
    /// ```
    #[must_use]
    pub fn source(self) -> Option<Mention<'d>> {
        self.row().source.map(|mention| Mention { doc: self.doc, mention })
    }

    /// Who said it. None where nothing tells, and where the source is a pronoun that nobody could resolve.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.speaker().map(|speaker| speaker.name()), Some("Ilse Brandt"));
    /// ```
    #[must_use]
    pub fn speaker(self) -> Option<Speaker<'d>> {
        self.row().speaker.map(|id| Speaker { doc: self.doc, id })
    }

    /// The words that name who was told: *reporters*, *him*. None where nothing does.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.addressee_mention().map(|told| told.text()), Some("the crew"));
    /// ```
    #[must_use]
    pub fn addressee_mention(self) -> Option<Mention<'d>> {
        self.row().addressee.map(|mention| Mention { doc: self.doc, mention })
    }

    /// Who was told. None where nothing tells.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.addressee().map(|told| told.name()), Some("the crew"));
    /// ```
    #[must_use]
    pub fn addressee(self) -> Option<Speaker<'d>> {
        self.row().addressed.map(|id| Speaker { doc: self.doc, id })
    }

    /// Which pattern made the attribution.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert_eq!(quotation.rule(), whosaid::Rule::QuoteSubjectVerb);
    /// ```
    #[must_use]
    pub fn rule(self) -> Rule {
        self.row().rule
    }

    /// The features that the score rests on, the weightiest first.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
    /// for evidence in doc.quotations().flat_map(|quotation| quotation.evidence()) {
    ///     println!("{:+.2} {}", evidence.weight(), evidence.feature());
    /// }
    /// ```
    #[must_use]
    pub fn evidence(self) -> Vec<Evidence> {
        let seen = &self.doc.found().seen;
        let weighed = self.row().grounds.into_iter().flatten().flat_map(|grounds| seen.weighed(grounds));
        let mut evidence: Vec<_> = weighed.map(|(feature, weight)| Evidence { feature, weight }).collect();
        evidence.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        evidence
    }

    /// Orders quotations by how sure the attribution is, from 0 to 1.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert!((0.0..=1.0).contains(&quotation.score()));
    /// ```
    #[must_use]
    pub fn score(self) -> f32 {
        self.row().score
    }
}

impl fmt::Debug for Quotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quotation")
            .field("kind", &self.kind())
            .field("text", &self.text())
            .field("cue", &self.cue().map(|cue| cue.of(self.doc.text)))
            .field("source", &self.source())
            .field("speaker", &self.speaker())
            .field("addressee", &self.addressee())
            .field("rule", &self.rule())
            .field("score", &self.score())
            .finish()
    }
}

/// A named feature that speaks for an attribution, or against it.
///
/// The models of the crate are log-linear: the score of an attribution is a sum of the weights of such features,
/// brought between 0 and 1.
///
/// ```
/// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
/// let quotation = doc.quotations().next().unwrap();
/// assert!(quotation.evidence().iter().any(|evidence| evidence.weight() > 0.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    feature: String,
    weight: f32,
}

impl Evidence {
    /// The properties that make it, each with its value: *lemma: say, tense: past*.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert!(quotation.evidence().iter().all(|evidence| evidence.feature().contains(':')));
    /// ```
    #[must_use]
    pub fn feature(&self) -> &str {
        &self.feature
    }

    /// How much it adds to the score, before that is brought between 0 and 1.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” Ilse Brandt told the crew.");
    /// let quotation = doc.quotations().next().unwrap();
    /// assert!(quotation.evidence().iter().any(|evidence| evidence.weight() > 0.0));
    /// ```
    #[must_use]
    pub fn weight(&self) -> f32 {
        self.weight
    }
}

/// Words that refer to somebody.
///
/// ```
/// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
/// for quotation in doc.quotations() {
///     println!("said by {:?}", quotation.source().map(|mention| mention.text()));
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Mention<'d> {
    doc: &'d Document<'d>,
    mention: mention::Mention,
}

impl<'d> Mention<'d> {
    /// How they refer: by name, by pronoun or by a noun.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Captain Ilse Brandt.");
    /// let mention = doc.quotations().next().unwrap().source().unwrap();
    /// assert_eq!(mention.kind(), whosaid::MentionKind::Name);
    /// ```
    #[must_use]
    pub fn kind(self) -> MentionKind {
        self.mention.kind
    }

    /// Where they stand, in bytes, with titles and appositions.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Captain Ilse Brandt.");
    /// let mention = doc.quotations().next().unwrap().source().unwrap();
    /// assert_eq!(mention.span().of(doc.text()), "Captain Ilse Brandt");
    /// ```
    #[must_use]
    pub fn span(self) -> Span {
        self.doc.span(self.mention.tokens())
    }

    /// The words themselves.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Captain Ilse Brandt.");
    /// let mention = doc.quotations().next().unwrap().source().unwrap();
    /// assert_eq!(mention.text(), "Captain Ilse Brandt");
    /// ```
    #[must_use]
    pub fn text(self) -> &'d str {
        self.span().of(self.doc.text)
    }
}

impl fmt::Debug for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?})", self.kind(), self.text())
    }
}

/// A person or body that speaks in the text or is spoken to.
///
/// ```
/// let doc = whosaid::extract("“It rained,” said Ilse Brandt.");
/// for speaker in doc.speakers() {
///     println!("{} ({:?})", speaker.name(), speaker.gender());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Speaker<'d> {
    doc: &'d Document<'d>,
    id: u32,
}

impl<'d> Speaker<'d> {
    fn row(self) -> &'d speaker::Speaker {
        &self.doc.found().people.speakers[self.id as usize]
    }

    /// Its place among the [`Document::speakers`].
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Mrs. Ilse Brandt. “It poured,” said a spokesman.");
    /// let mut speakers = doc.speakers();
    /// let (ilse, spokesman) = (speakers.next().unwrap(), speakers.next().unwrap());
    /// assert_eq!((ilse.id(), spokesman.id()), (0, 1));
    /// ```
    #[must_use]
    pub fn id(self) -> u32 {
        self.id
    }

    /// Its fullest name in the text, without title, or the name that the cast gives it; where nobody names it,
    /// the words that first stand for it: *officials*.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Mrs. Ilse Brandt. “It poured,” said a spokesman.");
    /// let mut speakers = doc.speakers();
    /// let (ilse, spokesman) = (speakers.next().unwrap(), speakers.next().unwrap());
    /// assert_eq!((ilse.name(), spokesman.name()), ("Ilse Brandt", "a spokesman"));
    /// ```
    #[must_use]
    pub fn name(self) -> &'d str {
        let first = || self.mentions().next().map(|mention| mention.of(self.doc.text));
        self.named().or_else(first).unwrap_or_default()
    }

    /// Whether the text or the cast names it.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Mrs. Ilse Brandt. “It poured,” said a spokesman.");
    /// let mut speakers = doc.speakers();
    /// let (ilse, spokesman) = (speakers.next().unwrap(), speakers.next().unwrap());
    /// assert!(ilse.is_named() && !spokesman.is_named());
    /// ```
    #[must_use]
    pub fn is_named(self) -> bool {
        self.named().is_some()
    }

    fn named(self) -> Option<&'d str> {
        match self.row().identity {
            Identity::Nameless => None,
            Identity::Named(name) => Some(self.doc.span(name).of(self.doc.text)),
            Identity::Character(at) => Some(&self.doc.found().cast.characters()[at as usize].name),
        }
    }

    /// Its gender, as far as the text or the cast tells.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Mrs. Ilse Brandt. “It poured,” said a spokesman.");
    /// let mut speakers = doc.speakers();
    /// let (ilse, spokesman) = (speakers.next().unwrap(), speakers.next().unwrap());
    /// assert_eq!(ilse.gender(), whosaid::Gender::Female);
    /// ```
    #[must_use]
    pub fn gender(self) -> Gender {
        self.row().gender
    }

    /// The words that stand for it, in bytes, ascending and apart: its names, and what else names it where it speaks
    /// or is spoken to.
    ///
    /// ```
    /// let doc = whosaid::extract("“It rained,” said Mrs. Ilse Brandt. “It poured,” said a spokesman.");
    /// let mut speakers = doc.speakers();
    /// let (ilse, spokesman) = (speakers.next().unwrap(), speakers.next().unwrap());
    /// assert!(ilse.mentions().map(|span| span.of(doc.text())).eq(["Mrs. Ilse Brandt"]));
    /// ```
    pub fn mentions(self) -> impl Iterator<Item = Span> + 'd {
        let voices = &self.doc.found().voices;
        let first = voices.partition_point(|v| v.speaker < self.id);
        voices[first..].iter().take_while(move |v| v.speaker == self.id).map(move |v| self.doc.span(v.tokens))
    }
}

impl fmt::Debug for Speaker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?})", self.gender(), self.name())
    }
}
