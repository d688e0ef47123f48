//! Damaged files of every format: no panic, no long wait, no end of memory. A few hundred in every run
//! of the tests; longer, so many seconds for each file, and only for one file or those whose name has a word in it:
//!
//! ```sh
//! (ulimit -v 8000000; GOUJI_FUZZ_SECONDS=600 GOUJI_FUZZ_ONLY=xls GOUJI_FUZZ_SEED=7 \
//!     cargo test --test all fuzz -- --nocapture)
//! ```
//!
//! What fails is left in the temporary folder as `gouji-fuzz-NAME`.

use gouji::finding::Entry;
use gouji::lint::{Linter, Options};
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Xorshift: the same mutants in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Pieces that formats are made of, to be put where they do not belong.
const PIECES: &[&[u8]] = &[
    b"<table>",
    b"</table>",
    b"<td rowspan=99999999 colspan=99999999>",
    b"</td>",
    b"<tr>",
    b"<p>",
    b"<!--",
    b"<script>",
    b"&#x110000;",
    b"&#0;",
    b"&nosuch;",
    b"<a>",
    b"</div>",
    b"</w:p>",
    b"<w:tbl>",
    b"</w:tbl>",
    b"<w:tc>",
    b"</w:tc>",
    b"<w:vMerge/>",
    b"<w:gridSpan w:val=\"4294967295\"/>",
    b"<w:numId w:val=\"1\"/>",
    b"<w:txbxContent>",
    b"<w:ilvl w:val=\"88\"/>",
    b"\xff\xfe",
    b"\0",
    b"99999999999999999999",
    "一、".as_bytes(),
    b"| - |",
    b"\t",
];

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes[at] = random.next() as u8,
            1 => bytes[at] ^= 1 << random.below(8),
            2 => {
                let end = (at + random.below(200)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                let times = if random.below(20) == 0 { 3000 } else { 1 };
                let inserted = piece.repeat(times);
                bytes.splice(at..at, inserted);
            }
            4 => {
                let end = (at + random.below(2000)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
}

/// The parts of an archive, mutated and packed again: what damage inside looks like.
fn repacked(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let names: Vec<String> = archive.file_names().flatten().map(|n| n.into_owned()).collect();
    for name in names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let mut part = Vec::new();
        archive.by_name(name).expect("a part").read_to_end(&mut part).expect("its bytes");
        let body = name.ends_with("document.xml") || name.contains("sheet");
        if body || random.below(6) == 0 && !name.ends_with(".rels") {
            mutate(&mut part, random);
        }
        writer.start_file(name.as_str(), stored).expect("a part");
        writer.write_all(&part).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The name of the saved page, which is made here.
const SAVED: &str = "faulty.mht";

/// `page` as browsers save it: one part of a message, its bytes in hexadecimal.
fn saved_page(page: &[u8]) -> Vec<u8> {
    let mut out =
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"part\"\r\n\r\n\
        --part\r\nContent-Type: text/html; charset=\"gb18030\"\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            .to_vec();
    for line in page.chunks(20) {
        out.extend(line.iter().flat_map(|byte| format!("={byte:02X}").into_bytes()));
        out.extend(b"=\r\n");
    }
    out.extend(b"\r\n--part--\r\n");
    out
}

#[test]
#[allow(clippy::print_stdout, reason = "for those who wait for a long run")]
fn damaged_files_neither_panic_nor_hang() {
    let linter = Linter::new(Options::new(jiff::civil::date(2026, 6, 1))).expect("packs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let number = |name| std::env::var(name).ok().map(|text| text.parse().expect(name));
    let seconds: Option<u64> = number("GOUJI_FUZZ_SECONDS");
    let begin: u64 = number("GOUJI_FUZZ_SEED").unwrap_or(1);
    let only = std::env::var("GOUJI_FUZZ_ONLY").unwrap_or_default();
    let names = [
        "faulty.txt",
        "faulty.md",
        "faulty.html",
        SAVED,
        "faulty.docx",
        "faulty-libreoffice.docx",
        "faulty.doc",
        "faulty.xlsx",
        "faulty.xls",
        "faulty-libreoffice.pdf",
        "faulty-chromium.pdf",
    ];
    // `faulty.doc` alone is not `faulty.docx` too.
    let wanted = |name: &&str| match names.contains(&only.as_str()) {
        true => *name == only,
        false => name.contains(&only),
    };
    for name in names.into_iter().filter(wanted) {
        let seed = match name {
            SAVED => saved_page(&std::fs::read(folder.join("faulty.html")).expect("a page")),
            name => std::fs::read(folder.join(name)).expect(name),
        };
        let mut random = Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(begin.max(1)));
        let begun = Instant::now();
        let (mut count, mut slowest) = (0_u32, Duration::ZERO);
        loop {
            if count == 0 {
                let whole = linter.check(name, &seed);
                assert!(matches!(whole, Entry::Report(_)), "{name}: {whole:?}");
            }
            let done = match seconds {
                Some(seconds) => begun.elapsed() >= Duration::from_secs(seconds),
                None => count >= 12,
            };
            if done {
                break;
            }
            let inside = seed.starts_with(b"PK") && count % 4 != 3;
            let bytes = if inside {
                repacked(&seed, &mut random)
            } else {
                let mut bytes = seed.clone();
                mutate(&mut bytes, &mut random);
                bytes
            };
            let one = Instant::now();
            // What the linter says of the file is its own affair.
            let panicked =
                catch_unwind(AssertUnwindSafe(|| drop(linter.check(name, &bytes)))).is_err();
            let took = one.elapsed();
            let megabytes = bytes.len() as f64 / 1e6;
            let limit = 2.0 * megabytes.max(1.0) * if cfg!(debug_assertions) { 10.0 } else { 1.0 };
            if panicked || took.as_secs_f64() > limit {
                let copy = std::env::temp_dir().join(format!("gouji-fuzz-{name}"));
                std::fs::write(&copy, &bytes).expect("a copy");
                let copy = copy.display();
                panic!("{copy}: mutant {count}, panic: {panicked}, {megabytes:.2} MB in {took:?}");
            }
            slowest = slowest.max(took);
            count += 1;
        }
        println!("{name}: {count} mutants, slowest {slowest:?}");
    }
}
