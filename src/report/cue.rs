//! The words that report that somebody said something: verb groups, nouns, adjectives, phrases.

use crate::grammar::clause::{Clauses, Group, Link};
use crate::grammar::cursor::Cursor;
use crate::grammar::mention;
use crate::grammar::tag::Tagged;
use crate::lexicon::{
    Complement, CueKind, Follows, Function, Meaning, Phrase, Slot, Tag, Traits, Voice, WordId,
};
use crate::report::glance::{self, LEAST_PHRASE_SHARE, LEAST_SHARE, LONGEST_SOURCE, begins};
use crate::text::token::{Shape, TokenKind};

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
    /// Percent of the like that report something, what follows counted in where that is known.
    pub(crate) share: u8,
    /// The same whatever follows.
    pub(crate) form_share: u8,
    /// What it is and what follows it.
    pub(crate) complement: Option<Complement>,
    /// The verb group that it heads or that governs it.
    pub(crate) group: Option<u32>,
    /// Where its source can stand.
    pub(crate) side: Side,
}

impl Cue {
    /// What follows it, where that is known.
    pub(crate) fn follows(&self) -> Option<Follows> {
        self.complement.map(Complement::follows)
    }

    /// Whether a clause follows it: *said **that it leaks***, *said **it leaks***.
    pub(crate) fn takes_clause(&self) -> bool {
        matches!(self.follows(), Some(Follows::That | Follows::Clause))
    }

    /// Whether it is *heard*, whose subject may be who is told.
    pub(crate) fn hears(&self, tagged: &Tagged) -> bool {
        matches!(tagged.function(self.head as usize), Function::Heard | Function::Hears)
    }
}

/// Where the source of a cue can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Wherever the sentence has it.
    Any,
    /// Right before it: *quoted X **as saying***.
    Before,
    /// Right after it: ***according to** X*.
    After,
    /// Inside it: ***in** X’s **view***.
    Inside,
}

/// How often the colon after an opening noun phrase reports something.
const COLON_SHARE: u8 = 10;

/// How often a verb right beside direct speech reports it at least, however seldom it does elsewhere.
const BESIDE_SHARE: u8 = 50;

/// The same for what somebody is quoted as saying.
const RELAYED_SHARE: u8 = 80;

/// Finds the candidates of the sentence among the words in `hopes`, ascending, in place of what was in `cues`.
pub(crate) fn read(tagged: &Tagged, clauses: &Clauses, hopes: &[u32], cues: &mut Vec<Cue>) {
    cues.clear();
    let reports = |cue: &Cue| cue.share.max(cue.form_share) >= LEAST_SHARE;
    for &word in hopes {
        let at = word as usize;
        if cues.last().is_some_and(|cue| word < cue.end) {
            continue;
        }
        let known = tagged.lexicon.phrases(&tagged.tokens.word[at..clauses.sentence.range().end]);
        let cue = colon(tagged, clauses, at)
            .or_else(|| phrase(tagged, known, clauses, at))
            .or_else(|| single(tagged, clauses, at).filter(reports));
        cues.extend(cue);
    }
}

