//! The words that report that somebody said something: verb groups, nouns, adjectives, phrases.

use crate::clause::Clauses;
use crate::cursor::Cursor;
use crate::lexicon::{CueKind, Meaning, Slot, Tag, Traits, WordId};
use crate::mention;
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};

/// What a cue is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// *said*
    Past,
    /// *says*
    Present,
    /// *will say*
    Modal,
    /// *saying*
    Gerund,
    /// *was told*
    Passive,
    /// *backed by*: a participle without auxiliary
    Participle,
    /// *to say*
    Infinitive,
    /// *her claim*
    Noun,
    /// *is unhappy with*
    Adjective,
    /// *reportedly*
    Adverb,
    /// *according to X*
    Phrase,
    /// *Ruiz: The dam leaks*
    Colon,
}

/// Words that may report something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) first: u32,
    /// The word that makes it a cue.
    pub(crate) head: u32,
    /// Half-open, with its particle: *called for*.
    pub(crate) end: u32,
    pub(crate) form: Form,
    pub(crate) kind: CueKind,
    /// Percent of the like that report something.
    pub(crate) share: u8,
    /// The verb group that it heads or that governs it.
    pub(crate) group: Option<u32>,
    /// Its source stands right after it: *according to X*.
    pub(crate) source_follows: bool,
}

/// Words that report less often than this many times in a hundred are passed over.
const LEAST_SHARE: u8 = 3;

/// How often the colon after an opening noun phrase reports something.
const COLON_SHARE: u8 = 10;

/// How often a verb right beside direct speech reports it at least, however seldom it does elsewhere.
const BESIDE_SHARE: u8 = 50;

/// The same for phrases, most of which are made of common words.
const LEAST_PHRASE_SHARE: u8 = 15;

/// Finds the candidates of the sentence, ascending, in place of what was in `cues`.
pub(crate) fn read(tagged: &Tagged, clauses: &Clauses, cues: &mut Vec<Cue>) {
    cues.clear();
    let range = clauses.sentence.range();
    let mut at = range.start;
    while at < range.end {
        if let Some(cue) = colon(tagged, clauses, at) {
            cues.push(cue);
        }
        let word = tagged.word(at);
        let listed = word.cue.share > 0 || word.traits.any(Traits::OPENS_PHRASE);
        if tagged.tokens.has(at, Shape::QUOTED) || !listed && !beside_speech(tagged, clauses, at) {
            at += 1;
            continue;
        }
        if let Some(cue) = phrase(tagged, at, range.end) {
            cues.push(cue);
            at = cue.end as usize;
            continue;
        }
        if let Some(cue) = single(tagged, clauses, at).filter(|cue| cue.share >= LEAST_SHARE) {
            cues.push(cue);
        }
        at += 1;
    }
}

/// *according to X*, *in the words of X*, *as X put it*
fn phrase(tagged: &Tagged, at: usize, end: usize) -> Option<Cue> {
    let words = &tagged.tokens.word[at..end.min(at + 8)];
    let found = tagged.lexicon.phrases(words[0]).iter().find(|p| {
        matches!(p.meaning, Meaning::Cue(_, share) if share >= LEAST_PHRASE_SHARE)
            && p.source != Slot::Possessive
            && words.starts_with(&p.lead)
            && trails(tagged, &p.trail, at + p.lead.len(), end)
    })?;
    let Meaning::Cue(kind, share) = found.meaning else { return None };
    let length = found.lead.len();
    let verb = (at..at + length).find(|&i| tagged.tag(i).verb());
    if verb.is_some() && found.source == Slot::Outside {
        return None;
    }
    Some(Cue {
        first: at as u32,
        head: at as u32,
        end: (at + length) as u32,
        form: Form::Phrase,
        kind,
        share,
        group: None,
        source_follows: found.source == Slot::Plain,
    })
}

/// Whether the words stand after the noun phrase at the token: *put it* in *as X put it*.
fn trails(tagged: &Tagged, trail: &[WordId], at: usize, end: usize) -> bool {
    trail.is_empty()
        || mention::phrase(Cursor::new(tagged, at, end.min(at + 12)))
            .is_ok_and(|(rest, _)| tagged.tokens.word[rest.at..rest.end].starts_with(trail))
}

