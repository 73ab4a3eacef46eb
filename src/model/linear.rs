//! Log-linear models over named features.
//!
//! What a model sees of a candidate is a row of small values, one for each [`Field`]. A feature is a value of one
//! field or a combination of values of up to three; its weight stands in a table that anyone can read, and
//! the score of a candidate is the sum of the weights of its features.

#[cfg(any(feature = "fit", test))]
use std::fmt::Write;
use std::num::NonZeroU32;

use crate::growth::Growth;

/// A property of a candidate with few values.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) values: &'static [&'static str],
}

/// Which fields a model has, and which of them it combines.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) fields: &'static [Field],
    /// How many of the first fields have the same value for all candidates of a question.
    pub(crate) shared: usize,
    /// Fields by their place, up to three that make one feature.
    pub(crate) templates: &'static [&'static [usize]],
}

/// Names the fields of a model with their values, in front those that all candidates of a question share, then lists its
/// templates: `schema! { NAME, Fields: [Field "label" VALUES,] Field "label" VALUES, ; [Field] }`. A row then has the
/// value of a field at `row[Fields::Field]`.
macro_rules! schema {
    ($name:ident, $fields:ident: $([$($common:ident $of:literal $each:expr,)*])?
        $($field:ident $label:literal $values:expr,)* ; $($template:tt)*) => {
        #[derive(Clone, Copy)]
        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        enum $fields { $($($common,)*)? $($field,)* }
        pub(crate) static $name: $crate::model::linear::Schema = $crate::model::linear::Schema {
            fields: &[
                $($($crate::model::linear::Field { name: $of, values: $each },)*)?
                $($crate::model::linear::Field { name: $label, values: $values },)*
            ],
            shared: 0 $($(+ { let _ = $of; 1 })*)?,
            templates: &{ use $fields::*; $crate::model::linear::schema!(@templates $($template)*) },
        };
        impl std::ops::Index<$fields> for $crate::model::linear::Row {
            type Output = u8;

            #[inline]
            fn index(&self, field: $fields) -> &u8 {
                &self[field as usize]
            }
        }
        impl std::ops::IndexMut<$fields> for $crate::model::linear::Row {
            #[inline]
            fn index_mut(&mut self, field: $fields) -> &mut u8 {
                &mut self[field as usize]
            }
        }
    };
    (@templates $([$($field:ident)*])*) => { [$(&[$($field as usize),*] as &[usize]),*] };
}
pub(crate) use schema;

/// How many fields a model has at most.
pub(crate) const FIELDS: usize = 48;

/// How many fields are looked at in one turn of a loop.
pub(crate) const TURN: usize = 4;

/// What a model sees of a candidate: the place of the value of each field.
pub(crate) type Row = [u8; FIELDS];

/// A template as the evaluation reads it: a first index and the steps of its fields.
#[derive(Clone, Copy, Debug)]
struct Steps {
    first: u32,
    fields: [u8; 3],
    strides: [u32; 3],
}

/// A fitted model.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) schema: &'static Schema,
    /// How many bits tell the values of each field apart; none where the fields end within a turn.
    bits: Vec<u8>,
    steps: Vec<Steps>,
    pub(crate) weights: Vec<f32>,
}

impl Model {
    /// The model with no weights.
    pub(crate) fn empty(schema: &'static Schema) -> Self {
        let mut steps = Vec::new();
        let mut first = 0;
        for template in schema.templates {
            let mut step = Steps { first, fields: [0; 3], strides: [0; 3] };
            let mut size = 1;
            for (at, &field) in template.iter().enumerate() {
                step.fields[at] = field as u8;
                step.strides[at] = size;
                size *= schema.fields[field].values.len() as u32;
            }
            first += size;
            steps.push(step);
        }
        let bits = |field: &Field| (field.values.len() - 1).checked_ilog2().map_or(0, |last| last as u8 + 1);
        let mut bits: Vec<u8> = schema.fields.iter().map(bits).collect();
        bits.resize(bits.len().next_multiple_of(TURN), 0);
        Model { schema, bits, steps, weights: vec![0.0; first as usize] }
    }

