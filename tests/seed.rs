//! Reads an annotated article, where the checkout has one beside it, and asks that all of it is right.

mod judge;

use std::fs;
use std::path::Path;

use serde_json::Value;
use whosaid::{QuotationRecord, Span, extract};

#[test]
fn the_seed_article_is_read_perfectly() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed/belarus.jsonl");
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("skipped: there is no {}", path.display());
        return;
    };
    let article: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    let text = article["text"].as_str().expect("a text");
    let found = extract(text).to_record().quotations;
    let gold: Vec<Gold> =
        article["attributions"].as_array().expect("attributions").iter().map(Gold::new).collect();
    let pairs = judge::pairs(text, gold.iter().map(|g| &g.content[..]), &found);
    let mut faults = Vec::new();
    for (at, gold) in gold.iter().enumerate().filter(|(_, gold)| !gold.optional) {
        match pairs.iter().find(|(g, _)| *g == at) {
            None => faults.push(format!("missed: {}", gold.show(text))),
            Some(&(_, f)) => {
                let wrong = gold.wrong(text, &found[f]);
                if !wrong.is_empty() {
                    faults.push(format!("{}: {}: {:?}", wrong.join(", "), gold.show(text), found[f]));
                }
            }
        }
    }
    let spurious = (0..found.len()).filter(|at| !pairs.iter().any(|(_, f)| f == at));
    faults.extend(spurious.map(|at| format!("too many: {:?}", found[at])));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// An attribution of the annotated article.
struct Gold {
    optional: bool,
    content: Vec<Span>,
    cue: Vec<Span>,
    source: Vec<Span>,
    speaker: Option<String>,
    addressee: Option<Span>,
}

impl Gold {
    fn new(json: &Value) -> Gold {
        let offset = |json: &Value| json.as_u64().expect("an offset") as usize;
        let span = |json: &Value| Span { start: offset(&json[0]), end: offset(&json[1]) };
        let spans = |json: &Value| json.as_array().expect("spans").iter().map(span).collect();
        Gold {
            optional: json["optional"] == true,
            content: spans(&json["content"]),
            cue: spans(&json["cue"]),
            source: spans(&json["source"]),
            speaker: json["speaker"].as_str().map(str::to_owned),
            addressee: json["addressee"].is_array().then(|| span(&json["addressee"])),
        }
    }

    fn show<'t>(&self, text: &'t str) -> &'t str {
        self.content[0].of(text)
    }

    fn wrong(&self, text: &str, found: &QuotationRecord) -> Vec<&'static str> {
        let speaker = found.speaker.as_ref();
        let mention = speaker.and_then(|s| s.mention);
        let name = speaker.and_then(|s| s.name.as_deref()).unwrap_or_default();
        let told = found.addressee.as_ref().and_then(|a| a.mention);
        let mut wrong = Vec::new();
        let mut check = |right: bool, what| {
            if !right {
                wrong.push(what);
            }
        };
        check(judge::letters(text, &self.content) == judge::letters(text, &found.content), "content");
        let (source, cue) = (self.source.first(), &self.cue);
        check(
            match source {
                Some(&source) => mention.is_some_and(|m| judge::same_source(text, source, m)),
                None => mention.is_none(),
            },
            "source",
        );
        check(cue.is_empty() || cue.iter().any(|c| found.cue.is_some_and(|f| f.overlaps(*c))), "cue");
        check(self.speaker.as_ref().is_none_or(|expected| judge::same_name(expected, name)), "speaker");
        check(judge::words_within(name, text), "a name that the text lacks");
        check(self.addressee.is_none_or(|a| told.is_some_and(|m| m.overlaps(a))), "addressee");
        wrong
    }
}
