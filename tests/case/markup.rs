//! The marks drawn into a text: `[content]`, `<cue>`, `{source}`, `{@addressee}`.

use whosaid::Span;

/// What a marked stretch is to its quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Content,
    Cue,
    Source,
    Addressee,
}

/// A text freed from its marks, and what they marked.
pub(super) struct Read {
    pub(super) text: String,
    marked: Vec<(Role, Vec<usize>, Span)>,
}

impl Read {
    /// The stretches of one role for the quotation of this number, as they stand in the text.
    pub(super) fn spans(&self, role: Role, number: usize) -> Vec<Span> {
        let mine = self.marked.iter().filter(|(r, numbers, _)| *r == role && numbers.contains(&number));
        let mut spans: Vec<Span> = mine.map(|(_, _, span)| *span).collect();
        spans.sort();
        spans
    }

    /// The numbers of the quotations that the marks speak of; 0 for marks without a number.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.marked.iter().flat_map(|(_, numbers, _)| numbers.iter().copied())
    }
}

/// Reads a marked text.
pub(super) fn read(marked: &str) -> Result<Read, String> {
    let mut read = Read { text: String::with_capacity(marked.len()), marked: Vec::new() };
    let mut open: Vec<(char, Role, Vec<usize>, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' if rest.starts_with(['[', ']', '<', '>', '{', '}']) => {
                read.text.push_str(&rest[..1]);
                rest = &rest[1..];
            }
            '[' | '<' | '{' => {
                let (closes, mut role) = match c {
                    '[' => (']', Role::Content),
                    '<' => ('>', Role::Cue),
                    _ => ('}', Role::Source),
                };
                if let Some(after) = rest.strip_prefix('@') {
                    role = Role::Addressee;
                    rest = after;
                }
                let (numbers, after) = numbers(rest);
                rest = after;
                open.push((closes, role, numbers, read.text.len()));
            }
            ']' | '>' | '}' => {
                let (closes, role, numbers, start) = open.pop().ok_or(format!("{c} closes nothing"))?;
                let span = Span { start, end: read.text.len() };
                let words = span.of(&read.text);
                if c != closes {
                    return Err(format!("{c} where {closes} should close: {words}"));
                }
                if words.is_empty() || words.trim() != words {
                    return Err(format!("an empty stretch, or one with white space at its edge: {words}"));
                }
                read.marked.push((role, numbers, span));
            }
            _ => read.text.push(c),
        }
    }
    match open.pop() {
        Some((_, _, _, start)) => Err(format!("never closed: {}", &read.text[start..])),
        None if read.text.is_empty() => Err("no text".to_owned()),
        None => Ok(read),
    }
}

/// The numbers before a bar, `1,2|`, and what follows them; number 0 where there is none.
fn numbers(rest: &str) -> (Vec<usize>, &str) {
    let listed = rest.split_once('|').and_then(|(before, after)| {
        let numbers: Result<_, _> = before.split(',').map(str::parse).collect();
        Some((numbers.ok()?, after))
    });
    listed.unwrap_or((vec![0], rest))
}
