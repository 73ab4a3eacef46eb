//! How much memory: allocations a document once the workspace is warm, and the most that is in use at once.
//!
//! Prints a table, of the texts that `extract` times.

#![allow(clippy::print_stdout)]

mod inputs;

use allocation_counter::measure;
use inputs::{Inputs, hostile, inputs, prose};
use whosaid::{Extractor, Workspace};

fn main() {
    println!("{:>18} {:>18}", "allocations a", "peak, in bytes");
    println!("{:>18} {:>18}", "document", "a byte of text");
    println!("{:>18} {:>18}  at most, for documents", 8, 4);
    for inputs in inputs() {
        row(&inputs);
        [1, 8, 40].into_iter().for_each(|megabytes| row(&prose(&inputs, megabytes)));
        hostile(&inputs, 1).for_each(|text| row(&text));
    }
}

fn row(inputs: &Inputs) {
    println!("{:18.2} {:18.2}  {}", allocations(inputs), peak(inputs), inputs.name);
}

/// How many allocations a document needs, on average, when all of them were read before.
fn allocations(inputs: &Inputs) -> f64 {
    let extractor = Extractor::new();
    let mut workspace = Workspace::new();
    let mut pass = || inputs.texts.iter().for_each(|text| drop(extractor.extract_with(&mut workspace, text)));
    pass();
    measure(pass).count_total as f64 / inputs.texts.len() as f64
}

/// The most memory in use at once while a text is read with nothing at hand, for each byte of text. All that is found
/// counts, and so do the tokens that it refers to; the text, the lexicon and the models do not. A column that grows
/// counts twice while it moves. A workspace for many texts keeps more than that: it lets nothing go.
fn peak(inputs: &Inputs) -> f64 {
    let extractor = Extractor::new();
    let peaks = inputs.texts.iter().map(|text| measure(|| drop(extractor.extract(text))).bytes_max);
    peaks.sum::<u64>() as f64 / inputs.bytes() as f64
}
