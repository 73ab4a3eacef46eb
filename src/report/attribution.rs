//! The engine: who is the source of which words, by which rule, how sure.

use std::cell::Cell;

use once_cell::sync::Lazy;

use crate::blocks::Blocks;
use crate::grammar::clause::Clauses;
use crate::grammar::mention::{self, Mention};
use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::lexicon::{CueKind, Tag, Traits};
use crate::model::linear::{Grounds, Model, Row, Seen, logistic};
use crate::model::odds;
use crate::model::scorer::Scorer;
use crate::named::named;
use crate::report::addressee;
use crate::report::company::{self, Heard, Scored};
use crate::report::cue::{self, Cue, Form};
use crate::report::end;
use crate::report::glance;
use crate::report::layout::{self, Layout, LayoutKind};
use crate::report::reading::{self, Kind, Reading};
use crate::report::script::{self, Script, Scripted};
use crate::report::sight::{self, Sight};
use crate::report::source::{self, Source};
use crate::report::standing::Standing;
use crate::text::quotation::Quoted;
use crate::text::sentence::{Stretch, holding};
use crate::text::token::{Shape, TokenKind};

named! {
    /// Which pattern made an attribution.
    ///
    /// ```
    /// use whosaid::Rule;
    /// let doc = whosaid::extract("“It rained,” said Ilse Brandt. Tomas Aske said that it poured.");
    /// assert!(doc.quotations().map(|q| q.rule()).eq([Rule::QuoteVerbSubject, Rule::SubjectVerbContent]));
    /// assert_eq!(Rule::QuoteVerbSubject.to_string(), "quote-verb-subject");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
    #[non_exhaustive]
    pub enum Rule {
        /// *“It leaks,” Ruiz said.*
        QuoteSubjectVerb = "quote-subject-verb",
        /// *“It leaks,” said Ruiz.*
        QuoteVerbSubject = "quote-verb-subject",
        /// *Ruiz said: “It leaks.”*
        SubjectVerbQuote = "subject-verb-quote",
        /// *Said Ruiz: “It leaks.”*
        VerbSubjectQuote = "verb-subject-quote",
        /// *“It leaks,” Ruiz said, “and badly.”*
        TagInside = "tag-inside",
        /// *Ruiz said that it leaks.*
        SubjectVerbContent = "subject-verb-content",
        /// *It leaks, Ruiz said.*
        ContentSubjectVerb = "content-subject-verb",
        /// *It leaks, said Ruiz.*
        ContentVerbSubject = "content-verb-subject",
        /// *According to Ruiz, it leaks.*
        Phrase = "phrase",
        /// *Ruiz’s claim that it leaks*
        Noun = "noun",
        /// *The dam was criticised by Ruiz.*
        Passive = "passive",
        /// *the dam that Ruiz criticised*
        Relative = "relative",
        /// *The dam seems to leak.*
        Sourceless = "sourceless",
        /// *RUIZ: It leaks.*
        Transcript = "transcript",
        /// *“It leaks.” — Ana Ruiz*
        Signature = "signature",
        /// *“It leaks.”*, a paragraph by itself: whoever spoke or was spoken of in the one before goes on.
        Floating = "floating",
        /// *Ruiz put down the cup. “It leaks.”*
        ActionBeat = "action-beat",
        /// *“It leaks.”*, as a turn of a conversation
        TurnTaking = "turn-taking",
        /// Nothing says who spoke.
        Unattributed = "unattributed",
    }
}

