//! How fast, as ratios: two speeds of one run divided by each other say more than the seconds of one machine.
//!
//! The two are measured in turn, round after round, in CPU time of one thread, and the ratio is the median over the
//! rounds: so it holds on a machine that is busy with something else.

#![allow(clippy::print_stdout)]

mod inputs;

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use cpu_time::ThreadTime;
use inputs::{Inputs, hostile, inputs, is_test, prose};
use unicode_segmentation::UnicodeSegmentation;
use whosaid::{Extractor, Workspace};

fn main() {
    let extractor = Extractor::new();
    let mut workspace = Workspace::new();
    let mut own = |text: &str| extractor.extract_with(&mut workspace, text).quotations().len();
    println!("{:>10} {:>9}  the speed of the extractor", "measured", "at least");
    for inputs in inputs() {
        println!("{}, a document at a time", inputs.name);
        row(Some(3.0), "÷ unicode_sentences", || {
            speed(&inputs, &mut own) / speed(&inputs, |text| text.unicode_sentences().count())
        });
        row(None, "÷ std::str::from_utf8", || {
            speed(&inputs, &mut own)
                / speed(&inputs, |text| usize::from(std::str::from_utf8(text.as_bytes()).is_ok()))
        });
        row(Some(1.8), "on two threads ÷ on one, by the clock", || {
            throughput(&extractor, &inputs, 2) / throughput(&extractor, &inputs, 1)
        });
        let [small, large] = [1, 40].map(|megabytes| prose(&inputs, megabytes));
        row(Some(0.75), "on 40 MB ÷ on 1 MB", || speed(&large, &mut own) / speed(&small, &mut own));
        let few = first(&inputs);
        for text in [1, 8].into_iter().flat_map(|megabytes| hostile(&inputs, megabytes)) {
            row(Some(0.25), &format!("on {} ÷ on these documents", text.name), || {
                speed(&text, &mut own) / speed(&few, &mut own)
            });
        }
    }
}

fn row(least: Option<f64>, name: &str, mut ratio: impl FnMut() -> f64) {
    let rounds = if is_test() { 1 } else { 5 };
    let mut ratios: Vec<_> = (0..rounds).map(|_| ratio()).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let least = least.map_or(String::new(), |least| least.to_string());
    println!("{:10.3} {least:>9}  {name}", ratios[rounds / 2]);
}

/// The first of the documents, enough to time.
fn first(inputs: &Inputs) -> Inputs {
    const ENOUGH: usize = 500_000;
    let mut bytes = 0;
    let texts = inputs.texts.iter().take_while(|text| {
        let more = bytes < ENOUGH;
        bytes += text.len();
        more
    });
    Inputs { name: inputs.name.clone(), texts: texts.cloned().collect() }
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

/// Bytes a second of so many threads, each of which reads all documents.
fn throughput(extractor: &Extractor, inputs: &Inputs, threads: usize) -> f64 {
    let passes = if is_test() { 1 } else { 4_000_000 / inputs.bytes().max(1) + 1 };
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut workspace = Workspace::new();
                for text in (0..passes).flat_map(|_| &inputs.texts) {
                    black_box(extractor.extract_with(&mut workspace, black_box(text)).quotations().len());
                }
            });
        }
    });
    (threads * passes * inputs.bytes()) as f64 / start.elapsed().as_secs_f64()
}
