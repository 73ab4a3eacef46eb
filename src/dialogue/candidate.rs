//! Who may speak a turn of a conversation.
//!
//! For each candidate a row of named properties, from which the fitted model tells how likely it is; and one for the step
//! to the turn, from which another tells whether the speaker before stays, or the one before that returns.

use crate::dialogue::pattern::{Deed, Sign};
use crate::dialogue::presence::{ELSE, FITS, Fit, Named, Reader};
use crate::dialogue::turn::{Turn, Turns};
use crate::grammar::mention::MentionKind;
use crate::growth::Growth;
use crate::lexicon::{Calling, Gender, Honor, Reply};
use crate::model::linear::{FIELDS, Field, Row, Schema};
use crate::report::values::YES;

/// How many candidates a turn has at most.
const CANDIDATES: usize = 12;

const DEEDS: &[&str] = &["none", "is", "keeps", "acts", "thinks", "says"];
const RANKS: &[&str] = &["0", "1", "2", "3", "4-5", "6+", "none"];
const CALLS: &[&str] = &["none", "named", "called"];
const GAPS: &[&str] = &["0", "1", "2", "3-4", "5-8", "9+"];
const TURNS: &[&str] = &["1", "2", "3", "4", "5-6", "7-10", "11-20", "none"];
const COUNTS: &[&str] = &["0", "1", "2-3", "4-9", "10-29", "30+"];
const FEW: &[&str] = &["0", "1", "2", "3", "4", "5+"];
const TAGS: &[&str] = &["none", "beat", "name", "he", "she", "i", "noun", "plural"];

macro_rules! fields {
    ($schema:ident, $module:ident: $($name:ident = $label:literal $values:expr;)+ => $templates:expr) => {
        pub(crate) mod $module {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Names { $($name),+ }
            $(pub(crate) const $name: usize = Names::$name as usize;)+
        }
        pub(crate) static $schema: Schema = {
            use $module::*;
            Schema { fields: &[$(Field { name: $label, values: $values }),+], shared: 0, templates: $templates }
        };
    };
}

