//! Reads and judges many files at once and hands the results over in the order of the inputs.

use super::args::FileArgs;
use super::discover::{Input, Inputs, Origin, listed, unreadable};
use super::progress::Progress;
use super::{Trouble, changed, panic};
use crate::finding::{Entry, Lang, Words};
use crate::read::MAX_FILE;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// The most files, and about the most bytes, in memory at the same time.
const CHUNK: usize = 128;
const BYTES: u64 = 32 << 20;

/// What a file met in a folder may be without the job being undone.
const NO_REPORT: &[&str] =
    &["empty", "not-a-report", "own-output", "binary", "unsupported-format", "unreadable"];

/// What a run is to read.
#[derive(Debug)]
pub(super) struct Found {
    /// What is to be judged.
    pub(super) inputs: Vec<Input>,
    /// What git says is unchanged; it may be compared with what is judged.
    pub(super) others: Vec<Input>,
}

/// All inputs that paths and `--files-from` name; `default` if they name none.
pub(super) fn inputs(
    paths: &[PathBuf],
    files: &FileArgs,
    default: Option<&str>,
    lang: Lang,
) -> Result<Found, Trouble> {
    let mut inputs = Inputs::new(files);
    if let (Some(default), true, None) = (default, paths.is_empty(), &files.files_from) {
        inputs.argument(Path::new(default), &files.stdin_filename);
    }
    for path in paths {
        inputs.argument(path, &files.stdin_filename);
    }
    if let Some(list) = &files.files_from {
        let text = match list.as_os_str() == "-" {
            true => io::read_to_string(io::stdin()),
            false => std::fs::read_to_string(list),
        };
        let text = text.map_err(|error| {
            let words = lang.pick("无法读取 --files-from", "cannot read --files-from");
            Trouble::Usage(format!("{words} {}: {error}", list.display()))
        })?;
        listed(&text).iter().for_each(|path| inputs.path(path));
    }
    let inputs = inputs.into_vec();
    let Some(reference) = &files.changed else { return Ok(Found { inputs, others: Vec::new() }) };
    let changed = changed::files(reference).map_err(Trouble::Words)?;
    let (inputs, others) = inputs.into_iter().partition(|input| match &input.from {
        Origin::File(path) => changed.contains(&changed::plain(path)),
        // What cannot be read may well have been changed.
        Origin::Stdin | Origin::Nothing(..) => input.named,
    });
    Ok(Found { inputs, others })
}

/// Lets `judge` loose on every input, in parallel, and gives the results to `take` in order. What
/// fails while walking is handed over as skipped, unless `strict`.
pub(super) fn each<T: Send>(
    inputs: Vec<Input>,
    files: &FileArgs,
    judge: &(impl Fn(&Input, &[u8]) -> Result<T, Entry> + Sync),
    mut take: impl FnMut(Result<T, Entry>) -> io::Result<()>,
) -> io::Result<()> {
    // Threads for one file would take longer to begin than the file.
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(files.threads()).build();
    let pool = (inputs.len() > 1).then(pool).transpose().map_err(io::Error::other)?;
    let progress = Progress::new(inputs.len());
    let mut rest = inputs.into_iter().peekable();
    while rest.peek().is_some() {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while let Some(input) = rest.next_if(|_| chunk.len() < CHUNK && bytes < BYTES) {
            bytes += size(&input);
            chunk.push(input);
        }
        let one = |input: &Input| {
            let result = judged(input, judge);
            progress.one();
            result.map_err(|entry| settled(entry, input.named, files))
        };
        let results: Vec<_> = match &pool {
            Some(pool) => pool.install(|| chunk.par_iter().map(one).collect()),
            None => chunk.iter().map(one).collect(),
        };
        for result in results {
            progress.apart(|| take(result))?;
        }
    }
    Ok(())
}

fn size(input: &Input) -> u64 {
    match &input.from {
        Origin::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
        Origin::Stdin | Origin::Nothing(..) => 0,
    }
}