/// A quotation with what attributes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribution {
    pub(crate) kind: Kind,
    /// Its pieces, as a stretch of the pool of pieces.
    pub(crate) pieces: Stretch,
    pub(crate) cue: Option<Stretch>,
    pub(crate) source: Option<Mention>,
    pub(crate) addressee: Option<Mention>,
    pub(crate) rule: Rule,
    pub(crate) score: f32,
    /// Who the source is, once resolved: an index of the speakers.
    pub(crate) speaker: Option<u32>,
    /// Who the addressee is, once resolved.
    pub(crate) addressed: Option<u32>,
    /// What the score rests on: the clause alone, then what stands around it.
    pub(crate) grounds: [Option<Grounds>; 2],
}

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
    clauses: Clauses,
    standing: Standing,
    hopes: Vec<u32>,
    /// The sentences that have any, by their places, each with which are its own.
    hopeful: Vec<(u32, Stretch, Stretch)>,
    cues: Vec<Cue>,
    quotes: Vec<Stretch>,
    sources: Vec<(Source, Row)>,
    layouts: Vec<(Layout, Row)>,
    ends: Vec<(u32, Row)>,
    scores: Vec<i32>,
    shares: Vec<f32>,
    heard: Heard,
    readings: Blocks<Scored>,
    /// Who is told by the cues whose subject that is, by the words that make them cues, ascending.
    told: Vec<(u32, Mention)>,
    /// The readings by the place of their cues.
    order: Vec<u32>,
    /// What quoted sentences without a tag go on with, by its owner.
    joined: Vec<(u32, Stretch)>,
    scripted: Vec<Scripted>,
    /// For each quoted stretch the reading that it belongs to.
    owners: Vec<Option<u32>>,
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
const LONGEST_SENTENCE: usize = 400;

/// At how many sentences is glanced before the first of them is read: what reads them has no room beside the glance
/// where a processor keeps its instructions at hand.
const GLANCED: usize = 16;

/// How many words that may be cues are read at once: hardly a sentence has more.
const MOST_HOPES: usize = 8;

/// A reading is reported where it is right at least this often: where leaving it out would lower F1.
const THRESHOLD: f32 = 0.35;

/// The same for what a body, a place or a thing thinks or feels: that is mostly the writer's word for what it does.
const MIND_THRESHOLD: f32 = 0.96;

/// The same for what somebody tries, plans or wants to say.
const ATTEMPT_THRESHOLD: f32 = 0.6;

/// How sure an attribution is that the page sets out.
const SCRIPTED: f32 = 0.9;

/// The same for a reading all in quotation marks that no better one claims: somebody said it.
const QUOTED_THRESHOLD: f32 = 0.04;

/// The same where nobody is said to say it: what noise it is, what a sign reads.
const NAMELESS_THRESHOLD: f32 = 0.6;

/// The same where only some of it stands in marks.
const MIXED_THRESHOLD: f32 = 0.25;

/// How sure an attribution is that rests on the paragraph before.
const FLOATING: f32 = 0.2;

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

