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

/// Links with the candidates of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain {
    /// Where the candidates of each link begin; one entry more than there are links.
    pub(crate) first: Vec<u32>,
    /// Who each candidate is; no two of one link are the same.
    pub(crate) who: Vec<u32>,
    /// The weight of each candidate by itself: the exponential of its score.
    pub(crate) weight: Vec<f32>,
    /// The state of each candidate, seen from the link after.
    pub(crate) state: Vec<u8>,
    /// The weights of the step to each link.
    pub(crate) step: Vec<Step>,
}

/// Memory of [`Chain::marginals`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// For each link, the sums of all that leads to a partner (by row, nobody last) and a last person.
    forward: Vec<f32>,
    /// Where the table of each link begins in `forward`.
    table: Vec<u32>,
    backward: Vec<f32>,
    before: Vec<f32>,
    /// For each candidate of a link its place among those of the next.
    place: Vec<usize>,
    /// The probability of each candidate.
    pub(crate) marginal: Vec<f32>,
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

    /// Fills `sums` with the probability of each candidate; calls `steps` with the probability of each pattern
    /// and state at each link.
    pub(crate) fn marginals(&self, sums: &mut Sums, mut steps: impl FnMut(usize, usize, usize, f32)) {
        let n = self.len();
        sums.forward.clear();
        sums.table.clear();
        sums.marginal.clear();
        sums.marginal.resize(self.who.len(), 0.0);
        sums.table.reserve_exact(n);
        sums.forward
            .reserve_exact(self.first.windows(2).map(|w| (w[1] - w[0]) as usize).map(|w| (w + 1) * w).sum());
        for link in 0..n {
            let here = self.candidates(link);
            let width = here.len();
            let first = sums.forward.len();
            sums.table.push(first as u32);
            sums.forward.resize(first + (width + 1) * width, 0.0);
            let (done, table) = sums.forward.split_at_mut(first);
            if link == 0 {
                table[width * width..].copy_from_slice(&self.weight[here]);
            } else {
                self.places(link, &mut sums.place);
                let before = self.candidates(link - 1);
                let last = &done[sums.table[link - 1] as usize..];
                self.forward(link, before, last, &sums.place, table);
            }
            let sum: f32 = table.iter().sum();
            let scale = 1.0 / sum.max(f32::MIN_POSITIVE);
            table.iter_mut().for_each(|cell| *cell *= scale);
        }
        for link in (0..n).rev() {
            let here = self.candidates(link);
            let width = here.len();
            let table = &sums.forward[sums.table[link] as usize..][..(width + 1) * width];
            if link == n - 1 {
                sums.backward.clear();
                sums.backward.resize((width + 1) * width, 1.0);
            }
            let products = table.iter().zip(&sums.backward).map(|(f, b)| f * b);
            let scale = 1.0 / products.clone().sum::<f32>().max(f32::MIN_POSITIVE);
            for (at, product) in products.enumerate() {
                sums.marginal[here.start + at % width] += product * scale;
            }
            if link > 0 {
                self.places(link, &mut sums.place);
                let before = self.candidates(link - 1);
                let last =
                    &sums.forward[sums.table[link - 1] as usize..][..(before.len() + 1) * before.len()];
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
        }
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
