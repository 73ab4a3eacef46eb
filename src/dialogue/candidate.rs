//! Who may speak a turn of a conversation.
//!
//! For each candidate a row of named properties, from which the fitted model tells how likely it is; and one for the step
//! to the turn, from which another tells whether the speaker before stays, or the one before that returns.

use std::ops::Range;

use crate::dialogue::pattern::{Deed, Sign};
use crate::dialogue::presence::{Before, ELSE, FITS, Fit, Named, Reader};
use crate::dialogue::turn::{Turn, Turns};
use crate::grammar::mention::MentionKind;
use crate::growth::Growth;
use crate::lexicon::{Calling, Gender, Honor, Reply};
use crate::model::linear::{FIELDS, Row, schema};
use crate::named::Named as _;
use crate::report::values::YES;
use crate::text::sentence::Stretch;

/// How many candidates a turn has at most.
const CANDIDATES: usize = 12;

/// Who is named before the turn is no candidate any more where there are so many, or the naming is farther back.
const BEHIND: usize = 8;
const BACK: usize = 160;

/// Nor who is named after it where so many were found there, or the naming is farther ahead.
const AFTER: usize = 3;
const AHEAD: usize = 40;

const DEEDS: &[&str] = &["none", "is", "keeps", "acts", "thinks", "says"];
const RANKS: &[&str] = &["0", "1", "2", "3", "4-5", "6+", "none"];
const CALLS: &[&str] = &["none", "named", "called"];
const GAPS: &[&str] = &["0", "1", "2", "3-4", "5-8", "9+"];
const TURNS: &[&str] = &["1", "2", "3", "4", "5-6", "7-10", "11-20", "none"];
const COUNTS: &[&str] = &["0", "1", "2-3", "4-9", "10-29", "30+"];
const FEW: &[&str] = &["0", "1", "2", "3", "4", "5+"];
const TAGS: &[&str] = &["none", "beat", "name", "he", "she", "i", "noun", "plural"];

