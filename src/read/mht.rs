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

/// Whether a file whose first bytes, in small letters, are `head` is such a message.
pub(super) fn is_message(head: &[u8]) -> bool {
    let holds = |word: &str| memchr::memmem::find(head, word.as_bytes()).is_some();
    holds("mime-version:") && (holds("multipart/related") || holds("text/html"))
}