fields! { CANDIDATE, of:
    TAG = "tag" FITS;
    TAG_ORDER = "order" &["none", "inverted", "after", "before"];
    BEFORE = "before" FITS;
    BEFORE_DEED = "before deed" DEEDS;
    AFTER = "after" FITS;
    AFTER_DEED = "after deed" DEEDS;
    OPENING = "opening" FITS;
    LAST = "last actor" FITS;
    LAST_DEED = "last deed" DEEDS;
    LAST_SIZE = "last size" &["none", "one", "two", "more"];
    BETWEEN = "named between" &["none", "alone", "last", "first", "some"];
    LAST_TIED = "leads in" YES;
    NEXT = "next actor" FITS;
    RANK = "rank" RANKS;
    FIT_RANK = "rank of gender" RANKS;
    SUBJECT_RANK = "rank as subject" RANKS;
    BACK = "paragraphs since" GAPS;
    OWN = "in own speech" CALLS;
    PREVIOUS = "in speech before" CALLS;
    FOLLOWING = "in speech after" CALLS;
    FREQUENCY = "frequency" RANKS;
    NARRATOR = "narrator" YES;
    ELSEWHO = "somebody else" YES;
    NEXT_TAG = "next tag" FITS;
    NEXT2_TAG = "next tag but one" FITS;
    KIND = "tag kind" TAGS;
    GAP = "gap" GAPS;
    PRESENT = "namings near" GAPS;
    SPEAKS = "tags" COUNTS;
    KNOWN = "known" &["nobody", "cast", "person", "name", "noun", "thing"];
    TAG_BACK = "tags back" TURNS;
    TAG_AHEAD = "tags ahead" TURNS;
    TAIL = "tail actor" FITS;
    BESIDE = "beside" &["none", "before", "amid", "after", "told"];
    SIR = "own address" &["none", "fits", "clashes"];
    SIR_BEFORE = "address before" &["none", "fits", "clashes"];
    LEAD = "led by" &["none", "subject", "object", "told"];
    PREVIOUS2 = "in speech two before" CALLS;
    FOLLOWING2 = "in speech two after" CALLS;
    HEAD = "tag noun" Calling::NAMES;
    HONOR = "title" Honor::NAMES;
    SUBJECT_FIT = "rank as subject of gender" RANKS;
    SCENE = "named in scene" COUNTS;
    TAGGED = "tagged near" FEW;
    CALLED_NEAR = "called near" FEW;
    TALKED_NEAR = "named in speech near" FEW;
    NARRATED_NEAR = "named near" COUNTS;
    TAGS_NEAR = "tags near" FEW;
    => &[
        &[TAG], &[TAG, TAG_ORDER], &[BEFORE, BEFORE_DEED], &[AFTER, AFTER_DEED], &[BEFORE, KIND], &[AFTER, KIND],
        &[OPENING], &[OPENING, KIND], &[LAST, LAST_TIED], &[LAST, LAST_DEED, LAST_SIZE], &[BETWEEN, KIND], &[BETWEEN, GAP], &[BETWEEN, TAG], &[NEXT], &[RANK], &[RANK, KIND],
        &[FIT_RANK, TAG], &[SUBJECT_RANK], &[SUBJECT_RANK, TAG], &[SUBJECT_RANK, KIND], &[BACK], &[BACK, KIND], &[OWN], &[OWN, KIND],
        &[PREVIOUS], &[PREVIOUS, KIND], &[PREVIOUS, GAP], &[FOLLOWING], &[FOLLOWING, KIND], &[FREQUENCY], &[NARRATOR],
        &[NARRATOR, KIND], &[ELSEWHO], &[ELSEWHO, KIND], &[NEXT_TAG], &[NEXT_TAG, KIND], &[NEXT2_TAG], &[PRESENT], &[PRESENT, KIND],
        &[SIR], &[SIR_BEFORE], &[FIT_RANK, GAP, TAG],
        &[SPEAKS], &[SPEAKS, KIND], &[KNOWN], &[KNOWN, KIND], &[TAG_BACK], &[TAG_BACK, KIND], &[TAG_AHEAD], &[TAG_AHEAD, KIND],
        &[TAG_BACK, TAG_AHEAD], &[KNOWN, SPEAKS], &[BESIDE], &[BESIDE, KIND], &[BESIDE, TAG],
        &[LEAD], &[LEAD, KIND], &[LEAD, LAST_DEED], &[PREVIOUS2], &[PREVIOUS2, KIND], &[FOLLOWING2], &[FOLLOWING2, KIND],
        &[HEAD, HONOR], &[HEAD, TAG], &[HEAD, RANK], &[HEAD, TAG_BACK], &[HONOR, KIND],
        &[SUBJECT_FIT], &[SUBJECT_FIT, TAG], &[SUBJECT_FIT, FIT_RANK], &[SCENE], &[SCENE, KIND], &[SCENE, RANK],
        &[TAGGED, TAG_BACK], &[TAGGED, TAG_BACK, KIND], &[TAGGED, ELSEWHO], &[CALLED_NEAR], &[CALLED_NEAR, KIND],
        &[TALKED_NEAR], &[TALKED_NEAR, KIND], &[CALLED_NEAR, TAG_BACK], &[CALLED_NEAR, TALKED_NEAR],
        &[NARRATED_NEAR], &[NARRATED_NEAR, KIND], &[NARRATED_NEAR, CALLED_NEAR, TAGS_NEAR],
        &[TAGS_NEAR], &[TAGS_NEAR, KIND], &[TAGS_NEAR, TAGGED],
        &[NARRATED_NEAR, RANK], &[CALLED_NEAR, GAP], &[TALKED_NEAR, TAGS_NEAR], &[HEAD, BESIDE], &[OWN, CALLED_NEAR], &[NARRATED_NEAR, TALKED_NEAR], &[NARRATED_NEAR, GAP],
    ]
}