    /// The model whose weights `text` lists: a table for each template that has any.
    ///
    /// A table begins with the names of its fields, joined by +, and the values of the last of them, parted by
    /// tabs; each row is a value of the others, joined in the same way, and a weight for each of those values,
    /// in hundredths, empty for none. What names no feature of the schema is passed over.
    pub(crate) fn read(schema: &'static Schema, text: &str) -> Self {
        let mut model = Model::empty(schema);
        for table in text.split("\n\n") {
            let mut lines = table.lines();
            let mut header = lines.next().unwrap_or_default().split('\t');
            let Some(template) = header.next().and_then(|names| model.template(names)) else { continue };
            let columns: Vec<&str> = header.collect();
            for line in lines {
                let mut cells = line.split('\t');
                let row = cells.next().unwrap_or_default();
                for (column, cell) in columns.iter().zip(cells) {
                    let at = model.index(template, row, column);
                    if let (Some(at), Ok(hundredths)) = (at, cell.parse::<f32>()) {
                        model.weights[at] = hundredths / 100.0;
                    }
                }
            }
        }
        model
    }

    /// The template whose fields have the names.
    fn template(&self, names: &str) -> Option<usize> {
        self.schema.templates.iter().position(|t| self.names(t) == names)
    }

    fn names(&self, template: &[usize]) -> String {
        template.iter().map(|&f| self.schema.fields[f].name).collect::<Vec<_>>().join(" + ")
    }

    /// The place of the feature of a template with the values of a row and a column.
    fn index(&self, template: usize, row: &str, column: &str) -> Option<usize> {
        let step = self.steps[template];
        let fields = self.schema.templates[template];
        let values = row.split(" + ").filter(|_| fields.len() > 1).chain([column]);
        let mut index = step.first as usize;
        for ((&field, value), stride) in fields.iter().zip(values).zip(step.strides) {
            let value = self.schema.fields[field].values.iter().position(|v| *v == value)?;
            index += value * stride as usize;
        }
        Some(index)
    }

    /// The weights as `read` reads them.
    #[cfg(any(feature = "fit", test))]
    pub(crate) fn write(&self) -> String {
        let mut out = String::new();
        for (template, step) in self.schema.templates.iter().zip(&self.steps) {
            let (&last, others) = template.split_last().expect("a template has fields");
            let columns = self.schema.fields[last].values;
            let rows: usize = others.iter().map(|&f| self.schema.fields[f].values.len()).product();
            let weight = |row: usize, column: usize| {
                let index = step.first as usize + row + column * rows;
                (self.weights[index] * 100.0).round() as i32
            };
            let used: Vec<usize> =
                (0..columns.len()).filter(|&c| (0..rows).any(|r| weight(r, c) != 0)).collect();
            if used.is_empty() {
                continue;
            }
            out += &self.names(template);
            used.iter().for_each(|&c| out.extend(["\t", columns[c]]));
            out.push('\n');
            for row in (0..rows).filter(|&r| used.iter().any(|&c| weight(r, c) != 0)) {
                let mut left = row;
                let mut values = Vec::new();
                for &field in others {
                    let values_of = self.schema.fields[field].values;
                    values.push(values_of[left % values_of.len()]);
                    left /= values_of.len();
                }
                out += &values.join(" + ");
                for &column in &used {
                    out.push('\t');
                    if weight(row, column) != 0 {
                        write!(out, "{}", weight(row, column)).expect("a string takes all");
                    }
                }
                out.truncate(out.trim_end_matches('\t').len());
                out.push('\n');
            }
            out.push('\n');
        }
        out
    }

    /// The names of the fields of a feature and its values.
    pub(crate) fn label(&self, index: usize) -> (String, String) {
        let template = self.steps.partition_point(|s| s.first as usize <= index) - 1;
        let mut left = index - self.steps[template].first as usize;
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for &field in self.schema.templates[template] {
            let field = &self.schema.fields[field];
            names.push(field.name);
            values.push(field.values[left % field.values.len()]);
            left /= field.values.len();
        }
        (names.join(" + "), values.join(" + "))
    }

