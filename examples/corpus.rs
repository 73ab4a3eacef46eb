//! Who says what in every text of a corpus: JSON lines in, a record a line out, in the order of the input.
//!
//! Lines are read in blocks, a block is the work of one thread, and what is read ahead of the output is bounded:
//! memory does not grow with the corpus.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, sync_channel};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;
use whosaid::{Cast, Extractor, Workspace};

const USAGE: &str = "\
Who says what in every text of a corpus, on all cores.

usage: corpus [FILE] > records.jsonl

  FILE    JSON lines, - or nothing is standard input:
            {\"id\": …, \"text\": …, \"cast\": [{\"name\": …, \"aliases\": […], \"gender\": \"F\"|\"M\"|\"U\", \"narrator\": true}]}
          of which only the text is needed

Prints the record of each text on a line, in the order of the input, all offsets in UTF-8 bytes. A line that is no
such text is named on standard error, the others are still done, and the exit status is 1.";

/// A text to read.
#[derive(Deserialize)]
struct Article<'a> {
    id: Option<String>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default)]
    cast: Cast,
}

/// Lines of the input.
struct Block {
    /// Number of the first, counted from 1.
    first: usize,
    lines: Vec<u8>,
}

/// What became of a block.
#[derive(Default)]
struct Done {
    records: Vec<u8>,
    errors: Vec<String>,
    /// How much input it was.
    bytes: u64,
}

fn main() -> ExitCode {
    let path = env::args_os().nth(1).map(PathBuf::from);
    let name = path.as_deref().unwrap_or(Path::new("-"));
    let read = match name.to_str() {
        Some("--help" | "-h") => writeln!(io::stdout(), "{USAGE}").map(|()| 0),
        Some("-") => run(io::stdin().lock(), None),
        _ => File::open(name).and_then(|file| {
            let length = file.metadata()?.len();
            run(BufReader::new(file), Some(length))
        }),
    };
    match read {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        // whoever stops reading the output has enough
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("corpus: {}: {error}", name.display());
            ExitCode::FAILURE
        }
    }
}

/// Reads the input to its end; returns how many lines were wrong.
fn run(input: impl BufRead, length: Option<u64>) -> io::Result<usize> {
    let ahead = 4 * rayon::current_num_threads();
    let bar = progress(length);
    let mut sink = Sink { output: io::stdout().lock(), bar: &bar, wrong: 0 };
    let mut pending: VecDeque<Receiver<Done>> = VecDeque::with_capacity(ahead);
    let mut blocks = Blocks { input, next: 1, failed: Ok(()) };
    for block in &mut blocks {
        if pending.len() == ahead {
            sink.take(pending.pop_front())?;
        }
        let (sender, receiver) = sync_channel(1);
        rayon::spawn_fifo(move || {
            // nobody receives it any more where the output is closed
            let _ = sender.send(block.read());
        });
        pending.push_back(receiver);
    }
    for block in pending {
        sink.take(Some(block))?;
    }
    sink.output.flush()?;
    bar.finish_and_clear();
    blocks.failed.map(|()| sink.wrong)
}

/// The lines of the input in blocks, each long enough to be worth handing to a thread.
struct Blocks<R> {
    input: R,
    /// Number of the next line, counted from 1.
    next: usize,
    /// Why the input ended before its end.
    failed: io::Result<()>,
}

impl<R: BufRead> Iterator for Blocks<R> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        const ENOUGH: usize = 64 * 1024;
        let mut block = Block { first: self.next, lines: Vec::new() };
        while block.lines.len() < ENOUGH && self.failed.is_ok() {
            match self.input.read_until(b'\n', &mut block.lines) {
                Ok(0) => break,
                Ok(_) => self.next += 1,
                Err(error) => self.failed = Err(error),
            }
        }
        (!block.lines.is_empty()).then_some(block)
    }
}

impl Block {
    fn read(self) -> Done {
        let mut done = Done { bytes: self.lines.len() as u64, ..Done::default() };
        for (number, line) in (self.first..).zip(self.lines.split(|byte| *byte == b'\n')) {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if let Err(error) = attribute(line, &mut done.records) {
                // serde_json counts lines within the line
                let reason = error.to_string();
                let reason = reason.rsplit_once(" at line ").map_or(&*reason, |(reason, _)| reason);
                done.errors.push(format!("line {number}, column {}: {reason}", error.column()));
            }
        }
        done
    }
}

/// Appends the record of one line to `records`.
fn attribute(line: &[u8], records: &mut Vec<u8>) -> serde_json::Result<()> {
    thread_local! {
        static WORKSPACE: RefCell<Workspace> = RefCell::default();
    }
    let article: Article<'_> = serde_json::from_slice(line)?;
    let extractor = Extractor::builder().cast(article.cast).build();
    WORKSPACE.with_borrow_mut(|workspace| {
        let mut record = extractor.extract_with(workspace, &article.text).to_record();
        record.id = article.id;
        serde_json::to_writer(&mut *records, &record)?;
        records.push(b'\n');
        Ok(())
    })
}

/// Where records and errors go.
struct Sink<'b> {
    output: io::StdoutLock<'static>,
    bar: &'b ProgressBar,
    wrong: usize,
}

impl Sink<'_> {
    /// Waits for the block, then writes what became of it.
    fn take(&mut self, block: Option<Receiver<Done>>) -> io::Result<()> {
        let Some(done) = block.and_then(|block| block.recv().ok()) else { return Ok(()) };
        self.output.write_all(&done.records)?;
        self.bar.suspend(|| done.errors.iter().for_each(|error| eprintln!("corpus: {error}")));
        self.wrong += done.errors.len();
        self.bar.inc(done.bytes);
        Ok(())
    }
}

/// A bar on standard error, which draws nothing where that is no terminal.
fn progress(length: Option<u64>) -> ProgressBar {
    let (bar, template) = match length {
        Some(length) => (
            ProgressBar::new(length),
            "{bar:40} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta}",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {binary_bytes}, {binary_bytes_per_sec}"),
    };
    bar.with_style(ProgressStyle::with_template(template).expect("the template is one"))
}