/// Makes quotations, ascending by their first piece, of the readings that are likely enough and go together; joins those
/// that go on.
pub(crate) fn choose(
    parts: &Parts,
    bench: &mut Bench,
    pieces: &mut Vec<Stretch>,
    attributions: &mut Vec<Attribution>,
) {
    pieces.clear();
    attributions.clear();
    script::read(parts.tagged, parts.paragraphs, parts.quoted, &mut bench.scripted);
    let Bench { readings, told, scripted, quotes, owners, order, joined, .. } = bench;
    // what a cue says of scripted speech, the page says better
    let spoken = |at: u32| holding_speech(scripted, at).is_some();
    readings.retain(|r| {
        let within = spoken(r.head()) || r.pieces().any(|p| spoken(p.first));
        r.probability >= least(r) && !within
    });
    company::single_out(parts.tagged, readings);
    // those that have marks in them compete, the likeliest first
    order.clear();
    order.reserve_exact(readings.len());
    let quotes_in = |r: &Scored| r.pieces().any(|p| !within(quotes, p).is_empty());
    order.extend(
        (0..)
            .zip(readings.iter())
            .filter(|(_, r)| r.marked != Kind::Indirect || quotes_in(r))
            .map(|(at, _)| at),
    );
    order.sort_unstable_by(|&a, &b| {
        let [a, b] = [a, b].map(|at: u32| &readings[at as usize]);
        b.probability.total_cmp(&a.probability).then(a.head().cmp(&b.head()))
    });
    owners.clear();
    owners.resize(quotes.len(), None);
    let words = |p: Stretch| p.range().filter(|&at| parts.tagged.kind(at) == TokenKind::Word).count();
    for &index in order.iter() {
        let scored = &mut readings[index as usize];
        // whether what stands in marks has a speaker, and whether a sentence there has none
        let (mut taken, mut sentence) = (false, false);
        for piece in scored.pieces() {
            let stretches = within(quotes, piece);
            taken |= !stretches.is_empty() && stretches.clone().all(|at| owners[at].is_some());
            sentence |=
                stretches.into_iter().any(|at| owners[at].is_none() && words(quotes[at]) >= SENTENCE_WORDS);
        }
        let unlikely = scored.probability < THRESHOLD && scored.marked != Kind::Indirect;
        if scored.marked == Kind::Direct && taken || unlikely && !sentence {
            scored.probability = 0.0;
            continue;
        }
        for piece in scored.pieces() {
            for at in within(quotes, piece) {
                owners[at].get_or_insert(index);
            }
        }
    }
    join(parts, readings, scripted, quotes, owners, (&mut *order, &mut *joined));
    attributions.reserve_exact(readings.len() + scripted.len());
    for (index, scored) in readings.iter().enumerate().filter(|(_, r)| r.probability > 0.0) {
        let first = pieces.len();
        pieces.extend(scored.pieces());
        let own = joined.partition_point(|&(owner, _)| (owner as usize) < index);
        let own = joined[own..].iter().take_while(|&&(owner, _)| owner as usize == index);
        let whole = pieces.len();
        pieces.extend(own.map(|&(_, piece)| piece));
        let kind = match pieces.len() > whole {
            true => reading::marked(parts.tagged, pieces[first..].iter().copied()),
            false => scored.marked,
        };
        pieces[first..].sort_unstable_by_key(|p| p.first);
        merge(pieces, first);
        attributions.push(Attribution {
            kind,
            pieces: Stretch::new(first, pieces.len()),
            cue: Some(scored.cue()),
            source: scored.source,
            addressee: addressee(parts, scored, told),
            rule: rule(scored, parts.tagged),
            score: scored.probability,
            speaker: None,
            addressed: None,
            grounds: scored.grounds,
        });
    }
    for speech in scripted.iter() {
        let first = pieces.len();
        pieces.push(speech.content);
        attributions.push(Attribution {
            kind: Kind::Direct,
            pieces: Stretch::new(first, pieces.len()),
            cue: Some(speech.cue),
            source: Some(speech.source),
            addressee: None,
            rule: match speech.script {
                Script::Transcript => Rule::Transcript,
                Script::Signature => Rule::Signature,
            },
            score: SCRIPTED,
            speaker: None,
            addressed: None,
            grounds: [None, None],
        });
    }
    attributions.sort_unstable_by_key(|a| place(a, pieces));
    untagged(parts, bench, pieces, attributions);
    attributions.sort_unstable_by_key(|a| place(a, pieces));
}

/// What attributions are ordered by: where the first piece begins, the cue, then which was found first.
fn place(attribution: &Attribution, pieces: &[Stretch]) -> (u32, Option<u32>, u32) {
    let first = attribution.pieces.first;
    (pieces[first as usize].first, attribution.cue.map(|c| c.first), first)
}

/// Adds the quotations without a tag: whoever was quoted in the paragraph before goes on in one that is a paragraph of
/// its own, and who acts in the sentence before says what ends the paragraph of that sentence.
fn untagged(
    parts: &Parts,
    bench: &mut Bench,
    pieces: &mut Vec<Stretch>,
    attributions: &mut Vec<Attribution>,
) {
    let Bench { quotes, owners, scripted, clauses, .. } = bench;
    let told = attributions.len();
    let mut last: Option<(usize, Mention)> = None;
    for (at, &quote) in quotes.iter().enumerate() {
        if owners[at].is_some() || holding_speech(scripted, quote.first).is_some() {
            continue;
        }
        let before = at.checked_sub(1).map(|before| quotes[before]);
        let (rule, source) = if floats(parts, quote, before) {
            let paragraph = parts.paragraphs.partition_point(|p| p.end <= quote.first);
            let before = parts.paragraphs[paragraph - 1];
            let end = attributions[..told].partition_point(|a| place(a, pieces).0 < quote.first);
            let near = attributions[..end].iter().rev().take(LONGEST_SEARCH);
            let near = near.take_while(|a| place(a, pieces).0 >= before.first).filter(|a| a.source.is_some());
            let heard = near.min_by_key(|a| a.kind == Kind::Indirect).and_then(|a| a.source);
            let goes_on = last.filter(|l| l.0 + 1 == paragraph).map(|l| l.1);
            let source = heard.or(goes_on);
            last = source.map(|source| (paragraph, source));
            (Rule::Floating, source)
        } else if let Some(before) = narrated(parts, quote) {
            let actor = actor(parts.tagged, clauses, before);
            (if actor.is_some() { Rule::ActionBeat } else { Rule::Unattributed }, actor)
        } else {
            continue;
        };
        pieces.add(quote);
        attributions.add(Attribution {
            kind: Kind::Direct,
            pieces: Stretch::new(pieces.len() - 1, pieces.len()),
            cue: None,
            source,
            addressee: None,
            rule,
            score: FLOATING,
            speaker: None,
            addressed: None,
            grounds: [None, None],
        });
    }
}

