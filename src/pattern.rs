//! What the words beside a quotation say of its speaker: tags and actions.
//!
//! *“…,” said Ilse.*  *“…,” she said.*  *Ilse said, “…”*  *Ilse put down the cup. “…”*

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{all_consuming, opt, verify};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded};

use crate::clause::{Clauses, Group, Link, Place};
use crate::cursor::{self, Cursor, Parsed, one, word};
use crate::lexicon::{CueKind, Pronoun, Tag, Traits};
use crate::mention::{self, Mention, MentionKind, whole};
use crate::sentence::Stretch;
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};

/// What somebody does beside a quotation.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deed {
    /// *was silent*
    Is,
    /// *said nothing*
    Keeps,
    /// *put down the cup*
    Acts,
    /// *wondered*
    Thinks,
    /// *said*
    Says,
}

/// A person and what the person does beside a quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sign {
    pub(crate) who: Mention,
    /// The verb.
    pub(crate) verb: Stretch,
    pub(crate) deed: Deed,
    /// The verb stands before its subject: *said Ilse*.
    pub(crate) inverted: bool,
    /// Punctuation ties the words to the quotation: *“…,” she said*, *she said: “…”*.
    pub(crate) tied: bool,
}

/// What the words that follow a quotation, up to the end of their sentence, say of its speaker.
pub(crate) fn after(tagged: &Tagged, clauses: &mut Clauses, words: Stretch) -> Option<Sign> {
    let joins = |&at: &usize| matches!(tagged.kind(at), TokenKind::Dash | TokenKind::Comma);
    let led = words.range().take_while(joins).count();
    let range = words.range().start + led..words.range().end;
    if range.is_empty() {
        return None;
    }
    let tied = range.start > 0 && ties_on(tagged, range.start);
    let c = Cursor::new(tagged, range.start, range.end.min(range.start + 40));
    if tied || !tagged.tokens.has(range.start, Shape::CAPITAL) {
        if let Ok((_, (verb, who))) = alt((inverted, by, reply)).parse(c) {
            return Some(Sign { who, verb, deed: Deed::Says, inverted: true, tied: true });
        }
    }
    clauses.read(tagged, words);
    let finite = |g: &&Group| g.finite && g.subject.is_some();
    let first = clauses.groups.iter().find(finite)?;
    let subject = start(tagged, clauses, first.subject?);
    let near = clauses
        .groups
        .iter()
        .filter(finite)
        .filter(|g| g.subject == first.subject && g.head < range.start as u32 + 24)
        .find(|g| deed(tagged, g, tied, range.end) == Deed::Says)
        .unwrap_or(first);
    let opens =
        (range.start..subject).all(|at| !matches!(tagged.kind(at), TokenKind::Comma | TokenKind::Dash));
    let tied = tied && opens;
    Some(Sign {
        who: owner(tagged, subject, range.end)
            .or_else(|| mention::to_the_right(tagged, subject, range.end))?,
        verb: Stretch { first: near.first, end: near.head + 1 },
        deed: deed(tagged, near, tied, range.end),
        inverted: false,
        tied,
    })
}

/// What the words before a quotation, from the beginning of their sentence, say of its speaker.
pub(crate) fn before(tagged: &Tagged, clauses: &mut Clauses, words: Stretch) -> Option<Sign> {
    let range = words.range();
    if range.is_empty() {
        return None;
    }
    let tied = !tagged.kind(range.end - 1).ends_sentence();
    clauses.read(tagged, words);
    if tied {
        if let Some(sign) = leading(tagged, clauses, words) {
            return Some(sign);
        }
    }
    let group = clauses.groups.iter().find(|g| g.subject.is_some() && g.finite)?;
    let subject = start(tagged, clauses, group.subject?);
    Some(Sign {
        who: owner(tagged, subject, range.end)
            .or_else(|| mention::to_the_right(tagged, subject, range.end))?,
        verb: Stretch { first: group.first, end: group.head + 1 },
        deed: deed(tagged, group, false, range.end),
        inverted: false,
        tied,
    })
}

