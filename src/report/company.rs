//! A reading beside its neighbours: what lies inside what, what overlaps what.

use crate::blocks::Blocks;
use crate::grammar::mention::{Mention, MentionKind, byte};
use crate::grammar::tag::Tagged;
use crate::lexicon::{CueKind, Tag};
use crate::model::linear::{FIELDS, Grounds, Row, schema};
use crate::people::vocabulary::NumberMap;
use crate::report::cue::Form;
use crate::report::layout::{LAYOUTS, LayoutKind};
use crate::report::reading::{self, Kind, MARKS, Reading};
use crate::report::sight::{FORMS, REFERENTS};
use crate::report::values::{KINDS, SHARES, join, share_bucket};
use crate::text::sentence::Stretch;

/// What is kept of a reading, with the probability that all of it is right. A text has so many that each byte counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) probability: f32,
    /// Where the cue begins, how many tokens it has, and which of them makes it a cue.
    cue: u32,
    cue_length: u8,
    cue_head: u8,
    pub(crate) form: Form,
    pub(crate) kind: CueKind,
    share: u8,
    /// The cue is a verb or hangs on one.
    pub(crate) verbal: bool,
    pub(crate) source: Option<Mention>,
    /// The source stands after the cue.
    pub(crate) inverted: bool,
    pub(crate) layout: LayoutKind,
    /// The content before the cue and that after it; without tokens where there is none.
    content: [Stretch; 2],
    /// What the source is, as a value of the field of that name.
    pub(crate) referent: u8,
    /// How much of the content stands in marks.
    pub(crate) marked: Kind,
    /// The sentence of its cue, by its place.
    pub(crate) sentence: u32,
    /// Tells sources of different names apart; 0 for a pronoun or none.
    pub(crate) who: u32,
    /// What it reports is a word of what somebody tries, plans or wants to say.
    pub(crate) attempted: bool,
    /// What the two acceptances saw.
    pub(crate) grounds: [Option<Grounds>; 2],
}

impl Scored {
    pub(crate) fn new(tagged: &Tagged, reading: Reading, row: &Row, probability: f32, sentence: u32) -> Self {
        let Reading { cue, source, layout, end, .. } = reading;
        let after = layout.right.map(|first| Stretch { first, end });
        Scored {
            probability,
            cue: cue.first,
            cue_length: byte((cue.end - cue.first) as usize),
            cue_head: byte((cue.head - cue.first) as usize),
            form: cue.form,
            kind: cue.kind,
            share: cue.share,
            verbal: cue.group.is_some(),
            source: source.mention,
            inverted: source.inverted,
            layout: layout.kind,
            content: [layout.left, after].map(Option::unwrap_or_default),
            referent: reading::referent(row),
            marked: reading::quoted(row),
            sentence,
            who: source.mention.map_or(0, |m| who(tagged, &m)),
            attempted: reading::attempted(row),
            grounds: [None; 2],
        }
    }

    /// The words of the cue.
    pub(crate) fn cue(&self) -> Stretch {
        Stretch { first: self.cue, end: self.cue + u32::from(self.cue_length) }
    }

    /// The word that makes them a cue.
    pub(crate) fn head(&self) -> u32 {
        self.cue + u32::from(self.cue_head)
    }

    /// The pieces of the content, in the order of the text.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Stretch> + Clone {
        self.content.into_iter().filter(|piece| piece.first < piece.end)
    }

    /// Where the content after the cue begins.
    pub(crate) fn right(&self) -> Option<u32> {
        let [_, after] = self.content;
        (after.first < after.end).then_some(after.first)
    }

    /// Lets the content after the cue end there.
    fn end_at(&mut self, tagged: &Tagged, end: u32) {
        self.content[1].end = end;
        self.marked = reading::marked(tagged, self.pieces());
    }

    /// Whether it tells of words rather than of thoughts.
    pub(crate) fn utters(&self) -> bool {
        matches!(self.kind, CueKind::Speech | CueKind::Writing | CueKind::Manner)
    }
}

