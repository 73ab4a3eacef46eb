//! Finds the likeliest reading of each cue, and how likely it is right.

use std::cell::Cell;

use once_cell::sync::Lazy;

use crate::blocks::Blocks;
use crate::grammar::clause::Clauses;
use crate::grammar::mention::Mention;
use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::model::linear::{Model, Row, Seen, logistic};
use crate::model::odds;
use crate::model::scorer::Scorer;
use crate::report::company::{self, Heard, Scored};
use crate::report::cue::{self, Cue};
use crate::report::end;
use crate::report::glance;
use crate::report::layout::{self, Layout};
use crate::report::reading::{self, Reading};
use crate::report::script::Scripted;
use crate::report::sight::Sight;
use crate::report::source::{self, Source};
use crate::report::standing::Standing;
use crate::report::threshold::least;
use crate::text::quotation::Quoted;
use crate::text::sentence::Stretch;

/// The fitted models.
#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) glance: Scorer,
    pub(crate) source: Scorer,
    pub(crate) layout: Scorer,
    pub(crate) end: Scorer,
    pub(crate) accept: Scorer,
    pub(crate) company: Scorer,
}

pub(crate) static MODELS: Lazy<Models> = Lazy::new(|| {
    let read = |schema, weights| Scorer::new(Model::read(schema, weights));
    Models {
        glance: read(&glance::GLANCE, include_str!("../weights/glance.tsv")),
        source: read(&source::SOURCE, include_str!("../weights/source.tsv")),
        layout: read(&layout::LAYOUT, include_str!("../weights/layout.tsv")),
        end: read(&end::END, include_str!("../weights/end.tsv")),
        accept: read(&reading::ACCEPT, include_str!("../weights/accept.tsv")),
        company: read(&company::COMPANY, include_str!("../weights/company.tsv")),
    }
});

/// Memory of the engine, reused from text to text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bench {
    pub(super) clauses: Clauses,
    standing: Standing,
    hopes: Vec<u32>,
    /// The sentences that have any, by their places, each with which are its own.
    hopeful: Vec<(u32, Stretch, Stretch)>,
    cues: Vec<Cue>,
    pub(super) quotes: Vec<Stretch>,
    sources: Vec<(Source, Row)>,
    layouts: Vec<(Layout, Row)>,
    ends: Vec<(u32, Row)>,
    scores: Vec<i32>,
    shares: Vec<f32>,
    heard: Heard,
    pub(super) readings: Blocks<Scored>,
    /// Who is told by the cues whose subject that is, by the words that make them cues, ascending.
    pub(super) told: Vec<(u32, Mention)>,
    /// The readings by the place of their cues.
    pub(super) order: Vec<u32>,
    /// What quoted sentences without a tag go on with, by its owner.
    pub(super) joined: Vec<(u32, Stretch)>,
    pub(super) scripted: Vec<Scripted>,
    /// For each quoted stretch the reading that it belongs to.
    pub(super) owners: Vec<Option<u32>>,
}

/// The parts of a text that the engine reads.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a> {
    pub(crate) tagged: &'a Tagged<'a>,
    pub(crate) paragraphs: &'a [Stretch],
    pub(crate) sentences: &'a [Stretch],
    pub(crate) quoted: &'a [Quoted],
}

/// How many tokens of a sentence are read at once.
pub(super) const LONGEST_SENTENCE: usize = 400;

/// At how many sentences is glanced before the first of them is read: what reads them has no room beside the glance
/// where a processor keeps its instructions at hand.
const GLANCED: usize = 16;

/// How many words that may be cues are read at once: hardly a sentence has more.
const MOST_HOPES: usize = 8;

/// A reading that is right more seldom than this is not looked at twice.
pub(crate) const FAINT: f32 = 0.03;

impl Bench {
    /// Lets go what was only needed to find the readings.
    pub(crate) fn drop_candidates(&mut self) {
        let Bench { quotes, readings, told, .. } = std::mem::take(self);
        *self = Bench { quotes, readings, told, ..Bench::default() };
    }
}