/// *When Tom had left, Ilse said to her:* the last verb of saying before a quotation, with its subject.
fn leading(tagged: &Tagged, clauses: &Clauses, words: Stretch) -> Option<Sign> {
    let range = words.range();
    let group = clauses
        .groups
        .iter()
        .rev()
        .take_while(|g| g.head as usize + 24 > range.end)
        .find(|g| deed(tagged, g, true, range.end) == Deed::Says)?;
    let verb = Stretch { first: group.first, end: group.head + 1 };
    let sign = |who, inverted| Sign { who, verb, deed: Deed::Says, inverted, tied: true };
    let after = group.head as usize + 1;
    // *, said he:*
    if after < range.end
        && tagged.word(after).pronoun.any(Pronoun::SUBJECT)
        && tagged.tag(after) == Tag::Pronoun
    {
        if let Some(who) = mention::to_the_right(tagged, after, range.end) {
            return Some(sign(who, true));
        }
    }
    if let Some(who) = by_and_by(tagged, range.start, group) {
        return Some(sign(who, false));
    }
    let subject = subject(tagged, clauses, group, range.start)?;
    let who =
        owner(tagged, subject, range.end).or_else(|| mention::to_the_right(tagged, subject, range.end))?;
    Some(sign(who, false))
}

/// Where a chunk begins, or the one that *who* stands for.
fn start(tagged: &Tagged, clauses: &Clauses, chunk: u32) -> usize {
    let first = |chunk: u32| clauses.chunks[chunk as usize].phrase.tokens.range().start;
    let relative = tagged.tag(first(chunk)) == Tag::WhPronoun && chunk > 0;
    first(if relative { chunk - 1 } else { chunk })
}

/// Where the subject of a verb group begins. After a comma or *and* it is that of the clause before:
/// *Ilse, stirring her tea, said*; *Ilse stirred her tea and said*.
fn subject(tagged: &Tagged, clauses: &Clauses, group: &Group, first: usize) -> Option<usize> {
    let of = |g: &Group| g.subject.map(|s| start(tagged, clauses, s));
    let before = (first..group.first as usize).rev().find(|&at| tagged.tag(at) != Tag::Adverb)?;
    let resumes = tagged.tag(before) == Tag::Coordinator || tagged.tag(before) == Tag::Punctuation;
    let main = |g: &&Group| {
        g.finite && g.head < group.head && matches!(g.link, Link::Plain | Link::Resumed | Link::Coordinated)
    };
    let earlier = clauses.groups.iter().rev().filter(main).find_map(of);
    let opening =
        || clauses.chunks.iter().find(|c| c.place == Place::Free).map(|c| c.phrase.tokens.range().start);
    if resumes && group.finite { earlier.or_else(opening).or_else(|| of(group)) } else { of(group) }
}

/// The noun phrase right before a verb, adverbs between: *Ilse at last* said, heard *him* say.
fn by_and_by(tagged: &Tagged, first: usize, group: &Group) -> Option<Mention> {
    let verb = group.first as usize;
    let end = (first..verb).rev().find(|&at| !matches!(tagged.tag(at), Tag::Adverb | Tag::To))? + 1;
    let pronoun = tagged.word(end - 1).pronoun;
    let objective =
        pronoun.any(Pronoun::REFLEXIVE) || pronoun.any(Pronoun::OBJECT) && !pronoun.any(Pronoun::SUBJECT);
    if !(tagged.tag(end - 1).nominal() || tagged.tag(end - 1) == Tag::Pronoun)
        || objective && group.finite && tagged.tag(group.head as usize) != Tag::Base
    {
        return None;
    }
    let from =
        |at: usize| mention::phrase(Cursor::new(tagged, at, end)).ok().filter(|(rest, _)| rest.at == end);
    let at = (first.max(end.saturating_sub(10))..end).rev().take_while(|&at| from(at).is_some()).last()?;
    if at > first && tagged.tag(at - 1) == Tag::Preposition {
        return None;
    }
    owner(tagged, at, end).or_else(|| from(at).map(|(_, phrase)| mention::of(tagged, phrase, end)))
}

