//! A model in the form in which it is quick to evaluate.
//!
//! The templates are merged into a few tables over the fields of several of them, as far as the tables stay small;
//! the score of a candidate is then a look-up in each. Every value of a field moves the places in all tables at
//! once; what all candidates of a question have in common moves them once for all. What comes out is what [`Model::score`] says, but for the rounding of sums.

use crate::model::linear::{FIELDS, Model, Row, TURN};

/// How many entries a merged table has at most: larger tables are fewer, but memory at hand has no room for them.
const LARGEST: usize = 1 << 13;

/// How many entries all tables of a model have together at most, so that a place takes a fourth of a word.
const ROOM: usize = 1 << 16;

/// Places in eight tables, or how far a value moves them: four to a word, as no sum of them reaches into the next.
#[repr(align(16))]
#[derive(Clone, Copy, Debug, Default)]
struct Lanes([u64; 2]);

/// How many places those are.
const LANES: usize = 8;

impl Lanes {
    fn new(mut places: impl Iterator<Item = u16>) -> Self {
        let mut word =
            || (0..4).fold(0, |word, at| word | u64::from(places.next().unwrap_or(0)) << (16 * at));
        Lanes([word(), word()])
    }

    /// The places in the tables.
    #[inline]
    fn places(self) -> [usize; LANES] {
        let [a, b] = self.0;
        [a, a >> 16, a >> 32, a >> 48, b, b >> 16, b >> 32, b >> 48].map(|place| place as usize % ROOM)
    }
}

/// How many values of a field the moves have room for, so that a value needs no check.
const VALUES: usize = 64;

/// A model made ready.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    pub(crate) model: Model,
    /// The weights in hundredths, one table behind the other; behind the first entry, which weighs nothing.
    weights: Box<[i16; ROOM]>,
    /// For each value of each field how far it moves the places, in as many lanes as there are eights of tables.
    moves: Vec<Lanes>,
    /// How many lanes those are.
    width: usize,
}

impl Scorer {
    /// The model made ready.
    pub(crate) fn new(model: Model) -> Self {
        let sizes: Vec<usize> = model.schema.fields.iter().map(|f| f.values.len()).collect();
        let room = |sets: &Sets| sets.iter().map(|(fields, _)| size(*fields, &sizes)).sum::<usize>() < ROOM;
        let limits = (0..LARGEST.ilog2()).map(|halved| LARGEST >> halved);
        let mut sets = limits.map(|largest| merged(model.schema.templates, &sizes, largest));
        // without tables the model itself is asked
        let sets = sets.find(room).unwrap_or_default();
        let mut weights = vec![0; 1];
        let mut starts = Vec::new();
        for (fields, templates) in &sets {
            starts.push(weights.len());
            weights.extend(table(&model, *fields, templates, &sizes));
        }
        weights.resize(ROOM, 0);
        let weights = weights.try_into().expect("the weights were made so many");
        let width = sets.len().div_ceil(LANES);
        let mut moves = Vec::new();
        // what the last turn has beyond the fields moves nothing
        let shared = model.schema.shared;
        for field in 0..shared + (sizes.len() - shared).next_multiple_of(TURN) {
            for value in 0..VALUES {
                // the first field brings the places into their tables
                let step = |((fields, _), start): (&(Fields, _), &usize)| {
                    let start = if field == 0 { *start } else { 0 };
                    (start + value * stride(*fields, field, &sizes)) as u16
                };
                let mut steps = sets.iter().zip(&starts).map(step);
                moves.extend((0..width).map(|_| Lanes::new(steps.by_ref().take(LANES))));
            }
        }
        Scorer { model, weights, moves, width }
    }

    /// The sum of the weights of the candidate's features.
    pub(crate) fn score(&self, row: &Row) -> f32 {
        self.hundredths(row) as f32 / 100.0
    }

    /// The same in hundredths.
    pub(crate) fn hundredths(&self, row: &Row) -> i32 {
        let mut score = 0;
        self.each_score([row], |sum| score = sum);
        score
    }

    /// The same for several candidates of one question, one after another.
    pub(crate) fn each_score<'r>(&self, rows: impl IntoIterator<Item = &'r Row>, score: impl FnMut(i32)) {
        let rows = rows.into_iter();
        match self.width {
            1 => self.each_sum::<1>(rows).for_each(score),
            2 => self.each_sum::<2>(rows).for_each(score),
            3 => self.each_sum::<3>(rows).for_each(score),
            4 => self.each_sum::<4>(rows).for_each(score),
            _ => rows.map(|row| (self.model.score(row) * 100.0).round() as i32).for_each(score),
        }
    }

    /// The scores of the candidates; what they share is looked up once.
    fn each_sum<'r, const WIDTH: usize>(
        &self,
        rows: impl Iterator<Item = &'r Row>,
    ) -> impl Iterator<Item = i32> {
        let shared = self.model.schema.shared;
        let (fixed, moves) = self.moves.split_at(shared * VALUES * WIDTH);
        let mut start = None;
        rows.map(move |row| {
            let (common, own) = row.split_at(shared);
            let mut places = *start.get_or_insert_with(|| {
                let fields = fixed.chunks_exact(VALUES * WIDTH).zip(common);
                fields.fold([Lanes::default(); WIDTH], |places, (moves, &value)| moved(places, moves, value))
            });
            for (moves, values) in moves.chunks_exact(TURN * VALUES * WIDTH).zip(own.chunks_exact(TURN)) {
                for (moves, &value) in moves.chunks_exact(VALUES * WIDTH).zip(values) {
                    places = moved(places, moves, value);
                }
            }
            let mut sum = 0;
            for lanes in places {
                for place in lanes.places() {
                    sum += i32::from(self.weights[place]);
                }
            }
            sum
        })
    }
}

