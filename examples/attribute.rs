//! Who says what in a text, for reading.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter, termwidth};
use whosaid::{Document, Quotation, Speaker, Warning, WarningKind};

const USAGE: &str = "\
Who says what in a text, for reading.

usage: attribute [--why | --json] [FILE]

  FILE      a text in UTF-8; - is standard input; without it, an article that comes with the example
  --why     say which features spoke for each attribution and against it
  --json    print the record, as JSON, all offsets in UTF-8 bytes";

const ARTICLE: &str = include_str!("texts/article.txt");

const NAME: Style = Style::new().bold();
const TALLY: Style = AnsiColor::Cyan.on_default();
const QUIET: Style = Style::new().dimmed();
const WARNING: Style = AnsiColor::Yellow.on_default();

/// No line is longer, however wide the terminal: nobody likes to read them.
const WIDEST: usize = 100;

/// How many features `--why` shows.
const WEIGHTIEST: usize = 6;

fn main() -> ExitCode {
    let (mut json, mut why) = (false, false);
    let mut path = None;
    for argument in env::args_os().skip(1) {
        match argument.to_str() {
            Some("--json") => json = true,
            Some("--why") => why = true,
            Some("--help" | "-h") => return finish(writeln!(io::stdout(), "{USAGE}")),
            Some(flag) if flag.starts_with('-') && flag != "-" => {
                return fail(&format!("no such option: {flag}"));
            }
            _ if path.is_some() => return fail("one file at a time"),
            _ => path = Some(PathBuf::from(argument)),
        }
    }
    let text = match path {
        None => Cow::Borrowed(ARTICLE),
        Some(path) => {
            let bytes = if path.as_os_str() == "-" { standard_input() } else { fs::read(&path) };
            let text = bytes.map_err(|error| error.to_string()).and_then(|bytes| {
                String::from_utf8(bytes)
                    .map_err(|error| format!("not UTF-8 from byte {} on", error.utf8_error().valid_up_to()))
            });
            match text {
                Ok(text) => Cow::Owned(text),
                Err(reason) => return fail(&format!("{}: {reason}", path.display())),
            }
        }
    };
    let doc = whosaid::extract(&text);
    finish(if json { print_json(&doc) } else { print(&doc, why) })
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("attribute: {reason}");
    ExitCode::FAILURE
}

/// Whoever stops reading the output has seen enough.
fn finish(written: io::Result<()>) -> ExitCode {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fail(&error.to_string()),
        _ => ExitCode::SUCCESS,
    }
}

fn print_json(doc: &Document<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &doc.to_record())?;
    writeln!(out)
}

/// Every quotation beside its speaker, then the voices and the warnings.
fn print(doc: &Document<'_>, why: bool) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout());
    let width = termwidth().min(WIDEST);
    let longest = doc.quotations().map(|quotation| display_width(&voice(quotation))).max().unwrap_or(0);
    let margin = longest.min(width / 4);
    for quotation in doc.quotations() {
        let (voice, words) = (voice(quotation), one_line(&quotation.text()));
        let mut about = vec![about(doc, quotation)];
        if why {
            let evidence = quotation.evidence().into_iter().take(WEIGHTIEST);
            about.extend(evidence.map(|e| format!("{:+.2} {}", e.weight(), e.feature())));
        }
        let names = wrap(&voice, margin);
        let words = wrap(&words, width - margin - 2).into_iter().map(|line| (Style::new(), line));
        let about = about.iter().flat_map(|line| wrap(line, width - margin - 2)).map(|line| (QUIET, line));
        let told: Vec<_> = words.chain(about).collect();
        for row in 0..names.len().max(told.len()) {
            let name = names.get(row).map_or("", |name| name);
            let gap = margin - display_width(name) + 2;
            write!(out, "{NAME}{name}{NAME:#}")?;
            match told.get(row) {
                Some((style, line)) => writeln!(out, "{:gap$}{style}{line}{style:#}", "")?,
                None => writeln!(out)?,
            }
        }
        writeln!(out)?;
    }
    for line in wrap(&tally(doc), width) {
        writeln!(out, "{TALLY}{line}{TALLY:#}")?;
    }
    for warning in doc.warnings() {
        writeln!(out, "{WARNING}{}{WARNING:#}", describe(doc, warning))?;
    }
    out.flush()
}

/// The text in lines, no word broken.
fn wrap(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    textwrap::wrap(text, Options::new(width).word_splitter(WordSplitter::NoHyphenation))
}

/// The name in the margin.
fn voice(quotation: Quotation<'_>) -> String {
    match (quotation.speaker(), quotation.source()) {
        (Some(speaker), _) => one_line(speaker.name()),
        (None, Some(mention)) => one_line(mention.text()),
        (None, None) => "?".to_owned(),
    }
}

/// What made the attribution: *cue: said · source: she · to: reporters · direct · quote-verb-subject · 0.98*
fn about(doc: &Document<'_>, quotation: Quotation<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(cue) = quotation.cue() {
        parts.push(format!("cue: {}", cue.of(doc.text())));
    }
    if let Some(source) =
        quotation.source().filter(|s| quotation.speaker().is_none_or(|n| n.name() != s.text()))
    {
        parts.push(format!("source: {}", source.text()));
    }
    let told = quotation.addressee_mention().map(|mention| mention.text());
    match (told, quotation.addressee().map(Speaker::name)) {
        (Some(told), Some(name)) if told != name => parts.push(format!("to: {told} ({name})")),
        (told, name) => parts.extend(told.or(name).map(|who| format!("to: {who}"))),
    }
    parts.push(quotation.kind().to_string());
    parts.push(quotation.rule().to_string());
    parts.push(format!("{:.2}", quotation.score()));
    one_line(&parts.join(" · "))
}

/// *12 quotations by 3 speakers: Ilse Brandt 7, Tomas Brandt 3, officials 2*
fn tally(doc: &Document<'_>) -> String {
    let mut counts = vec![0; doc.speakers().len()];
    for speaker in doc.quotations().filter_map(Quotation::speaker) {
        counts[speaker.id() as usize] += 1;
    }
    let mut speakers: Vec<_> = doc.speakers().zip(counts).filter(|(_, count)| *count > 0).collect();
    speakers.sort_by_key(|(speaker, count)| (-count, speaker.id()));
    let names: Vec<_> = speakers.iter().map(|(s, count)| format!("{} {count}", one_line(s.name()))).collect();
    let colon = if names.is_empty() { "" } else { ": " };
    let quotations = counted(doc.quotations().len(), "quotation");
    format!("{quotations} by {}{colon}{}", counted(names.len(), "speaker"), names.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn describe(doc: &Document<'_>, warning: Warning) -> String {
    let at = warning.span().start;
    let line = doc.text()[..at].lines().count().max(1);
    let what = match warning.kind() {
        WarningKind::UnclosedMark => "a quotation mark that nothing closes",
        WarningKind::StrayMark => "a quotation mark that closes nothing",
        WarningKind::Unread => "what follows was not read",
        _ => "something odd",
    };
    format!("line {line}: {what}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
