//! What the words beside a quotation say of its speaker: tags and actions.
//!
//! *“…,” said Ilse.*  *“…,” she said.*  *Ilse said, “…”*  *Ilse put down the cup. “…”*

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{all_consuming, not, opt, success, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{pair, preceded};

use crate::grammar::clause::{Clauses, Group};
use crate::grammar::cursor::{self, Cursor, Parsed, one, word};
use crate::grammar::mention::{self, Mention, MentionKind, whole};
use crate::grammar::tag::Tagged;
use crate::lexicon::{CueKind, Gender, Pronoun, Tag, Traits};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    let tied = range.start > 0 && ties_on(tagged, range.start) && !parted(tagged, range.start);
    let c = Cursor::new(tagged, range.start, range.end.min(range.start + 40));
    if tied || !tagged.tokens.has(range.start, Shape::CAPITAL) {
        if let Ok((_, (verb, who))) = alt((inverted, by, reply, whence)).parse(c) {
            return Some(Sign { who, verb, deed: Deed::Says, inverted: true, tied: true });
        }
    }
    clauses.read(tagged, words);
    let first = clauses.groups.iter().find(|g| g.finite && g.subject.is_some())?;
    let near = || clauses.groups.iter().filter(|g| g.head < range.start as u32 + 24);
    let says = |g: &&Group| deed(tagged, g, tied, range.end) == Deed::Says;
    if let Some(heard) = near().find(says).filter(|_| hears(tagged, first)) {
        if let Some(who) = phrase_before(tagged, range.start, heard.first as usize, heard) {
            let verb = Stretch { first: heard.first, end: heard.head + 1 };
            return Some(Sign { who, verb, deed: Deed::Says, inverted: false, tied });
        }
    }
    let subject = start(tagged, clauses, first.subject?);
    let near = near().filter(|g| g.subject == first.subject).find(says).unwrap_or(first);
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

/// Whether the words at the token begin a clause that is no tag: *“…”; and Ilse rose*, *“…,” while Ilse rose*.
fn parted(tagged: &Tagged, at: usize) -> bool {
    let apart = matches!(tagged.kind(at), TokenKind::Semicolon | TokenKind::Colon);
    apart
        || match tagged.tag(at) {
            Tag::Coordinator => true,
            Tag::Subordinator => !tagged.is(at, "as"),
            _ => false,
        }
}

/// *she heard Ilse say*
fn hears(tagged: &Tagged, group: &Group) -> bool {
    tagged.word(group.head as usize).cue.kind == CueKind::Perception
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
        if let Some(sign) = leading(tagged, clauses, words).or_else(|| announced(tagged, clauses, words)) {
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
    let who = subject(tagged, clauses, group, range.start).or_else(|| {
        let subject = start(tagged, clauses, group.subject?);
        owner(tagged, subject, range.end).or_else(|| mention::to_the_right(tagged, subject, range.end))
    })?;
    Some(sign(who, false))
}

/// *Ilse’s only comment was:* whose words a quotation is said to be.
fn announced(tagged: &Tagged, clauses: &Clauses, words: Stretch) -> Option<Sign> {
    let range = words.range();
    let is = clauses.groups.last().filter(|g| tagged.any(g.head as usize, Traits::BE))?;
    if (is.head as usize + 1..range.end).any(|at| tagged.tag(at) != Tag::Punctuation) {
        return None;
    }
    let from = segment(tagged, range.start, is.first as usize);
    let opening = (from..is.first as usize).find(|&at| tagged.tag(at) != Tag::Coordinator)?;
    let who = owner(tagged, opening, is.first as usize)?;
    let verb = Stretch { first: is.first, end: is.head + 1 };
    Some(Sign { who, verb, deed: Deed::Says, inverted: false, tied: true })
}

/// Where a chunk begins, or the one that *who* stands for.
fn start(tagged: &Tagged, clauses: &Clauses, chunk: u32) -> usize {
    let first = |chunk: u32| clauses.chunks[chunk as usize].phrase.tokens.range().start;
    let relative = tagged.tag(first(chunk)) == Tag::WhPronoun && chunk > 0;
    first(if relative { chunk - 1 } else { chunk })
}

/// How many steps back the subject of a verb is looked for.
const STEPS: usize = 12;

/// The subject of a verb, read backwards from it: over what stands between commas (*Ilse, **stirring her tea,** said*),
/// over a relative pronoun (*Ilse, **who** said*), and from a verb that is joined to another to that one
/// (*Ilse **stirred** her tea **and** said*, *Ilse rose, saying*).
fn subject(tagged: &Tagged, clauses: &Clauses, group: &Group, first: usize) -> Option<Mention> {
    let mut at = group.first as usize;
    if let Some(who) = sayer(tagged, first, at, group) {
        return Some(who);
    }
    let mut verb = *group;
    // the subject is that of a verb before this one
    let mut joined = !group.finite;
    for _ in 0..STEPS {
        at = (first..at).rev().find(|&at| !matches!(tagged.tag(at), Tag::Adverb | Tag::To))? + 1;
        let last = at - 1;
        let here = if joined { None } else { phrase_before(tagged, first, at, &verb) };
        if here.is_some() {
            return here;
        }
        match tagged.tag(last) {
            Tag::WhPronoun if !joined => return antecedent(tagged, first, last),
            Tag::Coordinator => (at, joined) = (last, true),
            // *interrupted her, **by** saying*
            Tag::Preposition if joined && last > first && !verb.finite => {
                at = last - usize::from(tagged.tag(last - 1) == Tag::Punctuation);
            }
            _ if joined => {
                verb = *main_verb(tagged, clauses, first, at)?;
                (at, joined) = (verb.first as usize, false);
            }
            Tag::Punctuation => {
                let from = segment(tagged, first, last);
                (at, joined) = match between(tagged, clauses, Stretch::new(from, last), first) {
                    Some(goes_on) => (from, goes_on),
                    None => (
                        last,
                        clauses
                            .groups
                            .iter()
                            .any(|g| within(g, from, last) && main(tagged, clauses, g, first)),
                    ),
                };
            }
            _ => return None,
        }
    }
    None
}

/// Whether what stands between commas holds neither the subject nor its verb: *, **stirring her tea**, said*,
/// *, **who liked her**, said*, *Ilse, **the cook**, said*; then whether a coordinator opens it.
fn between(tagged: &Tagged, clauses: &Clauses, inside: Stretch, first: usize) -> Option<bool> {
    let range = inside.range();
    let light = |at: &usize| matches!(tagged.tag(*at), Tag::Adverb | Tag::Coordinator);
    let opening = range.clone().find(|at| !light(at))?;
    let coordinated = (range.start..opening).any(|at| tagged.tag(at) == Tag::Coordinator);
    let groups = || clauses.groups.iter().filter(|g| within(g, range.start, range.end));
    let apart = match tagged.tag(opening) {
        Tag::Gerund | Tag::Participle => true,
        Tag::Noun if tagged.word(opening).tags.contains(&Tag::Gerund) && groups().next().is_none() => true,
        Tag::WhAdverb | Tag::WhPronoun => groups().any(|g| g.finite || g.first as usize == opening + 1),
        _ if subordinates(tagged, opening) => groups().any(|g| g.finite || g.first as usize == opening + 1),
        Tag::Preposition | Tag::Adjective => !groups().any(|g| main(tagged, clauses, g, first)),
        Tag::Determiner if !coordinated && range.start >= first + 2 => {
            tagged.tag(range.start - 2).nominal() && groups().next().is_none()
        }
        _ => false,
    };
    apart.then_some(coordinated)
}

fn within(group: &Group, from: usize, end: usize) -> bool {
    (from as u32..end as u32).contains(&group.first)
}

/// Where what ends at the token begins: after a comma or dash.
fn segment(tagged: &Tagged, first: usize, end: usize) -> usize {
    let parts = |at: &usize| tagged.tag(*at) == Tag::Punctuation && tagged.kind(*at) != TokenKind::Mark;
    (first..end).rev().find(parts).map_or(first, |at| at + 1)
}

/// The last verb before the token that another can be joined to; a verb of a clause that *when* opens only
/// where no comma parts them, but for the one before a participle: *when Ilse came, saying*.
fn main_verb<'a>(tagged: &Tagged, clauses: &'a Clauses, first: usize, at: usize) -> Option<&'a Group> {
    let apart = at > first + 1 && tagged.tag(at - 1) == Tag::Punctuation;
    let from = segment(tagged, first, at - usize::from(apart));
    let near = |g: &Group| {
        let opening = opened(tagged, clauses, g, first);
        g.first as usize >= from && opening.is_some_and(|tag| !tag.verb() && tag != Tag::WhPronoun)
    };
    let mut groups = clauses.groups.iter().rev().filter(|g| g.finite && (g.head as usize) < at);
    groups.find(|g| main(tagged, clauses, g, first) || near(g))
}

