//! A case of a phenomenon: a text with marks for what should be found in it (`tests/phenomena/README.md`).

mod markup;
mod verdict;

use whosaid::{Cast, Character, Gender, Kind, SegmentKind, Span};

/// A text and what should be found in it.
pub(crate) struct Case {
    pub(crate) title: String,
    /// The line of its title, counted from 1.
    pub(crate) line: usize,
    /// Why it is known to fail.
    pub(crate) pending: Option<String>,
    pub(crate) pending_line: Option<usize>,
    cast: Cast,
    text: String,
    expected: Vec<Expected>,
    /// Marked stretches that quote nobody: what they are and their words.
    labels: Vec<(SegmentKind, String)>,
    /// Whether a mark opens and never closes; none where it may be seen so or not.
    unclosed: Option<bool>,
}

/// A quotation that should be found.
struct Expected {
    kind: Kind,
    optional: bool,
    content: Vec<Span>,
    cue: Vec<Span>,
    source: Option<Span>,
    speaker: Speaker,
    addressee: Option<Span>,
    /// Nobody is told.
    untold: bool,
    /// The names that will do; none where the name of the addressee is not looked at.
    addressed: Vec<String>,
}

/// Who says it, as far as the text tells.
enum Speaker {
    /// There is no source.
    Nobody,
    /// There is a source without a name.
    Nameless,
    /// These names will do.
    Named(Vec<String>),
}

/// Reads the cases of a file. An error begins with the number of its line.
pub(crate) fn read(source: &str) -> Result<Vec<Case>, String> {
    let lines: Vec<&str> = source.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("=== ")).collect();
    let before = &lines[..starts.first().copied().unwrap_or(lines.len())];
    if let Some(at) = before.iter().position(|line| !line.is_empty() && !line.starts_with('#')) {
        return Err(format!("{}: neither a comment nor a case", at + 1));
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let cases: Vec<Case> =
        starts.iter().zip(ends).map(|(&start, end)| case(&lines, start, end)).collect::<Result<_, _>>()?;
    for (at, case) in cases.iter().enumerate() {
        if cases[..at].iter().any(|other| other.title == case.title) {
            return Err(format!("{}: a second case of this title", case.line));
        }
    }
    Ok(cases)
}

/// Reads the case in the lines `start..end`.
fn case(lines: &[&str], start: usize, end: usize) -> Result<Case, String> {
    let rule =
        (start..end).find(|&at| lines[at] == "---").ok_or(format!("{}: a case without ---", start + 1))?;
    let blank = (start..rule).find(|&at| lines[at].is_empty()).unwrap_or(rule);
    let mut case = Case {
        title: lines[start]["=== ".len()..].trim().to_owned(),
        line: start + 1,
        pending: None,
        pending_line: None,
        cast: Cast::new(),
        text: String::new(),
        expected: Vec::new(),
        labels: Vec::new(),
        unclosed: Some(false),
    };
    let mut crlf = false;
    for (at, line) in (start + 1..).zip(&lines[start + 1..blank]) {
        let error = |reason: &str| format!("{}: {reason}: {line}", at + 1);
        match line.split_once(": ") {
            Some(("pending", reason)) => {
                case.pending = Some(reason.to_owned());
                case.pending_line = Some(at + 1);
            }
            Some(("cast", entry)) => {
                let character = character(entry).ok_or(error("not NAME (F|M|U) = ALIAS, …"))?;
                case.cast.add(character).map_err(|e| error(&e.to_string()))?;
            }
            Some(("lines", "crlf")) => crlf = true,
            _ => return Err(error("neither pending:, cast: nor lines: crlf")),
        }
    }
    let marked = lines[blank..rule].join("\n");
    let marked = marked.trim_matches('\n');
    let marked = if crlf { marked.replace('\n', "\r\n") } else { marked.to_owned() };
    let read = markup::read(&marked).map_err(|e| format!("{}: {e}", start + 1))?;
    let mut declared = Vec::new();
    for (at, line) in (rule + 1..).zip(&lines[rule + 1..end]) {
        let line = line.trim();
        if !line.is_empty() && line != "nothing" {
            case.expect(line, &read, &mut declared).map_err(|e| format!("{}: {e}: {line}", at + 1))?;
        }
    }
    let nothing = lines[rule + 1..end].iter().any(|line| line.trim() == "nothing");
    if nothing != declared.is_empty() {
        return Err(format!("{}: neither quotations nor `nothing`, or both", rule + 1));
    }
    if let Some(number) = read.numbers().find(|n| !declared.contains(n)) {
        return Err(format!("{}: nothing is said of {}", rule + 1, named(number)));
    }
    case.text = read.text;
    case.checked()
}

