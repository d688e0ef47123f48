//! What the flat formats write a line for: a finding, a doubt, a file that was skipped or failed.

use super::Style;
use crate::document::Place;
use crate::finding::{Basis, Entry, Finding, Lang, Level, Unassessed, Waived};
use std::borrow::Cow;

/// What a line is, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// The job could not be done for a file.
    Failed,
    /// A finding that counts.
    Finding(Level),
    /// A finding of a rule on trial.
    Preview,
    /// A finding that may stand.
    Waived,
    /// Something that could not be judged.
    Unassessed,
    /// A file that is no report.
    Skipped,
}

impl Kind {
    /// All kinds, gravest first.
    pub(super) const ALL: [Self; 8] = [
        Self::Failed,
        Self::Finding(Level::Error),
        Self::Finding(Level::Warning),
        Self::Finding(Level::Info),
        Self::Preview,
        Self::Waived,
        Self::Unassessed,
        Self::Skipped,
    ];

    /// What a finding counts as.
    pub(super) fn of(finding: &Finding) -> Self {
        match finding.level {
            _ if finding.waived.is_some() => Self::Waived,
            _ if finding.preview => Self::Preview,
            level => Self::Finding(level),
        }
    }

    /// The word programs read.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Finding(level) => level.word(),
            Self::Preview => "preview",
            Self::Waived => "waived",
            Self::Unassessed => "unassessed",
            Self::Skipped => "skipped",
        }
    }

    /// The word people read.
    pub(super) fn word(self, lang: Lang) -> &'static str {
        let zh = match self {
            Self::Failed => "未能完成",
            Self::Finding(Level::Error) => "错误",
            Self::Finding(Level::Warning) => "提醒",
            Self::Finding(Level::Info) => "提示",
            Self::Preview => "试行",
            Self::Waived => "已豁免",
            Self::Unassessed => "无法判定",
            Self::Skipped => "跳过",
        };
        lang.pick(zh, self.code())
    }
}

/// One line.
pub(super) struct Item<'a> {
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it makes the exit code other than 0.
    pub(super) fails: bool,
    /// The file it stands in; empty if it is of the whole run.
    pub(super) file: &'a str,
    /// Whether the text was taken out of the file, so that its lines are not those of the file.
    pub(super) extracted: bool,
    /// Where in the file.
    pub(super) place: Option<&'a Place>,
    /// `pack/rule`, or the fixed word of what failed or was skipped.
    pub(super) rule: String,
    /// What is to be said.
    pub(super) message: Cow<'a, str>,
    /// The finding, if it is one.
    pub(super) finding: Option<&'a Finding>,
    /// Who reports.
    pub(super) organ: Option<&'a str>,
    /// The report year.
    pub(super) year: Option<i16>,
}

impl Item<'_> {
    /// Line, from 1; 1 where there is none.
    pub(super) fn line(&self) -> u32 {
        self.place.filter(|_| !self.extracted).map_or(1, |place| place.start.line)
    }

    /// The place and the message; lines of a text that was taken out of a file mean nothing to
    /// who opens the file, so there the way to the place is named.
    pub(super) fn located(&self, lang: Lang) -> Cow<'_, str> {
        match self.place {
            Some(place) if self.extracted && !place.path.is_empty() => {
                format!("{}{}{}", place.path, lang.pick("：", ": "), self.message).into()
            }
            _ => Cow::Borrowed(&self.message),
        }
    }

    /// Up to `most` other places, `依据：…`, `处理：…`, one a line; nothing for what is no finding.
    pub(super) fn details(&self, most: usize, lang: Lang) -> String {
        let Some(finding) = self.finding else { return String::new() };
        let colon = lang.pick("：", ": ");
        let mut lines = Vec::new();
        if let Some(waived) = &finding.waived {
            lines.push(format!("{}{colon}{}", lang.pick("豁免", "waived"), waiver(waived, lang)));
        }
        for related in finding.related.iter().take(most) {
            let start = related.place.start;
            let file = related.place.file.as_deref().map_or(String::new(), |f| format!("{f}:"));
            let at = if self.extracted && file.is_empty() {
                related.place.path.clone()
            } else {
                format!("{file}{}:{}", start.line, start.column)
            };
            lines.push(format!("{at} {}", related.message));
        }
        let rest = finding.related.len().saturating_sub(most);
        if rest > 0 {
            let (zh, en) = (format!("……另有 {rest} 处"), format!("… and {rest} more"));
            lines.push(lang.pick(&zh, &en).to_owned());
        }
        for one in &finding.basis {
            lines.push(format!("{}{colon}{}", lang.pick("依据", "basis"), cited(one, lang)));
        }
        if let Some(help) = finding.help.as_deref().filter(|help| !help.trim().is_empty()) {
            lines.push(format!("{}{colon}{}", lang.pick("处理", "help"), help.trim()));
        }
        lines.join("\n")
    }
}

