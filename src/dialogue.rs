//! Who speaks in an exchange: all its turns decided at once.

use std::ops::Range;

use once_cell::sync::Lazy;

use crate::attribution::{Attribution, Kind, Rule};
use crate::chain::{Chain, PATTERNS, STATES, Step, Sums};
use crate::clause::Clauses;
use crate::lexicon::{Calling, Function, Gender, Honor, Pronoun, Reply, Tag, Traits};
use crate::mention::{self, Mention, MentionKind};
use crate::model::{FIELDS, Field, Model, Row, Schema, Seen};
use crate::pattern::{Deed, Sign};
use crate::quotation::Quoted;
use crate::scorer::Scorer;
use crate::sentence::Stretch;
use crate::speaker::{Naming, People};
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};
use crate::turn::{self, Scene, Turn};

/// Somebody who is none of the candidates.
pub(crate) const ELSE: u32 = u32::MAX - 1;

/// How many candidates a turn has at most.
const CANDIDATES: usize = 12;

/// A place that names a speaker.
#[derive(Clone, Copy, Debug)]
struct Named {
    at: u32,
    end: u32,
    speaker: u32,
    quoted: bool,
    vocative: bool,
    subject: bool,
}

/// How a sign stands to a candidate.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    None,
    /// It names the candidate.
    Named,
    /// It names the candidate by a noun.
    Described,
    /// It names somebody else by a name that the candidate bears too.
    Rival,
    /// It names somebody else.
    Other,
    /// It names somebody unknown.
    Stranger,
    /// A pronoun of the candidate's gender.
    He,
    /// A pronoun, the candidate's gender unknown.
    Perhaps,
    /// A pronoun of the other gender.
    Never,
    /// A noun of the candidate's gender.
    Noun,
    NounPerhaps,
    NounNever,
    /// A noun that names somebody else, of the candidate's gender.
    NounElse,
    Plural,
}

const FITS: &[&str] = &[
    "none",
    "named",
    "described",
    "rival",
    "other",
    "stranger",
    "pronoun fits",
    "pronoun perhaps",
    "pronoun never",
    "noun fits",
    "noun perhaps",
    "noun never",
    "noun else",
    "plural",
];
const DEEDS: &[&str] = &["none", "is", "keeps", "acts", "thinks", "says"];
const RANKS: &[&str] = &["0", "1", "2", "3", "4-5", "6+", "none"];
const CALLS: &[&str] = &["none", "named", "called"];
const YES: &[&str] = &["no", "yes"];
const GAPS: &[&str] = &["0", "1", "2", "3-4", "5-8", "9+"];
const TURNS: &[&str] = &["1", "2", "3", "4", "5-6", "7-10", "11-20", "none"];
const COUNTS: &[&str] = &["0", "1", "2-3", "4-9", "10-29", "30+"];
const FEW: &[&str] = &["0", "1", "2", "3", "4", "5+"];
const TAGS: &[&str] = &["none", "beat", "name", "he", "she", "i", "noun", "plural"];

/// A speaker has a title where at least one naming in so many gives it.
const HONOR_SHARE: u32 = 8;