const SURE: &[&str] = &[
    "none", "<.05", "<.1", "<.15", "<.2", "<.25", "<.3", "<.35", "<.4", "<.45", "<.5", "<.6", "<.7", "<.8",
    "<.9", "<1.01",
];

/// The form of a cue in whose content another stands.
const HOLDERS: &[&str] = &join::<13>(&[&["none"], FORMS]);

schema! { COMPANY, C:
    Alone "alone" SURE,
    Form "cue form" FORMS,
    Kind "cue kind" KINDS,
    Share "cue share" SHARES,
    Layout "layout" LAYOUTS,
    Referent "referent" REFERENTS,
    Marked "kind" MARKS,
    Inside "inside" SURE,
    Cut "cue inside" SURE,
    Overlaps "overlaps" SURE,
    Holds "holds" SURE,
    Same "same content" SURE,
    Before "before" SURE,
    After "after" SURE,
    Fellow "same source" SURE,
    Elsewhere "speaks elsewhere" SURE,
    Holder "told by" HOLDERS,
    ;
    [Holder] [Holder Alone] [Holder Marked] [Holder Form]
    [Elsewhere] [Elsewhere Kind] [Elsewhere Alone] [Elsewhere Referent] [Elsewhere Form]
    [Alone] [Inside] [Cut] [Overlaps] [Holds] [Same] [Before] [After] [Fellow]
    [Alone Inside] [Alone Cut] [Alone Overlaps] [Alone Holds] [Alone Same]
    [Alone Marked] [Alone Form] [Alone Kind] [Alone Layout] [Alone Referent] [Alone Share]
    [Inside Kind] [Inside Form] [Inside Marked] [Holds Kind] [Overlaps Marked] [Cut Form] [Same Marked]
    [Fellow Form] [Fellow Inside] [Before Form] [After Form] [Inside Share]
    [Holds Marked] [Alone Before] [Alone After] [Alone Fellow]
}

fn sure(p: f32) -> u8 {
    const BOUNDS: [f32; 14] = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9];
    if p <= 0.0 { 0 } else { 1 + BOUNDS.partition_point(|&b| b <= p) as u8 }
}

/// From this on a quotation inside another’s content may be one of its own.
const LIKELY: f32 = 0.1;

/// How many readings before and after one are looked at.
const REACH: usize = 10;

/// Memory of [`each_row`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    /// Who says something in the text, by the hash of the name.
    names: NumberMap<Voice>,
    around: Near,
}

/// How likely it is that somebody says something.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    /// The place of the reading that is likeliest, and its probability.
    at: u32,
    likeliest: f32,
    /// The probability of the one that is likeliest but for that.
    next: f32,
}

/// What the readings near one see of each other, each at its place modulo their number.
#[derive(Clone, Debug, Default)]
struct Near([Around; 32]);

impl Near {
    fn at(&self, place: usize) -> &Around {
        &self.0[place % self.0.len()]
    }

    fn put(&mut self, place: usize, around: Around) {
        self.0[place % self.0.len()] = around;
    }
}

/// What one reading sees of another.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    sentence: u32,
    /// From the first token of cue and content to the last.
    whole: Stretch,
    /// Where the core of its source begins.
    source: Option<u32>,
    sure: u8,
}

impl Around {
    fn of(scored: &Scored) -> Self {
        let whole = scored.pieces().fold(scored.cue(), |whole, piece| Stretch {
            first: whole.first.min(piece.first),
            end: whole.end.max(piece.end),
        });
        let source = scored.source.map(|m| m.core().first);
        Around { sentence: scored.sentence, whole, source, sure: sure(scored.probability) }
    }

    /// Whether one reading can say something of the other.
    fn concerns(&self, other: &Around) -> bool {
        self.sentence == other.sentence || self.overlaps(other)
    }

