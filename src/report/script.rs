//! Speech whose speaker the page itself sets out, without a cue: signatures and transcripts.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;
use nom::multi::many0_count;
use nom::sequence::terminated;

use crate::grammar::cursor::{Cursor, Parsed, kind, one};
use crate::grammar::mention::{Mention, MentionKind};
use crate::grammar::tag::Tagged;
use crate::lexicon::{Gender, Tag};
use crate::text::quotation::Quoted;
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// How a page says who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// *RUIZ: It leaks.*
    Transcript,
    /// *“It leaks.” — Ana Ruiz*
    Signature,
}

/// A speech with the words that name its speaker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scripted {
    pub(crate) content: Stretch,
    /// The dash or the colon.
    pub(crate) cue: Stretch,
    pub(crate) source: Mention,
    pub(crate) script: Script,
}

/// How many tokens a name has at most here.
const LONGEST: usize = 12;

/// How many paragraphs a speech in a transcript has at most; what is longer is no transcript.
const LONGEST_SPEECH: usize = 3;

/// Finds the scripted speeches of a text, ascending, in place of what was in `scripted`.
pub(crate) fn read(tagged: &Tagged, paragraphs: &[Stretch], quoted: &[Quoted], scripted: &mut Vec<Scripted>) {
    scripted.clear();
    transcripts(tagged, paragraphs, scripted);
    if scripted.is_empty() {
        let outer = quoted.iter().filter(|q| q.depth == 0).map(|q| q.tokens);
        signatures(tagged, paragraphs, outer, scripted);
    }
}

/// The scripted speech that holds the token.
pub(crate) fn holding(scripted: &[Scripted], at: u32) -> Option<usize> {
    let after = scripted.partition_point(|s| s.content.first <= at);
    after.checked_sub(1).filter(|&i| at < scripted[i].content.end)
}

/// Quoted stretches that a name signs, behind a dash at the end of the line or in a line of its own; behind words that go
/// on, *called it “a leak.” — Ana Ruiz*, the name is the writer’s.
fn signatures(
    tagged: &Tagged,
    paragraphs: &[Stretch],
    quotes: impl Iterator<Item = Stretch>,
    scripted: &mut Vec<Scripted>,
) {
    let mut paragraph = 0;
    for content in quotes {
        while paragraphs[paragraph].end <= content.first {
            paragraph += 1;
        }
        let before = content.range().start.checked_sub(1);
        let hangs = |at: usize| matches!(tagged.kind(at), TokenKind::Word | TokenKind::Comma);
        if content.first > paragraphs[paragraph].first && before.is_some_and(hangs) {
            continue;
        }
        let alone = content.end == paragraphs[paragraph].end;
        let line = match paragraphs.get(paragraph + 1) {
            Some(&next) if alone => next,
            _ => Stretch { first: content.end, end: paragraphs[paragraph].end },
        };
        let place = Cursor::new(tagged, line.first as usize, line.end as usize);
        if let Ok((_, (cue, source))) = signature(place) {
            scripted.push(Scripted { content, cue, source, script: Script::Signature });
        }
    }
}

/// *— Ana Ruiz*, up to the end of the line
fn signature(c: Cursor) -> Parsed<(Stretch, Mention)> {
    let (rest, dash) = kind(TokenKind::Dash).parse(c)?;
    let (rest, source) = terminated(name, opt(kind(TokenKind::Stop))).parse(rest)?;
    let (rest, _) = end(rest)?;
    Ok((rest, (Stretch::new(dash, dash + 1), source)))
}

/// The end of the line, or a comma, bracket or further dash with what it says of the signer.
fn end(c: Cursor) -> Parsed<()> {
    if c.at == c.end {
        return Ok((c, ()));
    }
    let aside = |k| matches!(k, TokenKind::Comma | TokenKind::Opening | TokenKind::Dash);
    one(move |t, at| aside(t.kind(at))).map(|_| ()).parse(c)
}

/// A name as it is signed: capitals, with particles between them: *Julie A. van Dael*
fn name(c: Cursor) -> Parsed<Mention> {
    let capital = |t: &Tagged, at: usize| t.kind(at) == TokenKind::Word && t.tokens.has(at, Shape::CAPITAL);
    let small = |t: &Tagged, at: usize| {
        t.kind(at) == TokenKind::Word
            && matches!(t.tag(at), Tag::Unknown | Tag::Preposition | Tag::Determiner | Tag::Name)
    };
    let between = (one(small), one(capital)).map(|(_, at)| at);
    let (rest, _) = one(capital).parse(c)?;
    let (rest, _) = many0_count(alt((one(capital), between))).parse(rest)?;
    if rest.at - c.at > LONGEST {
        return nom::combinator::fail().parse(c);
    }
    Ok((rest, named(c.at, rest.at)))
}

