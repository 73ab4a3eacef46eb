//! Fits the weights of dialogue: `fit_novels novels.jsonl [table]`.
#![allow(clippy::print_stdout)]

use std::fs::File;
use std::io::{BufRead, BufReader};

use serde::Deserialize;
use whosaid::fit::novels::{Marked, Novel, run};
use whosaid::{Cast, Character, Gender};

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    cast: Vec<Person>,
    attributions: Vec<Attribution>,
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

#[derive(Deserialize)]
struct Attribution {
    content: Vec<(usize, usize)>,
    speaker: String,
    speaker_kind: Option<String>,
}

fn main() {
    let path = std::env::args().nth(1).expect("usage: fit_novels novels.jsonl");
    let novels: Vec<Novel> = BufReader::new(File::open(path).expect("the file"))
        .lines()
        .map(|line| {
            let line: Line = serde_json::from_str(&line.expect("UTF-8")).expect("a novel");
            let mut cast = Cast::new();
            for person in line.cast {
                let mut character = Character::new(person.name).gender(match person.gender.as_str() {
                    "F" => Gender::Female,
                    "M" => Gender::Male,
                    _ => Gender::Unknown,
                });
                character.aliases = person.aliases;
                character.narrator = person.narrator;
                cast.add(character).expect("a character");
            }
            let quotations = line
                .attributions
                .into_iter()
                .map(|a| Marked { content: a.content, speaker: a.speaker, kind: a.speaker_kind })
                .collect();
            Novel { id: line.id, text: line.text, cast, quotations }
        })
        .collect();
    let table = run(&novels);
    if let Some(path) = std::env::args().nth(2) {
        std::fs::write(path, table).expect("the table");
    }
}
