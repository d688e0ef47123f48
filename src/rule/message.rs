//! From cases and values to words: templates with placeholders.

use crate::check::{Reason, Slot, Slots};
use crate::finding::{Lang, Words};
use crate::profile::Profile;
use crate::text::piece;
use memchr::memchr2;
use std::collections::BTreeMap;
use std::ops::Range;

/// A message with `{placeholders}`, as it is written in the rule file; `{{` and `}}` stand for braces.
#[derive(Clone, Debug, Default)]
pub struct Template(String);

/// A piece of a template.
enum Part<'t> {
    /// Words as they are.
    Text(&'t str),
    /// A placeholder.
    Slot(Placeholder<'t>),
}

/// A placeholder as it stands in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder<'t> {
    /// Its name.
    pub name: &'t str,
    /// Byte range of the name in the template.
    pub at: Range<usize>,
    /// Whether its closing brace is there.
    pub closed: bool,
}

impl Template {
    /// The template `written`.
    pub fn new(written: String) -> Self {
        Self(written)
    }

    /// The template as it is written in the rule file.
    pub fn written(&self) -> &str {
        &self.0
    }

    /// Its placeholders with their places, for those who judge them.
    pub fn placeholders(&self) -> impl Iterator<Item = Placeholder<'_>> {
        self.parts().filter_map(|part| match part {
            Part::Slot(slot) => Some(slot),
            Part::Text(_) => None,
        })
    }

    fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let text = self.0.as_str();
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let plain = memchr2(b'{', b'}', rest.as_bytes()).unwrap_or(rest.len());
            let brace = rest.get(plain..).unwrap_or_default();
            let (part, length) = match brace {
                _ if plain > 0 => (Part::Text(piece(rest, 0, plain)), plain),
                _ if brace.starts_with("{{") || brace.starts_with("}}") => {
                    (Part::Text(piece(brace, 0, 1)), 2)
                }
                _ if brace.starts_with('{') => {
                    let end = brace.find('}');
                    let name = piece(brace, 1, end.unwrap_or(brace.len()));
                    let slot = at + 1..at + 1 + name.len();
                    let part = Placeholder { name, at: slot, closed: end.is_some() };
                    (Part::Slot(part), 1 + name.len() + usize::from(end.is_some()))
                }
                _ => (Part::Text(piece(brace, 0, 1)), 1),
            };
            at += length;
            Some(part)
        })
    }

    /// The words with all placeholders filled in.
    /// Names of the profile are put into English by `names`.
    pub fn render(
        &self,
        slots: &Slots,
        words: &BTreeMap<String, Words>,
        names: &Profile,
        lang: Lang,
    ) -> String {
        let mut out = String::new();
        for part in self.parts() {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Slot(slot) => match slots.get(slot.name) {
                    Some(Slot::Text(text)) => match lang {
                        Lang::Zh => out.push_str(text),
                        Lang::En => out.push_str(names.in_english(text).as_ref().unwrap_or(text)),
                    },
                    Some(Slot::Day(iso)) => out.push_str(&day(iso, lang)),
                    Some(Slot::Keys(keys)) => out.push_str(&join(keys, words, lang)),
                    Some(Slot::Titles(titles)) => out.push_str(&quoted(titles, lang)),
                    None => {}
                },
            }
        }
        out
    }
}

/// `2023-12-20` as `2023年12月20日`; English keeps ISO 8601.
fn day(iso: &str, lang: Lang) -> String {
    let unpadded = |part: &str| part.trim_start_matches('0').to_owned();
    let parts: Vec<String> = iso.split('-').map(unpadded).collect();
    match (lang, parts.as_slice()) {
        (Lang::Zh, [year, month, day]) => format!("{year}年{month}月{day}日"),
        (Lang::Zh, [year, month]) => format!("{year}年{month}月"),
        _ => iso.to_owned(),
    }
}

/// A list of keys in words, joined as a sentence joins them.
pub fn join(keys: &[String], words: &BTreeMap<String, Words>, lang: Lang) -> String {
    let mut found: Vec<&str> = Vec::with_capacity(keys.len());
    for key in keys {
        found.push(words.get(key).map_or(key, |words| words.to(lang)));
    }
    found.join(lang.pick("、", ", "))
}

/// Titles in quotation marks; in Chinese nothing stands between them (GB/T 15834 4.5.3.5).
fn quoted(titles: &[String], lang: Lang) -> String {
    let quoted: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    quoted.join(lang.pick("", ", "))
}

/// Why something could not be judged, in words.
pub fn reason(reason: &Reason, lang: Lang) -> String {
    let (zh, en) = match reason {
        Reason::Blank(name) => (
            format!("“{name}”为空白，空白不等于0"),
            format!("“{name}” is blank, and blank is not 0"),
        ),
        Reason::NotANumber(name) => {
            (format!("“{name}”不是数字"), format!("“{name}” is not a number"))
        }
        Reason::Unaligned(name) => (
            format!("“{name}”一行的空白格在文本中丢失，各数属于哪一列无法确定"),
            format!(
                "blank cells of row “{name}” were lost, so its figures cannot be put to columns"
            ),
        ),
        Reason::NotFound(name) => {
            (format!("表中没有找到“{name}”"), format!("“{name}” was not found in the table"))
        }
        Reason::NoTable(name) => (
            format!("“{name}”有文字残留，但未能识别为表格"),
            format!("there are traces of “{name}”, but no table was recognised"),
        ),
        Reason::NoBody => {
            ("报告机关的类别无法确定".to_owned(), "the kind of body could not be told".to_owned())
        }
        Reason::PartialDate => ("日期不完整".to_owned(), "the date is not complete".to_owned()),
    };
    lang.pick(&zh, &en).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_and_braces_kept() {
        let template = Template::new("“{name}”缺{parts}，{{例}}".to_owned());
        let open = Template::new("“{name}”缺{parts}，{{例}}{没写完".to_owned());
        let slots: Vec<_> = open.placeholders().collect();
        let names: Vec<_> = slots.iter().map(|slot| (slot.name, slot.closed)).collect();
        assert_eq!(names, [("name", true), ("parts", true), ("没写完", false)]);
        assert_eq!(slots[0].at, 4..8);
        let slots = Slots(vec![
            ("name", Slot::Text("甲".to_owned())),
            ("parts", Slot::Keys(vec!["phone".to_owned(), "address".to_owned()])),
            ("titles", Slot::Titles(vec!["甲、乙".to_owned(), "丙".to_owned()])),
        ]);
        let titles = Template::new("{titles}".to_owned());
        assert_eq!(
            titles.render(&slots, &BTreeMap::new(), &Profile::default(), Lang::Zh),
            "“甲、乙”“丙”"
        );
        assert_eq!(
            titles.render(&slots, &BTreeMap::new(), &Profile::default(), Lang::En),
            "“甲、乙”, “丙”"
        );
        assert_eq!(day("2023-02-05", Lang::Zh), "2023年2月5日");
        let phone = Words { zh: "电话".to_owned(), en: "telephone".to_owned() };
        let words = BTreeMap::from([("phone".to_owned(), phone)]);
        assert_eq!(
            template.render(&slots, &words, &Profile::default(), Lang::Zh),
            "“甲”缺电话、address，{例}"
        );
    }
}
