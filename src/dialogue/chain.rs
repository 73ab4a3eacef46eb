//! A chain of choices in which each depends on the last two persons chosen, and how likely each choice is.
//!
//! What is remembered of a sequence is its last person and the last one before who was another: the partner.
//! How a choice stands to the two is one of three patterns, and the weight of a step depends on nothing else. So the sums
//! over all sequences take time that grows with the square of the number of candidates and linearly with the
//! length of the chain.

/// How a choice can stand to the last person and the partner: it is the one, the other, or somebody else.
pub(crate) const PATTERNS: usize = 3;

/// How many states a candidate can be in, seen from the link after it.
pub(crate) const STATES: usize = 3;

/// The weights of the step to a link: by pattern, then by the state of the last person.
pub(crate) type Step = [[f32; STATES]; PATTERNS];

/// The forward tables of so many links are kept at once: those of all would be most of what a novel takes.
const PART: usize = 32;

/// Links with the candidates of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain {
    /// Where the candidates of each link begin; one entry more than there are links.
    pub(crate) first: Vec<u32>,
    /// Who each candidate is; no two of one link are the same.
    pub(crate) who: Vec<u32>,
    /// The weight of each candidate by itself: the exponential of its score; nothing once it was turned into a
    /// probability.
    pub(crate) weight: Vec<f32>,
    /// The state of each candidate, seen from the link after.
    pub(crate) state: Vec<u8>,
    /// The weights of the step to each link.
    pub(crate) step: Vec<Step>,
}

/// Memory of [`Chain::marginals`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// For each link of a part of the chain, the sums of all that leads to a partner (by row, nobody last) and a last
    /// person.
    forward: Vec<f32>,
    /// Where the table of each of these links begins in `forward`.
    table: Vec<usize>,
    /// The first table of each part, from which the others are made anew on the way back.
    saved: Vec<f32>,
    /// Where these begin.
    parts: Vec<usize>,
    backward: Vec<f32>,
    before: Vec<f32>,
    /// For each candidate of a link its place among those of the next.
    place: Vec<usize>,
    /// The probability of each candidate of a link.
    likely: Vec<f32>,
    /// The probability of each candidate.
    pub(crate) marginal: Vec<f32>,
}

impl Sums {
    /// Lets go all but what was found.
    pub(crate) fn drop_tables(&mut self) {
        *self = Sums { marginal: std::mem::take(&mut self.marginal), ..Sums::default() };
    }
}

impl Chain {
    pub(crate) fn clear(&mut self) {
        self.first.clear();
        self.first.push(0);
        self.who.clear();
        self.weight.clear();
        self.state.clear();
        self.step.clear();
    }

    /// Lets go all but the candidates of each link.
    pub(crate) fn drop_weights(&mut self) {
        let Chain { first, who, .. } = std::mem::take(self);
        *self = Chain { first, who, ..Chain::default() };
    }

    pub(crate) fn len(&self) -> usize {
        self.first.len() - 1
    }

    pub(crate) fn candidates(&self, link: usize) -> std::ops::Range<usize> {
        self.first[link] as usize..self.first[link + 1] as usize
    }

    /// The places of the candidates of the link before among those of `link`; one past the last for nobody.
    fn places(&self, link: usize, place: &mut Vec<usize>) {
        let here = &self.who[self.candidates(link)];
        place.clear();
        let find = |w: &u32| here.iter().position(|h| h == w).unwrap_or(here.len());
        place.extend(self.who[self.candidates(link - 1)].iter().map(find));
        place.push(here.len());
    }

    /// How many numbers the table of a link has.
    fn size(&self, link: usize) -> usize {
        let width = self.candidates(link).len();
        (width + 1) * width
    }

    /// Fills `sums` with the probability of each candidate, in the memory of the weights, of which none is left; calls
    /// `steps` with the probability of each pattern and state at each link.
    pub(crate) fn marginals(&mut self, sums: &mut Sums, mut steps: impl FnMut(usize, usize, usize, f32)) {
        let n = self.len();
        self.go_ahead(sums);
        for part in (0..sums.parts.len()).rev() {
            let first = part * PART;
            let last = (first + PART).min(n - 1);
            self.refill(sums, first, last);
            for link in (first..=last).rev().filter(|&link| link > first || link == 0) {
                let here = self.candidates(link);
                let width = here.len();
                let table = &sums.forward[sums.table[link - first]..][..self.size(link)];
                if link == n - 1 {
                    sums.backward.clear();
                    sums.backward.resize(table.len(), 1.0);
                }
                let products = table.iter().zip(&sums.backward).map(|(f, b)| f * b);
                let scale = 1.0 / products.clone().sum::<f32>().max(f32::MIN_POSITIVE);
                sums.likely.clear();
                sums.likely.resize(width, 0.0);
                for (at, product) in products.enumerate() {
                    sums.likely[at % width] += product * scale;
                }
                if link > 0 {
                    self.places(link, &mut sums.place);
                    let last = &sums.forward[sums.table[link - 1 - first]..][..self.size(link - 1)];
                    sums.before.clear();
                    sums.before.resize(last.len(), 0.0);
                    let parts = self.backward(link, last, &sums.backward, &sums.place, &mut sums.before);
                    let mass: f32 = parts.iter().flatten().sum::<f32>().max(f32::MIN_POSITIVE);
                    for (pattern, row) in parts.iter().enumerate() {
                        for (state, part) in row.iter().enumerate() {
                            steps(link, pattern, state, part / mass);
                        }
                    }
                    let top = sums.before.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
                    sums.before.iter_mut().for_each(|cell| *cell /= top);
                    std::mem::swap(&mut sums.before, &mut sums.backward);
                }
                // what is left to do needs the weights of earlier links only
                self.weight[here].copy_from_slice(&sums.likely);
            }
        }
        std::mem::swap(&mut self.weight, &mut sums.marginal);
        self.weight.clear();
    }

