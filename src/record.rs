//! The owned form of what an extraction found: the wire format.

use crate::document::{Document, Mention, Quotation, Speaker, WarningKind};
use crate::lexicon::Gender;
use crate::report::attribution::Rule;
use crate::report::reading::Kind;
use crate::span::Span;

/// All that was found in one text, without the text.
///
/// With the feature `serde` (a default one) its JSON is a stable contract; all offsets are half-open and in
/// UTF-8 bytes:
///
/// ```json
/// {"id": "a17", "quotations": [{
///     "kind": "direct", "content": [{"start": 0, "end": 14}],
///     "cue": {"start": 15, "end": 19},
///     "speaker": {"name": "Ilse Brandt", "mention": {"start": 20, "end": 31}, "id": 0},
///     "addressee": null,
///     "rule": "quote-verb-subject", "score": 0.98}],
///  "speakers": [{"id": 0, "name": "Ilse Brandt", "gender": "female", "mentions": [{"start": 20, "end": 31}]}],
///  "warnings": []}
/// ```
///
/// ```
/// let mut record = whosaid::extract("“It rained,” said Ilse Brandt.").to_record();
/// record.id = Some("a17".into());
/// # #[cfg(feature = "serde")] {
/// let json = serde_json::to_string(&record).unwrap();
/// assert_eq!(serde_json::from_str::<whosaid::Record>(&json).unwrap(), record);
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Record {
    /// What the caller calls the text; left out of the JSON where there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub id: Option<String>,
    /// The quotations, in the order in which they begin.
    pub quotations: Vec<QuotationRecord>,
    /// The speakers and addressees, by ascending id.
    pub speakers: Vec<SpeakerRecord>,
    /// What is odd in the text.
    pub warnings: Vec<WarningRecord>,
}

/// One quotation of a [`Record`].
///
/// ```
/// let text = "“It rained,” said Ilse Brandt.";
/// let record = whosaid::extract(text).to_record();
/// let quotation = &record.quotations[0];
/// assert_eq!(quotation.content[0].of(text), "“It rained,”");
/// assert_eq!(quotation.cue.map(|cue| cue.of(text)), Some("said"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct QuotationRecord {
    /// How much of it stands in quotation marks.
    pub kind: Kind,
    /// The pieces of what was said, ascending and apart, quotation marks included.
    pub content: Vec<Span>,
    /// The words that report it.
    pub cue: Option<Span>,
    /// Who said it; none where nothing tells.
    pub speaker: Option<PersonRecord>,
    /// Who was told.
    pub addressee: Option<PersonRecord>,
    /// Which pattern made the attribution.
    pub rule: Rule,
    /// Orders quotations by how sure the attribution is, from 0 to 1.
    pub score: f32,
}

/// Somebody in the part that they have in one quotation.
///
/// ```
/// let text = "“It rained,” said Captain Ilse Brandt.";
/// let record = whosaid::extract(text).to_record();
/// let speaker = record.quotations[0].speaker.as_ref().unwrap();
/// assert_eq!(speaker.name.as_deref(), Some("Ilse Brandt"));
/// assert_eq!(speaker.mention.map(|mention| mention.of(text)), Some("Captain Ilse Brandt"));
/// assert_eq!(record.speakers[speaker.id.unwrap() as usize].name, speaker.name);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PersonRecord {
    /// The fullest name; none where the text gives none.
    pub name: Option<String>,
    /// The words that stand for them here; none for a line of dialogue without a tag.
    pub mention: Option<Span>,
    /// Which of the speakers it is; none for a pronoun that nobody could resolve.
    pub id: Option<u32>,
}

/// A person or body of a [`Record`].
///
/// ```
/// let record = whosaid::extract("“It rained,” said Mrs. Brandt.").to_record();
/// assert_eq!(record.speakers[0].gender, whosaid::Gender::Female);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SpeakerRecord {
    /// Its place in the list, by which quotations refer to it.
    pub id: u32,
    /// The fullest name; none where the text gives none.
    pub name: Option<String>,
    /// As far as the text tells.
    pub gender: Gender,
    /// The words that stand for it, ascending.
    pub mentions: Vec<Span>,
}

/// Something odd in a text, and where.
///
/// ```
/// let record = whosaid::extract("It rained.” She left.").to_record();
/// assert_eq!(record.warnings[0].kind, whosaid::WarningKind::StrayMark);
/// assert_eq!(record.warnings[0].start, 10);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct WarningRecord {
    /// What is odd.
    pub kind: WarningKind,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

impl Document<'_> {
    /// The owned form of all that was found, without an id.
    ///
    /// ```
    /// let record = whosaid::extract("“It rained,” said Ilse Brandt.").to_record();
    /// assert_eq!(record.quotations.len(), 1);
    /// ```
    #[must_use]
    pub fn to_record(&self) -> Record {
        Record {
            id: None,
            quotations: self.quotations().map(quotation).collect(),
            speakers: self.speakers().map(speaker).collect(),
            warnings: self
                .warnings()
                .map(|w| WarningRecord { kind: w.kind(), start: w.span().start, end: w.span().end })
                .collect(),
        }
    }
}

fn quotation(quotation: Quotation<'_>) -> QuotationRecord {
    QuotationRecord {
        kind: quotation.kind(),
        content: quotation.content().collect(),
        cue: quotation.cue(),
        speaker: person(quotation.source(), quotation.speaker()),
        addressee: person(quotation.addressee_mention(), quotation.addressee()),
        rule: quotation.rule(),
        score: quotation.score(),
    }
}

fn person(mention: Option<Mention<'_>>, speaker: Option<Speaker<'_>>) -> Option<PersonRecord> {
    (mention.is_some() || speaker.is_some()).then(|| PersonRecord {
        name: speaker.and_then(name),
        mention: mention.map(Mention::span),
        id: speaker.map(Speaker::id),
    })
}

fn speaker(speaker: Speaker<'_>) -> SpeakerRecord {
    SpeakerRecord {
        id: speaker.id(),
        name: name(speaker),
        gender: speaker.gender(),
        mentions: speaker.mentions().collect(),
    }
}

/// The name on one line, even where the text breaks it.
fn name(speaker: Speaker<'_>) -> Option<String> {
    speaker.is_named().then(|| speaker.name().split_whitespace().collect::<Vec<_>>().join(" "))
}