fields! { STEP, step:
    PATTERN = "pattern" &["stays", "returns", "enters"];
    CALLED = "speaker before" CALLS;
    GAP = "gap" GAPS;
    KIND = "tag kind" TAGS;
    BEFORE_KIND = "tag kind before" TAGS;
    ASKED = "asked" YES;
    ASKS = "asks" YES;
    BROKEN = "broken off" YES;
    SHARED = "same paragraph" YES;
    LENGTH = "length" &["short", "medium", "long"];
    VERB = "verb" Reply::NAMES;
    LED = "led by" &["nothing", "name", "pronoun", "noun", "saying"];
    LENGTH_BEFORE = "length before" &["short", "medium", "long"];
    GAP_BEFORE = "gap before" GAPS;
    RUN = "untagged before" FEW;
    TAGGED = "tagged near" FEW;
    NEXT_KIND = "next tag kind" TAGS;
    NEXT_GAP = "next gap" GAPS;
    => &[
        &[PATTERN], &[PATTERN, CALLED], &[PATTERN, GAP], &[PATTERN, KIND], &[PATTERN, BEFORE_KIND],
        &[PATTERN, GAP, KIND], &[PATTERN, GAP, BEFORE_KIND], &[PATTERN, KIND, BEFORE_KIND], &[PATTERN, ASKED],
        &[PATTERN, ASKS], &[PATTERN, BROKEN], &[PATTERN, SHARED], &[PATTERN, CALLED, GAP], &[PATTERN, ASKED, GAP],
        &[PATTERN, LENGTH], &[PATTERN, LENGTH_BEFORE], &[PATTERN, GAP, LENGTH_BEFORE],
        &[PATTERN, VERB], &[PATTERN, VERB, GAP], &[PATTERN, VERB, KIND], &[PATTERN, LED], &[PATTERN, LED, GAP], &[PATTERN, LED, KIND],
        &[PATTERN, GAP, GAP_BEFORE], &[PATTERN, RUN], &[PATTERN, RUN, KIND],
        &[PATTERN, TAGGED], &[PATTERN, TAGGED, GAP], &[PATTERN, TAGGED, KIND],
        &[PATTERN, NEXT_KIND], &[PATTERN, NEXT_KIND, KIND], &[PATTERN, NEXT_GAP], &[PATTERN, ASKED, ASKS],
        &[PATTERN, LENGTH, LENGTH_BEFORE], &[PATTERN, CALLED, ASKED], &[PATTERN, CALLED, KIND],
    ]
}

/// Gathers who may speak the turn.
pub(crate) fn gather(reader: &Reader, turns: &Turns, at: usize, list: &mut Vec<u32>) {
    let turn = turns.at(at);
    let first = list.len();
    let mut add = |who: u32| {
        if !list[first..].contains(&who) {
            list.add(who);
        }
    };
    for sign in [turn.tag, turn.before, turn.after, turn.opening].into_iter().flatten() {
        if let Some(naming) = reader.naming_in(&sign.who) {
            add(naming.speaker);
            for &rival in reader.people.rivals(naming).iter().filter(|r| **r != u32::MAX).take(4) {
                add(rival);
            }
        }
    }
    if let Some(n) = reader.people.narrator {
        add(n);
    }
    let near = at.saturating_sub(8)..(at + 5).min(turns.len());
    for who in reader.lists.tagged_by[near].iter().flatten() {
        add(*who);
    }
    let here = reader.lists.named.partition_point(|n| n.at < turn.tokens.end);
    for n in reader.lists.named[here.saturating_sub(160)..here].iter().rev() {
        if list.len() - first >= 8 {
            break;
        }
        if !list[first..].contains(&n.speaker) {
            list.add(n.speaker);
        }
    }
    let mut ahead = 0;
    for n in &reader.lists.named[here..(here + 40).min(reader.lists.named.len())] {
        if ahead >= 3 || list.len() - first >= CANDIDATES - 1 {
            break;
        }
        if !list[first..].contains(&n.speaker) {
            list.add(n.speaker);
            ahead += 1;
        }
    }
    list.add(ELSE);
}