macro_rules! fields {
    ($schema:ident, $module:ident: $($name:ident = $label:literal $values:expr;)+ => $templates:expr) => {
        pub(crate) mod $module {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Names { $($name),+ }
            $(pub(crate) const $name: usize = Names::$name as usize;)+
        }
        pub(crate) static $schema: Schema = {
            use $module::*;
            Schema { fields: &[$(Field { name: $label, values: $values }),+], templates: $templates }
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

/// The fitted models.
#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) candidate: Scorer,
    pub(crate) step: Scorer,
}

pub(crate) static MODELS: Lazy<Models> = Lazy::new(|| {
    let weights = include_str!("weights/dialogue.tsv");
    let read = |schema| Scorer::new(Model::read(schema, weights));
    Models { candidate: read(&CANDIDATE), step: read(&STEP) }
});

/// The exchange as the decoding sees it, and its memory.
#[derive(Clone, Default, Debug)]
pub(crate) struct Exchange {
    pub(crate) outer: Vec<Quoted>,
    pub(crate) turns: Vec<Turn>,
    /// For each turn, who is called by name in it, and where.
    called: Vec<Option<(Stretch, u32)>>,
    /// A link for each turn.
    pub(crate) chain: Chain,
    /// The rows of the candidates of a turn: those of all turns would be most of what a novel takes.
    rows: Vec<Row>,
    /// For each turn, the row of the candidate that is likeliest by itself.
    likeliest: Vec<Row>,
    pub(crate) sums: Sums,
    lists: Lists,
}

/// Finds the quotations of a text in the style of dialogue, ascending, and their speakers.
pub(crate) fn read(
    scene: Scene,
    people: &People,
    quoted: &[Quoted],
    exchange: &mut Exchange,
    pieces: &mut Vec<Stretch>,
    attributions: &mut Vec<Attribution>,
    seen: &mut Seen,
) {
    pieces.clear();
    attributions.clear();
    seen.clear();
    let mut reader = exchange.gather(scene, people, quoted);
    exchange.weigh(&mut reader, &MODELS.candidate, &MODELS.step);
    exchange.chain.marginals(&mut exchange.sums, |_, _, _, _| {});
    pieces.reserve_exact(exchange.outer.len());
    attributions.reserve_exact(exchange.turns.len());
    for at in 0..exchange.turns.len() {
        let first = pieces.len();
        let turn = exchange.turns[at];
        pieces.extend(exchange.outer[turn.quoted.range()].iter().map(|q| q.tokens));
        let chosen = exchange.chosen(at);
        let speaker = chosen.map(|c| exchange.chain.who[c]);
        let row = chosen.map(|c| exchange.row(&mut reader, at, c));
        let called = exchange.called[at].filter(|&(_, who)| Some(who) != speaker).map(|(tokens, who)| {
            let gender = people.speakers[who as usize].gender;
            (Mention { tokens, core: tokens, kind: MentionKind::Name, gender, plural: false }, Some(who))
        });
        let addressee = called.or_else(|| {
            let told = told(scene.tagged, &turn.tag?)?;
            let before = at.checked_sub(1).and_then(|b| exchange.chosen(b)).map(|c| exchange.chain.who[c]);
            Some((told, addressed(scene.tagged, people, &told, before).filter(|&who| Some(who) != speaker)))
        });
        attributions.push(Attribution {
            kind: Kind::Direct,
            pieces: Stretch::new(first, pieces.len()),
            cue: turn.tag.map(|t| t.verb),
            source: turn.tag.map(|t| t.who),
            addressee: addressee.map(|(mention, _)| mention),
            rule: exchange.rule(at, row.as_ref()),
            score: chosen.map_or(0.0, |c| exchange.sums.marginal[c]),
            speaker,
            addressed: addressee.and_then(|(_, who)| who),
            grounds: [row.map(|row| seen.keep(&MODELS.candidate.model, &row)), None],
        });
    }
    exchange.lists = reader.lists;
}

/// Who the tag says was told: *she told **him***, *asked Ruiz **the clerk***, *she said to **the clerk***.
fn told(tagged: &Tagged, tag: &Sign) -> Option<Mention> {
    let at = if tag.inverted { tag.who.tokens.range().end } else { tag.verb.range().end };
    let end = tagged.tokens.len().min(at + 24);
    if at >= end || tagged.tokens.has(at, Shape::QUOTED) {
        return None;
    }
    let spoken_to = tag.verb.range().any(|i| tagged.any(i, Traits::TOLD));
    let first = match () {
        () if tagged.is(at, "to") => at + 1,
        () if spoken_to => at,
        () => return None,
    };
    mention::to_the_right(tagged, first, end)
}

/// Whom the words for the addressee name; a pronoun that fits is whoever spoke `before`.
fn addressed(tagged: &Tagged, people: &People, told: &Mention, before: Option<u32>) -> Option<u32> {
    let named = people.namings_in(Stretch { first: told.tokens.first, end: told.core.end }).first();
    let fits = |who: &u32| {
        let gender = people.speakers[*who as usize].gender;
        let word = tagged.word(told.core.range().start);
        word.pronoun.any(Pronoun::THIRD) && (gender == word.gender || gender == Gender::Unknown)
    };
    named.map(|n| n.speaker).or_else(|| before.filter(fits).filter(|_| told.kind == MentionKind::Pronoun))
}

/// Reads what is seen of the candidates of a turn.
pub(crate) struct Reader<'a> {
    scene: Scene<'a>,
    people: &'a People,
    lists: Lists,
}

/// What a text is read into on the way, in memory that is used again.
#[derive(Clone, Default, Debug)]
struct Lists {
    named: Vec<Named>,
    frequency: Vec<u8>,
    /// For each speaker, in how many tags.
    speaks: Vec<u32>,
    /// For each turn, whom its tag names.
    tagged_by: Vec<Option<u32>>,
    /// The title that each speaker is named with.
    honors: Vec<u8>,
    /// How often each speaker is named with each of the titles.
    titles: Vec<[u32; Honor::NAMES.len()]>,
    /// The headings and lines of asterisks, by paragraph.
    breaks: Vec<u32>,
    /// First and last actor of a paragraph without quotations before or after a turn.
    clauses: Clauses,
    /// Who is named in the speech of the turns, and whether as the one it is for; where those of each turn begin.
    called: Vec<(u32, bool)>,
    called_from: Vec<u32>,
    /// The gender of the one whom the speech of each turn calls sir or madam.
    address: Vec<Option<Gender>>,
    /// How often each speaker is named outside quotations.
    counts: Vec<u32>,
    /// The speakers by that; then those that are named near a turn.
    order: Vec<u32>,
    /// For each speaker, what is seen of it near a turn.
    near: Vec<Near>,
    /// Who is named before a turn, the last first: all, as subjects, of the gender of its pronoun, since the turn before.
    recent: Vec<u32>,
    subjects: Vec<u32>,
    fitting: Vec<u32>,
    fitting_subjects: Vec<u32>,
    between: Vec<u32>,
}

/// What is seen of a speaker in the narration near a turn.
#[derive(Clone, Copy, Default, Debug)]
struct Near {
    /// How often it is named.
    count: u32,
    /// Where it is named last before the turn, one added.
    last: u32,
}

impl Exchange {
    /// Gathers the turns and who may speak them.
    pub(crate) fn gather<'a>(
        &mut self,
        scene: Scene<'a>,
        people: &'a People,
        quoted: &[Quoted],
    ) -> Reader<'a> {
        let mut reader = Reader { scene, people, lists: std::mem::take(&mut self.lists) };
        turn::read(scene, &mut reader.lists.clauses, quoted, &mut self.outer, &mut self.turns);
        reader.tags(&self.turns);
        reader.named();
        reader.honors();
        reader.breaks();
        reader.speech(&self.outer, &self.turns);
        self.called.clear();
        self.chain.clear();
        for at in 0..self.turns.len() {
            let called = reader.vocative(&self.outer, &self.turns[at]);
            self.called.push(called);
            self.candidates(&reader, at);
        }
        let Chain { first, who, state, .. } = &mut self.chain;
        state.reserve_exact(who.len());
        for after in 1..first.len() {
            let candidates = &who[state.len()..first[after] as usize];
            let seen = |&who: &u32| if after < self.turns.len() { reader.called(after, who) } else { 0 };
            state.extend(candidates.iter().map(seen));
        }
        reader
    }

    /// The likeliest candidate of a turn; none where its tag names nobody known.
    pub(crate) fn chosen(&self, at: usize) -> Option<usize> {
        let range = self.chain.candidates(at);
        let marginal = &self.sums.marginal;
        let best = |range: Range<usize>| range.max_by(|&a, &b| marginal[a].total_cmp(&marginal[b]));
        let known = best(range.start..range.end - 1);
        match best(range.clone()) {
            Some(top) if self.chain.who[top] == ELSE && self.names_somebody(at) => None,
            _ => known,
        }
    }

    /// Whether the tag of a turn has a name or a noun.
    fn names_somebody(&self, at: usize) -> bool {
        self.turns[at].tag.is_some_and(|tag| tag.who.kind != MentionKind::Pronoun)
    }

    /// What tells who speaks.
    fn rule(&self, at: usize, chosen: Option<&Row>) -> Rule {
        let turn = &self.turns[at];
        let Some(row) = chosen else { return Rule::Unattributed };
        let beats = |field: usize| [Fit::Named, Fit::He, Fit::Noun].iter().any(|&f| row[field] == f as u8);
        match turn.tag {
            Some(t) if t.who.tokens.first > turn.tokens.first && turn.quoted.range().len() > 1 => {
                Rule::TagInside
            }
            Some(t) if t.who.tokens.first > turn.tokens.first && t.inverted => Rule::QuoteVerbSubject,
            Some(t) if t.who.tokens.first > turn.tokens.first => Rule::QuoteSubjectVerb,
            Some(t) if t.inverted => Rule::VerbSubjectQuote,
            Some(_) => Rule::SubjectVerbQuote,
            None if beats(of::BEFORE) || beats(of::AFTER) || beats(of::OPENING) => Rule::ActionBeat,
            None => Rule::TurnTaking,
        }
    }

    /// Gathers who may speak the turn.
    fn candidates(&mut self, reader: &Reader, at: usize) {
        let turn = self.turns[at];
        let list = &mut self.chain.who;
        let first = list.len();
        let mut add = |who: u32| {
            if !list[first..].contains(&who) {
                list.push(who);
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
        let near = at.saturating_sub(8)..(at + 5).min(self.turns.len());
        for who in reader.lists.tagged_by[near].iter().flatten() {
            add(*who);
        }
        let here = reader.lists.named.partition_point(|n| n.at < turn.tokens.end);
        for n in reader.lists.named[here.saturating_sub(160)..here].iter().rev() {
            if list.len() - first >= 8 {
                break;
            }
            if !list[first..].contains(&n.speaker) {
                list.push(n.speaker);
            }
        }
        let mut ahead = 0;
        for n in &reader.lists.named[here..(here + 40).min(reader.lists.named.len())] {
            if ahead >= 3 || list.len() - first >= CANDIDATES - 1 {
                break;
            }
            if !list[first..].contains(&n.speaker) {
                list.push(n.speaker);
                ahead += 1;
            }
        }
        list.push(ELSE);
        self.chain.first.push(list.len() as u32);
    }

    /// Reads a row for each candidate of a turn, in place of those that were there, and what the step to the turn has
    /// in common for all patterns and states.
    pub(crate) fn rows(&mut self, reader: &mut Reader, at: usize) -> (&[Row], Row) {
        self.rows.clear();
        let turn = self.turns[at];
        let previous = at.checked_sub(1).map(|b| self.turns[b]);
        let next = self.turns.get(at + 1).copied();
        let next2 = self.turns.get(at + 2).copied();
        let gap = self.gap(at);
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
        let until = turn.tag.map_or(turn.tokens.first, |t| t.who.tokens.first);
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
        for n in reader.lists.named[..here]
            .iter()
            .rev()
            .take_while(|n| n.at >= after)
            .take(60)
            .filter(|n| !n.quoted)
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
        let tags = &reader.lists.tagged_by[at.saturating_sub(10)..(at + 11).min(self.turns.len())];
        let since = near.start.max(reader.lists.named.partition_point(|n| n.at < scene)).min(here);
        let [around, close_around] = [6, 4].map(|reach| reader.around(&self.turns, at, reach));
        for &who in &self.chain.who[self.chain.candidates(at)] {
            let mut row: Row = [0; FIELDS];
            let fit = |sign: Option<Sign>| sign.map_or(Fit::None, |s| reader.fit(&s.who, who)) as u8;
            row[of::TAG] = fit(turn.tag);
            row[of::TAG_ORDER] = turn.tag.map_or(0, |t| {
                if t.inverted {
                    1
                } else if t.who.tokens.first > turn.tokens.first {
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
            row[of::OPENING] =
                fit(beside(turn.opening).filter(|o| turn.before.is_none_or(|b| b.verb != o.verb)));
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
            row[of::TAG_AHEAD] = reader.lists.tagged_by[at + 1..(at + 21).min(self.turns.len()).max(at + 1)]
                .iter()
                .position(|t| *t == Some(who))
                .map_or(7, turns_away);
            row[of::NEXT_TAG] = fit(next.and_then(|n| n.tag));
            row[of::NEXT2_TAG] = fit(next2.and_then(|n| n.tag));
            row[of::KIND] = kind;
            row[of::GAP] = gap as u8;
            row[of::PRESENT] = bucket(reader.near(who).count as usize) as u8;
            let gender =
                if who == ELSE { Gender::Unknown } else { reader.people.speakers[who as usize].gender };
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
            self.rows.push(row);
        }
        let asks = |t: &Turn| reader.asks(t) as u8;
        let gap_before = at.checked_sub(1).map_or(GAPS.len() - 1, |b| self.gap(b)) as u8;
        let gap_after = if next.is_some() { self.gap(at + 1) } else { GAPS.len() - 1 } as u8;
        let run = self.untagged(at);
        let mut row: Row = [0; FIELDS];
        row[step::GAP] = gap as u8;
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
        (&self.rows, row)
    }

    /// The row of a candidate of a turn.
    fn row(&mut self, reader: &mut Reader, at: usize, candidate: usize) -> Row {
        let range = self.chain.candidates(at);
        if candidate == range.start + top(&self.chain.weight[range.clone()]) {
            return self.likeliest[at];
        }
        self.rows(reader, at).0[candidate - range.start]
    }

    /// How many paragraphs of narration stand between a turn and the one before.
    fn gap(&self, at: usize) -> usize {
        let Some(before) = at.checked_sub(1) else { return GAPS.len() - 1 };
        let [before, turn] = [before, at].map(|at| self.turns[at].paragraphs.range());
        bucket(turn.start.saturating_sub(before.end))
    }

    /// How many turns up to this one follow each other without a tag or narration between, five at most.
    fn untagged(&self, at: usize) -> u8 {
        let bare = |&at: &usize| self.turns[at].tag.is_none() && self.gap(at) == 0;
        (1..=at).rev().take(FEW.len() - 1).take_while(bare).count() as u8
    }

    /// Sets the chain to the weights of the models.
    fn weigh(&mut self, reader: &mut Reader, candidate: &Scorer, step: &Scorer) {
        self.chain.weight.reserve_exact(self.chain.who.len());
        self.chain.step.reserve_exact(self.turns.len());
        self.likeliest.clear();
        self.likeliest.reserve_exact(self.turns.len());
        for at in 0..self.turns.len() {
            let common = self.rows(reader, at).1;
            let Exchange { rows, chain: Chain { weight, step: steps, .. }, likeliest, .. } = self;
            let from = weight.len();
            weight.extend(rows.iter().map(|row| candidate.score(row)));
            let weights = &mut weight[from..];
            let most = weights.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            weights.iter_mut().for_each(|w| *w = (*w - most).max(-30.0).exp());
            likeliest.push(rows[top(weights)]);
            let mut weights: Step = [[0.0; STATES]; PATTERNS];
            for (p, states) in weights.iter_mut().enumerate() {
                for (s, weight) in states.iter_mut().enumerate() {
                    *weight = step.score(&step_row(&common, p, s)).clamp(-20.0, 20.0).exp();
                }
            }
            steps.push(weights);
        }
    }
}

/// The first of the highest weights.
fn top(weights: &[f32]) -> usize {
    (0..weights.len()).rev().max_by(|&a, &b| weights[a].total_cmp(&weights[b])).unwrap_or(0)
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

impl Reader<'_> {
    /// Whom the tags name.
    fn tags(&mut self, turns: &[Turn]) {
        self.lists.speaks.clear();
        self.lists.speaks.resize(self.people.speakers.len(), 0);
        self.lists.tagged_by.clear();
        for turn in turns {
            let who = turn.tag.and_then(|t| self.named_by(&t.who));
            if let Some(who) = who {
                self.lists.speaks[who as usize] += 1;
            }
            self.lists.tagged_by.push(who);
        }
    }

    /// How many speakers the tags near a turn name, five at most.
    fn tagged_near(&self, at: usize) -> u8 {
        let near = &self.lists.tagged_by[at.saturating_sub(8)..(at + 5).min(self.lists.tagged_by.len())];
        let first = |&at: &usize| near[at].is_some() && !near[..at].contains(&near[at]);
        (0..near.len()).filter(first).take(FEW.len() - 1).count() as u8
    }

    /// Whether the speaker may be somebody who speaks untagged.
    fn eligible(&self, who: u32) -> bool {
        let s = &self.people.speakers[who as usize];
        self.lists.speaks[who as usize] > 0
            || s.character.is_some()
            || Some(who) == self.people.narrator
            || self.people.speakers[0].character.is_none() && s.gender != Gender::Neuter
    }

    fn known(&self, who: u32) -> u8 {
        if who == ELSE {
            return 0;
        }
        let s = &self.people.speakers[who as usize];
        match () {
            () if s.character.is_some() => 1,
            () if s.gender == Gender::Neuter => 5,
            () if !self.people.named.get(who as usize).is_some_and(|n| *n) => 4,
            () if s.gender == Gender::Unknown => 3,
            () => 2,
        }
    }

    fn named(&mut self) {
        let t = self.scene.tagged;
        self.lists.named.clear();
        for n in &self.people.namings {
            if !self.eligible(n.speaker) {
                continue;
            }
            let r = n.tokens.range();
            let quoted = t.tokens.has(r.start, Shape::QUOTED);
            let after = r.end;
            let stops =
                |at: usize| !matches!(t.kind(at), TokenKind::Word | TokenKind::Number | TokenKind::Symbol);
            let lone = after >= t.tokens.len() || stops(after) && t.tag(after) != Tag::Genitive;
            let dear = |at: usize| {
                ["dear", "my", "poor", "old", "dearest", "sweet"].iter().any(|w| t.is(at, w))
                    || t.any(at, crate::lexicon::Traits::TITLE)
            };
            let led = (0..r.start).rev().find(|&at| !dear(at)).is_none_or(|at| {
                stops(at) && !matches!(t.kind(at), TokenKind::Colon)
                    || [
                        "oh", "o", "yes", "no", "well", "ah", "why", "thank", "thanks", "you", "good-bye",
                        "now", "come", "sir",
                    ]
                    .iter()
                    .any(|w| t.is(at, w))
            });
            self.lists.named.push(Named {
                at: r.start as u32,
                end: r.end as u32,
                speaker: n.speaker,
                quoted,
                vocative: quoted && lone && led,
                subject: after < t.tokens.len() && (t.tag(after).finite() || t.tag(after) == Tag::Adverb),
            });
        }
        let Lists { named, counts, order, frequency, near, speaks, .. } = &mut self.lists;
        counts.clear();
        counts.resize(self.people.speakers.len(), 0);
        for n in &*named {
            counts[n.speaker as usize] += u32::from(!n.quoted);
        }
        if let Some(n) = self.people.narrator {
            counts[n as usize] += speaks[n as usize];
        }
        order.clear();
        order.extend(0..counts.len() as u32);
        order.sort_unstable_by_key(|&i| (std::cmp::Reverse(counts[i as usize]), i));
        frequency.clear();
        frequency.resize(counts.len(), 5);
        for (rank, &i) in order.iter().enumerate() {
            frequency[i as usize] = match rank {
                0..=3 => rank as u8,
                4..=7 => 4,
                _ => 5,
            };
        }
        near.clear();
        near.resize(counts.len(), Near::default());
    }

    /// Notes who is named and called in the speech of the turns.
    fn speech(&mut self, outer: &[Quoted], turns: &[Turn]) {
        let mut lists = std::mem::take(&mut self.lists);
        lists.called.clear();
        lists.called_from.clear();
        lists.address.clear();
        for turn in turns {
            lists.called_from.push(lists.called.len() as u32);
            for q in &outer[turn.quoted.range()] {
                let from = lists.named.partition_point(|n| n.at < q.tokens.first);
                let inside = lists.named[from..].iter().take_while(|n| n.at < q.tokens.end);
                lists.called.extend(inside.map(|n| (n.speaker, n.vocative)));
            }
            lists.address.push(self.address(outer, turn));
        }
        lists.called_from.push(lists.called.len() as u32);
        self.lists = lists;
    }

    /// Lists for who is named before a turn, with nobody in them.
    fn emptied(&mut self) -> [Vec<u32>; 5] {
        let Lists { recent, subjects, fitting, fitting_subjects, between, .. } = &mut self.lists;
        [recent, subjects, fitting, fitting_subjects, between].map(|list| {
            list.clear();
            std::mem::take(list)
        })
    }

    fn give_back(&mut self, lists: [Vec<u32>; 5]) {
        let Lists { recent, subjects, fitting, fitting_subjects, between, .. } = &mut self.lists;
        [*recent, *subjects, *fitting, *fitting_subjects, *between] = lists;
    }

    /// Notes of each speaker what the narration names of it among `before` and on to `end`, in place of what was noted.
    fn look_around(&mut self, before: std::ops::Range<usize>, end: usize) {
        let Lists { near, named, order, .. } = &mut self.lists;
        for who in order.drain(..) {
            near[who as usize] = Near::default();
        }
        let end = end.min(named.len());
        for (at, n) in (before.start..end).zip(&named[before.start..end]).filter(|(_, n)| !n.quoted) {
            let near = &mut near[n.speaker as usize];
            if near.count == 0 {
                order.push(n.speaker);
            }
            near.count += 1;
            if at < before.end {
                near.last = at as u32 + 1;
            }
        }
    }

    /// What is noted of a candidate.
    fn near(&self, who: u32) -> Near {
        self.lists.near.get(who as usize).copied().unwrap_or_default()
    }

    /// Which title each speaker is named with: *Mrs. Brandt*.
    fn honors(&mut self) {
        let t = self.scene.tagged;
        let Lists { honors, titles, .. } = &mut self.lists;
        titles.clear();
        titles.resize(self.people.speakers.len(), [0; Honor::NAMES.len()]);
        for n in &self.people.namings {
            let at = n.tokens.range().start;
            let honor = match t.word(at).honor {
                Honor::None if t.any(at, Traits::TITLE) => Honor::Other,
                honor => honor,
            };
            titles[n.speaker as usize][honor as usize] += 1;
        }
        honors.clear();
        honors.extend(titles.iter().map(|counts| {
            let honor = (1..counts.len()).max_by_key(|&h| counts[h]).unwrap_or_default();
            let given = counts[honor] > 0 && counts[honor] * HONOR_SHARE >= counts.iter().sum();
            if given { honor as u8 } else { 0 }
        }));
    }

    /// Which paragraphs part scenes: short ones without a word in lower case, *XII.*, *CHAPTER THREE*, *\* \* \**.
    fn breaks(&mut self) {
        let t = self.scene.tagged;
        let outside = |at: usize| {
            !t.tokens.has(at, Shape::QUOTED)
                && (t.kind(at) != TokenKind::Word || t.tokens.has(at, Shape::CAPITAL))
        };
        let parts = |p: &Stretch| p.range().len() <= 12 && p.range().all(outside);
        let breaks = (0..).zip(self.scene.paragraphs).filter(|(_, p)| parts(p)).map(|(at, _)| at);
        self.lists.breaks.clear();
        self.lists.breaks.extend(breaks);
    }

    /// The first token of the scene that a paragraph belongs to.
    fn scene_of(&self, paragraph: usize) -> u32 {
        let next = self.lists.breaks.partition_point(|&b| (b as usize) < paragraph);
        next.checked_sub(1).map_or(0, |last| self.scene.paragraphs[self.lists.breaks[last] as usize].first)
    }

    /// The namings from the turn `reach` before to the turn `reach` after.
    fn around(&self, turns: &[Turn], at: usize, reach: usize) -> &[Named] {
        let first = turns[at.saturating_sub(reach)].tokens.first;
        let end = turns[(at + reach).min(turns.len() - 1)].tokens.end;
        let from = self.lists.named.partition_point(|n| n.at < first);
        let to = self.lists.named.partition_point(|n| n.at < end);
        &self.lists.named[from..to]
    }

    /// The words of the sentence that leads up to a turn, but those before token `from`.
    fn lead(&self, turn: &Turn, from: u32) -> Stretch {
        let end = turn.tokens.range().start;
        let sentence = self.scene.sentences.partition_point(|s| (s.end as usize) < end);
        let quoted = end == 0 || self.scene.tagged.tokens.has(end - 1, Shape::QUOTED);
        let first = self.scene.sentences.get(sentence).map_or(end, |s| s.first.max(from) as usize);
        Stretch::new(if quoted { end } else { first.min(end) }, end)
    }

    /// How the words that lead up to a turn name the candidate: as the subject, as the one who is told, otherwise.
    fn led(&self, lead: Stretch, subject: Option<Sign>, who: u32) -> u8 {
        let t = self.scene.tagged;
        let from = self.lists.named.partition_point(|n| n.at < lead.first);
        let mut found = 0;
        for n in self.lists.named[from..].iter().take_while(|n| n.at < lead.end).filter(|n| n.speaker == who)
        {
            let told = |at: usize| t.is(at, "to") || t.is(at, "at") || t.any(at, Traits::TOLD);
            found = match () {
                () if subject.is_some_and(|s| s.who.tokens.contains(n.at as usize)) => 1,
                () if n.at > 0 && told(n.at as usize - 1) => 3,
                () if found == 0 => 2,
                () => found,
            };
        }
        found
    }

    /// By which noun the tag calls its speaker: *said her **mother***.
    fn head(&self, tag: &Sign) -> u8 {
        if tag.who.kind != MentionKind::Nominal {
            return 0;
        }
        match self.scene.tagged.word(tag.who.core.range().end - 1).calling {
            Calling::None => Calling::Rest as u8,
            calling => calling as u8,
        }
    }

    /// What names the one that is mentioned.
    fn naming_in(&self, who: &Mention) -> Option<&'_ Naming> {
        match who.kind {
            MentionKind::Pronoun => None,
            MentionKind::Name => self.people.namings_in(who.tokens).first(),
            MentionKind::Nominal => {
                let head = who.core.range().end - 1;
                self.people.namings_in(who.tokens).iter().find(|n| n.tokens.contains(head))
            }
        }
    }

    /// Whom the mention names; *I* names the narrator.
    fn named_by(&self, who: &Mention) -> Option<u32> {
        let t = self.scene.tagged;
        let head = who.core.range().start;
        if t.word(head).pronoun.any(Pronoun::FIRST) && !t.is(head, "we") {
            return self.people.narrator;
        }
        self.naming_in(who).map(|n| n.speaker)
    }

    fn fit(&self, who: &Mention, candidate: u32) -> Fit {
        let t = self.scene.tagged;
        let head = who.core.range().start;
        if who.kind == MentionKind::Pronoun {
            let word = t.word(head).pronoun;
            if word.any(Pronoun::FIRST) {
                return match () {
                    () if t.is(head, "we") => Fit::Plural,
                    () if Some(candidate) == self.people.narrator => Fit::Named,
                    () => Fit::Other,
                };
            }
        } else if let Some(naming) = self.naming_in(who) {
            let noun = naming.kind == MentionKind::Nominal;
            if naming.speaker == candidate {
                return if noun { Fit::Described } else { Fit::Named };
            }
            if self.people.rivals(naming).contains(&candidate) {
                return Fit::Rival;
            }
            if !noun {
                return Fit::Other;
            }
            let gender = if candidate == ELSE {
                Gender::Unknown
            } else {
                self.people.speakers[candidate as usize].gender
            };
            let clash = who.gender != Gender::Unknown && gender != Gender::Unknown && who.gender != gender;
            return if clash { Fit::NounNever } else { Fit::NounElse };
        }
        if who.plural {
            return Fit::Plural;
        }
        let gender =
            if candidate == ELSE { Gender::Unknown } else { self.people.speakers[candidate as usize].gender };
        let same = match (who.gender, gender) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => None,
            (a, b) => Some(a == b),
        };
        match (who.kind, same) {
            (MentionKind::Name, _) => Fit::Stranger,
            (MentionKind::Pronoun, None) => Fit::Perhaps,
            (MentionKind::Pronoun, Some(true)) => Fit::He,
            (MentionKind::Pronoun, Some(false)) => Fit::Never,
            (MentionKind::Nominal, None) => Fit::NounPerhaps,
            (MentionKind::Nominal, Some(true)) => Fit::Noun,
            (MentionKind::Nominal, Some(false)) => Fit::NounNever,
        }
    }

    /// Who is called by name in the speech of a turn, and where.
    fn vocative(&self, outer: &[Quoted], turn: &Turn) -> Option<(Stretch, u32)> {
        outer[turn.quoted.range()].iter().find_map(|q| {
            let from = self.lists.named.partition_point(|n| n.at < q.tokens.first);
            let within = self.lists.named[from..].iter().take_while(|n| n.at < q.tokens.end);
            let called = within.into_iter().find(|n| n.vocative)?;
            Some((Stretch { first: called.at, end: called.end }, called.speaker))
        })
    }

    /// Whether the speech of a turn names the candidate, and as the one it is for.
    fn called(&self, turn: usize, who: u32) -> u8 {
        let [first, end] = [turn, turn + 1].map(|at| self.lists.called_from[at] as usize);
        let named = self.lists.called[first..end].iter().filter(|(speaker, _)| *speaker == who);
        named.map(|(_, vocative)| 1 + *vocative as u8).max().unwrap_or(0)
    }

    /// The gender of the one whom the speech calls sir or madam.
    fn address(&self, outer: &[Quoted], turn: &Turn) -> Option<Gender> {
        let tokens = outer[turn.quoted.range()].iter().flat_map(|q| q.tokens.range());
        tokens.into_iter().find_map(|at| match self.scene.tagged.function(at) {
            Function::Sir | Function::Monsieur => Some(Gender::Male),
            Function::Madam | Function::Maam | Function::Madame => Some(Gender::Female),
            _ => None,
        })
    }

    /// Where the narration in the paragraph of a turn names the candidate, but as its speaker.
    fn beside(&self, turn: &Turn, who: u32) -> u8 {
        let paragraphs = &self.scene.paragraphs[turn.paragraphs.range()];
        let (first, end) = (paragraphs[0].first, paragraphs[paragraphs.len() - 1].end);
        let from = self.lists.named.partition_point(|n| n.at < first);
        let mut found = 0;
        for n in self.lists.named[from..]
            .iter()
            .take_while(|n| n.at < end)
            .filter(|n| n.speaker == who && !n.quoted)
        {
            if turn.tag.is_some_and(|t| t.who.tokens.contains(n.at as usize)) {
                continue;
            }
            let t = self.scene.tagged;
            let told = n.at > 0 && (t.is(n.at as usize - 1, "to") || t.any(n.at as usize - 1, Traits::TOLD));
            found = match () {
                () if told => return 4,
                () if n.at < turn.tokens.first => 1,
                () if n.at < turn.tokens.end => 2,
                () if found == 0 => 3,
                () => found,
            };
        }
        found
    }

    /// How the verb of a tag says that its speech follows what was said before.
    fn reply(&self, tag: &Sign) -> Reply {
        let replies = tag.verb.range().map(|at| self.scene.tagged.word(at).reply);
        replies.filter(|&reply| reply != Reply::None).min().unwrap_or(Reply::Other)
    }

    fn asks(&self, turn: &Turn) -> bool {
        let t = self.scene.tagged;
        let end = turn.tokens.range().end;
        (turn.tokens.range().start..end).rev().take(3).any(|at| t.kind(at) == TokenKind::Question)
    }

    fn broken(&self, turn: &Turn) -> bool {
        let t = self.scene.tagged;
        let end = turn.tokens.range().end;
        (turn.tokens.range().start..end).rev().take(2).any(|at| t.kind(at) == TokenKind::Dash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        assert_eq!(
            MODELS.candidate.model.write() + &MODELS.step.model.write(),
            include_str!("weights/dialogue.tsv")
        );
    }
}