    /// The feature that a template makes of a candidate, as a place among the weights.
    pub(crate) fn feature(&self, template: usize, row: &Row) -> usize {
        let s = self.steps[template];
        (s.first
            + u32::from(row[usize::from(s.fields[0])]) * s.strides[0]
            + u32::from(row[usize::from(s.fields[1])]) * s.strides[1]
            + u32::from(row[usize::from(s.fields[2])]) * s.strides[2]) as usize
    }

    /// Adds a row to `packed`, each field in as many bits as it needs.
    pub(crate) fn pack(&self, row: &Row, packed: &mut Vec<u8>) {
        let (bytes, size) = self.packed(row);
        if packed.capacity() - packed.len() < size {
            packed.reserve_exact(16 * size + packed.len() / 8);
        }
        packed.extend_from_slice(&bytes[..size]);
    }

    /// The bytes of a row, each field in as many bits as it needs, and how many they are.
    fn packed(&self, row: &Row) -> ([u8; FIELDS + 4], usize) {
        let mut bytes = [0; FIELDS + 4];
        let (mut word, mut full, mut at) = (0_u64, 0, 0);
        for (bits, values) in self.bits.chunks_exact(TURN).zip(row.chunks_exact(TURN)) {
            let (mut turn, mut size) = (0_u64, 0);
            for (&bits, &value) in bits.iter().zip(values) {
                turn |= u64::from(value) << size;
                size += u32::from(bits);
            }
            (word, full) = (word | turn << full, full + size);
            if full >= 32 {
                bytes[at..at + 4].copy_from_slice(&(word as u32).to_le_bytes());
                (word, full, at) = (word >> 32, full - 32, at + 4);
            }
        }
        bytes[at..at + 4].copy_from_slice(&(word as u32).to_le_bytes());
        (bytes, at + full.div_ceil(8) as usize)
    }

    /// The row whose packed form the bytes begin with.
    pub(crate) fn unpack(&self, packed: &[u8]) -> Row {
        let mut bytes = [0; FIELDS + 4];
        let size = packed.len().min(FIELDS);
        bytes[..size].copy_from_slice(&packed[..size]);
        let mut row: Row = [0; FIELDS];
        let (mut word, mut full, mut at) = (0_u64, 0, 0);
        for (&bits, value) in self.bits.iter().zip(&mut row) {
            if full < u32::from(bits) {
                let next = bytes[at..].first_chunk().map_or(0, |next| u32::from_le_bytes(*next));
                (word, full, at) = (word | u64::from(next) << full, full + 32, at + 4);
            }
            *value = (word & ((1 << bits) - 1)) as u8;
            (word, full) = (word >> bits, full - u32::from(bits));
        }
        row
    }

    /// The features of a candidate, as places among the weights.
    pub(crate) fn features<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = usize> + 'r {
        (0..self.steps.len()).map(|template| self.feature(template, row))
    }

    /// The sum of the weights of the candidate's features.
    pub(crate) fn score(&self, row: &Row) -> f32 {
        self.features(row).map(|at| self.weights[at]).sum()
    }
}

/// The rows that models saw, packed, each behind the place of its model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    bytes: Vec<u8>,
    models: Vec<&'static Model>,
}

/// What a model saw when it decided, by where that begins, one added.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grounds(NonZeroU32);

