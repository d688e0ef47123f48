//! Word files: paragraphs and tables as a reader sees them, numbers of headings written out.

mod body;
mod numbering;
mod numerals;

use super::ReadError;
use super::archive::Archive;
use super::extract::Extract;
use crate::document::Remark;
use quick_xml::events::BytesStart;

/// Takes the text and the tables out of a Word file.
///
/// # Errors
/// A damaged or encrypted archive, one over the limits, or one without a document.
pub(super) fn extract(archive: &mut Archive<'_>) -> Result<Extract, ReadError> {
    let main = main_part(archive)?;
    let Some(document) = archive.part(&main)? else { return Err(ReadError::Damaged("docx")) };
    let beside = |name: &str| match main.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    };
    let styles = archive.part(&beside("styles.xml"))?.unwrap_or_default();
    let numbers = archive.part(&beside("numbering.xml"))?.unwrap_or_default();
    let numbering = numbering::Numbering::read(&styles, &numbers)?;
    let body::Content { blocks, tracked, left_out } = body::read(&document, numbering)?;
    let mut extract = Extract { left_out, ..Extract::default() };
    extract.blocks(blocks);
    extract.remarks.push(Remark::ExtractedPlaces);
    extract.remarks.extend(tracked.then_some(Remark::TrackedChanges));
    Ok(extract)
}

/// The name of the part that holds the document, as the archive's relations say.
pub(super) fn main_part(archive: &mut Archive<'_>) -> Result<String, ReadError> {
    const USUAL: &str = "word/document.xml";
    if archive.has(USUAL) {
        return Ok(USUAL.to_owned());
    }
    let relations = archive.part("_rels/.rels")?.unwrap_or_default();
    let mut reader = quick_xml::Reader::from_str(&relations);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Empty(tag) | quick_xml::events::Event::Start(tag)) => {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                if kind.ends_with("/officeDocument") {
                    let target = attribute(&tag, "Target").unwrap_or_default();
                    return Ok(target.trim_start_matches('/').to_owned());
                }
            }
            Ok(quick_xml::events::Event::Eof) | Err(_) => return Err(ReadError::Damaged("docx")),
            Ok(_) => {}
        }
    }
}

/// The value of the attribute with this local name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}

/// The `w:val` of a switch: on unless it says off.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}
