//! How fast, end to end, stage by stage and on texts that are made to be slow.
//!
//! `cargo bench` reads the article and the chapter beside this file; `WHOSAID_CORPUS=file.jsonl cargo bench` reads a
//! corpus, a document at a time. Every run of the extractor is held against what it found the first time.

mod inputs;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use inputs::{Inputs, hostile, inputs, prose};
use unicode_segmentation::UnicodeSegmentation;
use whosaid::{Document, Extractor, Workspace, extract};

/// What is found in a text, in figures: sentences, quotations, speakers.
fn found(doc: &Document<'_>) -> [usize; 3] {
    [doc.sentences().len(), doc.quotations().len(), doc.speakers().len()]
}

fn all_found(inputs: &Inputs) -> Vec<[usize; 3]> {
    inputs.texts.iter().map(|text| found(&extract(text))).collect()
}

/// The extractor beside what only looks at the bytes and what only splits sentences.
fn end_to_end(c: &mut Criterion) {
    let extractor = Extractor::new();
    for inputs in inputs() {
        let expected = all_found(&inputs);
        let mut group = c.benchmark_group(format!("{}, end to end", inputs.name));
        group.throughput(Throughput::Bytes(inputs.bytes() as u64));
        group.bench_function("std::str::from_utf8", |b| {
            b.iter(|| {
                inputs.texts.iter().all(|text| std::str::from_utf8(black_box(text.as_bytes())).is_ok())
            });
        });
        group.bench_function("unicode_sentences", |b| {
            b.iter(|| {
                inputs.texts.iter().map(|text| black_box(text).unicode_sentences().count()).sum::<usize>()
            });
        });
        group.bench_function("extract", |b| {
            b.iter(|| {
                for (text, expected) in inputs.texts.iter().zip(&expected) {
                    assert_eq!(found(&extractor.extract(black_box(text))), *expected);
                }
            });
        });
        group.bench_function("extract_with", |b| {
            let mut workspace = Workspace::new();
            b.iter(|| {
                for (text, expected) in inputs.texts.iter().zip(&expected) {
                    assert_eq!(found(&extractor.extract_with(&mut workspace, black_box(text))), *expected);
                }
            });
        });
        group.bench_function("extract_with, to_record", |b| {
            let mut workspace = Workspace::new();
            b.iter(|| {
                for (text, expected) in inputs.texts.iter().zip(&expected) {
                    let record = extractor.extract_with(&mut workspace, black_box(text)).to_record();
                    assert_eq!(record.quotations.len(), expected[1]);
                }
            });
        });
        group.finish();
    }
}

fn stages(c: &mut Criterion) {
    let extractor = Extractor::new();
    let mut workspace = Workspace::new();
    for inputs in inputs() {
        let mut names = Vec::new();
        extractor.extract_watched(&mut workspace, "", |stage| names.push(stage));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a stage is timed by its name");
        let mut group = c.benchmark_group(format!("{}, by stage", inputs.name));
        group.throughput(Throughput::Bytes(inputs.bytes() as u64));
        for name in names {
            group.bench_function(name, |b| {
                b.iter_custom(|rounds| {
                    let mut total = Duration::ZERO;
                    for text in (0..rounds).flat_map(|_| &inputs.texts) {
                        let mut last = Instant::now();
                        extractor.extract_watched(&mut workspace, black_box(text), |stage| {
                            let now = Instant::now();
                            if stage == name {
                                total += now - last;
                            }
                            last = now;
                        });
                    }
                    total
                });
            });
        }
        group.finish();
    }
}

/// What must not take longer, for its length, than anything else.
fn linear(c: &mut Criterion) {
    for inputs in inputs() {
        let mut group = c.benchmark_group(format!("{}, linear", inputs.name));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(1));
        let long = [1, 8, 40].into_iter().map(|megabytes| prose(&inputs, megabytes));
        let slow = [1, 8].into_iter().flat_map(|megabytes| hostile(&inputs, megabytes));
        for text in long.chain(slow) {
            let extractor = Extractor::new();
            let mut workspace = Workspace::new();
            let expected = all_found(&text);
            group.throughput(Throughput::Bytes(text.bytes() as u64));
            group.bench_function(&text.name, |b| {
                b.iter(|| {
                    let doc = extractor.extract_with(&mut workspace, black_box(&text.texts[0]));
                    assert_eq!([found(&doc)], *expected);
                });
            });
        }
    }
}

criterion_group!(benches, end_to_end, stages, linear);
criterion_main!(benches);