/// The sentence before a quotation of whole sentences that follows it in its paragraph.
fn narrated(parts: &Parts, quote: Stretch) -> Option<Stretch> {
    let at = holding(parts.sentences, quote.first as usize)?;
    let (before, own) = (parts.sentences[at.checked_sub(1)?], parts.sentences[at]);
    let paragraph = parts.paragraphs[holding(parts.paragraphs, quote.first as usize)?];
    let last = holding(parts.sentences, quote.end as usize - 1)?;
    let whole = own.first == quote.first && parts.sentences[last].end == quote.end;
    (whole && sentences(parts.tagged, quote) && before.first >= paragraph.first).then_some(before)
}

/// Who acts in the sentence: ***Ruiz** was blunt. “It leaks.”*
fn actor(tagged: &Tagged, clauses: &mut Clauses, sentence: Stretch) -> Option<Mention> {
    let end = sentence.end.min(sentence.first + LONGEST_SENTENCE as u32);
    clauses.read(tagged, Stretch { end, ..sentence });
    let group = clauses.groups.iter().find(|g| g.finite)?;
    let subject = group.subject.filter(|&s| clauses.acts(tagged, s))?;
    let start = clauses.chunks[subject as usize].phrase.tokens.range().start;
    clauses.mention(tagged, start, group.first as usize)
}

/// How likely a reading must be to be reported.
fn least(scored: &Scored) -> f32 {
    let mind = matches!(scored.kind, CueKind::Emotion | CueKind::Perception);
    match scored.marked {
        Kind::Direct if scored.source.is_none() => NAMELESS_THRESHOLD,
        Kind::Direct => QUOTED_THRESHOLD,
        Kind::Mixed => MIXED_THRESHOLD,
        Kind::Indirect if mind && sight::mindless(scored.referent) => MIND_THRESHOLD,
        Kind::Indirect if scored.attempted => ATTEMPT_THRESHOLD,
        Kind::Indirect => THRESHOLD,
    }
}

/// Whether a quoted stretch is a paragraph of its own, with whole sentences in it, after the first.
fn floats(parts: &Parts, quote: Stretch, before: Option<Stretch>) -> bool {
    let tagged = parts.tagged;
    // headings stand in other marks than speech
    let mark = |q: Stretch| tagged.form(q.first as usize);
    if before.is_some_and(|before| mark(before) != mark(quote)) {
        return false;
    }
    let whole = holding(parts.paragraphs, quote.first as usize)
        .is_some_and(|at| at > 0 && parts.paragraphs[at] == quote);
    whole && sentences(tagged, quote)
}

/// Whether what a quoted stretch holds is no mere word and ends as a sentence does.
fn sentences(tagged: &Tagged, quote: Stretch) -> bool {
    quote.range().len() > 3 && tagged.kind(quote.range().end - 2).ends_sentence()
}

/// The scripted speech that holds the token.
fn holding_speech(scripted: &[Scripted], at: u32) -> Option<usize> {
    let after = scripted.partition_point(|s| s.content.first <= at);
    after.checked_sub(1).filter(|&i| at < scripted[i].content.end)
}