/// *according to X*, *in the words of X*, *in X’s words*, *as X put it*
fn phrase(tagged: &Tagged, known: &[Phrase], clauses: &Clauses, at: usize) -> Option<Cue> {
    let end = clauses.sentence.range().end;
    let words = &tagged.tokens.word[at..end.min(at + 8)];
    let (mut bare, mut whole) = (None, None);
    let (found, trail) = known.iter().find_map(|p| {
        let fits = begins(words, &p.lead)
            && matches!(p.meaning, Meaning::Cue(_, share) if share >= LEAST_PHRASE_SHARE);
        if !fits {
            return None;
        }
        if p.trail.is_empty() {
            return Some((p, None));
        }
        let first = at + p.lead.len();
        let limit = end.min(first + LONGEST_SOURCE);
        let ends = || clauses.phrase(tagged, first, limit).map(|phrase| phrase.tokens.range().end);
        let bare = *bare.get_or_insert_with(ends);
        match p.source {
            Slot::Possessive => possessed(tagged, &p.trail, first, bare),
            _ => follows(tagged, &p.trail, bare).or_else(|| {
                // behind its appositions
                let source = || mention::whole(Cursor::new(tagged, first, limit));
                let whole = whole.get_or_insert_with(|| source().ok().map(|(rest, _)| rest.at));
                follows(tagged, &p.trail, *whole)
            }),
        }
        .map(|at| (p, Some(at)))
    })?;
    let Meaning::Cue(kind, share) = found.meaning else { return None };
    let lead = at + found.lead.len();
    let (first, end, side) = match (found.source, trail) {
        (Slot::Possessive, Some(end)) => (at, end, Side::Inside),
        (_, Some(trail)) => (trail, trail + found.trail.len(), Side::Any),
        (Slot::Outside, None) => (at, lead, Side::Any),
        (_, None) => (at, lead, Side::After),
    };
    let verb = (first..end).find(|&i| tagged.tag(i).verb());
    if verb.is_some() && found.source == Slot::Outside {
        return None;
    }
    let spoken =
        verb.filter(|_| first > at).and_then(|verb| clauses.group_at(verb).map(|group| (verb, group)));
    let (head, form, group) = match spoken {
        Some((verb, group)) if tagged.tag(verb) == Tag::Past => (verb, Form::Past, Some(group as u32)),
        Some((verb, group)) => (verb, Form::Present, Some(group as u32)),
        None => (first, Form::Phrase, None),
    };
    Some(Cue {
        first: first as u32,
        head: head as u32,
        end: end as u32,
        form,
        kind,
        share,
        form_share: share,
        complement: None,
        group,
        side,
    })
}

/// The end of the phrase, if it is somebody’s: *Ruiz’s words*, *her own words*.
fn possessed(tagged: &Tagged, trail: &[WordId], first: usize, end: Option<usize>) -> Option<usize> {
    let noun = end?.checked_sub(trail.len()).filter(|&noun| noun > first)?;
    let owned = matches!(tagged.tag(noun - 1), Tag::Genitive | Tag::Possessive);
    end.filter(|_| owned && tagged.tokens.word[noun..].starts_with(trail))
}

/// Where the words stand that end the phrase after its source: *put it* in *as X, a judge, put it*.
fn follows(tagged: &Tagged, trail: &[WordId], end: Option<usize>) -> Option<usize> {
    let comma = |at: usize| at < tagged.tokens.len() && tagged.kind(at) == TokenKind::Comma;
    let at = end.map(|at| at + usize::from(comma(at)))?;
    tagged.tokens.word.get(at..).is_some_and(|words| words.starts_with(trail)).then_some(at)
}

/// The colon after a noun phrase that opens the sentence: *Poll: Mayor leads*, *Ana Ruiz: “It leaks.”*
fn colon(tagged: &Tagged, clauses: &Clauses, at: usize) -> Option<Cue> {
    if tagged.kind(at) != TokenKind::Colon || tagged.tokens.has(at, Shape::QUOTED) {
        return None;
    }
    let before = at.checked_sub(1)?;
    let bare = matches!(tagged.kind(before), TokenKind::Closing | TokenKind::Number);
    if !bare {
        clauses.chunk_at(before)?;
    }
    let opens = at + 1 < tagged.tokens.len() && tagged.tokens.has(at + 1, Shape::QUOTED);
    let verbs = &clauses.groups[..clauses.groups.partition_point(|g| (g.head as usize) < at)];
    // *Ruiz tweeted during the match: “It leaks.”*
    let says = |g: &Group| g.finite && !g.passive && tagged.word(g.head as usize).cue.share >= BESIDE_SHARE;
    if !verbs.is_empty() && !opens || verbs.iter().any(says) {
        return None;
    }
    // *Ruiz paid the council a compliment: “It never leaks.”*
    let main = |g: &Group| g.finite && matches!(g.link, Link::Plain | Link::Resumed | Link::Coordinated);
    let group = verbs.iter().rposition(main).map(|g| g as u32);
    Some(Cue {
        first: at as u32,
        head: at as u32,
        end: at as u32 + 1,
        form: Form::Colon,
        kind: CueKind::Speech,
        share: COLON_SHARE,
        form_share: COLON_SHARE,
        complement: None,
        group,
        side: Side::Any,
    })
}

