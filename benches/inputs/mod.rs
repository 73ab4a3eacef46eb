//! What the benchmarks read.

use std::path::Path;
use std::{env, fs};

/// How many bytes. `cargo bench -- --test` only wants to know that everything runs, and gets thousandths.
fn size(megabytes: usize) -> usize {
    megabytes * if is_test() { 1_000 } else { 1_000_000 }
}

pub(crate) fn is_test() -> bool {
    env::args().any(|argument| argument == "--test")
}

/// Texts that are timed together, each a document of its own.
#[derive(Debug)]
pub(crate) struct Inputs {
    pub(crate) name: String,
    pub(crate) texts: Vec<String>,
}

impl Inputs {
    /// One text.
    pub(crate) fn alone(name: &str, text: impl Into<String>) -> Self {
        Inputs { name: name.to_owned(), texts: vec![text.into()] }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }
}

/// The article and the chapter that come with the benchmarks, or the corpus that `WHOSAID_CORPUS` names: a file
/// of JSON lines, each with a `text`; its path may be relative to the root of the package.
///
/// # Panics
/// Where there is no such file or a line has no text.
pub(crate) fn inputs() -> Vec<Inputs> {
    let Some(path) = env::var_os("WHOSAID_CORPUS") else {
        return vec![
            Inputs::alone("article", include_str!("../texts/article.txt")),
            Inputs::alone("chapter", include_str!("../texts/chapter.txt")),
        ];
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let lines = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        json["text"].as_str().expect("a line has a text").to_owned()
    };
    let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    vec![Inputs { name, texts: lines.lines().map(text).collect() }]
}

/// A text of `megabytes`: the texts over and over, a blank line between.
pub(crate) fn prose(inputs: &Inputs, megabytes: usize) -> Inputs {
    let size = size(megabytes);
    let mut prose = String::with_capacity(size + size / 8);
    for text in inputs.texts.iter().cycle() {
        if prose.len() >= size {
            break;
        }
        prose.push_str(text);
        prose.push_str("\n\n");
    }
    Inputs::alone(&format!("one text of {megabytes} MB"), cut(prose, size))
}

/// Texts of `megabytes` each that are made to be slow.
pub(crate) fn hostile(inputs: &Inputs, megabytes: usize) -> impl Iterator<Item = Inputs> {
    let size = size(megabytes);
    let over = |unit: &str| unit.repeat(size / unit.len() + 1);
    let unclosed = format!("“{}", prose(inputs, megabytes).texts[0]);
    let texts = [
        ("straight marks", over("\"")),
        ("opening marks", over("“‘")),
        ("closing marks", over("”")),
        ("apostrophes", over("'")),
        ("double apostrophes", over("'' ")),
        ("brackets", over("(")),
        ("stops", over(".")),
        ("letters", over("letters")),
        ("newlines", over("\n")),
        ("dashes", over("—")),
        ("emoji", over("🙂")),
        ("combining marks", over("\u{301}")),
        ("he said", over("he said ")),
        ("names", names(size)),
        ("unclosed paragraphs", over("“It rained and rained.\n\n")),
        ("an unclosed mark", unclosed),
        ("untagged turns", over("“It rained.”\n\n“Did it?”\n\n")),
    ];
    texts
        .into_iter()
        .map(move |(name, text)| Inputs::alone(&format!("{megabytes} MB of {name}"), cut(text, size)))
}

/// Names that are all different: *Baba Babe Babi …*
fn names(size: usize) -> String {
    let mut names = String::with_capacity(size + 16);
    for mut number in 0_usize.. {
        if names.len() >= size {
            break;
        }
        let start = names.len();
        for _ in 0..4 {
            names.push(char::from(b"bcdfghklmnprstvz"[number % 16]));
            names.push(char::from(b"aeiou"[number / 16 % 5]));
            number /= 80;
        }
        names[start..=start].make_ascii_uppercase();
        names.push(' ');
    }
    names
}

/// No more than `size` bytes of it.
fn cut(mut text: String, size: usize) -> String {
    let end = (0..=size.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.truncate(end);
    text
}