/// What stands in marks is a sentence of somebody’s rather than a word of his from this many words on.
const SENTENCE_WORDS: usize = 5;

/// Joins pieces from `first` on that overlap.
fn merge(pieces: &mut Vec<Stretch>, first: usize) {
    let mut kept = first;
    for at in first + 1..pieces.len() {
        if pieces[at].first < pieces[kept].end {
            pieces[kept].end = pieces[kept].end.max(pieces[at].end);
        } else {
            kept += 1;
            pieces[kept] = pieces[at];
        }
    }
    pieces.truncate(kept + 1);
}

/// The quoted stretches that lie inside a piece, by their places.
fn within(quotes: &[Stretch], piece: Stretch) -> std::ops::Range<usize> {
    let first = quotes.partition_point(|q| q.first < piece.first);
    let end = quotes.partition_point(|q| q.end <= piece.end);
    first..end.max(first)
}

/// How many readings back the one is looked for that a quoted sentence goes on with.
const LONGEST_SEARCH: usize = 8;

/// The quoted sentences without a tag of their own that go on with the reading before them.
fn join(
    parts: &Parts,
    readings: &Blocks<Scored>,
    scripted: &[Scripted],
    quotes: &[Stretch],
    owners: &mut [Option<u32>],
    (order, joined): (&mut Vec<u32>, &mut Vec<(u32, Stretch)>),
) {
    joined.clear();
    // the last reading of each paragraph so far, by the place of its cue
    order.clear();
    order.extend((0..).zip(readings.iter()).filter(|(_, r)| r.probability > 0.0).map(|(at, _)| at));
    order.sort_unstable_by_key(|&i| (readings[i as usize].head(), i));
    let mut continues = false;
    for (at, outer) in parts.quoted.iter().filter(|q| q.depth == 0).enumerate() {
        let continued = std::mem::replace(&mut continues, outer.continues);
        if owners[at].is_some() || holding_speech(scripted, quotes[at].first).is_some() {
            continue;
        }
        let quote = quotes[at];
        let opens = holding(parts.sentences, quote.first as usize)
            .is_some_and(|s| parts.sentences[s].first == quote.first || abbreviated(parts.tagged, quote));
        let owner = if continued {
            owners[at - 1]
        } else if opens {
            let before = order.partition_point(|&i| readings[i as usize].head() < quote.first);
            let paragraph = parts.paragraphs[outer.paragraph as usize];
            let mut earlier = order[..before]
                .iter()
                .rev()
                .copied()
                .take(LONGEST_SEARCH)
                .take_while(|&i| paragraph.contains(readings[i as usize].head() as usize));
            let mut nearest = None;
            let near = &order[before.saturating_sub(LONGEST_SEARCH)..before];
            let beside = |i: u32| {
                let quoted = |&&j: &&u32| readings[j as usize].marked == Kind::Direct;
                near.iter()
                    .rfind(quoted)
                    .is_some_and(|&j| readings[j as usize].sentence == readings[i as usize].sentence)
            };
            // who is quoted or says something goes on, rather than who thinks or is spoken of between
            let quoted = earlier.find(|&i| {
                nearest.get_or_insert(i);
                let scored = &readings[i as usize];
                scored.marked == Kind::Direct || scored.utters() && !beside(i)
            });
            quoted.or(nearest)
        } else {
            None
        };
        if let Some(owner) = owner {
            owners[at] = Some(owner);
            joined.push((owner, quote));
        } else if let Some((owner, sentence)) = resumed(parts, readings, order, quote) {
            owners[at] = Some(owner);
            joined.push((owner, sentence));
        }
    }
    joined.sort_unstable_by_key(|&(owner, piece)| (owner, piece.first));
}

/// Whether an abbreviation stands before that could end a sentence: *in Ames, N.H. | “It leaks.”*
fn abbreviated(tagged: &Tagged, quote: Stretch) -> bool {
    let before = quote.range().start.checked_sub(1);
    before.is_some_and(|at| tagged.tokens.has(at, Shape::DOTTED) && tagged.tokens.has(at, Shape::CAPITAL))
}