schema! { CANDIDATE, C:
    Tag "tag" FITS,
    TagOrder "order" &["none", "inverted", "after", "before"],
    Before "before" FITS,
    BeforeDeed "before deed" DEEDS,
    After "after" FITS,
    AfterDeed "after deed" DEEDS,
    Opening "opening" FITS,
    Last "last actor" FITS,
    LastDeed "last deed" DEEDS,
    LastSize "last size" &["none", "one", "two", "more"],
    Between "named between" &["none", "alone", "last", "first", "some"],
    LastTied "leads in" YES,
    Next "next actor" FITS,
    Rank "rank" RANKS,
    FitRank "rank of gender" RANKS,
    SubjectRank "rank as subject" RANKS,
    Back "paragraphs since" GAPS,
    Own "in own speech" CALLS,
    Previous "in speech before" CALLS,
    Following "in speech after" CALLS,
    Frequency "frequency" RANKS,
    Narrator "narrator" YES,
    Elsewho "somebody else" YES,
    NextTag "next tag" FITS,
    Next2Tag "next tag but one" FITS,
    Kind "tag kind" TAGS,
    Gap "gap" GAPS,
    Present "namings near" GAPS,
    Speaks "tags" COUNTS,
    Known "known" &["nobody", "cast", "person", "name", "noun", "thing"],
    TagBack "tags back" TURNS,
    TagAhead "tags ahead" TURNS,
    Tail "tail actor" FITS,
    Beside "beside" &["none", "before", "amid", "after", "told"],
    Sir "own address" &["none", "fits", "clashes"],
    SirBefore "address before" &["none", "fits", "clashes"],
    Lead "led by" &["none", "subject", "object", "told"],
    Previous2 "in speech two before" CALLS,
    Following2 "in speech two after" CALLS,
    Head "tag noun" Calling::NAMES,
    Honor "title" Honor::NAMES,
    SubjectFit "rank as subject of gender" RANKS,
    Scene "named in scene" COUNTS,
    Tagged "tagged near" FEW,
    CalledNear "called near" FEW,
    TalkedNear "named in speech near" FEW,
    NarratedNear "named near" COUNTS,
    TagsNear "tags near" FEW,
    ;
    [Tag] [Tag TagOrder] [Before BeforeDeed] [After AfterDeed] [Before Kind] [After Kind] [Opening] [Opening Kind]
    [Last LastTied] [Last LastDeed LastSize] [Between Kind] [Between Gap] [Between Tag] [Next] [Rank] [Rank Kind]
    [FitRank Tag] [SubjectRank] [SubjectRank Tag] [SubjectRank Kind] [Back] [Back Kind] [Own] [Own Kind] [Previous]
    [Previous Kind] [Previous Gap] [Following] [Following Kind] [Frequency] [Narrator] [Narrator Kind] [Elsewho]
    [Elsewho Kind] [NextTag] [NextTag Kind] [Next2Tag] [Present] [Present Kind] [Sir] [SirBefore] [FitRank Gap Tag]
    [Speaks] [Speaks Kind] [Known] [Known Kind] [TagBack] [TagBack Kind] [TagAhead] [TagAhead Kind] [TagBack TagAhead]
    [Known Speaks] [Beside] [Beside Kind] [Beside Tag] [Lead] [Lead Kind] [Lead LastDeed] [Previous2] [Previous2 Kind]
    [Following2] [Following2 Kind] [Head Honor] [Head Tag] [Head Rank] [Head TagBack] [Honor Kind] [SubjectFit]
    [SubjectFit Tag] [SubjectFit FitRank] [Scene] [Scene Kind] [Scene Rank] [Tagged TagBack] [Tagged TagBack Kind]
    [Tagged Elsewho] [CalledNear] [CalledNear Kind] [TalkedNear] [TalkedNear Kind] [CalledNear TagBack]
    [CalledNear TalkedNear] [NarratedNear] [NarratedNear Kind] [NarratedNear CalledNear TagsNear] [TagsNear]
    [TagsNear Kind] [TagsNear Tagged] [NarratedNear Rank] [CalledNear Gap] [TalkedNear TagsNear] [Head Beside]
    [Own CalledNear] [NarratedNear TalkedNear] [NarratedNear Gap]
}

schema! { STEP, S:
    Pattern "pattern" &["stays", "returns", "enters"],
    Called "speaker before" CALLS,
    Gap "gap" GAPS,
    Kind "tag kind" TAGS,
    BeforeKind "tag kind before" TAGS,
    Asked "asked" YES,
    Asks "asks" YES,
    Broken "broken off" YES,
    Shared "same paragraph" YES,
    Length "length" &["short", "medium", "long"],
    Verb "verb" Reply::NAMES,
    Led "led by" &["nothing", "name", "pronoun", "noun", "saying"],
    LengthBefore "length before" &["short", "medium", "long"],
    GapBefore "gap before" GAPS,
    Run "untagged before" FEW,
    Tagged "tagged near" FEW,
    NextKind "next tag kind" TAGS,
    NextGap "next gap" GAPS,
    ;
    [Pattern] [Pattern Called] [Pattern Gap] [Pattern Kind] [Pattern BeforeKind] [Pattern Gap Kind]
    [Pattern Gap BeforeKind] [Pattern Kind BeforeKind] [Pattern Asked] [Pattern Asks] [Pattern Broken]
    [Pattern Shared] [Pattern Called Gap] [Pattern Asked Gap] [Pattern Length] [Pattern LengthBefore]
    [Pattern Gap LengthBefore] [Pattern Verb] [Pattern Verb Gap] [Pattern Verb Kind] [Pattern Led] [Pattern Led Gap]
    [Pattern Led Kind] [Pattern Gap GapBefore] [Pattern Run] [Pattern Run Kind] [Pattern Tagged] [Pattern Tagged Gap]
    [Pattern Tagged Kind] [Pattern NextKind] [Pattern NextKind Kind] [Pattern NextGap] [Pattern Asked Asks]
    [Pattern Length LengthBefore] [Pattern Called Asked] [Pattern Called Kind]
}