/// Where the places are when the value of a field has moved them.
#[inline]
fn moved<const WIDTH: usize>(mut places: [Lanes; WIDTH], moves: &[Lanes], value: u8) -> [Lanes; WIDTH] {
    let at = WIDTH * (usize::from(value) % VALUES);
    for (places, steps) in places.iter_mut().zip(&moves[at..at + WIDTH]) {
        for (place, step) in places.0.iter_mut().zip(steps.0) {
            *place = place.wrapping_add(step);
        }
    }
    places
}

/// A set of fields, a bit for each.
type Fields = u64;

/// The fields of the tables, each with its templates by their places.
type Sets = Vec<(Fields, Vec<usize>)>;

/// The fields of a set, ascending.
fn members(mut set: Fields) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let field = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (field < FIELDS).then_some(field)
    })
}

/// How many entries a table over the fields has.
fn size(set: Fields, sizes: &[usize]) -> usize {
    members(set).map(|field| sizes[field]).product()
}

/// How far apart two entries of a table are whose values of the field follow each other; 0 where it has no such field.
fn stride(set: Fields, field: usize, sizes: &[usize]) -> usize {
    let before = set & ((1 << field) - 1);
    if set >> field & 1 == 1 { size(before, sizes) } else { 0 }
}

/// The templates in as few tables as have at most `largest` entries: always those two become one that grow the least.
fn merged(templates: &[&[usize]], sizes: &[usize], largest: usize) -> Sets {
    let set = |fields: &[usize]| fields.iter().fold(0, |set, field| set | 1 << field);
    let mut sets: Sets = (0..).zip(templates).map(|(at, t)| (set(t), vec![at])).collect();
    let growth = |a: Fields, b: Fields| {
        let [a, b, both] = [a, b, a | b].map(|set| size(set, sizes));
        (both <= largest).then_some(both as isize - (a + b) as isize)
    };
    loop {
        let pairs = (0..sets.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let best = pairs.filter_map(|(a, b)| Some((growth(sets[a].0, sets[b].0)?, a, b))).min();
        let Some((_, a, b)) = best else { return sets };
        let (fields, templates) = sets.swap_remove(b);
        sets[a].0 |= fields;
        sets[a].1.extend(templates);
    }
}

/// What the templates weigh together, in hundredths, for all values of the fields.
fn table(
    model: &Model,
    fields: Fields,
    templates: &[usize],
    sizes: &[usize],
) -> impl Iterator<Item = i16> + use<> {
    let mut row: Row = [0; FIELDS];
    let mut sums = vec![0.0; size(fields, sizes)];
    let (first, others) = (members(fields).next().unwrap_or(0), fields & fields.wrapping_sub(1));
    // the values of the first field follow each other, and so do their features in steps of one length
    for sums in sums.chunks_exact_mut(sizes[first]) {
        for &template in templates {
            row[first] = 0;
            let at = model.feature(template, &row);
            row[first] = 1;
            let step = model.feature(template, &row) - at;
            for (value, sum) in sums.iter_mut().enumerate() {
                *sum += model.weights[at + value * step];
            }
        }
        for field in members(others) {
            row[field] += 1;
            if usize::from(row[field]) < sizes[field] {
                break;
            }
            row[field] = 0;
        }
    }
    sums.into_iter().map(|sum: f32| (sum * 100.0).round() as i16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::exchange;
    use crate::report::search::MODELS;

    #[test]
    fn a_score_is_what_the_model_says() {
        let mut random = 1u64;
        let news =
            [&MODELS.glance, &MODELS.source, &MODELS.layout, &MODELS.end, &MODELS.accept, &MODELS.company];
        let novels = [&exchange::MODELS.candidate, &exchange::MODELS.step];
        for scorer in news.into_iter().chain(novels) {
            for _ in 0..1000 {
                let mut row: Row = [0; FIELDS];
                for (value, field) in row.iter_mut().zip(scorer.model.schema.fields) {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    *value = ((random >> 33) % field.values.len() as u64) as u8;
                }
                let plain = scorer.model.score(&row);
                assert!((scorer.score(&row) - plain).abs() < 1e-3, "{plain} of {row:?}");
            }
            assert!((1..=4).contains(&scorer.width), "{} lanes", scorer.width);
            assert!(scorer.model.schema.fields.iter().all(|f| f.values.len() <= VALUES));
        }
    }
}
