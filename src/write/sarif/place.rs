//! Places as SARIF has them: regions in characters, files as URIs, human paths as logical names.

use crate::document::Place;
use crate::text::{Lines, Source, Span, piece};
use serde_json::{Value, json};

/// The name of the folder that relative paths count from.
pub(super) const BASE: &str = "%SRCROOT%";

/// Every so many bytes the characters are counted once.
const STEP: usize = 4096;
/// So many characters before and after a place are its context.
const AROUND: usize = 60;

/// Makes locations in a report, or in the files that were compared.
pub(super) struct Places<'s> {
    files: Vec<Counted<'s>>,
    artifact: Option<usize>,
}

/// What stands in a file, in which places count, and how many characters stand before each
/// [`STEP`]th byte of it.
pub(super) struct Counted<'s> {
    source: &'s Source,
    text: &'s str,
    lines: Lines,
    counts: Vec<usize>,
}

impl<'s> Places<'s> {
    /// Places in `sources`, the first of which is the artifact with that index.
    pub(super) fn new(sources: &'s [Source], artifact: Option<usize>) -> Self {
        Self { files: sources.iter().map(Counted::new).collect(), artifact }
    }

    /// The file itself.
    pub(super) fn own_file(&self) -> Value {
        let path = self.files.first().map_or("", |file| &file.source.path);
        file(path, self.artifact)
    }

    /// A location, with the number and the words of a related one.
    pub(super) fn location(&self, place: &Place, id: Option<usize>, words: Option<&str>) -> Value {
        let mut location = json!({"physicalLocation": self.physical(place, id.is_none())});
        if !place.path.is_empty() {
            location["logicalLocations"] = json!([logical(&place.path)]);
        }
        if let Some(id) = id {
            location["id"] = id.into();
        }
        if let Some(words) = words {
            location["message"] = json!({"text": words});
        }
        location
    }

    /// The location of what is not there any more.
    pub(super) fn gone(&self, path: &str) -> Value {
        let mut location = json!({"physicalLocation": {"artifactLocation": self.own_file()}});
        if !path.is_empty() {
            location["logicalLocations"] = json!([logical(path)]);
        }
        location
    }

    /// The text a place stands in, if it is here.
    fn holding(&self, place: &Place) -> Option<&Counted<'s>> {
        match &place.file {
            None => self.files.first(),
            Some(path) => self.files.iter().find(|file| file.source.path == *path),
        }
    }

    /// The text that the edits of a finding at `place` change, if the file has such lines.
    pub(super) fn editable(&self, place: &Place) -> Option<&Counted<'s>> {
        self.holding(place).filter(|text| !text.source.extracted)
    }

    fn physical(&self, place: &Place, with_context: bool) -> Value {
        let artifact = match &place.file {
            Some(other) => file(other, None),
            None => self.own_file(),
        };
        match self.holding(place) {
            // Lines of the text that was taken out are no lines of the file: the logical
            // location says where it is, the snippet what it says.
            Some(text) if text.source.extracted => json!({
                "artifactLocation": artifact,
                "properties": {"text": place.text, "extractedLine": place.start.line},
            }),
            Some(text) => {
                let region = text.region(place.span, Some(text.slice(place.span)));
                let mut physical = json!({"artifactLocation": artifact, "region": region});
                if let Some(context) = text.context(place.span).filter(|_| with_context) {
                    physical["contextRegion"] = context;
                }
                physical
            }
            None => json!({
                "artifactLocation": artifact,
                "region": {
                    "startLine": place.start.line, "startColumn": place.start.column,
                    "endLine": place.end.line, "endColumn": place.end.column,
                    "snippet": {"text": place.text},
                },
            }),
        }
    }
}

impl<'s> Counted<'s> {
    fn new(source: &'s Source) -> Self {
        let mut counts = vec![0];
        let mut sum = 0;
        let text = source.origin.as_ref().map_or(&source.text, |origin| &origin.text);
        for step in text.as_bytes().chunks(STEP) {
            sum += step.iter().filter(|byte| begins(**byte)).count();
            counts.push(sum);
        }
        Self { source, text, lines: Lines::new(text), counts }
    }

    /// A region, with its text if wanted.
    pub(super) fn region(&self, span: Span, text: Option<&str>) -> Value {
        let (start, end) = (self.source.position(span.start), self.source.position(span.end));
        let offset = self.characters(span.start as usize);
        let mut region = json!({
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
            "charOffset": offset,
            "charLength": self.characters(span.end as usize) - offset,
        });
        if let Some(text) = text {
            region["snippet"] = json!({"text": text});
        }
        region
    }