/// *has said*, *her claim*, *is unhappy with*
fn single(tagged: &Tagged, clauses: &Clauses, at: usize) -> Option<Cue> {
    let known = tagged.word(at).cue;
    let tag = tagged.tag(at);
    let beside = tag.verb() && beside_speech(tagged, clauses, at);
    if known.share == 0 && !beside {
        return None;
    }
    let share = known.share_of(tag);
    let mut cue = Cue {
        first: at as u32,
        head: at as u32,
        end: at as u32 + 1,
        form: Form::Noun,
        kind: if known.kind == CueKind::None { CueKind::Manner } else { known.kind },
        share,
        form_share: share,
        complement: None,
        group: None,
        side: Side::Any,
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
    let end = clauses.sentence.range().end;
    if let Some(end) = particle(tagged, at + 1, end) {
        cue.end = end as u32;
    }
    let complement = complement(tagged, clauses, &cue);
    let [known, any] = tagged.lexicon.shares_with(tagged.tokens.word[at], complement);
    cue.complement = Some(complement);
    let mut least = if beside { BESIDE_SHARE } else { 0 };
    if told(tagged, clauses, &cue) {
        cue = Cue { form: Form::Passive, kind: CueKind::Speech, ..cue };
        least = RELAYED_SHARE;
    }
    cue.form_share = any.unwrap_or(share).max(least);
    cue.share = known.unwrap_or(cue.form_share).max(least);
    if let Some(saying) = relayed(tagged, clauses, at) {
        cue = Cue { form: Form::Past, kind: CueKind::Speech, share: cue.share.max(RELAYED_SHARE), ..cue };
        cue.end = saying as u32 + 1;
        if !clauses.groups[clauses.group_at(at)?].passive {
            cue =
                Cue { first: saying as u32 - 1, head: saying as u32, group: None, side: Side::Before, ..cue };
        }
    }
    Some(cue)
}

/// What the cue is and what follows it, times and adverbs passed over: *believed that*, *was told to*, *a call for*.
fn complement(tagged: &Tagged, clauses: &Clauses, cue: &Cue) -> Complement {
    let voice = match cue.form {
        Form::Passive | Form::Participle => Voice::Passive,
        Form::Noun | Form::Adjective | Form::Adverb => Voice::Noun,
        _ => Voice::Active,
    };
    let end = clauses.sentence.range().end;
    let loose = |&at: &usize| tagged.tag(at) == Tag::Adverb || tagged.any(at, Traits::TIME);
    let from = cue.end as usize;
    let at = from + (from..end.min(from + LONGEST_ADJUNCT)).take_while(loose).count();
    let at = if voice == Voice::Noun { glance::past_party(tagged, at, end) } else { at };
    Complement::new(voice, behind(tagged, clauses, at, end))
}

/// Whether a body or people hear a report, which is to be told it: *the court **heard** that it leaks*.
fn told(tagged: &Tagged, clauses: &Clauses, cue: &Cue) -> bool {
    let heard = cue.takes_clause() && cue.hears(tagged);
    let group = cue.group.map(|g| &clauses.groups[g as usize]).filter(|g| heard && g.finite);
    let subject = group.and_then(|g| g.subject).map(|s| clauses.chunks[s as usize].phrase.head as usize);
    subject.is_some_and(|head| tagged.any(head, Traits(Traits::BODY.0 | Traits::PEOPLE.0)))
}

/// How many adverbs and words for times may stand between a cue and what follows it.
const LONGEST_ADJUNCT: usize = 3;

/// What stands at a token behind a cue.
fn behind(tagged: &Tagged, clauses: &Clauses, at: usize, end: usize) -> Follows {
    if let Some(follows) = glance::beyond(tagged, at, end) {
        return follows;
    }
    let Some(index) = clauses.chunk_at(at).filter(|_| tagged.tag(at) != Tag::WhPronoun) else {
        return glance::behind(tagged, at, end);
    };
    let next = clauses.chunks[index].phrase.tokens.end as usize;
    let verb = clauses.groups.partition_point(|g| (g.first as usize) < next);
    match clauses.groups.get(verb) {
        Some(_) if clauses.verb_of(index).is_some() => Follows::Clause,
        _ if next < end
            && tagged.tag(next) == Tag::Subordinator
            && tagged.function(next) == Function::That =>
        {
            Follows::That
        }
        Some(g) if g.first as usize == next && tagged.tag(next) == Tag::To => Follows::ObjectTo,
        _ => Follows::Object,
    }
}

/// The verb of what somebody is quoted as saying: ***saying** in was quoted as saying*, *quoted Ruiz as **saying***,
/// ***said** in is reported to have said*.
fn relayed(tagged: &Tagged, clauses: &Clauses, at: usize) -> Option<usize> {
    let group = &clauses.groups[clauses.group_at(at)?];
    let end = clauses.sentence.range().end;
    let speaks = |at: usize| at < end && tagged.word(at).cue.kind == CueKind::Speech;
    let next = at + 1;
    if group.passive && next < end && tagged.tag(next) == Tag::To {
        let told = &clauses.groups[clauses.groups.partition_point(|g| (g.first as usize) < next)..];
        let told = told.first().filter(|g| g.first as usize == next && g.head as usize == next + 2)?;
        return Some(told.head as usize).filter(|&verb| speaks(verb) && tagged.any(next + 1, Traits::HAVE));
    }
    let as_at = match clauses.chunk_at(next) {
        Some(chunk) if !group.passive => clauses.chunks[chunk].phrase.tokens.end as usize,
        _ if group.passive => next,
        _ => return None,
    };
    let quoted =
        as_at < end && tagged.function(as_at) == Function::As && !tagged.tokens.has(as_at, Shape::QUOTED);
    Some(as_at + 1).filter(|&verb| quoted && speaks(verb) && tagged.tag(verb) == Tag::Gerund)
}

/// Whether the token heads the verb of a tag: *“It leaks,” she **quipped***, *“It leaks,” **quipped** Ruiz*,
/// *Ruiz **shot** back, “It leaks.”*
fn beside_speech(tagged: &Tagged, clauses: &Clauses, at: usize) -> bool {
    let Some(group) = clauses.group_at(at).map(|index| &clauses.groups[index]) else {
        return false;
    };
    let (first, end) = (clauses.sentence.range().start, clauses.sentence.range().end);
    let quoted = |at: usize| tagged.tokens.has(at, Shape::QUOTED);
    let pause = |at: usize| tagged.kind(at).announces_tag();
    let closed = |at: usize| {
        at >= first + 3
            && !quoted(at)
            && (quoted(at - 1) && pause(at - 2) || pause(at - 1) && !quoted(at - 1) && quoted(at - 2))
    };
    let verb = group.first as usize;
    let subject =
        || Some(clauses.chunks[clauses.chunk_at(verb.checked_sub(1)?)?].phrase.tokens.first as usize);
    let after = particle(tagged, at + 1, end).unwrap_or(at + 1);
    let opens = after + 1 < tagged.tokens.len()
        && matches!(tagged.kind(after), TokenKind::Comma | TokenKind::Colon)
        && !quoted(after)
        && quoted(after + 1);
    let inverted = || closed(verb) && clauses.chunk_at(after).is_some();
    opens || group.finite && (inverted() || subject().is_some_and(closed))
}

/// The end of the particle at the token, if one stands there: *pointed **out***, *lashed **back***.
fn particle(tagged: &Tagged, at: usize, end: usize) -> Option<usize> {
    use Function::{Along, Aloud, Aside, Away, Back, Down, Off, Out, Up};
    let known = at < end
        && matches!(tagged.function(at), Out | Up | Back | Off | Down | Away | Aloud | Aside | Along);
    known.then_some(at + 1)
}