/// Whether the verb is that of no clause that *when* or *which* opens, nor of what is said or thought.
fn main(tagged: &Tagged, clauses: &Clauses, group: &Group, first: usize) -> bool {
    let Some(subject) = group.subject.filter(|_| group.finite) else { return false };
    let subject = clauses.chunks[subject as usize].phrase.tokens.range().start;
    if tagged.tag(subject) == Tag::WhPronoun {
        return tagged.is(subject, "who") && subject > first && tagged.kind(subject - 1) == TokenKind::Comma;
    }
    opened(tagged, clauses, group, first).is_none()
}

/// What opens the clause of a verb inside another: *when*, *which*, or the verb that has it for object.
fn opened(tagged: &Tagged, clauses: &Clauses, group: &Group, first: usize) -> Option<Tag> {
    let subject = clauses.chunks[group.subject? as usize].phrase.tokens.range().start;
    let at = subject.checked_sub(1).filter(|&at| at >= first)?;
    let before = tagged.tag(at);
    let opens = matches!(before, Tag::WhAdverb | Tag::WhPronoun) || before.verb() || subordinates(tagged, at);
    opens.then_some(before)
}

/// *when*, *till*: a clause can follow, whatever else the word may be.
fn subordinates(tagged: &Tagged, at: usize) -> bool {
    tagged.tag(at) == Tag::Subordinator || tagged.word(at).tags.contains(&Tag::Subordinator)
}

