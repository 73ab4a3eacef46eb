//! Log-linear models over named features.
//!
//! What a model sees of a candidate is a row of small values, one for each [`Field`]. A feature is a value of one
//! field or a combination of values of up to three; its weight stands in a table that anyone can read, and
//! the score of a candidate is the sum of the weights of its features.

use std::fmt::Write;

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
    /// Fields by their place, up to three that make one feature.
    pub(crate) templates: &'static [&'static [usize]],
}

/// How many fields a model has at most.
pub(crate) const FIELDS: usize = 40;

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
    schema: &'static Schema,
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
        Model { schema, steps, weights: vec![0.0; first as usize] }
    }

    /// The model whose weights `text` lists, one a line: the names of the fields, their values, the weight.
    /// Lines that name no feature of the schema are passed over.
    pub(crate) fn read(schema: &'static Schema, text: &str) -> Self {
        let mut model = Model::empty(schema);
        for line in text.lines() {
            let mut columns = line.split('\t');
            if let (Some(names), Some(values), Some(weight)) =
                (columns.next(), columns.next(), columns.next())
            {
                if let (Some(at), Ok(weight)) = (model.find(names, values), weight.parse()) {
                    model.weights[at] = weight;
                }
            }
        }
        model
    }

    fn find(&self, names: &str, values: &str) -> Option<usize> {
        let at = self.schema.templates.iter().position(|template| {
            let mut listed = names.split(" + ");
            template.iter().all(|&f| listed.next() == Some(self.schema.fields[f].name))
                && listed.next().is_none()
        })?;
        let step = self.steps[at];
        let mut index = step.first as usize;
        let mut listed = values.split(" + ");
        for (place, &field) in self.schema.templates[at].iter().enumerate() {
            let value = listed.next()?;
            let value = self.schema.fields[field].values.iter().position(|v| *v == value)?;
            index += value * step.strides[place] as usize;
        }
        Some(index)
    }

    /// The weights as `read` reads them, those that are 0 left out.
    pub(crate) fn write(&self) -> String {
        let mut out = String::new();
        for (index, &weight) in self.weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            let (names, values) = self.label(index);
            writeln!(out, "{names}\t{values}\t{weight:.2}").expect("a string takes all");
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

    /// The features of a candidate, as places among the weights.
    pub(crate) fn features<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = usize> + 'r {
        self.steps.iter().map(|s| {
            (s.first
                + u32::from(row[usize::from(s.fields[0])]) * s.strides[0]
                + u32::from(row[usize::from(s.fields[1])]) * s.strides[1]
                + u32::from(row[usize::from(s.fields[2])]) * s.strides[2]) as usize
        })
    }

    /// The sum of the weights of the candidate's features.
    pub(crate) fn score(&self, row: &Row) -> f32 {
        self.features(row).map(|at| self.weights[at]).sum()
    }
}

/// A fitted model and what it saw when it decided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grounds {
    pub(crate) model: &'static Model,
    pub(crate) row: Row,
}

impl Grounds {
    /// The features that have a weight: the name and value of each field, and the weight.
    pub(crate) fn weighed(&self) -> impl Iterator<Item = (String, f32)> {
        let Grounds { model, row } = self;
        let weighed =
            model.features(row).map(|at| (at, model.weights[at])).filter(|(_, weight)| *weight != 0.0);
        weighed.map(|(at, weight)| {
            let (names, values) = model.label(at);
            let fields = names.split(" + ").zip(values.split(" + "));
            let fields: Vec<_> = fields.map(|(name, value)| format!("{name}: {value}")).collect();
            (fields.join(", "), weight)
        })
    }
}

/// Turns scores into probabilities that add up to 1.
pub(crate) fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
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
        templates: &[&[0], &[1], &[0, 1]],
    };

    #[test]
    fn weights_survive_the_text_format() {
        let text = "colour\tblue\t0.50\ncolour + size\tblue + large\t-1.25\n";
        let model = Model::read(&SCHEMA, text);
        assert_eq!(model.write(), text);
    }

    #[test]
    fn a_score_is_the_sum_of_the_weights_that_apply() {
        let model =
            Model::read(&SCHEMA, "colour\tblue\t0.5\nsize\tsmall\t7\ncolour + size\tblue + large\t1\n");
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