    /// Whether cue or content of one may stand in the other.
    fn overlaps(&self, other: &Around) -> bool {
        self.whole.first < other.whole.end && other.whole.first < self.whole.end
    }
}

/// Visits the readings, which ascend by their cues, each with the row of what the first pass says of it and of others.
pub(crate) fn each_row(
    readings: &mut Blocks<Scored>,
    heard: &mut Heard,
    mut visit: impl FnMut(&mut Scored, &Row),
) {
    let Heard { names, around } = heard;
    listen(readings, names);
    for at in 0..readings.len().min(REACH) {
        around.put(at, Around::of(&readings[at]));
    }
    for at in 0..readings.len() {
        let ahead = at + REACH;
        if ahead < readings.len() {
            around.put(ahead, Around::of(&readings[ahead]));
        }
        let scored = &readings[at];
        let mut row: Row = [0; FIELDS];
        row[C::Alone] = around.at(at).sure;
        row[C::Form] = scored.form as u8;
        row[C::Kind] = scored.kind as u8;
        row[C::Share] = share_bucket(scored.share);
        row[C::Layout] = scored.layout as u8;
        row[C::Referent] = scored.referent;
        row[C::Marked] = scored.marked as u8;
        if let Some(voice) = names.get(&u64::from(scored.who)) {
            let elsewhere = if voice.at as usize == at { voice.next } else { voice.likeliest };
            row[C::Elsewhere] = 1 + sure(elsewhere).min(14);
        }
        let mut holder = 0;
        let near = at.saturating_sub(REACH)..readings.len().min(at + REACH + 1);
        let own = around.at(at);
        let long = length(scored);
        for other_at in near {
            let beside = around.at(other_at);
            if other_at == at || !own.concerns(beside) {
                continue;
            }
            let p = beside.sure;
            let mut raise = |field: C| {
                let value = &mut row[field as usize];
                *value = (*value).max(p);
            };
            if beside.sentence == own.sentence {
                raise(if other_at < at { C::Before } else { C::After });
                if beside.source == own.source {
                    raise(C::Fellow);
                }
            }
            if !own.overlaps(beside) {
                continue;
            }
            let other = &readings[other_at];
            let held = tells(other, scored);
            let shared = shared(scored, other);
            if held {
                raise(if shared == long { C::Inside } else { C::Cut });
            } else if tells(scored, other) {
                raise(C::Holds);
            } else if most(shared, long + length(other)) {
                raise(C::Same);
            } else if shared > 0 {
                raise(C::Overlaps);
            }
            if held && p > holder {
                holder = p;
                row[C::Holder] = 1 + other.form as u8;
            }
        }
        visit(&mut readings[at], &row);
    }
}

/// Leaves out of two readings that cannot both be right the one that is less likely: two of a sentence with the same
/// content, as *refused, saying* it; one that tells of the other, where either quotes, unless its content ends before.
pub(crate) fn single_out(tagged: &Tagged, readings: &mut Blocks<Scored>) {
    for at in 0..readings.len() {
        for before in at.saturating_sub(REACH)..at {
            let (one, other) = (&readings[before], &readings[at]);
            if one.probability == 0.0 || other.probability == 0.0 {
                continue;
            }
            let quotes = one.marked != Kind::Indirect || other.marked != Kind::Indirect;
            if !quotes && one.sentence != other.sentence {
                continue;
            }
            let told = match () {
                () if quotes && tells(one, other) => Some((before, at)),
                () if quotes && tells(other, one) => Some((at, before)),
                () => None,
            };
            let end = told.and_then(|(outer, inner)| end_before(tagged, &readings[outer], &readings[inner]));
            match (told, end) {
                (Some((outer, _)), Some(end)) => {
                    readings[outer].end_at(tagged, end);
                }
                (Some((outer, inner)), None) if relays(&readings[outer]) => readings[inner].probability = 0.0,
                (None, _) if one.sentence != other.sentence || !same_content(one, other) => {}
                // *Brandt denied that it leaks, as Ruiz claims*
                (None, _) if !quotes && other.layout == LayoutKind::ClauseBefore && other.who != one.who => {}
                _ => {
                    let loser = if one.probability < other.probability { before } else { at };
                    readings[loser].probability = 0.0;
                }
            }
        }
    }
    readings.retain(|r| r.probability > 0.0);
}

