//! Fits the weights of the attribution engine: `fit_news news-train.jsonl [directory of the tables [records.jsonl]]`.
//!
//! The records are what is found in each article with weights fitted without it, by which the fit can be judged.
#![allow(clippy::print_stdout)]

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Deserialize;
use whosaid::Span;
use whosaid::fit::news::{Article, Gold, fit};

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    attributions: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    content: Vec<(usize, usize)>,
    #[serde(default)]
    cue: Option<Vec<(usize, usize)>>,
    #[serde(default)]
    source: Option<Vec<(usize, usize)>>,
}

fn spans(pairs: Option<Vec<(usize, usize)>>) -> Vec<Span> {
    pairs.unwrap_or_default().into_iter().map(|(start, end)| Span { start, end }).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: fit_news annotated.jsonl [directory]")?;
    let directory = arguments.next().unwrap_or_else(|| "src/weights".into());
    let mut articles = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let line: Line = serde_json::from_str(line)?;
        let gold = line.attributions.into_iter().map(|a| Gold {
            content: spans(Some(a.content)),
            cue: spans(a.cue),
            source: spans(a.source),
        });
        articles.push(Article { gold: gold.collect(), id: line.id, text: line.text });
    }
    let outcome = fit(&articles);
    for (name, table) in &outcome.tables {
        fs::write(Path::new(&directory).join(name), table)?;
    }
    if let Some(path) = arguments.next() {
        let mut records = BufWriter::new(fs::File::create(path)?);
        for record in &outcome.records {
            serde_json::to_writer(&mut records, record)?;
            writeln!(records)?;
        }
        records.flush()?;
    }
    print!("{}", outcome.report);
    Ok(())
}
