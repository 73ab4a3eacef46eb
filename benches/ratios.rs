//! How fast, as ratios: two speeds of one run divided by each other say more than the seconds of one machine.
//!
//! The two are measured in turn, round after round, in CPU time of one thread, and the ratio is the median over the
//! rounds: so it holds on a machine that is busy with something else.

#![allow(clippy::print_stdout)]

mod inputs;

use std::hint::black_box;

use cpu_time::ThreadTime;
use inputs::{Inputs, hostile, inputs, is_test, prose};
use unicode_segmentation::UnicodeSegmentation;
use whosaid::{Extractor, Workspace};

fn main() {
    let extractor = Extractor::new();
    let mut workspace = Workspace::new();
    let mut own = |text: &str| extractor.extract_with(&mut workspace, text).quotations().len();
    for inputs in inputs() {
        println!("{}, a document at a time: the speed of the extractor", inputs.name);
        row("÷ unicode_sentences", || {
            speed(&inputs, &mut own) / speed(&inputs, |text| text.unicode_sentences().count())
        });
        row("÷ std::str::from_utf8", || {
            speed(&inputs, &mut own)
                / speed(&inputs, |text| usize::from(std::str::from_utf8(text.as_bytes()).is_ok()))
        });
        let [small, large] = [1, 40].map(|megabytes| prose(&inputs, megabytes));
        row("on 40 MB ÷ on 1 MB", || speed(&large, &mut own) / speed(&small, &mut own));
        for text in [1, 8].into_iter().flat_map(|megabytes| hostile(&inputs, megabytes)) {
            row(&format!("on {} ÷ on these documents", text.name), || {
                speed(&text, &mut own) / speed(&inputs, &mut own)
            });
        }
    }
}

fn row(name: &str, mut ratio: impl FnMut() -> f64) {
    let rounds = if is_test() { 1 } else { 7 };
    let mut ratios: Vec<_> = (0..rounds).map(|_| ratio()).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    println!("{:10.3}  {name}", ratios[rounds / 2]);
}

/// Bytes a second, over as many passes as make up a time that can be measured.
fn speed(inputs: &Inputs, mut run: impl FnMut(&str) -> usize) -> f64 {
    let start = ThreadTime::now();
    let mut bytes = 0;
    loop {
        for text in &inputs.texts {
            black_box(run(black_box(text)));
        }
        bytes += inputs.bytes();
        let seconds = start.elapsed().as_secs_f64();
        if seconds > 0.02 {
            return bytes as f64 / seconds;
        }
    }
}
