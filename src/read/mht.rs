//! Saved web pages in one file (.mht): a mail message, by `mail-parser`.

use mail_parser::{MessageParser, MimeHeaders as _};

/// The page in a saved web page, decoded; `None` if there is none.
pub(super) fn page(bytes: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(bytes)?;
    let is_page = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| kind.subtype() == Some("html"))
    };
    let part = message.parts.iter().find(is_page)?;
    Some(part.text_contents()?.to_owned())
}

/// Whether a file begins as such a message.
pub(super) fn is_message(head: &str) -> bool {
    let head = head.get(..head.len().min(4096)).unwrap_or(head);
    head.contains("mime-version:")
        && (head.contains("multipart/related") || head.contains("text/html"))
}