/// Gathers who may speak the turn: whom the signs beside it name, the narrator, whom the tags near it name, who is named
/// last before it and first after it, somebody else.
pub(crate) fn gather(reader: &Reader, turns: &Turns, at: usize, list: &mut Vec<u32>) {
    let turn = turns.at(at);
    let first = list.len();
    let add = |who: u32, list: &mut Vec<u32>| {
        if !list[first..].contains(&who) {
            list.add(who);
        }
    };
    for sign in [turn.tag, turn.before, turn.after, turn.opening].into_iter().flatten() {
        if let Some(naming) = reader.naming_in(&sign.who) {
            add(naming.speaker, list);
            for &rival in reader.people.rivals(naming).iter().filter(|r| **r != u32::MAX).take(4) {
                add(rival, list);
            }
        }
    }
    if let Some(narrator) = reader.people.narrator {
        add(narrator, list);
    }
    for &who in reader.lists.tagged_by[reader.turns_near(at)].iter().flatten() {
        add(who, list);
    }
    let named = &reader.lists.named;
    let here = reader.lists.naming_from(turn.tokens.end);
    for naming in named[here.saturating_sub(BACK)..here].iter().rev() {
        if list.len() - first >= BEHIND {
            break;
        }
        add(naming.speaker, list);
    }
    let most = (list.len() + AFTER).min(first + CANDIDATES - 1);
    for naming in &named[here..(here + AHEAD).min(named.len())] {
        if list.len() >= most {
            break;
        }
        add(naming.speaker, list);
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
    let view = View::of(reader, turns, at);
    rows.clear();
    rows.extend(candidates.iter().map(|&who| view.row(reader, who)));
    let step = view.step(reader, turns);
    reader.lists.before = view.before;
    step
}

/// What is seen around a turn, whoever speaks it.
struct View {
    at: usize,
    previous: Option<Turn>,
    turn: Turn,
    next: Option<Turn>,
    /// What tags the turn after the next.
    next2_tag: Option<Sign>,
    kind: u8,
    gap: u8,
    /// Who acts last in the paragraph of narration before it, and how many sentences that has.
    last: Option<Sign>,
    last_size: u8,
    /// Who acts last in the paragraph before it, behind the turn there.
    tail: Option<Sign>,
    /// Who acts first in the paragraph of narration after it.
    follow: Option<Sign>,
    /// The words of its sentence that lead up to it.
    lead: Stretch,
    /// By which noun its tag calls its speaker.
    head: u8,
    /// How many speakers the tags near it name.
    tagged: u8,
    /// Whether its tag has a pronoun.
    pronoun: bool,
    /// Who is named before it.
    before: Before,
    /// The namings of its scene before it, those around it, those close around it.
    scene: Range<usize>,
    around: Range<usize>,
    close: Range<usize>,
}

impl View {
    fn of(reader: &mut Reader, turns: &Turns, at: usize) -> View {
        let turn = turns.at(at);
        let previous = at.checked_sub(1).map(|b| turns.at(b));
        let next = turns.get(at + 1);
        let paragraphs = turn.paragraphs.range();

        let (scene, clauses) = (reader.scene, &mut reader.lists.clauses);
        let narrated = previous.map_or(0, |p| p.paragraphs.range().end) < paragraphs.start;
        let last = narrated.then(|| scene.last_actor(clauses, paragraphs.start - 1)).flatten();
        let tail = previous
            .filter(|p| p.paragraphs.end == turn.paragraphs.first)
            .and_then(|p| scene.tail_actor(clauses, &p));
        let next_start = next.map_or(scene.paragraphs.len(), |n| n.paragraphs.range().start);
        let goes_on = paragraphs.end < next_start;
        let follow = goes_on.then(|| scene.first_actor(clauses, paragraphs.end)).flatten();
        let last_size = last.map_or(0, |_| scene.sentences_of(paragraphs.start - 1).min(3)) as u8;

        // who is named before the words for its speaker or, where it has none, before the turn
        let until = turn.tag.map_or(turn.tokens.first, |t| t.who.tokens().first);
        let pronoun = turn.tag.filter(|t| t.who.kind == MentionKind::Pronoun).map(|t| t.who.gender);
        let after = previous.map_or(0, |p| p.tokens.end);
        let here = reader.lists.naming_from(until);
        let near = here.saturating_sub(BACK)..here;
        let before = reader.named_before(near.clone(), pronoun, after);
        let since = reader.lists.naming_from(reader.scene_of(paragraphs.start));
        let since = near.start.max(since).min(here);
        reader.look_around(near, here + AHEAD);
        View {
            at,
            previous,
            turn,
            next,
            next2_tag: turns.get(at + 2).and_then(|n| n.tag),
            kind: tag_kind(&turn),
            gap: gap(turns, at),
            last,
            last_size,
            tail,
            follow,
            lead: reader.lead(&turn, after),
            head: turn.tag.map_or(0, |t| reader.head(&t)),
            tagged: reader.tagged_near(at),
            pronoun: pronoun.is_some(),
            before,
            scene: since..here,
            around: reader.around(turns, at, 6),
            close: reader.around(turns, at, 4),
        }
    }

    /// What the model sees of a candidate.
    fn row(&self, reader: &Reader, who: u32) -> Row {
        let mut row: Row = [0; FIELDS];
        row[C::Kind] = self.kind;
        row[C::Gap] = self.gap;
        self.person(reader, who, &mut row);
        self.signs(reader, who, &mut row);
        self.namings(reader, who, &mut row);
        self.speech(reader, who, &mut row);
        self.tags(reader, who, &mut row);
        row
    }

    /// Who the candidate is.
    fn person(&self, reader: &Reader, who: u32, row: &mut Row) {
        row[C::Elsewho] = (who == ELSE) as u8;
        row[C::Narrator] = (Some(who) == reader.people.narrator) as u8;
        row[C::Known] = reader.known(who);
        row[C::Honor] = reader.lists.honors.get(who as usize).copied().unwrap_or_default();
        row[C::Frequency] = if who == ELSE { 6 } else { reader.lists.frequency[who as usize] };
        row[C::Speaks] = if who == ELSE { 0 } else { many(reader.lists.speaks[who as usize]) };
    }

    /// How the words beside the turn and in the paragraphs around it stand to the candidate.
    fn signs(&self, reader: &Reader, who: u32, row: &mut Row) {
        let turn = &self.turn;
        let fit = |sign: Option<Sign>| sign.map_or(Fit::None, |s| reader.fit(&s.who, who)) as u8;
        let deed = |sign: Option<Sign>| sign.map_or(0, |s| s.deed as u8 + 1);
        row[C::Tag] = fit(turn.tag);
        row[C::TagOrder] = turn.tag.map_or(0, |t| match () {
            () if t.inverted => 1,
            () if t.who.tokens().first > turn.tokens.first => 2,
            () => 3,
        });
        row[C::Head] = self.head;
        // what a tag says is not said again by the action beside it
        let beside = |sign: Option<Sign>| sign.filter(|s| turn.tag.is_none_or(|t| t.verb != s.verb));
        let [before, after, opening] = [turn.before, turn.after, turn.opening].map(beside);
        row[C::Before] = fit(before);
        row[C::BeforeDeed] = deed(before);
        row[C::After] = fit(after);
        row[C::AfterDeed] = deed(after);
        row[C::Opening] = fit(opening.filter(|o| turn.before.is_none_or(|b| b.verb != o.verb)));
        row[C::Beside] = reader.beside(turn, who);
        row[C::Lead] = reader.led(self.lead, turn.before.or(self.last), who);
        row[C::Last] = fit(self.last);
        row[C::LastDeed] = deed(self.last);
        row[C::LastSize] = self.last_size;
        row[C::LastTied] = self.last.is_some_and(|s| s.tied && s.deed >= Deed::Thinks) as u8;
        row[C::Tail] = fit(self.tail);
        row[C::Next] = fit(self.follow);
        row[C::NextTag] = fit(self.next.and_then(|n| n.tag));
        row[C::Next2Tag] = fit(self.next2_tag);
    }

    /// Where the text names the candidate.
    fn namings(&self, reader: &Reader, who: u32, row: &mut Row) {
        let Before { all, subjects, fitting, fitting_subjects, since } = &self.before;
        let fitting_rank = |list: &[u32]| if self.pronoun { rank(list, who) } else { 6 };
        row[C::Rank] = rank(all, who);
        row[C::SubjectRank] = rank(subjects, who);
        row[C::FitRank] = fitting_rank(fitting);
        row[C::SubjectFit] = fitting_rank(fitting_subjects);
        row[C::Between] = match since.iter().position(|&w| w == who) {
            None => 0,
            Some(0) if since.len() == 1 => 1,
            Some(0) => 2,
            Some(p) if p + 1 == since.len() => 3,
            Some(_) => 4,
        };
        let near = reader.near(who);
        row[C::Present] = bucket(near.count as usize);
        row[C::Back] = match near.last.checked_sub(1) {
            None => 5,
            Some(last) => {
                let at = reader.lists.named[last as usize].at;
                let paragraph = reader.scene.paragraphs.partition_point(|p| p.end <= at);
                bucket(self.turn.paragraphs.range().start.saturating_sub(paragraph))
            }
        };
        let count = |range: &Range<usize>, fits: fn(&Named) -> bool| {
            let named = &reader.lists.named[range.clone()];
            named.iter().filter(|n| n.speaker == who && fits(n)).count()
        };
        row[C::Scene] = many(count(&self.scene, |n| !n.quoted) as u32);
        row[C::NarratedNear] = many(count(&self.close, |n| !n.quoted) as u32);
        row[C::CalledNear] = few(count(&self.around, |n| n.vocative));
        row[C::TalkedNear] = few(count(&self.around, |n| n.quoted && !n.vocative));
    }

    /// Whether speech names the candidate, or calls somebody of the candidate's gender.
    fn speech(&self, reader: &Reader, who: u32, row: &mut Row) {
        let turns = reader.lists.tagged_by.len();
        let called = |turn: Option<usize>| {
            turn.filter(|&turn| turn < turns).map_or(0, |turn| reader.called(turn, who))
        };
        row[C::Own] = called(Some(self.at));
        row[C::Previous] = called(self.at.checked_sub(1));
        row[C::Previous2] = called(self.at.checked_sub(2));
        row[C::Following] = called(Some(self.at + 1));
        row[C::Following2] = called(Some(self.at + 2));
        let gender = reader.gender(who);
        let turns = [Some(self.at), self.at.checked_sub(1)];
        [row[C::Sir], row[C::SirBefore]] =
            turns.map(|turn| match (turn.and_then(|turn| reader.lists.address[turn]), gender) {
                (None, _) | (_, Gender::Unknown | Gender::Neuter) => 0,
                (Some(address), gender) => 2 - (address == gender) as u8,
            });
    }

    /// Which tags near the turn name the candidate.
    fn tags(&self, reader: &Reader, who: u32, row: &mut Row) {
        let (at, tagged_by) = (self.at, &reader.lists.tagged_by);
        let names = |by: &Option<u32>| *by == Some(who);
        let [from, to] = [at.saturating_sub(20), (at + 21).min(tagged_by.len())];
        row[C::TagBack] = tagged_by[from..at].iter().rev().position(names).map_or(7, turns_away);
        row[C::TagAhead] = tagged_by[at + 1..to].iter().position(names).map_or(7, turns_away);
        let near = &tagged_by[at.saturating_sub(10)..(at + 11).min(tagged_by.len())];
        row[C::TagsNear] =
            few(near.iter().filter(|by| names(by)).count() - usize::from(names(&tagged_by[at])));
        row[C::Tagged] = self.tagged;
    }

    /// What the step to the turn has in common for all patterns and states.
    fn step(&self, reader: &Reader, turns: &Turns) -> Row {
        let View { previous, next, .. } = self;
        let mut row: Row = [0; FIELDS];
        row[S::Gap] = self.gap;
        row[S::GapBefore] = self.at.checked_sub(1).map_or(NO_GAP, |before| gap(turns, before));
        row[S::NextGap] = next.as_ref().map_or(NO_GAP, |_| gap(turns, self.at + 1));
        row[S::Kind] = self.kind;
        row[S::BeforeKind] = previous.as_ref().map_or(0, tag_kind);
        row[S::NextKind] = next.as_ref().map_or(0, tag_kind);
        row[S::Asked] = previous.as_ref().is_some_and(|p| reader.asks(p)) as u8;
        row[S::Asks] = reader.asks(&self.turn) as u8;
        row[S::Broken] = previous.as_ref().is_some_and(|p| reader.broken(p)) as u8;
        row[S::Shared] = self.turn.shared as u8;
        row[S::Length] = length(&self.turn);
        row[S::LengthBefore] = previous.as_ref().map_or(1, length);
        row[S::Verb] = self.turn.tag.map_or(Reply::None, |t| reader.reply(&t)) as u8;
        row[S::Led] = self.last.or(self.tail).map_or(0, |s| match s.who.kind {
            _ if s.deed == Deed::Says => 4,
            MentionKind::Name => 1,
            MentionKind::Pronoun => 2,
            MentionKind::Nominal => 3,
        });
        row[S::Run] = untagged(turns, self.at);
        row[S::Tagged] = self.tagged;
        row
    }
}

/// The row of a step that is of a pattern, and comes to a last person in a state.
pub(crate) fn step_row(common: &Row, pattern: usize, state: usize) -> Row {
    let mut row = *common;
    row[S::Pattern] = pattern as u8;
    row[S::Called] = state as u8;
    row
}

/// Whether the row is of somebody who acts beside the turn.
pub(crate) fn acts(row: &Row) -> bool {
    let signs = [row[C::Before], row[C::After], row[C::Opening]];
    signs.iter().any(|&sign| [Fit::Named, Fit::He, Fit::Noun].iter().any(|&fit| sign == fit as u8))
}

/// The value of [`GAPS`] where there is no turn before.
const NO_GAP: u8 = GAPS.len() as u8 - 1;

/// How many paragraphs of narration stand between a turn and the one before.
fn gap(turns: &Turns, at: usize) -> u8 {
    let Some(before) = at.checked_sub(1) else { return NO_GAP };
    let [before, turn] = [before, at].map(|at| turns.at(at).paragraphs.range());
    bucket(turn.start.saturating_sub(before.end))
}

/// How many turns up to this one follow each other without a tag or narration between.
fn untagged(turns: &Turns, at: usize) -> u8 {
    let bare = |&at: &usize| turns.at(at).tag.is_none() && gap(turns, at) == 0;
    few((1..=at).rev().take(FEW.len() - 1).take_while(bare).count())
}

/// Where the candidate stands in a list, as a value of [`RANKS`].
fn rank(list: &[u32], who: u32) -> u8 {
    list.iter().position(|&w| w == who).map_or(6, |rank| match rank {
        0..=3 => rank as u8,
        4 | 5 => 4,
        _ => 5,
    })
}

/// A number as a value of [`GAPS`].
fn bucket(n: usize) -> u8 {
    match n {
        0..=2 => n as u8,
        3 | 4 => 3,
        5..=8 => 4,
        _ => 5,
    }
}

/// A number as a value of [`COUNTS`].
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

/// A number as a value of [`FEW`].
fn few(n: usize) -> u8 {
    n.min(FEW.len() - 1) as u8
}

/// How many turns stand between, as a value of [`TURNS`].
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

/// What tags a turn, as a value of [`TAGS`].
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