/// A clause with its words.
pub(super) fn cited(basis: &Basis, lang: Lang) -> String {
    match &basis.quote {
        Some(quote) => format!("{}{}“{}”", basis.cite, lang.pick("：", ": "), quote.trim()),
        None => basis.cite.clone(),
    }
}

/// Why a finding may stand, by whom, until when.
pub(super) fn waiver(waived: &Waived, lang: Lang) -> String {
    let Waived { reason, by, expires } = waived;
    let until = expires.as_ref().map_or(String::new(), |day| match lang {
        Lang::Zh => format!("，{day}到期"),
        Lang::En => format!(", until {day}"),
    });
    match lang {
        Lang::Zh => format!("{}（{by}{until}）", reason.trim()),
        Lang::En => format!("{} ({by}{until})", reason.trim()),
    }
}

/// The lines of an entry, findings below the least level left out.
pub(super) fn items<'a>(entry: &'a Entry, style: &Style) -> Vec<Item<'a>> {
    let bare = |kind, path: &'a str, code: &str, message: &'a str| Item {
        kind,
        fails: kind == Kind::Failed,
        file: path,
        extracted: false,
        place: None,
        rule: code.to_owned(),
        message: message.into(),
        finding: None,
        organ: None,
        year: None,
    };
    match entry {
        Entry::Failed { path, code, message } => {
            vec![bare(Kind::Failed, path, code, message.to(style.lang))]
        }
        Entry::Skipped { path, code, reason } => {
            vec![bare(Kind::Skipped, path, code, reason.to(style.lang))]
        }
        Entry::Report(report) => {
            let file = report.source.path.as_str();
            let about = |item: Item<'a>| Item {
                extracted: report.source.extracted,
                organ: report.organ.as_deref(),
                year: report.year,
                ..item
            };
            judged(file, &report.findings, &report.unassessed, style).map(about).collect()
        }
        Entry::Compared(comparison) => {
            let file = comparison.paths.last().map_or("", String::as_str);
            let about = |item: Item<'a>| Item {
                extracted: comparison
                    .sources
                    .iter()
                    .any(|source| source.extracted && source.path == item.file),
                organ: comparison.organs.first().map(String::as_str),
                year: comparison.years.last().copied(),
                ..item
            };
            judged(file, &comparison.findings, &comparison.unassessed, style).map(about).collect()
        }
    }
}

fn judged<'a>(
    file: &'a str,
    findings: &'a [Finding],
    unassessed: &'a [Unassessed],
    style: &Style,
) -> impl Iterator<Item = Item<'a>> {
    let style = *style;
    let shown = findings.iter().filter(move |finding| finding.level <= style.min_level);
    let finding = move |finding: &'a Finding| {
        let kind = Kind::of(finding);
        let counts = matches!(kind, Kind::Finding(level) if style.fail_on.is_some_and(|least| level <= least));
        Item {
            kind,
            fails: counts,
            file: finding.place.file.as_deref().unwrap_or(file),
            extracted: false,
            place: Some(&finding.place),
            rule: format!("{}/{}", finding.pack, finding.rule),
            message: finding.message.as_str().into(),
            finding: Some(finding),
            organ: None,
            year: None,
        }
    };
    let doubt = move |doubt: &'a Unassessed| Item {
        kind: Kind::Unassessed,
        fails: style.fail_on_unassessed,
        file: doubt.place.file.as_deref().unwrap_or(file),
        extracted: false,
        place: Some(&doubt.place),
        rule: format!("{}/{}", doubt.pack, doubt.rule),
        message: doubt.reason.as_str().into(),
        finding: None,
        organ: None,
        year: None,
    };
    shown.map(finding).chain(unassessed.iter().map(doubt))
}
