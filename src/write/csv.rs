//! A row per finding, for a spreadsheet: UTF-8 with the mark that Excel and WPS need to see.

use super::item::{Item, cited, items, waiver};
use super::{Style, Writer};
use crate::finding::{Entry, Summary};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes rows.
pub(super) struct Csv<'w> {
    style: Style,
    out: ::csv::Writer<Box<dyn Write + 'w>>,
    begun: bool,
}

/// The heads of the columns in both languages.
const HEADS: &[(&str, &str)] = &[
    ("文件", "file"),
    ("机关", "organ"),
    ("年度", "year"),
    ("级别", "level"),
    ("影响结果", "fails"),
    ("规则包", "pack"),
    ("规则", "rule"),
    ("名称", "title"),
    ("问题", "message"),
    ("位置", "place"),
    ("行", "line"),
    ("列", "column"),
    ("原文", "text"),
    ("依据", "basis"),
    ("处理", "help"),
    ("豁免", "waived"),
    ("指纹", "fingerprint"),
];

impl<'w> Csv<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        let out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        Self { style, out, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let lang = self.style.lang;
        let heads = HEADS.iter().map(|(zh, en)| lang.pick(zh, en)).enumerate();
        let marked =
            heads.map(|(i, head)| if i == 0 { format!("\u{feff}{head}") } else { head.into() });
        self.out.write_record(marked)?;
        Ok(())
    }

    fn row(&self, item: &Item<'_>) -> Vec<String> {
        let lang = self.style.lang;
        let (pack, rule) = item.rule.split_once('/').unwrap_or(("", &item.rule));
        let position = item.place.filter(|_| !item.extracted).map(|place| place.start);
        let finding = item.finding;
        let basis = finding.map(|f| f.basis.iter().map(|b| cited(b, lang)).collect::<Vec<_>>());
        let cells = [
            item.file.into(),
            item.organ.unwrap_or_default().into(),
            item.year.map_or(Cow::Borrowed(""), |year| year.to_string().into()),
            item.kind.word(lang).into(),
            lang.pick(if item.fails { "是" } else { "否" }, if item.fails { "yes" } else { "no" })
                .into(),
            pack.into(),
            rule.into(),
            finding.map_or("", |finding| &finding.title).into(),
            item.message.clone(),
            item.place.map_or("", |place| &place.path).into(),
            position.map_or(Cow::Borrowed(""), |position| position.line.to_string().into()),
            position.map_or(Cow::Borrowed(""), |position| position.column.to_string().into()),
            item.place.map_or("", |place| &place.text).into(),
            basis.unwrap_or_default().join("\n").into(),
            finding.and_then(|f| f.help.as_deref()).unwrap_or_default().trim().into(),
            finding
                .and_then(|f| f.waived.as_ref())
                .map_or(String::new(), |w| waiver(w, lang))
                .into(),
            finding.map_or("", |finding| &finding.fingerprint).into(),
        ];
        cells.into_iter().map(harmless).collect()
    }
}

impl Writer for Csv<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.begin()?;
        for item in items(entry, &self.style) {
            self.out.write_record(self.row(&item))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        self.out.flush()
    }
}

/// A cell that a spreadsheet does not take for a formula, whatever stands in a report, and that
/// holds nothing it cannot show.
fn harmless(cell: Cow<'_, str>) -> String {
    let shown: String =
        cell.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t');
    match shown.trim_start_matches([' ', '\u{3000}', '\n']).starts_with(formula) {
        true => format!("'{shown}"),
        false => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+86", "-3", "@x", " =1", "\t=1", "＝1"] {
            assert!(harmless(cell.into()).starts_with('\''), "{cell}");
        }
        for cell in ["12", "占比 = 3", "", "总计-1"] {
            assert_eq!(harmless(cell.into()), cell);
        }
    }
}
