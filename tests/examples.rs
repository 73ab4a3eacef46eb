//! The examples as programs: what they print, and how they fail.
#![cfg(feature = "serde")]

use std::env;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use whosaid::Record;

/// The program of an example. `cargo test` builds it; `cargo test --test examples` alone does not.
fn program(name: &str) -> Command {
    let test = env::current_exe().expect("a test has a path");
    let profile = test.ancestors().nth(2).expect("tests are built in deps");
    let mut command =
        Command::new(profile.join("examples").join(name).with_extension(env::consts::EXE_EXTENSION));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(name: &str, arguments: &[&str]) -> Output {
    program(name).args(arguments).output().expect("the example is built")
}

fn feed(name: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        program(name).args(arguments).stdin(Stdio::piped()).spawn().expect("the example is built");
    let mut stdin = child.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).expect("the example reads its input"));
        child.wait_with_output().expect("it ends")
    })
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A file of this test alone.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("the directory is there");
    path
}

#[test]
fn attribute_reads_its_own_article() {
    let output = run("attribute", &[]);
    assert!(output.status.success());
    let printed = text(&output.stdout);
    assert!(printed.contains("quotations by "), "{printed}");
    assert!(!printed.contains('\u{1b}'), "no colours where there is no terminal");
    assert!(output.stderr.is_empty());
}

#[test]
fn attribute_reads_a_file_and_standard_input() {
    let content = "“It rained,” said Ilse Brandt.";
    let path = file("rain.txt", content.as_bytes());
    let from_file = run("attribute", &[path.to_str().unwrap()]);
    let from_input = feed("attribute", &["-"], content.as_bytes());
    assert!(text(&from_file.stdout).contains("“It rained,”"));
    assert_eq!(from_file.stdout, from_input.stdout);
}

#[test]
fn attribute_prints_the_record() {
    let content = "“It rained,” said Ilse Brandt.";
    let output = feed("attribute", &["--json", "-"], content.as_bytes());
    let record: Record = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record, whosaid::extract(content).to_record());
}

#[test]
fn what_attribute_cannot_read_is_named_in_one_line() {
    let latin = file("latin-1.txt", b"caf\xe9");
    for (path, reason) in
        [("no/such/file.txt", "No such file"), (latin.to_str().unwrap(), "not UTF-8 from byte 3")]
    {
        let output = run("attribute", &[path]);
        let message = text(&output.stderr);
        assert!(!output.status.success());
        assert!(output.stdout.is_empty());
        assert_eq!(message.lines().count(), 1);
        assert!(message.contains(path), "{message}");
        if cfg!(unix) {
            assert!(message.contains(reason), "{message}");
        }
    }
    assert!(!run("attribute", &["--yaml"]).status.success());
}

#[test]
fn a_closed_output_is_silent() {
    let article = "{\"text\":\"“It rained,” said Ilse Brandt.\"}\n".repeat(4_000);
    let path = file("many.jsonl", article.as_bytes());
    let many = "“It rained,” said Ilse Brandt.\n\n".repeat(4_000);
    let long = file("many.txt", many.as_bytes());
    for (name, path) in [("corpus", path), ("attribute", long)] {
        let mut child = program(name).arg(path).spawn().expect("the example is built");
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{name}");
        assert_eq!(text(&output.stderr), "", "{name}");
    }
}

#[test]
fn corpus_keeps_the_order_and_loses_nothing() {
    let count = 400;
    let mut input = Vec::new();
    for number in 0..count {
        // long and short ones in turn, so that threads overtake each other
        let text = "“It rained,” said Ilse Brandt.\n\n".repeat(1 + number % 7 * 20);
        writeln!(input, "{}", serde_json::json!({"id": number.to_string(), "text": text})).unwrap();
    }
    let output = feed("corpus", &[], &input);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "no progress bar where there is no terminal");
    let ids: Vec<_> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Record>(line).unwrap().id.unwrap())
        .collect();
    assert!(ids.iter().map(|id| id.parse::<usize>().unwrap()).eq(0..count));
}

#[test]
fn corpus_gives_what_the_library_gives() {
    let article = include_str!("../examples/texts/article.txt");
    let input = serde_json::json!({"text": article}).to_string();
    let output = feed("corpus", &["-"], input.as_bytes());
    let record: Record = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(record, whosaid::extract(article).to_record());
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json.get("id").is_none(), "no id where none was given");
}

#[test]
fn corpus_names_bad_lines_and_goes_on() {
    let input = b"{\"id\": \"a\", \"text\": \"It rained.\"}\n\
        not JSON\n\
        \n\
        {\"id\": \"b\", \"text\": \"It poured.\", \"cast\": [{\"name\": \"\"}]}\n\
        {\"id\": \"\xff\", \"text\": \"\"}\n\
        {\"id\": \"c\", \"text\": \"It snowed.\", \"cast\": [{\"name\": \"Ilse\", \"aliases\": [], \"gender\": \"F\"}]}";
    let output = feed("corpus", &[], input);
    assert_eq!(output.status.code(), Some(1));
    let errors: Vec<_> = text(&output.stderr).lines().collect();
    assert_eq!(errors.len(), 3, "{errors:?}");
    for (error, line) in errors.iter().zip(["line 2", "line 4", "line 5"]) {
        assert!(error.contains(line), "{error}");
    }
    let ids: Vec<_> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Record>(line).unwrap().id.unwrap())
        .collect();
    assert_eq!(ids, ["a", "c"]);
}

#[test]
fn corpus_names_a_missing_file() {
    let output = run("corpus", &["no/such/file.jsonl"]);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    assert_eq!(text(&output.stderr).lines().count(), 1);
    assert!(text(&output.stderr).contains("no/such/file.jsonl"));
}