    /// As much of the lines around `span` as a person needs to find it; nothing, if there is
    /// nothing around it.
    fn context(&self, span: Span) -> Option<Value> {
        let (lines, text) = (&self.lines, self.text);
        let first = lines.range(text, lines.line_of(span.start as usize));
        let last = lines.range(text, lines.line_of(span.end as usize));
        let before = piece(text, first.start, span.start as usize);
        let after = piece(text, span.end as usize, last.end.max(span.end as usize));
        let head = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(i, _)| i);
        let tail = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
        let wide = Span::new(first.start + head, span.end as usize + tail);
        (wide != span)
            .then(|| self.region(wide, Some(piece(text, wide.start as usize, wide.end as usize))))
    }

    fn slice(&self, span: Span) -> &str {
        piece(self.text, span.start as usize, span.end as usize)
    }

    /// Characters before byte `offset`.
    fn characters(&self, offset: usize) -> usize {
        let step = (offset / STEP).min(self.counts.len() - 1);
        let bytes = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.counts[step] + bytes.iter().filter(|byte| begins(**byte)).count()
    }
}

/// Whether a byte is the first of a character.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// A file as a URI; relative paths count from the folder the program was started in.
pub(super) fn file(path: &str, artifact: Option<usize>) -> Value {
    let slashed = path.replace('\\', "/");
    let slashed = slashed.strip_prefix("./").unwrap_or(&slashed);
    let mut drive = slashed.chars();
    let windows =
        drive.next().is_some_and(|c| c.is_ascii_alphabetic()) && drive.next() == Some(':');
    let mut location = match () {
        () if windows => json!({"uri": format!("file:///{}", encoded(slashed))}),
        () if slashed.starts_with('/') => json!({"uri": format!("file://{}", encoded(slashed))}),
        // A base may not be climbed out of.
        () if slashed.starts_with("../") => json!({"uri": encoded(slashed)}),
        () => json!({"uri": encoded(slashed), "uriBaseId": BASE}),
    };
    if let Some(index) = artifact {
        location["index"] = index.into();
    }
    location
}

/// Percent-encoded as a path: Chinese names too.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `三、申请情况 › 申请办理 › 本年新收 › 自然人` as `三/申请办理/本年新收/自然人`.
fn logical(path: &str) -> Value {
    let parts: Vec<&str> = path.split(" › ").collect();
    let names: Vec<String> = parts.iter().map(|part| short(part).replace('/', "／")).collect();
    json!({
        "name": names.last(),
        "fullyQualifiedName": names.join("/"),
        "decoratedName": path,
        "kind": "element",
    })
}

/// A numbered heading by its number alone, anything else as it is.
fn short(part: &str) -> &str {
    let number = |c: char| "一二三四五六七八九十".contains(c);
    let inner = part.trim_start_matches(['（', '(']);
    let digits = inner.find(|c| !number(c)).unwrap_or(inner.len());
    let rest = piece(inner, digits, inner.len());
    let numbered = digits > 0 && rest.starts_with(['、', '）', ')', '.', '．']);
    if numbered { piece(inner, 0, digits) } else { part }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_named_by_its_number() {
        let name = |path: &str| logical(path)["fullyQualifiedName"].as_str().unwrap().to_owned();
        assert_eq!(
            name("三、收到和处理申请情况 › 表 › 本年新收 › 自然人"),
            "三/表/本年新收/自然人"
        );
        assert_eq!(name("一、总体情况 › （二）依申请公开 › 第1段"), "一/二/第1段");
        assert_eq!(name("三公开 › 行/列"), "三公开/行／列");
    }

    #[test]
    fn files_are_uris() {
        let uri = |path: &str| file(path, None)["uri"].as_str().unwrap().to_owned();
        assert_eq!(uri("./年报/a b.txt"), "%E5%B9%B4%E6%8A%A5/a%20b.txt");
        assert_eq!(uri("/tmp/a.txt"), "file:///tmp/a.txt");
        assert_eq!(uri("C:\\x\\a.txt"), "file:///C%3A/x/a.txt");
        assert!(file("../a.txt", None).get("uriBaseId").is_none());
    }

    #[test]
    fn characters_are_counted_across_steps() {
        let source = Source::new("a.txt", "甲𠮷a\n".repeat(2000), "UTF-8");
        let places = Counted::new(&source);
        for (index, (offset, _)) in source.text.char_indices().enumerate().step_by(97) {
            assert_eq!(places.characters(offset), index);
        }
        assert_eq!(places.characters(source.text.len()), 8000);
    }
}
