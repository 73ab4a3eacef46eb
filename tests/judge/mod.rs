//! When is a found quotation right? The rules that the phenomena and the seed article are held against.

use std::collections::BTreeSet;

use whosaid::{QuotationRecord, Span};

/// Which expected content is which of the found ones, by their places; those that share most first.
pub(crate) fn pairs<'e>(
    text: &str,
    expected: impl Iterator<Item = &'e [Span]>,
    found: &[QuotationRecord],
) -> Vec<(usize, usize)> {
    let found: Vec<_> = found.iter().map(|f| letters(text, &f.content)).collect();
    let mut candidates = Vec::new();
    for (e, content) in expected.enumerate() {
        let content = letters(text, content);
        candidates.extend(found.iter().enumerate().map(|(f, other)| (shared(&content, other), e, f)));
    }
    candidates.retain(|&(shared, _, _)| shared >= 0.5);
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, e, f) in candidates {
        if !pairs.iter().any(|&(e2, f2)| e == e2 || f == f2) {
            pairs.push((e, f));
        }
    }
    pairs
}

/// How much of the two contents together they share, from 0 to 1.
fn shared(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    let shared = one.intersection(other).count();
    let together = one.len() + other.len() - shared;
    if together == 0 { 0.0 } else { shared as f64 / together as f64 }
}

/// The byte positions of the letters and digits in the spans: what a content is, wherever marks, punctuation
/// and white space fall.
pub(crate) fn letters(text: &str, spans: &[Span]) -> BTreeSet<usize> {
    let of = |span: &Span| {
        let start = span.start;
        span.of(text).char_indices().filter(|(_, c)| c.is_alphanumeric()).map(move |(at, _)| start + at)
    };
    spans.iter().flat_map(of).collect()
}

/// Whether the mention names the expected source: a part of it with a head word (*Jo Roe* of *Jo Roe, a judge*,
/// but not *Roe* of *a friend of Roe*), or little more than it.
pub(crate) fn same_source(text: &str, expected: Span, mention: Span) -> bool {
    let longer = mention.end - mention.start <= expected.end - expected.start + 60;
    holds(text, expected, mention) || longer && holds(text, mention, expected)
}

fn holds(text: &str, outer: Span, inner: Span) -> bool {
    let inside = outer.start <= inner.start && inner.end <= outer.end;
    inside && (outer == inner || heads(text, outer).any(|head| head.overlaps(inner)))
}

/// The head words of a noun phrase and of its appositions: of each part between commas, brackets and dashes the
/// last word before the first preposition or relative pronoun.
fn heads(text: &str, phrase: Span) -> impl Iterator<Item = Span> {
    let part = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let words: Vec<&str> = part.split_whitespace().collect();
        let glued = part.starts_with(|c: char| !c.is_whitespace());
        let cut = (usize::from(glued)..words.len().saturating_sub(1)).find(|&at| cuts(&words[at..]));
        let head = words[..cut.unwrap_or(words.len())].last()?;
        let start = start + (head.as_ptr() as usize - part.as_ptr() as usize);
        Some(Span { start, end: start + head.len() })
    };
    phrase.of(text).split([',', ';', '(', ')', '—', '–']).filter_map(part)
}

/// Whether the first of the words ends what stands before it as the head of a noun phrase.
fn cuts(words: &[&str]) -> bool {
    const CUTS: &[&str] =
        &["of", "for", "to", "in", "on", "at", "from", "with", "by", "who", "whom", "whose", "which", "that"];
    let second_noun = || {
        words.get(1).is_some_and(|w| ["the", "a", "an"].contains(w))
            && words[2..].iter().any(|w| ["of", "for"].contains(w))
    };
    CUTS.contains(&words[0]) || words[0] == "and" && second_noun()
}

/// Whether two names have the same words, titles and articles aside; but the expected *Mrs. Roe* is not *Mr. Roe*,
/// nor plain *Roe*.
pub(crate) fn same_name(expected: &str, name: &str) -> bool {
    let title = |name| words(name).find(|w| ["mr", "mrs", "miss", "ms"].contains(&w.as_str()));
    core(expected) == core(name) && title(expected).is_none_or(|mr| title(name) == Some(mr))
}

/// Whether every word of the name stands in the text, if only as a possessive.
pub(crate) fn words_within(name: &str, text: &str) -> bool {
    let words: BTreeSet<String> = words(text).collect();
    core(name).iter().all(|word| words.contains(word) || words.contains(&format!("{word}'s")))
}

fn core(name: &str) -> BTreeSet<String> {
    const TITLES: &[&str] = &[
        "mr",
        "mrs",
        "miss",
        "ms",
        "dr",
        "sir",
        "lady",
        "lord",
        "the",
        "madame",
        "monsieur",
        "m",
        "mme",
        "mlle",
        "president",
        "senator",
        "sen",
        "rep",
        "gov",
        "captain",
        "colonel",
        "inspector",
        "professor",
        "aunt",
        "uncle",
    ];
    words(name).filter(|w| !TITLES.contains(&w.as_str())).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let apostrophe = |c: char| c == '\'' || c == '’';
    text.split(move |c: char| !(c.is_alphanumeric() || apostrophe(c)))
        .map(move |w| w.trim_matches(apostrophe).replace('’', "'").to_lowercase())
        .filter(|w| !w.is_empty())
}
