//! Who is told: *told **reporters***, *said to **the council***, *wrote in a letter to **the bishop***, *“Hurry,
//! **Ruiz**!”*

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{fail, verify};
use nom::sequence::preceded;

use crate::grammar::cursor::{Cursor, Parsed, one};
use crate::grammar::mention::{self, LONGEST, Mention, MentionKind};
use crate::grammar::tag::Tagged;
use crate::grammar::vocative;
use crate::lexicon::{Function, Gender, Tag, Traits};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// Who is told in the words that follow a cue, or the source behind it, from token `at` to `end`; `told` where the verb
/// takes who is told as its object.
pub(crate) fn behind(tagged: &Tagged, at: usize, end: usize, told: bool) -> Option<Mention> {
    let end = end.min(at + LONGEST);
    if at >= end || tagged.tokens.has(at, Shape::QUOTED) {
        return None;
    }
    let c = Cursor::new(tagged, at, end);
    let object = |c| if told { object(c) } else { fail().parse(c) };
    alt((spoken_to, correspondent, object)).parse(c).ok().map(|(_, mention)| mention)
}

/// Who is told in the words that open a sentence: ***In a letter to the bishop**, Ruiz wrote …*
pub(crate) fn before(tagged: &Tagged, sentence: Stretch, source: Stretch) -> Option<Mention> {
    let end = source.range().start.min(sentence.range().start + LONGEST);
    let (rest, mention) = correspondent(Cursor::new(tagged, sentence.range().start, end)).ok()?;
    // *on Monday* may come between
    let comma = rest.at < end && tagged.kind(end - 1) == TokenKind::Comma;
    (comma && !(rest.at..end).any(|at| tagged.tag(at).finite())).then_some(mention)
}

/// Who is called by name in a stretch of speech: *“**Ruiz**, hurry!”*, *“Hurry, **Ruiz**!”*
pub(crate) fn called(tagged: &Tagged, speech: Stretch) -> Option<Mention> {
    let Range { start, end } = speech.range();
    let opens = (start..end).find(|&at| tagged.kind(at) != TokenKind::Mark)?;
    let call =
        |at: usize| vocative(Cursor::new(tagged, at, end)).ok().map(|(rest, mention)| (rest.at, mention));
    let first = call(opens)
        .filter(|&(after, _)| tagged.kind(after) == TokenKind::Comma && !apposed(tagged, after + 1));
    let later = || {
        let commas = (opens + 1..end)
            .filter(|&at| tagged.kind(at - 1) == TokenKind::Comma && tagged.tag(at) == Tag::Name);
        commas.filter_map(|at| Some((at, call(at)?))).find(|&(at, (after, _))| {
            let phrase = tagged.tag(at - 2).nominal();
            tagged.kind(after) != TokenKind::Comma || !phrase && !apposed(tagged, after + 1)
        })
    };
    first.or_else(|| later().map(|(_, call)| call)).map(|(_, mention)| mention)
}

/// Whether what stands behind a name and a comma may tell of its bearer or is a further one: *Ruiz, **a judge**, …*,
/// *Ruiz, **Brandt** and …*
fn apposed(tagged: &Tagged, at: usize) -> bool {
    use Tag::{Coordinator, Determiner, Name, Number, Participle, Possessive, WhPronoun};
    let tag = if at < tagged.tokens.len() { tagged.tag(at) } else { Tag::Punctuation };
    matches!(tag, Coordinator | Determiner | Name | Number | Participle | Possessive | WhPronoun)
}

/// The name of a man or woman between punctuation.
fn vocative(c: Cursor) -> Parsed<Mention> {
    let (rest, phrase) = verify(mention::phrase, |p| p.kind == MentionKind::Name).parse(c)?;
    let mention = mention::of(c.tagged, phrase, rest.at);
    let person = matches!(mention.gender, Gender::Male | Gender::Female);
    let alone = rest.at < c.end && vocative::ends(c.tagged, rest.at);
    if person && alone { Ok((rest, mention)) } else { fail().parse(c) }
}

/// ***reporters** on Monday*
fn object(c: Cursor) -> Parsed<Mention> {
    verify(mention::whole, |m: &Mention| !c.tagged.any(m.core().range().end - 1, Traits::TIME)).parse(c)
}

/// *to **the council***, *with **the board***, but not *with a smile*
fn spoken_to(c: Cursor) -> Parsed<Mention> {
    let to = preceded(one(|t: &Tagged, at| t.function(at) == Function::To), object);
    let with = preceded(one(|t: &Tagged, at| t.function(at) == Function::With), verify(object, somebody(c)));
    alt((to, with)).parse(c)
}

/// *in a letter to **the bishop***, *in an interview with **Radio Estuary***
fn correspondent(c: Cursor) -> Parsed<Mention> {
    let document = verify(mention::phrase, |p| c.tagged.any(p.head as usize, Traits::DOCUMENT));
    preceded((one(|t: &Tagged, at| t.function(at) == Function::In), document), spoken_to).parse(c)
}

/// Whether a mention can hear.
fn somebody(c: Cursor) -> impl Fn(&Mention) -> bool {
    const HEARS: Traits = Traits(
        Traits::ROLE.0
            | Traits::TITLE.0
            | Traits::KIN.0
            | Traits::PEOPLE.0
            | Traits::BODY.0
            | Traits::ORGANISATION.0,
    );
    move |m| m.kind != MentionKind::Nominal || c.tagged.any(m.core().range().end - 1, HEARS)
}