    /// Makes the forward tables of all links one after another and saves the first of each part.
    fn go_ahead(&self, sums: &mut Sums) {
        let Sums { saved, parts, before: last, backward: table, place, .. } = sums;
        saved.clear();
        saved.reserve_exact((0..self.len()).step_by(PART).map(|link| self.size(link)).sum());
        parts.clear();
        for link in 0..self.len() {
            table.clear();
            table.resize(self.size(link), 0.0);
            self.fill(link, last, place, table);
            if link % PART == 0 {
                parts.push(saved.len());
                saved.extend_from_slice(table);
            }
            std::mem::swap(last, table);
        }
    }

    /// Makes the forward tables of the links from the `first` of a part to the `last` anew.
    fn refill(&self, sums: &mut Sums, first: usize, last: usize) {
        let Sums { forward, table: places, saved, parts, place, .. } = sums;
        places.clear();
        forward.clear();
        places.push(0);
        forward.reserve_exact((first..=last).map(|link| self.size(link)).sum());
        forward.extend_from_slice(&saved[parts[first / PART]..][..self.size(first)]);
        for link in first + 1..=last {
            let from = forward.len();
            forward.resize(from + self.size(link), 0.0);
            let (done, table) = forward.split_at_mut(from);
            self.fill(link, &done[places[link - 1 - first]..], place, table);
            places.push(from);
        }
    }

    /// Fills the forward table of a link, which is all zeros, from the `last` one.
    fn fill(&self, link: usize, last: &[f32], place: &mut Vec<usize>, table: &mut [f32]) {
        let here = self.candidates(link);
        let width = here.len();
        if link == 0 {
            table[width * width..].copy_from_slice(&self.weight[here]);
        } else {
            self.places(link, place);
            self.forward(link, self.candidates(link - 1), last, place, table);
        }
        let sum: f32 = table.iter().sum();
        let scale = 1.0 / sum.max(f32::MIN_POSITIVE);
        table.iter_mut().for_each(|cell| *cell *= scale);
    }

    fn forward(
        &self,
        link: usize,
        before: std::ops::Range<usize>,
        last: &[f32],
        place: &[usize],
        table: &mut [f32],
    ) {
        let here = self.candidates(link);
        let (width, old) = (here.len(), before.len());
        for i in 0..old {
            let state = usize::from(self.state[before.start + i]);
            let [stays, returns, enters] = self.step[link].map(|s| s[state]);
            let total: f32 = (0..=old).map(|o| last[o * old + i]).sum();
            let row = place[i] * width;
            for cell in &mut table[row..row + width] {
                *cell += total * enters;
            }
            for o in 0..old {
                // the partner speaks again: what was counted as entering returns
                if place[o] < width && o != i {
                    table[row + place[o]] += last[o * old + i] * (returns - enters);
                }
            }
            if place[i] < width {
                table[row + place[i]] = 0.0;
                for o in 0..=old {
                    table[place[o] * width + place[i]] += last[o * old + i] * stays;
                }
            }
        }
        for row in table.chunks_exact_mut(width) {
            for (cell, weight) in row.iter_mut().zip(&self.weight[here.clone()]) {
                *cell = cell.max(0.0) * weight;
            }
        }
    }

    fn backward(
        &self,
        link: usize,
        last: &[f32],
        behind: &[f32],
        place: &[usize],
        out: &mut [f32],
    ) -> [[f32; STATES]; PATTERNS] {
        let here = self.candidates(link);
        let before = self.candidates(link - 1);
        let (width, old) = (here.len(), before.len());
        let weight = &self.weight[here];
        let mut parts = [[0.0; STATES]; PATTERNS];
        for i in 0..old {
            let state = usize::from(self.state[before.start + i]);
            let [stays, returns, enters] = self.step[link].map(|s| s[state]);
            let row = &behind[place[i] * width..][..width];
            let gain = |j: usize| if j < width && j != place[i] { weight[j] * row[j] } else { 0.0 };
            let sum: f32 = (0..width).map(gain).sum();
            for o in 0..=old {
                let back = if o == i { 0.0 } else { gain(place[o]) };
                let same = if place[i] < width {
                    weight[place[i]] * behind[place[o] * width + place[i]]
                } else {
                    0.0
                };
                let lead = last[o * old + i];
                let values = [same * stays, back * returns, (sum - back).max(0.0) * enters];
                out[o * old + i] = values.iter().sum();
                for (part, value) in parts.iter_mut().zip(values) {
                    part[state] += lead * value;
                }
            }
        }
        parts
    }
}