/// The noun phrase right before a verb: ***the man with the lamp** said*, *at the door **John** said*.
fn phrase_before(tagged: &Tagged, first: usize, end: usize, verb: &Group) -> Option<Mention> {
    if end <= first {
        return None;
    }
    let pronoun = tagged.word(end - 1).pronoun;
    let objective =
        pronoun.any(Pronoun::REFLEXIVE) || pronoun.any(Pronoun::OBJECT) && !pronoun.any(Pronoun::SUBJECT);
    let relative = tagged.tag(end - 1) == Tag::WhPronoun;
    if relative || objective && verb.finite && tagged.tag(verb.head as usize) != Tag::Base {
        return None;
    }
    let first = first.max(segment(tagged, first, end));
    let from = |at: usize| {
        let c = Cursor::new(tagged, at, end);
        let object = at > first && tagged.tag(at - 1).verb();
        let joined = |m: &Mention| !(object && m.plural);
        all_consuming(verify(whole, joined)).parse(c).ok().map(|(_, who)| who)
    };
    let opens = |at: &usize| match at.checked_sub(1).filter(|&before| before >= first) {
        Some(before) if tagged.tag(*at) == Tag::Name && tagged.tag(before) == Tag::Noun => {
            !tagged.any(before, Traits::TITLE)
        }
        Some(before) => {
            let inside = tagged.tag(before).nominal()
                || matches!(
                    tagged.tag(before),
                    Tag::Preposition
                        | Tag::Determiner
                        | Tag::Possessive
                        | Tag::Adjective
                        | Tag::Number
                        | Tag::Genitive
                );
            !inside || tagged.tag(*at) == Tag::Pronoun || subordinates(tagged, before)
        }
        None => true,
    };
    // *until **Ilse** said*, but *after **a pause**, said*
    let clausal = |at: usize, who: &Mention| {
        at == first || tagged.tag(at - 1) != Tag::Preposition || person(tagged, who)
    };
    let mut starts = (first.max(end.saturating_sub(LONGEST))..end).filter(opens);
    starts.find_map(|at| {
        from(at).filter(|who| clausal(at, who)).map(|who| owner(tagged, at, end).unwrap_or(who))
    })
}

/// How many tokens a phrase before a verb has at most.
const LONGEST: usize = 12;

/// Whom *who* stands for: ***Ilse**, who said*, *met **Ilse** in the hall, who said*.
fn antecedent(tagged: &Tagged, first: usize, at: usize) -> Option<Mention> {
    let mut end = at;
    for _ in 0..2 {
        end = (first..end).rev().find(|&at| tagged.tag(at) != Tag::Punctuation)? + 1;
        let from = |at: usize| all_consuming(mention::phrase).parse(Cursor::new(tagged, at, end)).ok();
        let starts = first.max(end.saturating_sub(LONGEST))..end;
        let (at, (_, phrase)) = starts.rev().map_while(|at| from(at).map(|found| (at, found))).last()?;
        let who = mention::of(tagged, phrase, end);
        if person(tagged, &who) || at == first {
            return Some(who);
        }
        end = at - 1;
    }
    None
}

/// Whether the mention is of somebody who can speak.
fn person(tagged: &Tagged, who: &Mention) -> bool {
    let head = who.core().range().end - 1;
    let speaks = Traits(Traits::ROLE.0 | Traits::KIN.0 | Traits::TITLE.0 | Traits::PEOPLE.0);
    who.kind != MentionKind::Nominal || who.gender != Gender::Unknown || tagged.any(head, speaks)
}