fn named(first: usize, end: usize) -> Mention {
    Mention::new(Stretch::new(first, end), MentionKind::Name, Gender::Unknown, false)
}

/// Paragraphs that begin with the name of who speaks and a colon, where one is near another, and somebody speaks twice
/// or two speak in turn: other lines like these are headings. A paragraph without a name between two of them goes on
/// with the speech before it.
fn transcripts(tagged: &Tagged, paragraphs: &[Stretch], scripted: &mut Vec<Scripted>) {
    for &paragraph in paragraphs {
        let place = Cursor::new(tagged, paragraph.first as usize, paragraph.end as usize);
        if let Ok((rest, (source, cue))) = label(place) {
            let content = Stretch { first: rest.at as u32, end: paragraph.end };
            scripted.push(Scripted { content, cue, source, script: Script::Transcript });
        }
    }
    let at = |s: &Scripted| paragraphs.partition_point(|p| p.end <= s.content.first);
    let near = |a: Option<&Scripted>, b: Option<&Scripted>| {
        a.zip(b).is_some_and(|(a, b)| at(b) - at(a) <= LONGEST_SPEECH)
    };
    let turn = |pair: &[Scripted]| at(&pair[1]) - at(&pair[0]) == 1;
    let name =
        |s: &Scripted| tagged.tokens.span(s.source.tokens().first as usize, s.source.tokens().end as usize);
    let mut names: Vec<&str> = scripted.iter().map(|s| name(s).of(tagged.text)).collect();
    names.sort_unstable();
    if !scripted.windows(2).any(turn) && names.windows(2).all(|pair| pair[0] != pair[1]) {
        scripted.clear();
    }
    let mut kept = 0;
    let mut followed = false;
    for here in 0..scripted.len() {
        let speech = scripted[here];
        let follows = std::mem::replace(&mut followed, near(Some(&speech), scripted.get(here + 1)));
        if followed {
            let end = scripted[here + 1].source.tokens().first;
            scripted[kept] = Scripted { content: Stretch { end, ..speech.content }, ..speech };
        } else {
            scripted[kept] = speech;
        }
        kept += usize::from(follows || followed);
    }
    scripted.truncate(kept);
}

/// *Q:*, *MS. RUIZ:*, *Ana Ruiz:*, with speech behind it.
fn label(c: Cursor) -> Parsed<(Mention, Stretch)> {
    let (rest, source) = name(c)?;
    let (rest, colon) = kind(TokenKind::Colon).parse(rest)?;
    let person = source.tokens().range().all(|at| {
        c.tagged.tokens.has(at, Shape::UPPER) || c.tagged.tag(at) == Tag::Name || c.tagged.form(at).len() == 1
    });
    let spoken = (rest.at..rest.end).any(|at| c.tagged.kind(at) == TokenKind::Word);
    if !spoken || !person {
        return nom::combinator::fail().parse(c);
    }
    Ok((rest, (source, Stretch::new(colon, colon + 1))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractor::Extractor;
    use crate::lexicon::Lexicon;
    use crate::workspace::Workspace;

    fn scripted(text: &str) -> Vec<String> {
        let (extractor, mut w) = (Extractor::new(), Workspace::new());
        extractor.parse(&mut w, text, |_| {});
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &Lexicon::english(), tags: &w.tags };
        let mut found = Vec::new();
        read(&tagged, &w.found.paragraphs, &w.found.quoted, &mut found);
        let form = |s: Stretch| w.found.tokens.span(s.first as usize, s.end as usize).of(text);
        found.iter().map(|s| format!("{}: {}", form(s.source.tokens()), form(s.content))).collect()
    }

    #[test]
    fn signatures() {
        assert_eq!(scripted("“It leaks.” — Ana Ruiz"), ["Ana Ruiz: “It leaks.”"]);
        assert_eq!(scripted("“It leaks.” ― Ana van Dael, 44, plumber"), ["Ana van Dael: “It leaks.”"]);
        assert_eq!(scripted("“It leaks.”\n\n-- ANA RUIZ"), ["ANA RUIZ: “It leaks.”"]);
        assert_eq!(scripted("The “leak” — Ana Ruiz saw it first — was a flood."), [""; 0]);
    }

    #[test]
    fn transcripts() {
        let text = "RUIZ: It leaks.\n\nMR. MOSS: Since when?\n\nDo you know?\n\nRUIZ: Since May.";
        let speeches = ["RUIZ: It leaks.", "MR. MOSS: Since when?\n\nDo you know?", "RUIZ: Since May."];
        assert_eq!(scripted(text), speeches);
        assert_eq!(scripted("Q: Does it leak?\n\nA: It does."), ["Q: Does it leak?", "A: It does."]);
        assert_eq!(scripted("Note: It leaks.\n\nIt rained."), [""; 0]);
    }
}