/// Finds the readings of the cues, ascending, and how likely each is right.
pub(crate) fn read(models: &'static Models, parts: &Parts, bench: &mut Bench, seen: &mut Seen) {
    seen.clear();
    prepare(parts, bench);
    let mut readings = std::mem::take(&mut bench.readings);
    readings.clear();
    bench.told.clear();
    each_sentence(&models.glance, parts, bench, |sight, at, bench| {
        for &cue in sight.cues {
            if let Some((reading, row)) = best(models, sight, cue, bench) {
                let probability = logistic(models.accept.score(&row));
                if probability >= FAINT {
                    let mut scored = Scored::new(sight.tagged, reading, &row, probability, at);
                    scored.grounds[0] = Some(seen.keep(&models.accept.model, &row));
                    readings.push(scored);
                    bench.told.extend(reading.told.map(|told| (cue.head, told)));
                }
            }
        }
    });
    bench.readings = readings;
}

/// Weighs the readings anew, each beside the others.
pub(crate) fn compare(models: &'static Models, bench: &mut Bench, seen: &mut Seen) {
    company::each_row(&mut bench.readings, &mut bench.heard, |scored, row| {
        scored.probability = logistic(models.company.score(row));
        // nobody asks what the others rest on
        if scored.probability >= least(scored) {
            scored.grounds[1] = Some(seen.keep(&models.company.model, row));
        }
    });
}

/// Lists the outermost quoted stretches.
pub(crate) fn prepare(parts: &Parts, bench: &mut Bench) {
    bench.quotes.clear();
    bench.quotes.extend(parts.quoted.iter().filter(|q| q.depth == 0).map(|q| q.tokens));
}

/// Parses the sentences that may hold cues one after another; each is visited with its place.
pub(crate) fn each_sentence(
    glance: &Scorer,
    parts: &Parts,
    bench: &mut Bench,
    mut visit: impl FnMut(&Sight, u32, &mut Bench),
) {
    let mut paragraph = 0;
    let mut clauses = std::mem::take(&mut bench.clauses);
    let mut standing = std::mem::take(&mut bench.standing);
    let (mut hopes, mut hopeful) = (std::mem::take(&mut bench.hopes), std::mem::take(&mut bench.hopeful));
    let mut cues = std::mem::take(&mut bench.cues);
    let quotes = std::mem::take(&mut bench.quotes);
    let windows = parts.sentences.iter().enumerate().flat_map(|(at, s)| {
        let parts = s.range().step_by(LONGEST_SENTENCE);
        parts.map(move |first| (at, Stretch::new(first, (first + LONGEST_SENTENCE).min(s.end as usize))))
    });
    let mut windows = windows.peekable();
    while windows.peek().is_some() {
        hopes.clear();
        hopeful.clear();
        for (at, sentence) in windows.by_ref().take(GLANCED) {
            let first = hopes.len();
            glance::read(glance, parts.tagged, &quotes, sentence, &mut hopes);
            if hopes.len() > first {
                hopeful.add((at as u32, sentence, Stretch::new(first, hopes.len())));
            }
        }
        let parted = |&(at, sentence, own): &(u32, Stretch, Stretch)| {
            uncrowded(sentence, &hopes[own.range()]).map(move |(part, hopes)| (at, part, hopes))
        };
        for (at, sentence, hopes) in hopeful.iter().flat_map(parted) {
            while parts.paragraphs[paragraph].end <= sentence.first {
                paragraph += 1;
            }
            clauses.read(parts.tagged, sentence);
            cue::read(parts.tagged, &clauses, hopes, &mut cues);
            if cues.is_empty() {
                continue;
            }
            standing.read(parts.tagged, &clauses, &quotes);
            let sight = Sight {
                tagged: parts.tagged,
                clauses: &clauses,
                standing: &standing,
                cues: &cues,
                quotes: &quotes,
                sentence,
                paragraph: parts.paragraphs[paragraph],
                next_paragraph: parts.paragraphs.get(paragraph + 1).copied().unwrap_or_default(),
                whole: &Cell::default(),
            };
            visit(&sight, at, bench);
        }
    }
    (bench.clauses, bench.standing, bench.cues, bench.quotes) = (clauses, standing, cues, quotes);
    (bench.hopes, bench.hopeful) = (hopes, hopeful);
}