/// The sentence of a quoted stretch without a tag, where it goes on with the quotation of the sentence before:
/// *“It leaks,” Ruiz said. | But “nobody cares.”*
fn resumed(
    parts: &Parts,
    readings: &Blocks<Scored>,
    order: &[u32],
    quote: Stretch,
) -> Option<(u32, Stretch)> {
    let at = holding(parts.sentences, quote.first as usize)?;
    let sentence = parts.sentences[at];
    let long = quote.range().filter(|&at| parts.tagged.kind(at) == TokenKind::Word).count() >= SENTENCE_WORDS;
    let before = order.partition_point(|&i| readings[i as usize].head() < quote.first);
    let owner = order[..before].last().copied()?;
    let last = &readings[owner as usize];
    let goes_on = last.marked != Kind::Indirect && last.sentence as usize + 1 == at && long;
    let told = order[before..].first().is_some_and(|&i| readings[i as usize].sentence as usize == at);
    let paragraph = parts.paragraphs[holding(parts.paragraphs, last.head() as usize)?];
    (goes_on && !told && sentence.first < paragraph.end).then_some((owner, sentence))
}

/// Who is told: the subject, where that is `told`, or by the words around the cue or the name that the speech calls.
fn addressee(parts: &Parts, scored: &Scored, told: &[(u32, Mention)]) -> Option<Mention> {
    let (cue, source, head) = (scored.cue(), scored.source, scored.head());
    let tagged = parts.tagged;
    let subject = told.binary_search_by_key(&head, |&(head, _)| head).ok();
    if subject.is_some() || !scored.verbal {
        return subject.map(|at| told[at].1);
    }
    let sentence = parts.sentences[scored.sentence as usize];
    let takes = tagged.any(head as usize, Traits::TOLD);
    // *urged parents to go*: who is told is part of the content
    if let Some(right) = scored.right().filter(|&r| takes && r == cue.end) {
        let mention = mention::to_the_right(tagged, right as usize, sentence.end as usize)?;
        let next = mention.tokens().end as usize;
        return (next < sentence.end as usize && tagged.tag(next) == Tag::To).then_some(mention);
    }
    let between = source.filter(|m| scored.inverted && m.tokens().first == cue.end);
    let behind = between.map_or(cue.end, |m| m.tokens().end) as usize;
    let limit = scored.right().unwrap_or(sentence.end).min(sentence.end) as usize;
    let opening = || addressee::before(tagged, sentence, source?.tokens());
    let speech = || scored.pieces().filter(|_| scored.marked == Kind::Direct);
    let called = || speech().find_map(|piece| addressee::called(tagged, piece));
    addressee::behind(tagged, behind, limit, takes && between.is_none()).or_else(opening).or_else(called)
}

/// The pattern that a reading follows.
fn rule(reading: &Scored, tagged: &Tagged) -> Rule {
    let quoted = |at: u32| tagged.tokens.has(at as usize, Shape::QUOTED);
    let inverted = reading.inverted;
    match reading.layout {
        _ if reading.form == Form::Phrase => Rule::Phrase,
        LayoutKind::Antecedent => Rule::Relative,
        LayoutKind::Subject if reading.kind == CueKind::Raising => Rule::Sourceless,
        LayoutKind::Subject => Rule::Passive,
        _ if reading.form == Form::Noun => Rule::Noun,
        _ if reading.source.is_none() => Rule::Sourceless,
        LayoutKind::Around => Rule::TagInside,
        LayoutKind::QuoteBefore if inverted => Rule::QuoteVerbSubject,
        LayoutKind::QuoteBefore => Rule::QuoteSubjectVerb,
        LayoutKind::SentenceBefore | LayoutKind::ClauseBefore if inverted => Rule::ContentVerbSubject,
        LayoutKind::SentenceBefore | LayoutKind::ClauseBefore => Rule::ContentSubjectVerb,
        _ if reading.right().is_some_and(quoted) && inverted => Rule::VerbSubjectQuote,
        _ if reading.right().is_some_and(quoted) => Rule::SubjectVerbQuote,
        _ => Rule::SubjectVerbContent,
    }
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
