//! Holding what is found against what is expected.

use std::fmt;

use whosaid::{Extractor, Kind, PersonRecord, QuotationRecord, Segment, Span, WarningKind};

use super::{Case, Expected, Speaker};
use crate::judge;

/// What is wrong with what was found.
pub(crate) struct Fault {
    /// In a word, for a `pending` line.
    pub(crate) reason: String,
    report: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl Case {
    /// What is wrong, if anything.
    pub(crate) fn fault(&self) -> Option<Fault> {
        let extractor = Extractor::builder().cast(self.cast.clone()).build();
        let doc = extractor.extract(&self.text);
        let found = doc.to_record().quotations;
        let pairs = judge::pairs(&self.text, self.expected.iter().map(|e| &e.content[..]), &found);
        let mut reasons = Vec::new();
        let mut report = String::new();
        for (at, expected) in self.expected.iter().enumerate() {
            let pair = pairs.iter().find(|(e, _)| *e == at).map(|&(_, f)| &found[f]);
            let wrong = match pair {
                _ if expected.optional => continue,
                None => vec!["missed"],
                Some(found) => self.wrong(expected, found),
            };
            if wrong.is_empty() {
                continue;
            }
            let wrong = wrong.join(", ");
            reasons.push(if self.expected.len() > 1 { format!("{} {wrong}", at + 1) } else { wrong.clone() });
            report += &format!("wrong: {wrong}\n  expected  {}\n", self.show_expected(expected));
            if let Some(found) = pair {
                report += &format!("  found     {}\n", self.show_found(found));
            }
        }
        for (at, quotation) in found.iter().enumerate() {
            let forgiven = !self.cast.characters().is_empty() && quotation.kind == Kind::Indirect;
            if !forgiven && !pairs.iter().any(|&(_, f)| f == at) {
                reasons.push("too many".to_owned());
                report += &format!("too many\n  found     {}\n", self.show_found(quotation));
            }
        }
        for (kind, words) in &self.labels {
            let inner =
                |segment: &Segment<'_>| segment.text().trim_matches(|c: char| !c.is_alphanumeric()) == words;
            let found = doc.segments().find(inner).map(|segment| segment.kind());
            if found != Some(*kind) {
                reasons.push("label".to_owned());
                report += &format!("wrong: label\n  expected  {kind:?} [{words}]\n  found     {found:?}\n");
            }
        }
        let unclosed = doc.warnings().any(|w| w.kind() == WarningKind::UnclosedMark);
        if self.unclosed.is_some_and(|expected| expected != unclosed) {
            reasons.push("warning".to_owned());
            report +=
                if unclosed { "wrong: a mark seems unclosed\n" } else { "wrong: no mark seems unclosed\n" };
        }
        reasons.dedup();
        let reason = reasons.join("; ");
        (!reason.is_empty())
            .then(|| Fault { reason, report: format!("{}\n\n{report}", indented(&self.text)) })
    }

    /// What of the quotation is wrong.
    fn wrong(&self, expected: &Expected, found: &QuotationRecord) -> Vec<&'static str> {
        let letters = |spans: &[Span]| judge::letters(&self.text, spans);
        let overlaps = |one: Span, other: Option<Span>| other.is_some_and(|other| one.overlaps(other));
        let same = |expected: Span, found: Option<Span>| {
            found.is_some_and(|found| judge::same_source(&self.text, expected, found))
        };
        let mut wrong = Vec::new();
        let mut check = |right: bool, what| {
            if !right {
                wrong.push(what);
            }
        };
        check(letters(&expected.content) == letters(&found.content), "content");
        check(expected.kind == found.kind, "kind");
        check(expected.cue.is_empty() || expected.cue.iter().any(|&cue| overlaps(cue, found.cue)), "cue");
        check(expected.source.is_none_or(|source| same(source, mention(&found.speaker))), "source");
        check(self.speaker_right(expected, found), "speaker");
        check(expected.addressee.is_none_or(|a| overlaps(a, mention(&found.addressee))), "addressee");
        check(!expected.untold || found.addressee.is_none(), "addressee");
        let addressed = name(&found.addressee);
        let fits = |name: &String| self.same_name(name, addressed);
        check(expected.addressed.is_empty() || expected.addressed.iter().any(fits), "name of the addressee");
        wrong
    }

    /// Whether the speaker has the expected name, or, where the text does not tell it, none but the words of the
    /// source.
    fn speaker_right(&self, expected: &Expected, found: &QuotationRecord) -> bool {
        let name = name(&found.speaker);
        match &expected.speaker {
            Speaker::Nobody => found.speaker.is_none(),
            Speaker::Nameless => {
                let source = expected.source.or(mention(&found.speaker));
                judge::words_within(name, source.map_or("", |span| span.of(&self.text)))
            }
            Speaker::Named(names) => names.iter().any(|expected| self.same_name(expected, name)),
        }
    }

    /// With a cast the name must be the cast's to the letter.
    fn same_name(&self, expected: &str, found: &str) -> bool {
        let in_cast = self.cast.characters().iter().any(|c| c.name == expected);
        if in_cast { expected == found } else { judge::same_name(expected, found) }
    }

    fn show_expected(&self, e: &Expected) -> String {
        let speaker = match &e.speaker {
            Speaker::Nobody => "nobody".to_owned(),
            Speaker::Nameless => String::new(),
            Speaker::Named(names) => names.join(" or "),
        };
        let names = [speaker, e.addressed.join(" or ")];
        self.show(e.kind, &e.content, &e.cue, [e.source, e.addressee], names.each_ref().map(String::as_str))
    }

    fn show_found(&self, f: &QuotationRecord) -> String {
        let who = [&f.speaker, &f.addressee];
        self.show(f.kind, &f.content, f.cue.as_slice(), who.map(mention), who.map(name))
    }

    fn show(
        &self,
        kind: Kind,
        content: &[Span],
        cue: &[Span],
        who: [Option<Span>; 2],
        names: [&str; 2],
    ) -> String {
        let words = |spans: &[Span]| {
            let words: Vec<&str> = spans.iter().map(|span| span.of(&self.text)).collect();
            if words.is_empty() { "-".to_owned() } else { words.join(" … ").replace(['\r', '\n'], " ") }
        };
        let [source, addressee] = who.map(|span| words(span.as_slice()));
        let [speaker, addressed] = names.map(|name| if name.is_empty() { "-" } else { name });
        let kind = format!("{kind:?}").to_lowercase();
        let mut lines =
            format!("{kind} [{}]\n            <{}> {{{source}}} = {speaker}", words(content), words(cue));
        if addressee != "-" || addressed != "-" {
            lines += &format!(" -> {{@{addressee}}} = {addressed}");
        }
        lines
    }
}

fn mention(who: &Option<PersonRecord>) -> Option<Span> {
    who.as_ref().and_then(|who| who.mention)
}

fn name(who: &Option<PersonRecord>) -> &str {
    who.as_ref().and_then(|who| who.name.as_deref()).unwrap_or_default()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
