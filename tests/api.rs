//! What the types promise.

use whosaid::{
    Cast, Character, Document, Error, Evidence, Extractor, ExtractorBuilder, Kind, Lexicon, Mention, Offsets,
    Quotation, Record, Segment, SegmentKind, Speaker, Token, Warning, Workspace, extract,
};

#[test]
fn everything_crosses_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Extractor>();
    crosses::<ExtractorBuilder>();
    crosses::<Workspace>();
    crosses::<Document<'_>>();
    crosses::<Quotation<'_>>();
    crosses::<Segment<'_>>();
    crosses::<Speaker<'_>>();
    crosses::<Mention<'_>>();
    crosses::<Token<'_>>();
    crosses::<Evidence>();
    crosses::<Warning>();
    crosses::<Offsets<'_>>();
    crosses::<Character>();
    crosses::<Record>();
    crosses::<Lexicon>();
    crosses::<Cast>();
    crosses::<Error>();
}

#[test]
fn a_workspace_forgets_the_text_before() {
    let extractor = Extractor::new();
    let mut workspace = Workspace::new();
    let long = "“It rained,” said Ilse Brandt. ‘Why?’ “It” poured.\n\n".repeat(20);
    for text in [&long, "“It poured,” said Tomas Brandt.", "", &long, "It rained."] {
        let reused = extractor.extract_with(&mut workspace, text).to_record();
        assert_eq!(reused, extract(text).to_record());
    }
}

#[test]
fn unwanted_kinds_are_left_out_everywhere() {
    let text = "“It rained,” said Ilse Brandt.";
    let extractor = Extractor::builder().kinds([Kind::Indirect]).build();
    let doc = extractor.extract(text);
    assert_eq!(doc.quotations().len(), 0);
    let first = doc.segments().next().unwrap();
    assert_eq!(first.kind(), SegmentKind::Quotation);
    assert!(first.quotation().is_none());
}

#[cfg(feature = "serde")]
#[test]
fn the_json_of_a_record_is_the_contract() {
    let contract = serde_json::json!({
        "id": "a17",
        "quotations": [
            {
                "kind": "mixed", "content": [{"start": 0, "end": 26}, {"start": 40, "end": 52}],
                "cue": {"start": 27, "end": 31},
                "speaker": {"name": "Ilse Brandt", "mention": {"start": 32, "end": 38}, "id": 0},
                "addressee": {"name": null, "mention": {"start": 60, "end": 63}, "id": null},
                "rule": "unattributed", "score": 0.5,
            },
            {
                "kind": "direct", "content": [{"start": 70, "end": 80}],
                "cue": null, "speaker": null, "addressee": null,
                "rule": "unattributed", "score": 0.25,
            },
        ],
        "speakers": [
            {"id": 0, "name": "Ilse Brandt", "gender": "female", "mentions": [{"start": 32, "end": 38}]},
        ],
        "warnings": [{"kind": "unclosed-mark", "start": 70, "end": 73}],
    });
    let record: Record = serde_json::from_value(contract.clone()).unwrap();
    assert_eq!(serde_json::to_value(&record).unwrap(), contract);

    let json = serde_json::to_string(&extract("It rained.").to_record()).unwrap();
    assert_eq!(json, r#"{"quotations":[],"speakers":[],"warnings":[]}"#);
}

#[cfg(feature = "serde")]
#[test]
fn what_json_has_names_for_prints_as_them() {
    use whosaid::{Gender, MentionKind, Rule, WarningKind};

    fn same<T: serde::Serialize + std::fmt::Display>(values: impl IntoIterator<Item = T>) {
        for value in values {
            assert_eq!(serde_json::to_value(&value).unwrap(), value.to_string());
        }
    }
    same([Kind::Direct, Kind::Mixed, Kind::Indirect]);
    same([Rule::QuoteSubjectVerb, Rule::TagInside, Rule::Phrase, Rule::TurnTaking, Rule::Unattributed]);
    same([Gender::Unknown, Gender::Male, Gender::Female, Gender::Neuter]);
    same([MentionKind::Name, MentionKind::Pronoun, MentionKind::Nominal]);
    same([WarningKind::UnclosedMark, WarningKind::StrayMark, WarningKind::Unread]);
    assert_eq!(format!("{:>8}|{:<8}|", Kind::Direct, Kind::Mixed), "  direct|mixed   |");
}

#[cfg(feature = "serde")]
#[test]
fn a_cast_is_checked_when_it_is_read() {
    let read = serde_json::from_str::<Cast>;
    assert!(
        read(r#"[{"name": "Ilse Brandt", "aliases": ["Ilse"], "gender": "X", "narrator": true}]"#).is_ok()
    );
    let wrong = read(r#"[{"name": "Ilse", "narrator": true}, {"name": "Tomas", "narrator": true}]"#);
    assert!(wrong.unwrap_err().to_string().contains("two narrators: Ilse and Tomas"));
    assert!(read(r#"[{"name": ""}]"#).is_err());
}
