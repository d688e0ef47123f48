//! `terms`: words that are written wrongly, with what should stand there. All of a list is sought in
//! one scan of the running text, and one hit tells of all places.
//!
//! ```yaml
//! check:
//!   terms:
//!     replace: { 布署: 部署, 帐目: 账目 }
//!     except: [蚊帐目录]            # words within which nothing is wrong; they begin at or before it
//!     characters: true             # compare what is written, not what it folds to
//!     compatibility: true          # also radicals and compatibility forms (⼀, 金)
//!     certain: false               # whether the edits need no person's look; true if left out
//! ```

use super::prose::{Found, gather, prose_at};
use super::{Context, Kind, Outcome};
use crate::document::Document;
use crate::profile::Profile;
use crate::text::{FoldedSpan, Span, Words, fold};
use crate::yaml::{Faults, Fields, Node};
use std::sync::OnceLock;

/// The check `terms`.
#[derive(Debug)]
pub struct Terms {
    /// Wrong and right; right is `None` for words within which nothing is wrong.
    words: Vec<(String, Option<String>)>,
    characters: bool,
    compatibility: bool,
    certain: bool,
    scanner: OnceLock<Words>,
}

impl Kind for Terms {
    const NAME: &'static str = "terms";
    const CASES: &'static [&'static str] = &["found"];
    const SLOTS: &'static [&'static str] = &["count", "list", "text", "right"];
    const ROLES: &'static [&'static str] = &["other"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let replace = fields.need("replace", faults);
        let mut flag = |key, default: bool| {
            fields.get(key).map_or(default, |node| node.want_bool(faults))
        };
        let characters = flag("characters", false);
        let compatibility = flag("compatibility", false);
        let certain = flag("certain", true);
        let except = fields.get("except");
        fields.finish(faults);
        let shown = |text: &str| if characters { text.to_owned() } else { fold(text) };
        let mut words = Vec::new();
        for (wrong, right) in replace?.want_entries(faults) {
            let right = right.want_text(faults)?;
            if right.contains(&*wrong.text) {
                let zh = format!("“{right}”里还有“{}”，改了等于没改", wrong.text);
                let en = format!("“{right}” still holds “{}”: nothing would be mended", wrong.text);
                faults.push(&wrong.at, zh, en);
            }
            words.push((shown(&wrong.text), Some(right)));
        }
        let except = except.map(|node| node.want_texts(faults)).unwrap_or_default();
        words.extend(except.iter().map(|word| (shown(word), None)));
        Some(Self { words, characters, compatibility, certain, scanner: OnceLock::new() })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let text = if self.characters { &document.source.text } else { document.folded.text() };
        let mut found = Vec::new();
        for (at, right) in self.matches(text) {
            let span = self.source(document, at);
            if is_prose(document, span) {
                found.push(Found::new(document, span, Some(right.to_owned())));
            }
        }
        if self.compatibility && !document.source.extracted {
            found.extend(compatibility(document));
            found.sort_by_key(|found| found.at.source.map(|span| span.start));
        }
        out.hits.extend(gather("found", document, found, self.certain));
    }
}

impl Terms {
    /// Where the words stand in `text`, and what should stand there.
    fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (std::ops::Range<usize>, &'t str)> {
        let build = || Words::new(self.words.iter().map(|(wrong, _)| wrong));
        let found = self.scanner.get_or_init(build).find(text);
        found.filter_map(|(at, word)| Some((at, self.words[word].1.as_deref()?)))
    }

    fn source(&self, document: &Document, at: std::ops::Range<usize>) -> Span {
        match self.characters {
            true => Span::from(at),
            false => document.folded.source(FoldedSpan::from(at)),
        }
    }
}

/// Whether `span` of the source is running text: read at all, and within it.
fn is_prose(document: &Document, span: Span) -> bool {
    let at = document.placed(span).at;
    document.folded.source(at) == span && prose_at(document, at).is_some()
}

/// The radicals and compatibility ideographs in running text, with the characters they stand for.
/// Whole runs of them are left by extraction from PDF, so each run is one place.
fn compatibility(document: &Document) -> Vec<Found> {
    let text = &document.source.text;
    let mut runs: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_compatibility(*c)) {
        let span = Span::new(at, at + c.len_utf8());
        match runs.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => runs.push(span),
        }
    }
    let right = |span: Span| {
        let right = fold(document.source.slice(span));
        let mended = !right.contains(is_compatibility);
        (mended && is_prose(document, span)).then(|| Found::new(document, span, Some(right)))
    };
    runs.into_iter().filter_map(right).collect()
}

fn is_compatibility(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(words: &[(&str, Option<&str>)]) -> Terms {
        let words = words.iter().map(|(wrong, right)| ((*wrong).to_owned(), right.map(str::to_owned)));
        Terms {
            words: words.collect(),
            characters: false,
            compatibility: false,
            certain: true,
            scanner: OnceLock::new(),
        }
    }

    #[test]
    fn words_within_which_nothing_is_wrong() {
        let terms = terms(&[("做为", Some("作为")), ("叫做为", None), ("做为人", None)]);
        let places = |text| terms.matches(text).map(|(at, _)| at.start).collect::<Vec<_>>();
        assert_eq!(places("做为重点"), [0]);
        assert_eq!(places("叫做为民、做为人表率"), [0; 0]);
    }
}