/// The colon after a noun phrase that opens the sentence: *Poll: Mayor leads*, *Ana Ruiz: “It leaks.”*
fn colon(tagged: &Tagged, clauses: &Clauses, at: usize) -> Option<Cue> {
    if tagged.kind(at) != TokenKind::Colon || tagged.tokens.has(at, Shape::QUOTED) {
        return None;
    }
    let before = at.checked_sub(1)?;
    if tagged.kind(before) != TokenKind::Closing {
        clauses.chunk_at(before)?;
    }
    if clauses.groups.first().is_some_and(|g| (g.head as usize) < at) {
        return None;
    }
    Some(Cue {
        first: at as u32,
        head: at as u32,
        end: at as u32 + 1,
        form: Form::Colon,
        kind: CueKind::Speech,
        share: COLON_SHARE,
        group: None,
        source_follows: false,
    })
}

/// *has said*, *her claim*, *is unhappy with*
fn single(tagged: &Tagged, clauses: &Clauses, at: usize) -> Option<Cue> {
    let known = tagged.word(at).cue;
    let beside = beside_speech(tagged, clauses, at);
    if known.kind == CueKind::None && !beside {
        return None;
    }
    let tag = tagged.tag(at);
    let share = if tag.verb() { known.verb_share } else { known.noun_share };
    let mut cue = Cue {
        first: at as u32,
        head: at as u32,
        end: at as u32 + 1,
        form: Form::Noun,
        kind: if known.kind == CueKind::None { CueKind::Manner } else { known.kind },
        share: if beside { share.max(BESIDE_SHARE) } else { share },
        group: None,
        source_follows: false,
    };
    if let Some(index) = clauses.group_at(at) {
        let group = &clauses.groups[index];
        cue.first = group.first;
        cue.group = Some(index as u32);
        cue.form = match tag {
            _ if group.passive => Form::Passive,
            _ if group.modal => Form::Modal,
            Tag::Past => Form::Past,
            Tag::Third => Form::Present,
            Tag::Base if group.finite => Form::Present,
            Tag::Base => Form::Infinitive,
            Tag::Gerund if group.finite => Form::Present,
            Tag::Gerund => Form::Gerund,
            _ if group.finite => Form::Past,
            _ if group.first == group.head => Form::Participle,
            _ => Form::Past,
        };
    } else {
        cue.form = match tag {
            Tag::Adjective | Tag::Participle => Form::Adjective,
            Tag::Adverb => Form::Adverb,
            Tag::Noun | Tag::Plural => Form::Noun,
            _ => return None,
        };
        let governor = clauses.groups.partition_point(|g| g.head < at as u32).checked_sub(1);
        cue.group = governor.map(|g| g as u32);
    }
    if let Some(end) = particle(tagged, at + 1, clauses.sentence.range().end) {
        cue.end = end as u32;
    }
    Some(cue)
}

/// Whether the token heads the verb of a tag: *“It leaks,” she **quipped***, *“It leaks,” **quipped** Ruiz*,
/// *Ruiz **shot** back, “It leaks.”*
fn beside_speech(tagged: &Tagged, clauses: &Clauses, at: usize) -> bool {
    if !tagged.tag(at).verb() {
        return false;
    }
    let Some(group) = clauses.group_at(at).map(|index| &clauses.groups[index]).filter(|g| g.finite) else {
        return false;
    };
    let (first, end) = (clauses.sentence.range().start, clauses.sentence.range().end);
    let quoted = |at: usize| tagged.tokens.has(at, Shape::QUOTED);
    let pause = |at: usize| {
        matches!(tagged.kind(at), TokenKind::Comma | TokenKind::Question | TokenKind::Exclamation)
    };
    let closed = |at: usize| {
        at >= first + 3
            && !quoted(at)
            && (quoted(at - 1) && pause(at - 2) || pause(at - 1) && !quoted(at - 1) && quoted(at - 2))
    };
    let verb = group.first as usize;
    let subject = || Some(clauses.chunks[clauses.chunk_at(verb.checked_sub(1)?)?].phrase.tokens.first as usize);
    let after = particle(tagged, at + 1, end).unwrap_or(at + 1);
    let opens = after + 1 < tagged.tokens.len()
        && matches!(tagged.kind(after), TokenKind::Comma | TokenKind::Colon)
        && !quoted(after)
        && quoted(after + 1);
    opens || closed(verb) || subject().is_some_and(closed)
}

/// The end of the particle at the token, if one stands there: *pointed **out***, *lashed **back***.
fn particle(tagged: &Tagged, at: usize, end: usize) -> Option<usize> {
    const PARTICLES: [&str; 9] = ["out", "up", "back", "off", "down", "away", "aloud", "aside", "along"];
    let stands = at < end && tagged.kind(at) == TokenKind::Word && PARTICLES.iter().any(|p| tagged.is(at, p));
    stands.then_some(at + 1)
}