/// What a number in the marks is called; marks without a number count as number 0.
fn named(number: usize) -> String {
    if number == 0 { "the marks without a number".to_owned() } else { format!("number {number}") }
}

/// The names that will do: `Ann Roe or Judge Roe`.
fn alternatives(names: &str) -> Vec<String> {
    names.split(" or ").map(str::to_owned).collect()
}

/// Reads a member of the cast: `Mara Venn (F, narrator) = Mara, Miss Venn`.
fn character(entry: &str) -> Option<Character> {
    let (name, rest) = entry.split_once(" (")?;
    let (traits, aliases) = rest.split_once(')')?;
    let gender = match traits.split(',').next()? {
        "F" => Gender::Female,
        "M" => Gender::Male,
        "U" => Gender::Unknown,
        _ => return None,
    };
    let character = Character::new(name).gender(gender);
    let character = if traits.ends_with(", narrator") { character.narrator() } else { character };
    let aliases = aliases.trim().strip_prefix("= ").map(|aliases| aliases.split(", "));
    Some(aliases.into_iter().flatten().fold(character, Character::alias))
}

impl Case {
    /// Reads a line below the text.
    fn expect(&mut self, line: &str, read: &markup::Read, declared: &mut Vec<usize>) -> Result<(), String> {
        let (head, rest) = line.split_once(": ").ok_or("no colon")?;
        let (number, kind) = match head.split_once(' ') {
            Some((number, kind)) => (number.parse().map_err(|_| "not a number")?, kind),
            None => (0, head),
        };
        let optional = kind.ends_with('?');
        let kind = match kind.trim_end_matches('?') {
            "direct" => Kind::Direct,
            "mixed" => Kind::Mixed,
            "indirect" => Kind::Indirect,
            "warning" if rest == "unclosed" => {
                self.unclosed = (!optional).then_some(true);
                return Ok(());
            }
            label @ ("title" | "nickname" | "scare" | "term") => {
                let label = match label {
                    "title" => SegmentKind::Title,
                    "nickname" => SegmentKind::Nickname,
                    "scare" => SegmentKind::ScareQuote,
                    _ => SegmentKind::Term,
                };
                self.labels.push((label, rest.to_owned()));
                return Ok(());
            }
            _ => return Err("neither a kind, a label nor warning: unclosed".to_owned()),
        };
        if declared.contains(&number) {
            return Err("declared twice".to_owned());
        }
        declared.push(number);
        let (speaker, addressed) = match rest.split_once(" -> ") {
            Some((speaker, addressed)) => (speaker, Some(addressed)),
            None => (rest, None),
        };
        let spans = |role| read.spans(role, number);
        let expected = Expected {
            kind,
            optional,
            content: spans(markup::Role::Content),
            cue: spans(markup::Role::Cue),
            source: spans(markup::Role::Source).first().copied(),
            speaker: match speaker {
                "nobody" => Speaker::Nobody,
                "-" => Speaker::Nameless,
                names => Speaker::Named(alternatives(names)),
            },
            addressee: spans(markup::Role::Addressee).first().copied(),
            untold: addressed == Some("nobody"),
            addressed: addressed.filter(|who| *who != "nobody").map(alternatives).unwrap_or_default(),
        };
        if expected.content.is_empty() {
            return Err("the text has no content for it".to_owned());
        }
        self.expected.push(expected);
        Ok(())
    }

    /// Refuses what cannot be right whatever is found.
    fn checked(self) -> Result<Case, String> {
        let error = |reason: String| Err(format!("{}: {reason}", self.line));
        for expected in &self.expected {
            let content: String = expected.content.iter().map(|span| span.of(&self.text)).collect();
            let double = content.contains(['“', '”', '"', '„', '«', '»']);
            if expected.kind == Kind::Indirect && double {
                return error(format!("indirect, but with marks: {content}"));
            }
            if expected.kind == Kind::Mixed && !double && !content.contains(['‘', '’', '\'']) {
                return error(format!("mixed, but without a mark: {content}"));
            }
            let cast = self.cast.characters().iter().map(|c| c.name.as_str());
            let known: String = cast.chain([self.text.as_str()]).collect::<Vec<_>>().join(" ");
            let speaker = if let Speaker::Named(names) = &expected.speaker { names.as_slice() } else { &[] };
            let mut names = speaker.iter().chain(&expected.addressed);
            if let Some(name) = names.find(|name| !crate::judge::words_within(name, &known)) {
                return error(format!("the text has no {name}"));
            }
        }
        Ok(self)
    }
}
