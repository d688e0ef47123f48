//! The headings of a report, named where the profile knows them.

use crate::document::{BlockKind, Document, Zone};
use crate::profile::{Profile, best_section};
use crate::text::FoldedSpan;

/// One heading and what stands under it.
#[derive(Clone, Debug)]
pub struct Section {
    /// The profile's name, if the heading is one it knows. Only headings of the first level, and
    /// headings without ordinal, are named.
    pub name: Option<String>,
    /// Its number, if it has one.
    pub number: Option<u32>,
    /// The ordinal as it stands in the text.
    pub ordinal: Option<FoldedSpan>,
    /// Its words.
    pub title: FoldedSpan,
    /// 1–4, see [`Heading::level`](crate::document::Heading::level).
    pub level: u8,
    /// Which segment it stands in.
    pub zone: Zone,
    /// Ordinal and title together.
    pub at: FoldedSpan,
    /// From the end of the heading to the next heading of its level or higher.
    pub body: FoldedSpan,
}

/// The level of the lowest headings.
const LOWEST: u8 = 4;

/// The level of `1.` and `1、`.
const LISTED: u8 = 3;

/// Whether no heading of the first level is a section's: a web page that numbered its lists anew
/// shows `1、总体情况` for `一、总体情况`.
fn is_numbered_anew(document: &Document, profile: &Profile) -> bool {
    !document.blocks.iter().any(|block| {
        matches!(&block.kind, BlockKind::Heading(heading)
            if heading.level == 1
                && best_section(&profile.sections, document.text(heading.title)).is_some())
    })
}

/// All headings in order. Of several headings that fit one name, each is named.
pub fn sections(document: &Document, profile: &Profile) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    // The sections that the next heading may close, outermost first.
    let mut open: Vec<(usize, u8)> = Vec::new();
    let end = document.folded.text().len() as u32;
    let anew = is_numbered_anew(document, profile);
    let is_official = |title: &str| profile.sections.iter().any(|known| known.title == title);
    for block in &document.blocks {
        let BlockKind::Heading(heading) = &block.kind else { continue };
        let section = anew && heading.level == LISTED && is_official(document.text(heading.title));
        let level = if section { 1 } else { heading.level };
        let named = level == 1 || heading.ordinal.is_none();
        let name = named.then(|| best_section(&profile.sections, document.text(heading.title)));
        let name = name.flatten().map(|section| section.name.clone());
        // A line that only another year's form would call a section stands within one of this
        // report's, as the lowest of headings.
        let numbered = || open.iter().any(|(i, _)| found[*i].ordinal.is_some());
        let stray = heading.ordinal.is_none() && name.is_none() && numbered();
        let depth = if stray { LOWEST } else { level };
        while let Some((last, _)) = open.pop_if(|(_, above)| *above >= depth) {
            found[last].body.end = block.at.start;
        }
        open.push((found.len(), depth));
        found.push(Section {
            name,
            number: heading.ordinal.map(|ordinal| ordinal.number),
            ordinal: heading.ordinal.map(|ordinal| ordinal.at),
            title: heading.title,
            level,
            zone: block.zone,
            at: block.at,
            body: FoldedSpan { start: block.at.end, end },
        });
    }
    one_of_each(document, profile, &mut found);
    found
}

/// Where a heading carries a section's official title to the letter, others that only resemble it
/// are not that section (`三、主动公开工作情况` within 总体情况).
fn one_of_each(document: &Document, profile: &Profile, found: &mut [Section]) {
    for section in &profile.sections {
        let named = |s: &Section| s.name.as_ref() == Some(&section.name);
        let official = |s: &Section| document.text(s.title) == section.title;
        if found.iter().any(|s| named(s) && official(s)) {
            let others = found.iter_mut().filter(|s| named(s) && !official(s));
            others.for_each(|s| s.name = None);
        }
    }
}