/// The one whose voice or answer it is: *May’s clear voice*, *his answer*.
fn owner(tagged: &Tagged, at: usize, end: usize) -> Option<Mention> {
    let c = Cursor::new(tagged, at, end.min(at + 16));
    owned(c).ok().map(|(_, who)| who)
}

/// *May’s clear voice*, *his answer*
fn owned(c: Cursor) -> Parsed<Mention> {
    let modifier = one(|t: &Tagged, at| {
        matches!(t.tag(at), Tag::Adjective | Tag::Participle | Tag::Number)
            || t.tag(at) == Tag::Noun && !voice(t, at)
    });
    let (rest, who) = alt((possessive, genitive)).parse(c)?;
    let (rest, _) = many0_count(modifier).parse(rest)?;
    one(voice).parse(rest).map(|(rest, _)| (rest, who))
}

/// What somebody utters or utters it with: *answer*, *voice*.
fn voice(t: &Tagged, at: usize) -> bool {
    matches!(t.tag(at), Tag::Noun | Tag::Plural)
        && (matches!(t.word(at).cue.kind, CueKind::Speech | CueKind::Manner | CueKind::Writing)
            || ["voice", "tone", "words", "lips", "view"].iter().any(|v| t.is(at, v)))
}

/// *the reply of Ilse*
fn of_whom(c: Cursor) -> Parsed<Mention> {
    let (rest, _) = opt(cursor::tagged(Tag::Determiner)).parse(c)?;
    let (rest, _) = many0_count(one(|t: &Tagged, at| t.tag(at) == Tag::Adjective)).parse(rest)?;
    preceded(pair(one(voice), word("of")), whole).parse(rest)
}

/// *her*, as the one who has
fn possessive(c: Cursor) -> Parsed<Mention> {
    let (rest, at) = one(|t: &Tagged, at| t.tag(at) == Tag::Possessive).parse(c)?;
    let tokens = Stretch::new(at, at + 1);
    let gender = c.tagged.word(at).gender;
    let plural = c.tagged.any(at, Traits::PLURAL);
    Ok((rest, Mention { tokens, core: tokens, kind: MentionKind::Pronoun, gender, plural }))
}

/// *Ilse’s*, as the one who has
fn genitive(c: Cursor) -> Parsed<Mention> {
    let mark = (c.at..c.end.min(c.at + 8)).find(|&at| c.tagged.tag(at) == Tag::Genitive).unwrap_or(c.at);
    let (rest, phrase) = all_consuming(mention::phrase).parse(Cursor { end: mark, ..c })?;
    let who = mention::of(c.tagged, phrase, rest.at);
    Ok((Cursor { at: mark + 1, ..c }, who))
}

/// *was Ilse’s reply*, *came the answer of Ilse*
fn reply(c: Cursor) -> Parsed<(Stretch, Mention)> {
    let mut came = one(|t: &Tagged, at| t.any(at, Traits::BE) || t.is(at, "came") || t.is(at, "comes"));
    let (rest, verb) = came.parse(c)?;
    let (rest, who) = alt((owned, of_whom)).parse(rest)?;
    Ok((rest, (Stretch::new(verb, verb + 1), who)))
}

/// *whispered by the old man*
fn by(c: Cursor) -> Parsed<(Stretch, Mention)> {
    let adverb = one(|t: &Tagged, at| t.tag(at) == Tag::Adverb || t.any(at, Traits::BE));
    let (rest, _) = many0_count(adverb).parse(c)?;
    let (rest, verb) = one(|t: &Tagged, at| says(t, at, true)).parse(rest)?;
    let (rest, who) = preceded(word("by"), whole).parse(rest)?;
    Ok((rest, (Stretch::new(verb, verb + 1), who)))
}