fn judged<T>(
    input: &Input,
    judge: &impl Fn(&Input, &[u8]) -> Result<T, Entry>,
) -> Result<T, Entry> {
    let bytes = bytes(input)?;
    if crate::write::is_own(&bytes) {
        let words = Words {
            zh: "这是 gouji 输出的检查结果，不是年报".into(),
            en: "this was written by gouji and is no report".into(),
        };
        return Err(input.failed("own-output", words));
    }
    // What a panic leaves half done is dropped with it: the linter itself never changes.
    catch_unwind(AssertUnwindSafe(|| judge(input, &bytes)))
        .unwrap_or_else(|payload| Err(input.failed("internal", panic::words(payload.as_ref()))))
}

/// The bytes of an input, no more than one over the limit: the library names what is too large.
fn bytes(input: &Input) -> Result<Vec<u8>, Entry> {
    let read = |from: &mut dyn Read| {
        let mut bytes = Vec::new();
        from.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = match &input.from {
        Origin::File(path) => File::open(path).and_then(|mut file| read(&mut file)),
        Origin::Stdin => read(&mut io::stdin().lock()),
        Origin::Nothing(code, words) => return Err(input.failed(code, words.clone())),
    };
    bytes.map_err(|error| {
        // A link to nowhere is no report; a file that may not be opened may well be one.
        let denied = error.kind() == io::ErrorKind::PermissionDenied;
        input.failed(if denied { "no-permission" } else { "unreadable" }, unreadable(&error))
    })
}

/// A failure as it counts: of a file that nobody named it may only say that it is no report, and
/// with `--skip-others` of one that was named too. What cannot be read at all is no such thing.
fn settled(entry: Entry, named: bool, files: &FileArgs) -> Entry {
    let may_skip = |code| match named {
        true => files.skip_others && code != "unreadable",
        false => !files.strict,
    };
    match entry {
        Entry::Failed { path, code, message } if NO_REPORT.contains(&code) && may_skip(code) => {
            Entry::Skipped { path, code, reason: message }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(path: &str, named: bool, code: Option<&'static str>) -> Input {
        let from = match code {
            Some(code) => Origin::Nothing(code, Words::default()),
            None => Origin::File(PathBuf::from("Cargo.toml")),
        };
        Input { path: path.to_owned(), named, from }
    }

    fn told(inputs: Vec<Input>, files: &FileArgs) -> Vec<String> {
        let judge = |input: &Input, _: &[u8]| match input.path.as_str() {
            "bad" => panic!("on purpose"),
            path => Ok(path.to_owned()),
        };
        let mut told = Vec::new();
        each(inputs, files, &judge, |result| {
            told.push(match result {
                Ok(path) => path,
                Err(Entry::Failed { path, code, .. }) => format!("{path} failed {code}"),
                Err(Entry::Skipped { path, .. }) => format!("{path} skipped"),
                Err(Entry::Report(_) | Entry::Compared(_)) => String::new(),
            });
            Ok(())
        })
        .unwrap();
        told
    }

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        let names: Vec<String> = (0..300).map(|n| n.to_string()).collect();
        let inputs = names.iter().map(|name| input(name, true, None)).collect();
        assert_eq!(told(inputs, &FileArgs::default()), names);
    }

    #[test]
    fn a_panic_is_the_failure_of_one_file() {
        let inputs = vec![input("bad", false, None), input("good", false, None)];
        assert_eq!(told(inputs, &FileArgs::default()), ["bad failed internal", "good"]);
    }

    #[test]
    fn what_nobody_named_is_skipped_unless_strict() {
        let inputs = || {
            vec![input("a", true, Some("not-a-report")), input("b", false, Some("not-a-report"))]
        };
        assert_eq!(told(inputs(), &FileArgs::default()), ["a failed not-a-report", "b skipped"]);
        let strict = FileArgs { strict: true, ..FileArgs::default() };
        assert_eq!(told(inputs(), &strict), ["a failed not-a-report", "b failed not-a-report"]);
    }
}