/// Reads a row for each candidate of a turn, in place of those that were there; returns what the step to the turn has
/// in common for all patterns and states.
pub(crate) fn rows(
    reader: &mut Reader,
    turns: &Turns,
    at: usize,
    candidates: &[u32],
    rows: &mut Vec<Row>,
) -> Row {
    rows.clear();
    let turn = turns.at(at);
    let previous = at.checked_sub(1).map(|b| turns.at(b));
    let next = turns.get(at + 1);
    let next2 = turns.get(at + 2);
    let distance = gap(turns, at) as u8;
    let kind = tag_kind(&turn);
    let pars = turn.paragraphs.range();
    let prev_end = previous.map_or(0, |p| p.paragraphs.range().end);
    let last = (prev_end < pars.start)
        .then(|| reader.scene.last_actor(&mut reader.lists.clauses, pars.start - 1))
        .flatten();
    let tail = previous
        .filter(|p| p.paragraphs.end == turn.paragraphs.first)
        .and_then(|p| reader.scene.tail_actor(&mut reader.lists.clauses, &p));
    let next_start = next.map_or(reader.scene.paragraphs.len(), |n| n.paragraphs.range().start);
    let follow = (pars.end < next_start)
        .then(|| reader.scene.first_actor(&mut reader.lists.clauses, pars.end))
        .flatten();
    // namings before the tag's pronoun or the turn
    let until = turn.tag.map_or(turn.tokens.first, |t| t.who.tokens().first);
    let pronoun = turn.tag.filter(|t| t.who.kind == MentionKind::Pronoun).map(|t| t.who.gender);
    let [mut recent, mut subjects, mut fitting, mut fitting_subjects, mut between] = reader.emptied();
    let here = reader.lists.named.partition_point(|n| n.at < until);
    for n in reader.lists.named[here.saturating_sub(160)..here].iter().rev().filter(|n| !n.quoted) {
        let g = reader.people.speakers[n.speaker as usize].gender;
        let fits = pronoun.is_some_and(|p| p == g || g == Gender::Unknown);
        if !recent.contains(&n.speaker) {
            recent.push(n.speaker);
            if fits {
                fitting.push(n.speaker);
            }
        }
        if n.subject && !subjects.contains(&n.speaker) {
            subjects.push(n.speaker);
            if fits {
                fitting_subjects.push(n.speaker);
            }
        }
    }
    let after = previous.map_or(0, |p| p.tokens.end);
    for n in
        reader.lists.named[..here].iter().rev().take_while(|n| n.at >= after).take(60).filter(|n| !n.quoted)
    {
        if !between.contains(&n.speaker) {
            between.push(n.speaker);
        }
    }
    let size = if last.is_none() {
        0
    } else {
        let p = reader.scene.paragraphs[pars.start - 1];
        let a = reader.scene.sentences.partition_point(|s| s.end <= p.first);
        let b = reader.scene.sentences.partition_point(|s| s.end < p.end);
        (b - a + 1).min(3)
    };
    let rank = |list: &[u32], who: u32| {
        list.iter().position(|&w| w == who).map_or(6, |r| match r {
            0..=3 => r,
            4 | 5 => 4,
            _ => 5,
        }) as u8
    };
    let near = here.saturating_sub(160)..here;
    reader.look_around(near.clone(), here + 40);
    let scene = reader.scene_of(pars.start);
    let lead = reader.lead(&turn, after);
    let head = turn.tag.map_or(0, |t| reader.head(&t));
    let tagged = reader.tagged_near(at);
    let tags = &reader.lists.tagged_by[at.saturating_sub(10)..(at + 11).min(turns.len())];
    let since = near.start.max(reader.lists.named.partition_point(|n| n.at < scene)).min(here);
    let [around, close_around] = [6, 4].map(|reach| reader.around(turns, at, reach));
    for &who in candidates {
        let mut row: Row = [0; FIELDS];
        let fit = |sign: Option<Sign>| sign.map_or(Fit::None, |s| reader.fit(&s.who, who)) as u8;
        row[of::TAG] = fit(turn.tag);
        row[of::TAG_ORDER] = turn.tag.map_or(0, |t| {
            if t.inverted {
                1
            } else if t.who.tokens().first > turn.tokens.first {
                2
            } else {
                3
            }
        });
        let beside = |sign: Option<Sign>| sign.filter(|s| turn.tag.is_none_or(|t| t.verb != s.verb));
        let deed = |sign: Option<Sign>| sign.map_or(0, |s| s.deed as u8 + 1);
        row[of::BEFORE] = fit(beside(turn.before));
        row[of::BEFORE_DEED] = deed(beside(turn.before));
        row[of::AFTER] = fit(beside(turn.after));
        row[of::AFTER_DEED] = deed(beside(turn.after));
        row[of::OPENING] = fit(beside(turn.opening).filter(|o| turn.before.is_none_or(|b| b.verb != o.verb)));
        row[of::LAST] = fit(last);
        row[of::TAIL] = fit(tail);
        row[of::LAST_DEED] = deed(last);
        row[of::LAST_SIZE] = size as u8;
        row[of::BETWEEN] = match between.iter().position(|&w| w == who) {
            None => 0,
            Some(0) if between.len() == 1 => 1,
            Some(0) => 2,
            Some(p) if p + 1 == between.len() => 3,
            Some(_) => 4,
        };
        row[of::LAST_TIED] = last.is_some_and(|s| s.tied && s.deed >= Deed::Thinks) as u8;
        row[of::NEXT] = fit(follow);
        row[of::RANK] = rank(&recent, who);
        row[of::FIT_RANK] = if pronoun.is_some() { rank(&fitting, who) } else { 6 };
        row[of::SUBJECT_RANK] = rank(&subjects, who);
        row[of::BACK] = match reader.near(who).last {
            0 => 5,
            last => {
                let at = reader.lists.named[last as usize - 1].at;
                let p = reader.scene.paragraphs.partition_point(|p| p.end <= at);
                bucket(pars.start.saturating_sub(p)) as u8
            }
        };
        row[of::OWN] = reader.called(at, who);
        row[of::PREVIOUS] = previous.map_or(0, |_| reader.called(at - 1, who));
        row[of::FOLLOWING] = next.map_or(0, |_| reader.called(at + 1, who));
        row[of::FREQUENCY] = if who == ELSE { 6 } else { reader.lists.frequency[who as usize] };
        row[of::NARRATOR] = (Some(who) == reader.people.narrator) as u8;
        row[of::ELSEWHO] = (who == ELSE) as u8;
        row[of::BESIDE] = reader.beside(&turn, who);
        row[of::SPEAKS] = if who == ELSE { 0 } else { many(reader.lists.speaks[who as usize]) };
        row[of::KNOWN] = reader.known(who);
        row[of::TAG_BACK] = reader.lists.tagged_by[at.saturating_sub(20)..at]
            .iter()
            .rev()
            .position(|t| *t == Some(who))
            .map_or(7, turns_away);
        row[of::TAG_AHEAD] = reader.lists.tagged_by[at + 1..(at + 21).min(turns.len()).max(at + 1)]
            .iter()
            .position(|t| *t == Some(who))
            .map_or(7, turns_away);
        row[of::NEXT_TAG] = fit(next.and_then(|n| n.tag));
        row[of::NEXT2_TAG] = fit(next2.and_then(|n| n.tag));
        row[of::KIND] = kind;
        row[of::GAP] = distance;
        row[of::PRESENT] = bucket(reader.near(who).count as usize) as u8;
        let gender = if who == ELSE { Gender::Unknown } else { reader.people.speakers[who as usize].gender };
        row[of::SIR] = match (reader.lists.address[at], gender) {
            (None, _) | (_, Gender::Unknown | Gender::Neuter) => 0,
            (Some(g), h) => 2 - (g == h) as u8,
        };
        row[of::SIR_BEFORE] = previous.map_or(0, |_| match (reader.lists.address[at - 1], gender) {
            (None, _) | (_, Gender::Unknown | Gender::Neuter) => 0,
            (Some(g), h) => 2 - (g == h) as u8,
        });
        row[of::LEAD] = reader.led(lead, turn.before.or(last), who);
        row[of::PREVIOUS2] = at.checked_sub(2).map_or(0, |b| reader.called(b, who));
        row[of::FOLLOWING2] = next2.map_or(0, |_| reader.called(at + 2, who));
        row[of::HEAD] = head;
        row[of::HONOR] = reader.lists.honors.get(who as usize).copied().unwrap_or_default();
        row[of::SUBJECT_FIT] = if pronoun.is_some() { rank(&fitting_subjects, who) } else { 6 };
        let namings = |named: &[Named], fits: fn(&Named) -> bool| {
            named.iter().filter(|n| n.speaker == who && fits(n)).count()
        };
        row[of::SCENE] = many(namings(&reader.lists.named[since..here], |n| !n.quoted) as u32);
        row[of::TAGGED] = tagged;
        row[of::CALLED_NEAR] = namings(around, |n| n.vocative).min(5) as u8;
        row[of::TALKED_NEAR] = namings(around, |n| n.quoted && !n.vocative).min(5) as u8;
        row[of::NARRATED_NEAR] = many(namings(close_around, |n| !n.quoted) as u32);
        let own = usize::from(reader.lists.tagged_by[at] == Some(who));
        row[of::TAGS_NEAR] = (tags.iter().filter(|t| **t == Some(who)).count() - own).min(5) as u8;
        rows.push(row);
    }
    let asks = |t: &Turn| reader.asks(t) as u8;
    let gap_before = at.checked_sub(1).map_or(GAPS.len() - 1, |b| gap(turns, b)) as u8;
    let gap_after = if next.is_some() { gap(turns, at + 1) } else { GAPS.len() - 1 } as u8;
    let run = untagged(turns, at);
    let mut row: Row = [0; FIELDS];
    row[step::GAP] = distance;
    row[step::KIND] = kind;
    row[step::BEFORE_KIND] = previous.map_or(0, |p| tag_kind(&p));
    row[step::ASKED] = previous.map_or(0, |p| asks(&p));
    row[step::ASKS] = asks(&turn);
    row[step::BROKEN] = previous.is_some_and(|p| reader.broken(&p)) as u8;
    row[step::SHARED] = turn.shared as u8;
    row[step::LED] = last.or(tail).map_or(0, |s| match s.who.kind {
        _ if s.deed == Deed::Says => 4,
        MentionKind::Name => 1,
        MentionKind::Pronoun => 2,
        MentionKind::Nominal => 3,
    });
    row[step::VERB] = turn.tag.map_or(Reply::None, |t| reader.reply(&t)) as u8;
    row[step::LENGTH] = length(&turn);
    row[step::LENGTH_BEFORE] = previous.map_or(1, |p| length(&p));
    row[step::GAP_BEFORE] = gap_before;
    row[step::RUN] = run;
    row[step::TAGGED] = tagged;
    row[step::NEXT_KIND] = next.map_or(0, |n| tag_kind(&n));
    row[step::NEXT_GAP] = gap_after;
    reader.give_back([recent, subjects, fitting, fitting_subjects, between]);
    row
}

