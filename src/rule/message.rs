//! From cases and values to words: templates with placeholders.

use crate::check::{Reason, Slot, Slots};
use crate::finding::{Lang, Words};
use crate::profile::Profile;
use std::collections::BTreeMap;
use std::ops::Range;

/// A message with `{placeholders}`.
#[derive(Clone, Debug, Default)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Slot(String),
}

/// A placeholder as it stands in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its name.
    pub name: String,
    /// Byte range of the name in the template.
    pub at: Range<usize>,
    /// Whether its closing brace is there.
    pub closed: bool,
}

impl Template {
    /// Reads a template; `{{` and `}}` stand for braces.
    pub fn parse(text: &str) -> Self {
        Self::read(text).0
    }

    /// A template and its placeholders with their places, for those who judge them.
    pub fn read(text: &str) -> (Self, Vec<Placeholder>) {
        let mut parts = Vec::new();
        let mut found = Vec::new();
        let mut plain = String::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let doubled = chars.peek().is_some_and(|(_, next)| *next == c);
            match c {
                '{' | '}' if doubled => {
                    chars.next();
                    plain.push(c);
                }
                '{' => {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    let start = at + c.len_utf8();
                    let rest = crate::text::piece(text, start, text.len());
                    let end = rest.find('}');
                    let name = crate::text::piece(rest, 0, end.unwrap_or(rest.len())).to_owned();
                    while chars.next_if(|(at, _)| *at <= start + name.len()).is_some() {}
                    let at = start..start + name.len();
                    found.push(Placeholder { name: name.clone(), at, closed: end.is_some() });
                    parts.push(Part::Slot(name));
                }
                c => plain.push(c),
            }
        }
        parts.push(Part::Text(plain));
        (Self(parts), found)
    }

    /// The template as it is written in the rule file.
    pub fn written(&self) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Slot(name) => format!("{{{name}}}"),
        };
        self.0.iter().map(part).collect()
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
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Slot(name) => match slots.get(name) {
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
        let template = Template::parse("“{name}”缺{parts}，{{例}}");
        let (_, slots) = Template::read("“{name}”缺{parts}，{{例}}{没写完");
        let names: Vec<_> = slots.iter().map(|slot| (slot.name.as_str(), slot.closed)).collect();
        assert_eq!(names, [("name", true), ("parts", true), ("没写完", false)]);
        assert_eq!(slots[0].at, 4..8);
        let slots = Slots(vec![
            ("name", Slot::Text("甲".to_owned())),
            ("parts", Slot::Keys(vec!["phone".to_owned(), "address".to_owned()])),
            ("titles", Slot::Titles(vec!["甲、乙".to_owned(), "丙".to_owned()])),
        ]);
        let titles = Template::parse("{titles}");
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