/// Whether words at the token go on the sentence of the quotation before them.
fn ties_on(tagged: &Tagged, at: usize) -> bool {
    let inside = |at: usize| tagged.kind(at) != TokenKind::Mark;
    let last = (0..at).rev().take(3).find(|&at| inside(at));
    let ended = last.is_some_and(|l| tagged.kind(l) == TokenKind::Stop);
    let lower = tagged.kind(at) == TokenKind::Word && !tagged.tokens.has(at, Shape::CAPITAL);
    lower || !ended
}

/// *said the old man*, *then cried out Ilse*
fn inverted(c: Cursor) -> Parsed<(Stretch, Mention)> {
    let adverb = one(|t: &Tagged, at| t.tag(at) == Tag::Adverb);
    let (rest, _) = many0_count(adverb).parse(c)?;
    let (rest, verb) = one(past).parse(rest)?;
    let particle = one(|t: &Tagged, at| {
        ["out", "up", "back", "in", "on", "off", "forth", "aloud", "again", "then"]
            .iter()
            .any(|p| t.is(at, p))
    });
    let (rest, _) = opt(particle).parse(rest)?;
    let subject = |m: &Mention| !m.tokens.range().is_empty() && nominative(c.tagged, m);
    let (rest, who) = preceded(
        many0_count(one(|t: &Tagged, at| t.tag(at) == Tag::Adverb && !t.tokens.has(at, Shape::CAPITAL))),
        verify(whole, subject),
    )
    .parse(rest)?;
    Ok((rest, (Stretch::new(verb, verb + 1), who)))
}

/// A verb form that can stand before its subject in a tag.
fn past(t: &Tagged, at: usize) -> bool {
    let helps = Traits(Traits::BE.0 | Traits::HAVE.0 | Traits::DO.0);
    (matches!(t.tag(at), Tag::Past | Tag::Third | Tag::Participle)
        || matches!(t.tag(at), Tag::Base) && t.word(at).cue.kind != CueKind::None)
        && !t.any(at, helps)
}

/// Whether the mention can be a subject by its form.
fn nominative(t: &Tagged, m: &Mention) -> bool {
    let at = m.tokens.range().start;
    let word = t.word(at).pronoun;
    m.kind != MentionKind::Pronoun || word.any(Pronoun::SUBJECT) || !word.any(Pronoun::OBJECT)
}

/// Whether the verb of a sign is one that mostly stands beside direct speech.
pub(crate) fn plain(tagged: &Tagged, sign: &Sign) -> bool {
    sign.verb.range().any(|at| tagged.word(at).cue.tag_share >= 20)
}

fn deed(tagged: &Tagged, group: &Group, tied: bool, end: usize) -> Deed {
    let at = group.head as usize;
    let nothing = |at: usize| at < end && ["nothing", "no", "little"].iter().any(|n| tagged.is(at, n));
    if says(tagged, at, tied) {
        return if group.negated || nothing(at + 1) { Deed::Keeps } else { Deed::Says };
    }
    match tagged.word(at).cue.kind {
        CueKind::Thought if tagged.word(at).cue.share >= 20 => Deed::Thinks,
        _ if tagged.any(at, Traits::BE) => Deed::Is,
        _ => Deed::Acts,
    }
}

/// Whether the verb is one of saying; beside a quotation that it is `tied` to, more verbs are.
fn says(tagged: &Tagged, at: usize, tied: bool) -> bool {
    let cue = tagged.word(at).cue;
    let speaks = matches!(cue.kind, CueKind::Speech | CueKind::Manner | CueKind::Writing);
    cue.tag_share >= if tied { 4 } else { 20 } || speaks && cue.share >= 50
}
