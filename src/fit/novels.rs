//! Fits the weights by which the turns of dialogue find their speakers, on novels whose speakers are known.

use crate::Extractor;
use crate::dialogue::candidate::{CANDIDATE, STEP, step_row};
use crate::dialogue::chain::{Chain, PATTERNS, STATES, Sums};
use crate::dialogue::exchange::Exchange;
use crate::dialogue::presence::ELSE;
use crate::dialogue::turn::Scene;
use crate::grammar::tag::Tagged;
use crate::lexicon::Lexicon;
use crate::model::linear::Model;
use crate::people::cast::Cast;
use crate::people::speaker::Identity;
use crate::workspace::Workspace;

/// A novel whose quotations have their speakers marked.
#[derive(Debug)]
pub struct Novel {
    /// What it is called.
    pub id: String,
    /// Its text.
    pub text: String,
    /// All its characters.
    pub cast: Cast,
    /// Its quotations.
    pub quotations: Vec<Marked>,
}

/// A quotation whose speaker is known.
#[derive(Debug)]
pub struct Marked {
    /// Its pieces, in bytes.
    pub content: Vec<(usize, usize)>,
    /// The name under which the cast has its speaker.
    pub speaker: String,
    /// How the text names the speaker: explicit, anaphoric or implicit.
    pub kind: Option<String>,
}

const KINDS: [&str; 3] = ["explicit", "anaphoric", "implicit"];

struct Prepared {
    id: String,
    exchange: Exchange,
    /// For each candidate, whether it is the marked speaker.
    right: Vec<bool>,
    /// For each turn, whether any candidate is.
    labelled: Vec<bool>,
    /// For each gold quotation its turn, kind and speaker.
    gold: Vec<(Option<u32>, Option<usize>, Option<usize>)>,
    /// The character that each speaker's name fits alone.
    means: Vec<Option<usize>>,
    candidate_features: Vec<u32>,
    step_features: Vec<u32>,
}

/// Counts of quotations and of those whose speaker is right: explicit, anaphoric, implicit, all.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    all: [usize; 4],
    right: [usize; 4],
}

impl Tally {
    fn line(&self) -> String {
        (0..4).map(|i| format!("{:.3} ", self.right[i] as f64 / self.all[i].max(1) as f64)).collect()
    }

    fn add(&mut self, other: &Tally) {
        for i in 0..4 {
            self.all[i] += other.all[i];
            self.right[i] += other.right[i];
        }
    }
}

const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "miss",
    "ms",
    "dr",
    "sir",
    "lady",
    "lord",
    "the",
    "madame",
    "monsieur",
    "m",
    "mme",
    "mlle",
    "president",
    "senator",
    "sen",
    "rep",
    "gov",
    "captain",
    "colonel",
    "inspector",
];
const MORE_TITLES: [&str; 3] = ["professor", "aunt", "uncle"];
const MALE: [&str; 9] = ["mr", "sir", "lord", "monsieur", "m", "uncle", "king", "father", "brother"];
const FEMALE: [&str; 11] =
    ["mrs", "miss", "ms", "lady", "madame", "mme", "mlle", "aunt", "queen", "mother", "sister"];