/// Who is said to be speaking by a verb that is not finite: *heard **him** saying*, *by **Ilse’s** saying*.
fn sayer(tagged: &Tagged, first: usize, end: usize, verb: &Group) -> Option<Mention> {
    if end <= first || verb.finite || tagged.tag(verb.head as usize) != Tag::Gerund {
        return None;
    }
    let last = (first..end).rev().find(|&at| tagged.tag(at) != Tag::Adverb)?;
    let end = last + 1;
    match tagged.tag(last) {
        _ if has(tagged, last) && last > first => phrase_before(tagged, first, last, verb),
        Tag::Possessive => possessive(Cursor::new(tagged, last, end)).ok().map(|(_, who)| who),
        Tag::Pronoun if tagged.word(last).gender != Gender::Neuter => {
            mention::to_the_right(tagged, last, end)
        }
        _ => None,
    }
}

/// The one whose voice or answer it is: *May’s clear voice*, *his answer*.
fn owner(tagged: &Tagged, at: usize, end: usize) -> Option<Mention> {
    let c = Cursor::new(tagged, at, end.min(at + 16));
    owned(c).ok().map(|(_, who)| who)
}

/// *May’s clear voice*, *his answer*
fn owned(c: Cursor) -> Parsed<Mention> {
    let modifier = one(|t: &Tagged, at| {
        matches!(t.tag(at), Tag::Adjective | Tag::Adverb | Tag::Participle | Tag::Number)
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
    Ok((rest, Mention::new(tokens, MentionKind::Pronoun, gender, plural)))
}

/// *Ilse’s*, as the one who has
fn genitive(c: Cursor) -> Parsed<Mention> {
    let mark = (c.at..c.end.min(c.at + 8)).find(|&at| has(c.tagged, at)).unwrap_or(c.at);
    let (rest, phrase) = all_consuming(mention::phrase).parse(Cursor { end: mark, ..c })?;
    let who = mention::of(c.tagged, phrase, rest.at);
    Ok((Cursor { at: mark + 1, ..c }, who))
}

/// The *’s* of *Ilse’s*, which a text that lost its apostrophes has as a word of its own.
fn has(t: &Tagged, at: usize) -> bool {
    t.tag(at) == Tag::Genitive || t.form(at) == "s" && at > 0 && t.tag(at - 1).nominal()
}

/// *was Ilse’s reply*, *was Ilse’s parting shot*, *came the answer of Ilse*
fn reply(c: Cursor) -> Parsed<(Stretch, Mention)> {
    let mut came = one(|t: &Tagged, at| t.any(at, Traits::BE) || t.is(at, "came") || t.is(at, "comes"));
    let (rest, verb) = came.parse(c)?;
    let has = preceded(not(possessive), owning);
    let (rest, who) = alt((owned, of_whom, has)).parse(rest)?;
    Ok((rest, (Stretch::new(verb, verb + 1), who)))
}

/// *burst from Ilse*, *came sharply from Ilse’s lips*
fn whence(c: Cursor) -> Parsed<(Stretch, Mention)> {
    let adverbs = || many0_count(one(|t: &Tagged, at| t.tag(at) == Tag::Adverb));
    let (rest, verb) = preceded(adverbs(), one(past)).parse(c)?;
    let who = verify(alt((owning, whole)), |who: &Mention| person(c.tagged, who));
    let (rest, who) = preceded((adverbs(), word("from")), who).parse(rest)?;
    Ok((rest, (Stretch::new(verb, verb + 1), who)))
}

/// *Ilse’s parting shot*, *her lips*, as the one who has
fn owning(c: Cursor) -> Parsed<Mention> {
    let (rest, who) = alt((possessive, genitive)).parse(c)?;
    let within = |tag: Tag| {
        tag.nominal() || matches!(tag, Tag::Adjective | Tag::Participle | Tag::Gerund | Tag::Number)
    };
    preceded(many1_count(one(|t: &Tagged, at| within(t.tag(at)))), success(who)).parse(rest)
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
    let speaks = says(c.tagged, verb, true);
    let subject = |m: &Mention| {
        !m.tokens().range().is_empty() && nominative(c.tagged, m) && (speaks || person(c.tagged, m))
    };
    let (rest, who) = preceded(
        many0_count(one(|t: &Tagged, at| t.tag(at) == Tag::Adverb && !t.tokens.has(at, Shape::CAPITAL))),
        verify(alt((owned, of_whom, whole)), subject),
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
    let at = m.tokens().range().start;
    let word = t.word(at).pronoun;
    m.kind != MentionKind::Pronoun || word.any(Pronoun::SUBJECT) || !word.any(Pronoun::OBJECT)
}

/// Whether the verb of a sign is one that mostly stands beside direct speech.
pub(crate) fn plain(tagged: &Tagged, sign: &Sign) -> bool {
    sign.verb.range().any(|at| tagged.word(at).cue.says())
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
    cue.says() || tied && cue.tag_share >= 4 || speaks && cue.share >= 50
}
