//! JSON lines in, records out: `corpus [articles.jsonl]`.
#![allow(clippy::print_stdout)]

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::{env, fs::File, process::ExitCode};

use serde::Deserialize;
use whosaid::{Cast, Character, Extractor, Gender, Workspace};

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
    #[serde(default)]
    cast: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    gender: String,
    #[serde(default)]
    narrator: bool,
}

fn main() -> ExitCode {
    let input: Box<dyn BufRead> = match env::args().nth(1) {
        Some(path) => Box::new(BufReader::new(File::open(path).expect("input"))),
        None => Box::new(io::stdin().lock()),
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let mut workspace = Workspace::new();
    let plain = Extractor::new();
    for line in input.lines() {
        let article: Article = serde_json::from_str(&line.expect("UTF-8")).expect("an article");
        let extractor = if article.cast.is_empty() {
            plain.clone()
        } else {
            Extractor::builder().cast(cast(article.cast)).build()
        };
        let mut record = extractor.extract_with(&mut workspace, &article.text).to_record();
        record.id = Some(article.id);
        let json = serde_json::to_string(&record).expect("a record is JSON");
        if writeln!(output, "{json}").is_err() {
            return ExitCode::SUCCESS;
        }
    }
    ExitCode::SUCCESS
}

fn cast(people: Vec<Person>) -> Cast {
    let mut cast = Cast::new();
    for person in people {
        let mut character = Character::new(person.name).gender(match person.gender.as_str() {
            "F" | "f" | "female" => Gender::Female,
            "M" | "m" | "male" => Gender::Male,
            _ => Gender::Unknown,
        });
        character.aliases = person.aliases;
        character.narrator = person.narrator;
        cast.add(character).expect("a character");
    }
    cast
}
