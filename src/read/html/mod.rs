//! Web pages: the article as a reader sees it, with the way back to the bytes of the file.

mod article;
mod kind;
mod layout;
mod title;
mod tree;

use super::extract::Extract;
use crate::profile::Vocabulary;
use encoding_rs::Encoding;

/// Takes the report out of a decoded web page.
pub(super) fn extract(source: String, vocabulary: &Vocabulary) -> Extract {
    let page = tree::parse(&source);
    let article = article::find(&page, &source, vocabulary);
    layout::lay_out(&page, source, &article)
}

/// How far into a page its encoding may be named, in bytes.
const HEAD: usize = 4096;

/// The encoding that a page names in a `meta` element.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD))?.to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")? + b"charset".len();
    let rest = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let end = rest.iter().position(|byte| !is_label(byte)).unwrap_or(rest.len());
    crate::text::encoding(std::str::from_utf8(rest.get(..end)?).ok()?)
}

#[cfg(test)]
mod tests;