fn words(name: &str) -> Vec<String> {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn core(words: &[String]) -> Vec<String> {
    let title = |w: &String| TITLES.contains(&w.as_str()) || MORE_TITLES.contains(&w.as_str());
    let mut core: Vec<String> = words.iter().filter(|w| !title(w)).cloned().collect();
    if core.is_empty() {
        core = words.to_vec();
    }
    core.sort();
    core.dedup();
    core
}

fn sex(words: &[String]) -> Option<char> {
    if words.iter().any(|w| MALE.contains(&w.as_str())) {
        Some('M')
    } else if words.iter().any(|w| FEMALE.contains(&w.as_str())) {
        Some('F')
    } else {
        None
    }
}

/// The character that the name fits alone.
fn means(name: &str, cast: &Cast) -> Option<usize> {
    let w = words(name);
    let c = core(&w);
    let subset = |a: &[String], b: &[String]| a.len() < b.len() && a.iter().all(|x| b.contains(x));
    let (mut best, mut found) = (0, Vec::new());
    for (i, character) in cast.characters().iter().enumerate() {
        for alias in character.aliases.iter().chain([&character.name]) {
            let a = words(alias);
            let k = core(&a);
            let theirs = sex(&a).or(match character.gender {
                crate::Gender::Male => Some('M'),
                crate::Gender::Female => Some('F'),
                _ => None,
            });
            let clash = sex(&w).is_some() && theirs.is_some() && theirs != sex(&w);
            let fit = if a == w {
                9
            } else if clash {
                0
            } else if k == c {
                8
            } else if subset(&c, &k) {
                7
            } else if subset(&k, &c) {
                1 + k.len().min(5)
            } else {
                0
            };
            if fit > best {
                best = fit;
                found.clear();
            }
            if fit > 0 && fit == best && !found.contains(&i) {
                found.push(i);
            }
        }
    }
    (found.len() == 1).then(|| found[0])
}

fn prepare(novel: &Novel, given: bool, lexicon: &Lexicon, candidate: &Model, step: &Model) -> Prepared {
    let text = novel.text.as_str();
    let mut read = Workspace::new();
    let extractor =
        if given { Extractor::builder().cast(novel.cast.clone()).build() } else { Extractor::new() };
    extractor.parse(&mut read, text, |_| {});
    let tagged = Tagged { text, tokens: &read.found.tokens, lexicon, tags: &read.tags };
    let scene =
        Scene { tagged: &tagged, paragraphs: &read.found.paragraphs, sentences: &read.found.sentences };
    let mut exchange = Exchange::default();
    let mut pieces = Vec::new();
    let mut reader = exchange.gather(scene, &read.found.people, &read.found.quoted, &mut pieces);
    let tokens = &read.found.tokens;

    let names: Vec<&str> = read
        .found
        .people
        .speakers
        .iter()
        .map(|s| match s.identity {
            Identity::Nameless => "",
            Identity::Named(name) => tokens.span(name.first as usize, name.end as usize).of(text),
            Identity::Character(at) => novel.cast.characters()[at as usize].name.as_str(),
        })
        .collect();
    let means: Vec<Option<usize>> =
        names.iter().map(|n| (!n.is_empty()).then(|| means(n, &novel.cast)).flatten()).collect();
    let index = |name: &str| novel.cast.characters().iter().position(|c| c.name == name);
    // which turn covers a segment
    let mut gold = Vec::new();
    let mut votes: Vec<Vec<usize>> = vec![Vec::new(); exchange.turns.len()];
    let mut owner = vec![0u32; pieces.len()];
    for (at, turn) in exchange.turns.iter().enumerate() {
        for piece in turn.pieces.range() {
            owner[piece] = at as u32;
        }
    }
    let spans: Vec<(usize, usize)> = pieces
        .iter()
        .map(|piece| {
            let s = tokens.span(piece.first as usize, piece.end as usize);
            (s.start, s.end)
        })
        .collect();
    for m in &novel.quotations {
        let mut best = None;
        for &(s0, e0) in &m.content {
            let k = spans.partition_point(|s| s.0 <= s0).saturating_sub(3);
            let mut cover: Vec<(u32, usize)> = Vec::new();
            for (i, &(s, e)) in spans.iter().enumerate().skip(k).take(40) {
                if s >= e0 {
                    break;
                }
                let o = e.min(e0).saturating_sub(s.max(s0));
                if o > 0 {
                    match cover.iter_mut().find(|c| c.0 == owner[i]) {
                        Some(c) => c.1 += o,
                        None => cover.push((owner[i], o)),
                    }
                }
            }
            if let Some(c) = cover.iter().max_by_key(|c| (c.1, std::cmp::Reverse(c.0))) {
                if c.1 * 2 >= e0 - s0 {
                    best = Some(c.0);
                    break;
                }
            }
        }
        let speaker = index(&m.speaker);
        if let (Some(b), Some(s)) = (best, speaker) {
            votes[b as usize].push(s);
        }
        let kind = m.kind.as_deref().and_then(|k| KINDS.iter().position(|x| *x == k));
        gold.push((best, kind, speaker));
    }
    let mut right = Vec::new();
    let mut labelled = Vec::new();
    for (at, votes) in votes.iter().enumerate() {
        let major = votes.iter().copied().max_by_key(|v| votes.iter().filter(|w| *w == v).count());
        let range = exchange.chain.candidates(at);
        let known = |who: u32| who != ELSE && major.is_some() && means[who as usize] == major;
        let any = exchange.chain.who[range.clone()].iter().any(|&w| known(w));
        for i in range {
            right.push(if any { known(exchange.chain.who[i]) } else { exchange.chain.who[i] == ELSE });
        }
        labelled.push(major.is_some());
    }
    let (mut candidate_features, mut step_features) = (Vec::new(), Vec::new());
    for at in 0..exchange.turns.len() {
        let (rows, common) = exchange.rows(&mut reader, at);
        candidate_features.extend(rows.iter().flat_map(|row| candidate.features(row)).map(|f| f as u32));
        let steps = (0..PATTERNS * STATES).map(|at| step_row(&common, at / STATES, at % STATES));
        step_features.extend(steps.flat_map(|r| step.features(&r).map(|f| f as u32).collect::<Vec<_>>()));
    }
    Prepared {
        id: novel.id.clone(),
        exchange,
        right,
        labelled,
        gold,
        means,
        candidate_features,
        step_features,
    }
}

impl Prepared {
    /// How many quotations have their speaker among the candidates.
    fn reachable(&self) -> usize {
        let known = |&&(turn, _, speaker): &&(Option<u32>, Option<usize>, Option<usize>)| {
            let e = &self.exchange;
            turn.is_some_and(|t| {
                let range = e.chain.candidates(t as usize);
                e.chain.who[range]
                    .iter()
                    .any(|&w| w != ELSE && speaker.is_some() && self.means[w as usize] == speaker)
            })
        };
        self.gold.iter().filter(known).count()
    }
}

struct Weights {
    candidate: Vec<f32>,
    step: Vec<f32>,
    candidate_squares: Vec<f32>,
    step_squares: Vec<f32>,
}

/// Sets `chain` to the turns `range` with the weights.
fn build(p: &Prepared, w: &Weights, range: std::ops::Range<usize>, chain: &mut Chain, keep: &[Vec<f32>; 2]) {
    chain.clear();
    let e = &p.exchange;
    let base = e.chain.first[range.start] as usize;
    let templates = p.candidate_features.len() / e.chain.who.len();
    let steps = p.step_features.len() / e.turns.len();
    let each = steps / (crate::dialogue::chain::PATTERNS * crate::dialogue::chain::STATES);
    for at in range {
        let cs = e.chain.candidates(at);
        let from = chain.weight.len();
        for i in cs.clone() {
            chain.who.push(e.chain.who[i]);
            chain.state.push(e.chain.state[i]);
            let f = &p.candidate_features[i * templates..(i + 1) * templates];
            chain.weight.push(f.iter().zip(&keep[0]).map(|(&f, k)| k * w.candidate[f as usize]).sum());
        }
        let top = chain.weight[from..].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for v in &mut chain.weight[from..] {
            *v = (*v - top).max(-30.0).exp();
        }
        chain.first.push((cs.end - base) as u32);
        let mut step = [[0.0; crate::dialogue::chain::STATES]; crate::dialogue::chain::PATTERNS];
        for (k, cell) in step.iter_mut().flatten().enumerate() {
            let f = &p.step_features[at * steps + k * each..at * steps + (k + 1) * each];
            let v: f32 = f.iter().zip(&keep[1]).map(|(&f, k)| k * w.step[f as usize]).sum();
            *cell = v.clamp(-15.0, 15.0).exp();
        }
        chain.step.push(step);
    }
}

/// What share of the templates sits out each example, so that no weight leans on another.
const DROPPED: f32 = 0.3;

/// Every template kept, of both models.
fn whole() -> [Vec<f32>; 2] {
    [vec![1.0; 200], vec![1.0; 200]]
}

fn train(data: &[&Prepared], candidate: &Model, step: &Model, set: Settings) -> Weights {
    let Settings { epochs, rate, decay } = set;
    let mut w = Weights {
        candidate: vec![0.0; candidate.weights.len()],
        step: vec![0.0; step.weights.len()],
        candidate_squares: vec![1e-2; candidate.weights.len()],
        step_squares: vec![1e-2; step.weights.len()],
    };
    const CHUNK: usize = 60;
    let mut chunks: Vec<(usize, usize, usize)> = Vec::new();
    for (d, p) in data.iter().enumerate() {
        let n = p.exchange.turns.len();
        let mut from = 0;
        while from < n {
            chunks.push((d, from, (from + CHUNK).min(n)));
            from += CHUNK;
        }
    }
    let (mut free, mut held) = (Chain::default(), Chain::default());
    let (mut sums, mut held_sums) = (Sums::default(), Sums::default());
    let mut seed = 1u64;
    let mut keep = whole();
    let mut gc: Vec<(u32, f32)> = Vec::new();
    let mut gs: Vec<(u32, f32)> = Vec::new();
    let mut mean = (vec![0f64; w.candidate.len()], vec![0f64; w.step.len()], 0f64);
    for epoch in 0..epochs {
        for i in (1..chunks.len()).rev() {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            chunks.swap(i, (seed >> 33) as usize % (i + 1));
        }
        for &(d, from, end) in &chunks {
            let p = data[d];
            let e = &p.exchange;
            for k in keep.iter_mut().flatten() {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                *k = if ((seed >> 33) as f32 / (1u64 << 31) as f32) < DROPPED {
                    0.0
                } else {
                    1.0 / (1.0 - DROPPED)
                };
            }
            build(p, &w, from..end, &mut free, &keep);
            held.clone_from(&free);
            let base = e.chain.first[from] as usize;
            for at in from..end {
                if p.labelled[at] {
                    for i in e.chain.candidates(at) {
                        if !p.right[i] {
                            held.weight[i - base] = 0.0;
                        } else {
                            held.weight[i - base] = held.weight[i - base].max(1e-12);
                        }
                    }
                }
            }
            let steps = p.step_features.len() / e.turns.len();
            let each = steps / (crate::dialogue::chain::PATTERNS * crate::dialogue::chain::STATES);
            let templates = p.candidate_features.len() / e.chain.who.len();
            gc.clear();
            gs.clear();
            let mut put = |link: usize, pattern: usize, state: usize, amount: f32| {
                if amount.abs() > 1e-5 {
                    let k = pattern * crate::dialogue::chain::STATES + state;
                    let f = &p.step_features[(from + link) * steps + k * each..][..each];
                    gs.extend(
                        f.iter().zip(&keep[1]).filter(|(_, k)| **k > 0.0).map(|(&f, k)| (f, k * amount)),
                    );
                }
            };
            free.marginals(&mut sums, |l, p, s, v| put(l, p, s, -v));
            held.marginals(&mut held_sums, put);
            for k in 0..free.who.len() {
                let amount = held_sums.marginal[k] - sums.marginal[k];
                if amount.abs() > 1e-5 {
                    let i = base + k;
                    let f = &p.candidate_features[i * templates..(i + 1) * templates];
                    gc.extend(
                        f.iter().zip(&keep[0]).filter(|(_, k)| **k > 0.0).map(|(&f, k)| (f, k * amount)),
                    );
                }
            }
            update(&mut gc, &mut w.candidate, &mut w.candidate_squares, rate, decay);
            update(&mut gs, &mut w.step, &mut w.step_squares, rate, decay);
            if epoch > 1 {
                mean.0.iter_mut().zip(&w.candidate).for_each(|(m, w)| *m += f64::from(*w));
                mean.1.iter_mut().zip(&w.step).for_each(|(m, w)| *m += f64::from(*w));
                mean.2 += 1.0;
            }
        }
    }
    w.candidate = mean.0.iter().map(|m| (m / mean.2) as f32).collect();
    w.step = mean.1.iter().map(|m| (m / mean.2) as f32).collect();
    w
}

fn update(gradient: &mut [(u32, f32)], w: &mut [f32], squares: &mut [f32], rate: f32, decay: f32) {
    gradient.sort_unstable_by_key(|g| g.0);
    let mut at = 0;
    while at < gradient.len() {
        let f = gradient[at].0;
        let mut g = 0.0;
        while at < gradient.len() && gradient[at].0 == f {
            g += gradient[at].1;
            at += 1;
        }
        let i = f as usize;
        g -= decay * w[i];
        if !g.is_finite() {
            continue;
        }
        squares[i] += g * g;
        w[i] += rate * g / squares[i].sqrt();
    }
}

/// The candidate chosen for each turn.
fn choose(p: &Prepared, w: &Weights) -> Vec<(u32, f32)> {
    let mut chain = Chain::default();
    let mut sums = Sums::default();
    build(p, w, 0..p.exchange.turns.len(), &mut chain, &whole());
    chain.marginals(&mut sums, |_, _, _, _| {});
    (0..chain.len())
        .map(|at| {
            let best = chain
                .candidates(at)
                .filter(|&i| chain.who[i] != ELSE)
                .max_by(|&a, &b| sums.marginal[a].total_cmp(&sums.marginal[b]));
            best.map_or((ELSE, 0.0), |b| (chain.who[b], sums.marginal[b]))
        })
        .collect()
}

fn tally(p: &Prepared, w: &Weights) -> Tally {
    let chosen = choose(p, w);
    let mut tally = Tally::default();
    for &(turn, kind, speaker) in &p.gold {
        let right = turn.is_some_and(|t| {
            let who = chosen[t as usize].0;
            who != ELSE && speaker.is_some() && p.means[who as usize] == speaker
        });
        for k in kind.into_iter().chain([3]) {
            tally.all[k] += 1;
            tally.right[k] += usize::from(right);
        }
    }
    tally
}

/// How the weights are fitted.
#[derive(Clone, Copy, Debug)]
struct Settings {
    epochs: usize,
    rate: f32,
    decay: f32,
}

/// Fits on half of the novels and measures on the others, both ways, and prints the figures; then fits on all.
/// Gives the table of weights.
#[allow(clippy::print_stdout)]
pub fn run(novels: &[Novel]) -> String {
    let lexicon = Lexicon::english();
    let candidate = Model::empty(&CANDIDATE);
    let step = Model::empty(&STEP);
    let set = Settings { epochs: 8, rate: 0.03, decay: 0.01 };
    println!("{} candidate features, {} step features", candidate.weights.len(), step.weights.len());
    // every novel is read twice: with its cast and without
    let data: Vec<(usize, bool, Prepared)> = [true, false]
        .into_iter()
        .flat_map(|given| (0..novels.len()).map(move |at| (at, given)))
        .map(|(at, given)| (at, given, prepare(&novels[at], given, &lexicon, &candidate, &step)))
        .collect();
    for given in [true, false] {
        let of = || data.iter().filter(|d| d.1 == given).map(|d| &d.2);
        let all: usize = of().map(|p| p.gold.len()).sum();
        let among: usize = of().map(Prepared::reachable).sum();
        println!("{}: speaker among the candidates {:.3}", title(given), among as f64 / all as f64);
    }
    let mut lines = Vec::new();
    let mut inside = [Tally::default(); 2];
    let mut total = [Tally::default(); 2];
    for fold in 0..2 {
        let learn: Vec<&Prepared> = data.iter().filter(|d| d.0 % 2 == fold).map(|d| &d.2).collect();
        let w = train(&learn, &candidate, &step, set);
        for (at, given, p) in &data {
            let t = tally(p, &w);
            if at % 2 == fold {
                inside[usize::from(*given)].add(&t);
            } else {
                total[usize::from(*given)].add(&t);
                lines.push((!given, *at, format!("{:<30}{}", p.id, t.line())));
            }
        }
    }
    lines.sort();
    for given in [true, false] {
        println!("{}", title(given));
        lines.iter().filter(|l| l.0 != given).for_each(|l| println!("{}", l.2));
        println!("in sample                     {}", inside[usize::from(given)].line());
        println!("two-fold                      {}", total[usize::from(given)].line());
    }
    let learn: Vec<&Prepared> = data.iter().map(|d| &d.2).collect();
    let w = train(&learn, &candidate, &step, set);
    let keep = |weights: &[f32]| weights.iter().map(|&w| if w.abs() < 0.03 { 0.0 } else { w }).collect();
    let (mut candidate, mut step) = (candidate, step);
    candidate.weights = keep(&w.candidate);
    step.weights = keep(&w.step);
    candidate.write() + &step.write()
}

fn title(given: bool) -> &'static str {
    if given { "cast given" } else { "bare text" }
}