/// How many paragraphs of narration stand between a turn and the one before.
fn gap(turns: &Turns, at: usize) -> usize {
    let Some(before) = at.checked_sub(1) else { return GAPS.len() - 1 };
    let [before, turn] = [before, at].map(|at| turns.at(at).paragraphs.range());
    bucket(turn.start.saturating_sub(before.end))
}

/// How many turns up to this one follow each other without a tag or narration between, five at most.
fn untagged(turns: &Turns, at: usize) -> u8 {
    let bare = |&at: &usize| turns.at(at).tag.is_none() && gap(turns, at) == 0;
    (1..=at).rev().take(FEW.len() - 1).take_while(bare).count() as u8
}

/// The row of a step that is of a pattern, and comes to a last person in a state.
pub(crate) fn step_row(common: &Row, pattern: usize, state: usize) -> Row {
    let mut row = *common;
    row[step::PATTERN] = pattern as u8;
    row[step::CALLED] = state as u8;
    row
}

fn bucket(n: usize) -> usize {
    match n {
        0..=2 => n,
        3 | 4 => 3,
        5..=8 => 4,
        _ => 5,
    }
}

fn many(n: u32) -> u8 {
    match n {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=9 => 3,
        10..=29 => 4,
        _ => 5,
    }
}

fn turns_away(n: usize) -> u8 {
    match n {
        0..=3 => n as u8,
        4..=5 => 4,
        6..=9 => 5,
        _ => 6,
    }
}

fn length(turn: &Turn) -> u8 {
    match turn.tokens.range().len() {
        0..=8 => 0,
        9..=40 => 1,
        _ => 2,
    }
}

fn tag_kind(turn: &Turn) -> u8 {
    match turn.tag {
        None if turn.before.is_some() || turn.after.is_some() => 1,
        None => 0,
        Some(t) => match (t.who.kind, t.who.gender, t.who.plural) {
            (_, _, true) => 7,
            (MentionKind::Name, ..) => 2,
            (MentionKind::Pronoun, Gender::Male, _) => 3,
            (MentionKind::Pronoun, Gender::Female, _) => 4,
            (MentionKind::Pronoun, ..) => 5,
            (MentionKind::Nominal, ..) => 6,
        },
    }
}
