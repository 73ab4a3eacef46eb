//! Fitting the weights of the models on annotated texts.

pub mod news;
pub mod novels;
mod shares;

use crate::model::linear::{Model, Row, Schema, logistic, softmax};

/// How a model is fitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Features seen less often than this get no weight.
    pub(crate) least: u32,
    /// The strength of the pull of all weights towards 0.
    pub(crate) ridge: f32,
    pub(crate) rounds: usize,
}

/// Questions, each with its candidates; of some the right answer is known in part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    rows: Vec<Row>,
    /// How right each candidate is; those of a question add up to 1.
    targets: Vec<f32>,
    /// Where the candidates of each question end, and the text that it is from.
    ends: Vec<(usize, u32)>,
}

impl Choices {
    /// Adds a question of text `from`.
    pub(crate) fn push(&mut self, from: u32, candidates: impl Iterator<Item = (Row, f32)>) {
        let first = self.rows.len();
        for (row, target) in candidates {
            self.rows.push(row);
            self.targets.push(target);
        }
        let sum: f32 = self.targets[first..].iter().sum();
        if sum > 0.0 {
            self.targets[first..].iter_mut().for_each(|t| *t /= sum);
            self.ends.push((self.rows.len(), from));
        } else {
            self.rows.truncate(first);
            self.targets.truncate(first);
        }
    }

    fn questions(&self) -> impl Iterator<Item = (std::ops::Range<usize>, u32)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|e| e.0));
        starts.zip(&self.ends).map(|(start, &(end, from))| (start..end, from))
    }

    /// Fits a model that chooses among the candidates, on the questions from the texts that `uses` takes.
    pub(crate) fn fit(&self, schema: &'static Schema, set: Settings, uses: impl Fn(u32) -> bool) -> Model {
        let mut fit = Fit::new(schema, set);
        let mut questions: Vec<_> = self.questions().filter(|q| uses(q.1)).map(|q| q.0).collect();
        for row in questions.iter().flat_map(|q| &self.rows[q.clone()]) {
            fit.count(row);
        }
        let mut random = Random(1);
        let mut scores = Vec::new();
        for round in 0..set.rounds {
            random.shuffle(&mut questions);
            for (at, question) in questions.iter().enumerate() {
                fit.average(round, at, questions.len());
                scores.clear();
                scores.extend(self.rows[question.clone()].iter().map(|row| fit.model.score(row)));
                softmax(&mut scores);
                for (at, score) in question.clone().zip(&scores) {
                    fit.step(&self.rows[at], score - self.targets[at]);
                }
            }
        }
        fit.finish()
    }

    /// The share of questions from the texts that `uses` takes whose likeliest candidate is a right one.
    pub(crate) fn accuracy(&self, model: &Model, uses: impl Fn(u32) -> bool) -> (f32, f32) {
        let (mut right, mut all) = (0.0, 0.0);
        for (question, _) in self.questions().filter(|q| uses(q.1)) {
            let best = question
                .clone()
                .max_by(|&a, &b| model.score(&self.rows[a]).total_cmp(&model.score(&self.rows[b])));
            all += 1.0;
            right += f32::from(u8::from(best.is_some_and(|b| self.targets[b] > 0.0)));
        }
        (right, all)
    }
}

/// Fits a model of how likely rows are right.
pub(crate) fn fit_likelihood(schema: &'static Schema, set: Settings, examples: &[(Row, bool)]) -> Model {
    let mut fit = Fit::new(schema, set);
    for (row, _) in examples {
        fit.count(row);
    }
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(1);
    for round in 0..set.rounds {
        random.shuffle(&mut order);
        for (place, &at) in order.iter().enumerate() {
            fit.average(round, place, order.len());
            let (row, right) = &examples[at];
            let p = logistic(fit.model.score(row));
            fit.step(row, p - f32::from(u8::from(*right)));
        }
    }
    fit.finish()
}

/// How many moments of a round are averaged.
const MOMENTS: usize = 20;

/// AdaGrad, the weights averaged over the second half of the rounds, without which they hang on the last examples.
struct Fit {
    model: Model,
    /// The sum of the weights at the moments that are averaged, and how many those are.
    sums: Vec<f32>,
    moments: u16,
    counts: Vec<u32>,
    squares: Vec<f32>,
    set: Settings,
}

impl Fit {
    fn new(schema: &'static Schema, set: Settings) -> Self {
        let model = Model::empty(schema);
        let size = model.weights.len();
        Fit {
            model,
            sums: vec![0.0; size],
            moments: 0,
            counts: vec![0; size],
            squares: vec![1e-2; size],
            set,
        }
    }

    fn count(&mut self, row: &Row) {
        for at in self.model.features(row) {
            self.counts[at] += 1;
        }
    }

    /// Takes in the weights before example `at` of `all` in the round, at some moments of the later rounds.
    fn average(&mut self, round: usize, at: usize, all: usize) {
        if 2 * round >= self.set.rounds && at % all.div_ceil(MOMENTS) == 0 {
            self.moments += 1;
            self.sums.iter_mut().zip(&self.model.weights).for_each(|(sum, weight)| *sum += weight);
        }
    }

    fn step(&mut self, row: &Row, error: f32) {
        let Fit { model, counts, squares, set, .. } = self;
        let features: [usize; 128] = {
            let mut places = [usize::MAX; 128];
            for (place, at) in places.iter_mut().zip(model.features(row)) {
                *place = at;
            }
            places
        };
        for at in features.into_iter().take_while(|&at| at != usize::MAX) {
            if counts[at] < set.least {
                continue;
            }
            let gradient = error + set.ridge / counts[at] as f32 * model.weights[at];
            squares[at] += gradient * gradient;
            model.weights[at] -= 0.1 * gradient / squares[at].sqrt();
        }
    }

    fn finish(mut self) -> Model {
        for (weight, sum) in self.model.weights.iter_mut().zip(&self.sums) {
            *weight = (sum / f32::from(self.moments.max(1)) * 100.0).round() / 100.0;
        }
        self.model
    }
}

/// A small generator, so that a fit gives the same weights whenever it is run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