/// A sentence in parts, each with the words in it that may be cues, so few that the time for one has a bound; nothing
/// where there are none.
fn uncrowded(sentence: Stretch, hopes: &[u32]) -> impl Iterator<Item = (Stretch, &[u32])> {
    let mut first = sentence.first;
    let mut groups = hopes.chunks(MOST_HOPES).peekable();
    std::iter::from_fn(move || {
        let hopes = groups.next()?;
        let between = |next: &&[u32]| hopes[hopes.len() - 1] + (next[0] - hopes[hopes.len() - 1]).div_ceil(2);
        let end = groups.peek().map_or(sentence.end, between);
        let part = Stretch { first, end };
        first = end;
        Some((part, hopes))
    })
}

/// The likeliest reading of a cue, with the row that the last model sees.
pub(crate) fn best(models: &Models, sight: &Sight, cue: Cue, bench: &mut Bench) -> Option<(Reading, Row)> {
    let Bench { sources, layouts, ends, scores, shares, .. } = bench;
    sight.sources(&cue, sources);
    let (at, sure_source) = likeliest(&models.source, sources, scores)?;
    let (source, source_row) = sources[at];
    let source = sight.complete(&cue, source);
    sight.layouts(&cue, &source, layouts);
    let (at, sure_layout) = likeliest(&models.layout, layouts, scores)?;
    let layout = layouts[at].0;
    let (mut end, mut sure_end) = (0, 1.0);
    if layout.right.is_some() {
        sight.ends(&cue, &layout, ends);
        let at;
        (at, sure_end) = central(&models.end, layout.right?, ends, scores, shares)?;
        end = ends[at].0;
    }
    let reading = Reading {
        cue,
        source,
        layout,
        end,
        sure: [sure_source, sure_layout, sure_end],
        told: sight.told(&cue),
        which: source::which(&source_row),
    };
    Some((reading, sight.accept(&cue, &reading)))
}

/// The candidate with the highest score, and its probability.
fn likeliest<T>(model: &Scorer, candidates: &[(T, Row)], scores: &mut Vec<i32>) -> Option<(usize, f32)> {
    if candidates.len() == 1 {
        return Some((0, 1.0));
    }
    scores.clear();
    model.each_score(candidates.iter().map(|(_, row)| row), |score| scores.push(score));
    odds::likeliest(scores)
}

/// The end that is likeliest to be near the right one, and how likely that is: contents count as the same
/// from half of their words on, and of several ends close to each other none may be the likeliest alone.
fn central(
    model: &Scorer,
    first: u32,
    ends: &[(u32, Row)],
    scores: &mut Vec<i32>,
    shares: &mut Vec<f32>,
) -> Option<(usize, f32)> {
    if ends.len() == 1 {
        return Some((0, 1.0));
    }
    scores.clear();
    model.each_score(ends.iter().map(|(_, row)| row), |score| scores.push(score));
    let only = odds::shares(scores, shares)?;
    let near = |a: u32, b: u32| 2 * (a.min(b) - first) >= a.max(b) - first;
    // one that has more than two thirds to itself wins, whatever stands near the others
    if shares[only] > 0.667 {
        let close: f32 =
            ends.iter().zip(&*shares).filter(|(e, _)| near(ends[only].0, e.0)).map(|(_, s)| s).sum();
        return Some((only, (close + shares[only]) / 2.0));
    }
    // the ends ascend, and so do those near them
    let (mut low, mut high) = (0, 0);
    let mut best: Option<(usize, f32)> = None;
    for (at, &(end, _)) in ends.iter().enumerate() {
        low += ends[low..at].iter().take_while(|other| !near(end, other.0)).count();
        high = high.max(at);
        high += ends[high..].iter().take_while(|other| near(end, other.0)).count();
        let close = shares[low..high].iter().sum::<f32>() + shares[at];
        if best.is_none_or(|(_, most)| close >= most) {
            best = Some((at, close));
        }
    }
    best.map(|(at, close)| (at, close / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read_whole() {
        assert_eq!(MODELS.glance.model.write(), include_str!("../weights/glance.tsv"));
        assert_eq!(MODELS.source.model.write(), include_str!("../weights/source.tsv"));
        assert_eq!(MODELS.layout.model.write(), include_str!("../weights/layout.tsv"));
        assert_eq!(MODELS.end.model.write(), include_str!("../weights/end.tsv"));
        assert_eq!(MODELS.accept.model.write(), include_str!("../weights/accept.tsv"));
        assert_eq!(MODELS.company.model.write(), include_str!("../weights/company.tsv"));
    }
}