impl Seen {
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.models.clear();
    }

    /// Makes room for what the model sees in so many rows.
    pub(crate) fn reserve(&mut self, model: &Model, rows: usize) {
        let bits: usize = model.bits.iter().map(|&bits| usize::from(bits)).sum();
        self.bytes.reserve_exact(rows * (1 + bits.div_ceil(8)));
    }

    /// Keeps what the model sees.
    pub(crate) fn keep(&mut self, model: &'static Model, row: &Row) -> Grounds {
        let known = self.models.iter().position(|known| std::ptr::eq(*known, model));
        let place = known.unwrap_or_else(|| {
            self.models.push(model);
            self.models.len() - 1
        });
        self.bytes.add(place as u8);
        let grounds = NonZeroU32::new(self.bytes.len() as u32).expect("there is a byte before");
        model.pack(row, &mut self.bytes);
        Grounds(grounds)
    }

    /// Keeps another row that the same model sees, in place of what was kept.
    pub(crate) fn replace(&mut self, grounds: Grounds, row: &Row) {
        let (model, first) = self.place(grounds);
        let (bytes, size) = model.packed(row);
        self.bytes[first..][..size].copy_from_slice(&bytes[..size]);
    }

    /// The model, and where its row begins.
    fn place(&self, grounds: Grounds) -> (&'static Model, usize) {
        let first = grounds.0.get() as usize;
        (self.models[usize::from(self.bytes[first - 1])], first)
    }

    /// What was kept.
    pub(crate) fn row(&self, grounds: Grounds) -> Row {
        let (model, first) = self.place(grounds);
        model.unpack(&self.bytes[first..])
    }

    /// The features that have a weight: the name and value of each field, and the weight.
    pub(crate) fn weighed(&self, grounds: Grounds) -> impl Iterator<Item = (String, f32)> {
        let (model, row) = (self.place(grounds).0, self.row(grounds));
        let features: Vec<_> = model.features(&row).collect();
        let weighed =
            features.into_iter().map(|at| (at, model.weights[at])).filter(|(_, weight)| *weight != 0.0);
        weighed.map(|(at, weight)| {
            let (names, values) = model.label(at);
            let fields = names.split(" + ").zip(values.split(" + "));
            let fields: Vec<_> = fields.map(|(name, value)| format!("{name}: {value}")).collect();
            (fields.join(", "), weight)
        })
    }
}

/// Turns scores into probabilities that add up to 1; where the highest stands, the last of them.
#[cfg(any(feature = "fit", test))]
pub(crate) fn softmax(scores: &mut [f32]) -> Option<usize> {
    let (mut top, mut at) = (f32::NEG_INFINITY, None);
    for (place, &score) in scores.iter().enumerate() {
        if score >= top {
            (top, at) = (score, Some(place));
        }
    }
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        // the exponential of nothing needs no series
        *score = if *score == top { 1.0 } else { (*score - top).exp() };
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
    at
}

/// The probability that a score stands for.
pub(crate) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCHEMA: Schema = Schema {
        fields: &[
            Field { name: "colour", values: &["red", "blue"] },
            Field { name: "size", values: &["small", "medium", "large"] },
        ],
        shared: 0,
        templates: &[&[0], &[1], &[0, 1]],
    };

    #[test]
    fn weights_survive_the_text_format() {
        let text = "colour\tblue\n\t50\n\ncolour + size\tsmall\tlarge\nred\t7\nblue\t\t-125\n\n";
        let model = Model::read(&SCHEMA, text);
        assert_eq!(model.write(), text);
    }

    #[test]
    fn a_packed_row_is_the_same() {
        const MANY: &[&str] = &["?"; 64];
        static WIDE: Schema = Schema {
            fields: &[
                Field { name: "all", values: MANY },
                Field { name: "one", values: &["only"] },
                Field { name: "some", values: &["0", "1", "2", "3", "4"] },
                Field { name: "as many", values: MANY },
            ],
            shared: 0,
            templates: &[],
        };
        let mut bytes = Vec::new();
        let rows = (0..64).map(|value| {
            let mut row = [0; FIELDS];
            (row[0], row[2], row[3]) = (value, value % 5, 63 - value);
            row
        });
        let model = Model::empty(&WIDE);
        rows.clone().for_each(|row| model.pack(&row, &mut bytes));
        assert_eq!(bytes.len(), 2 * 64);
        assert!(rows.zip(bytes.chunks(2)).all(|(row, packed)| model.unpack(packed) == row));
    }

    #[test]
    fn a_score_is_the_sum_of_the_weights_that_apply() {
        let model = Model::read(
            &SCHEMA,
            "colour\tblue\n\t50\n\nsize\tsmall\n\t700\n\ncolour + size\tlarge\nblue\t100\n",
        );
        let mut row = [0; FIELDS];
        (row[0], row[1]) = (1, 2);
        assert_eq!(model.score(&row), 1.5);
    }

    #[test]
    fn probabilities_add_up() {
        let mut scores = [1.0, 3.0, 2.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(scores[1] > scores[2] && scores[2] > scores[0]);
    }
}
