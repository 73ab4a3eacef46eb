//! Runs the phenomena, readable texts with what should be found in them: `tests/phenomena/README.md`.
//!
//! `UPDATE_PENDING=1 cargo test --test phenomena` marks the cases that fail as pending, and no others.

mod case;
mod judge;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use case::Case;
use libtest_mimic::{Arguments, Conclusion, Trial};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.quiet |= arguments.filter.is_none() && arguments.format.is_none();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/phenomena");
    let mut cases = Vec::new();
    let mut malformed = Vec::new();
    for path in files(&root) {
        let source = fs::read_to_string(&path).expect("a case file is readable");
        let name = path.strip_prefix(&root).expect("below the root").with_extension("");
        match case::read(&source) {
            Ok(read) => cases.extend(read.into_iter().map(|case| (path.clone(), name.clone(), case))),
            Err(error) => malformed.push(format!("{}:{error}", path.display())),
        }
    }
    if !malformed.is_empty() {
        eprintln!("{}", malformed.join("\n"));
        return ExitCode::FAILURE;
    }
    if env::var_os("UPDATE_PENDING").is_some() {
        update_pending(&cases);
        return ExitCode::SUCCESS;
    }
    let pending = cases.iter().filter(|(_, _, case)| case.pending.is_some()).count();
    let total = cases.len();
    let trials = cases.into_iter().map(|(path, name, case)| {
        let title = format!("{}: {}", name.display(), case.title);
        Trial::test(title, move || {
            let place = format!("{}:{}", path.display(), case.line);
            match (case.fault(), &case.pending) {
                (Some(fault), None) => Err(format!("{place}\n{fault}").into()),
                (None, Some(_)) => {
                    Err(format!("{place}\npasses: remove `pending` (UPDATE_PENDING=1 does it)").into())
                }
                _ => Ok(()),
            }
        })
    });
    let conclusion: Conclusion = libtest_mimic::run(&arguments, trials.collect());
    if !arguments.list {
        eprintln!("{pending} of {total} phenomena are pending; UPDATE_PENDING=1 brings the marks up to date");
    }
    conclusion.exit_code()
}

/// The case files below a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of cases is readable");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let text = |path: &PathBuf| path.extension().is_some_and(|e| e == "txt");
    paths
        .into_iter()
        .flat_map(|p| if p.is_dir() { files(&p) } else { Vec::from_iter(text(&p).then_some(p)) })
        .collect()
}

/// Gives every case that fails a line `pending`, where it has none, and takes the line from those that pass.
fn update_pending(cases: &[(PathBuf, PathBuf, Case)]) {
    let mut at = 0;
    while at < cases.len() {
        let path = &cases[at].0;
        let here = cases[at..].iter().take_while(|(p, _, _)| p == path).count();
        let source = fs::read_to_string(path).expect("a case file is readable");
        let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
        for (_, name, case) in cases[at..at + here].iter().rev() {
            match (case.fault(), case.pending_line) {
                (Some(fault), None) => {
                    lines.insert(case.line, format!("pending: {}", fault.reason));
                    eprintln!("now pending: {}: {}: {}", name.display(), case.title, fault.reason);
                }
                (None, Some(line)) => {
                    lines.remove(line - 1);
                    eprintln!("passes: {}: {}", name.display(), case.title);
                }
                _ => {}
            }
        }
        let updated = lines.join("\n") + "\n";
        if updated != source {
            fs::write(path, updated).expect("a case file is writable");
        }
        at += here;
    }
}