/// Whether the reading gives what it holds as somebody else’s report: *“It leaks,” Ruiz said, **according to** Brandt.*
fn relays(outer: &Scored) -> bool {
    outer.form == Form::Phrase && outer.layout == LayoutKind::SentenceBefore
}

/// Where the content of a reading ends that runs on into a quotation with a cue of its own, behind a pause:
/// *Ruiz urged them to leave | , saying, “It leaks.”*, *Asked whether it leaks | , Ruiz said, “Yes.”*; or behind *and*,
/// where it has the same subject.
fn end_before(tagged: &Tagged, outer: &Scored, inner: &Scored) -> Option<u32> {
    let right = outer.right()?;
    if inner.marked == Kind::Indirect || inner.probability < LIKELY {
        return None;
    }
    let pieces = inner.pieces().map(|p| p.first);
    let (source, shared) = match inner.source.map(|m| m.tokens().first) {
        Some(source) => (Some(source).filter(|&s| s >= right), source < right),
        None => (None, false),
    };
    let first = pieces.chain(source).fold(inner.cue, u32::min) as usize;
    let joins = |at: usize| tagged.tag(at) == Tag::Coordinator;
    let pauses = |at: usize| tagged.kind(at).pauses();
    let end = (right as usize + 1..first).rev().take_while(|&at| joins(at) || pauses(at)).last()?;
    (pauses(first - 1) || shared).then_some(end as u32)
}

/// Whether the cue of one reading stands in the content of another: *Ruiz said that Brandt boasted, “It holds.”*
fn tells(one: &Scored, other: &Scored) -> bool {
    one.pieces().any(|p| p.contains(other.cue as usize))
}

/// Whether most of the tokens of two contents are the same.
fn same_content(one: &Scored, other: &Scored) -> bool {
    most(shared(one, other), length(one) + length(other))
}

/// Whether the tokens that two contents share are most of those that they have together.
fn most(shared: usize, lengths: usize) -> bool {
    shared * 10 > 8 * (lengths - shared)
}

fn length(scored: &Scored) -> usize {
    scored.pieces().map(|p| p.range().len()).sum()
}

/// How many tokens two contents share.
fn shared(one: &Scored, other: &Scored) -> usize {
    let mut sum = 0;
    for a in one.pieces() {
        for b in other.pieces() {
            sum += a.end.min(b.end).saturating_sub(a.first.max(b.first)) as usize;
        }
    }
    sum
}

/// Lists who utters something rather than thinks or shows it.
fn listen(readings: &Blocks<Scored>, names: &mut NumberMap<Voice>) {
    names.clear();
    for (at, scored) in (0..).zip(readings.iter()).filter(|(_, s)| s.who != 0 && s.utters()) {
        let voice = names.entry(u64::from(scored.who)).or_default();
        if scored.probability > voice.likeliest {
            *voice = Voice { at, likeliest: scored.probability, next: voice.likeliest };
        } else {
            voice.next = voice.next.max(scored.probability);
        }
    }
}

/// The hash (FNV-1a) of the last word of a name or nominal; 0 of a pronoun.
fn who(tagged: &Tagged, mention: &Mention) -> u32 {
    if mention.kind == MentionKind::Pronoun {
        return 0;
    }
    let form = tagged.form(mention.core().end as usize - 1);
    form.bytes().fold(2_166_136_261, |hash: u32, b| (hash ^ u32::from(b)).wrapping_mul(16_777_619)).max(1)
}
