//! A quotation with what attributes it.

use crate::grammar::mention::Mention;
use crate::model::linear::Grounds;
use crate::named::named;
use crate::report::reading::Kind;
use crate::text::sentence::Stretch;

named! {
    /// Which pattern made an attribution.
    ///
    /// ```
    /// use whosaid::Rule;
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt. Tomas Aske said that it poured.");
    /// assert!(doc.quotations().map(|q| q.rule()).eq([Rule::QuoteVerbSubject, Rule::SubjectVerbContent]));
    /// assert_eq!(Rule::QuoteVerbSubject.to_string(), "quote-verb-subject");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
    #[non_exhaustive]
    pub enum Rule {
        /// *“It leaks,” Ruiz said.*
        QuoteSubjectVerb = "quote-subject-verb",
        /// *“It leaks,” said Ruiz.*
        QuoteVerbSubject = "quote-verb-subject",
        /// *Ruiz said: “It leaks.”*
        SubjectVerbQuote = "subject-verb-quote",
        /// *Said Ruiz: “It leaks.”*
        VerbSubjectQuote = "verb-subject-quote",
        /// *“It leaks,” Ruiz said, “and badly.”*
        TagInside = "tag-inside",
        /// *Ruiz said that it leaks.*
        SubjectVerbContent = "subject-verb-content",
        /// *It leaks, Ruiz said.*
        ContentSubjectVerb = "content-subject-verb",
        /// *It leaks, said Ruiz.*
        ContentVerbSubject = "content-verb-subject",
        /// *According to Ruiz, it leaks.*
        Phrase = "phrase",
        /// *Ruiz’s claim that it leaks*
        Noun = "noun",
        /// *The dam was criticised by Ruiz.*
        Passive = "passive",
        /// *the dam that Ruiz criticised*
        Relative = "relative",
        /// *The dam seems to leak.*
        Sourceless = "sourceless",
        /// *RUIZ: It leaks.*
        Transcript = "transcript",
        /// *“It leaks.” — Ana Ruiz*
        Signature = "signature",
        /// *“It leaks.”*, a paragraph by itself: whoever spoke or was spoken of in the one before goes on.
        Floating = "floating",
        /// *Ruiz put down the cup. “It leaks.”*
        ActionBeat = "action-beat",
        /// *“It leaks.”*, as a turn of a conversation
        TurnTaking = "turn-taking",
        /// Nothing says who spoke.
        Unattributed = "unattributed",
    }
}

/// A quotation with what attributes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribution {
    pub(crate) kind: Kind,
    /// Its pieces, as a stretch of the pool of pieces.
    pub(crate) pieces: Stretch,
    pub(crate) cue: Option<Stretch>,
    pub(crate) source: Option<Mention>,
    pub(crate) addressee: Option<Mention>,
    pub(crate) rule: Rule,
    pub(crate) score: f32,
    /// Who the source is, once resolved: an index of the speakers.
    pub(crate) speaker: Option<u32>,
    /// Who the addressee is, once resolved.
    pub(crate) addressed: Option<u32>,
    /// What the score rests on: the clause alone, then what stands around it.
    pub(crate) grounds: [Option<Grounds>; 2],
}

impl Attribution {
    /// What attributions are ordered by: where the first piece begins, the cue, then which was found first.
    pub(crate) fn place(&self, pieces: &[Stretch]) -> (u32, Option<u32>, u32) {
        let first = self.pieces.first;
        (pieces[first as usize].first, self.cue.map(|c| c.first), first)
    }
}
