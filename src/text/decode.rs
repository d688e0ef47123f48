//! Bytes → text: BOM, UTF-8, UTF-16 and the GB family, without ever losing a byte in silence.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The largest input read, in bytes (8 MiB). A report has 10–200 KB; what is larger is not one.
pub const MAX_BYTES: usize = 8 << 20;

/// A decoded text.
#[derive(Debug)]
pub struct Decoded {
    /// The text without BOM, line ends untouched.
    pub text: String,
    /// The WHATWG name of the encoding.
    pub encoding: &'static str,
}

/// Why bytes could not be turned into text.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DecodeError {
    /// Not text at all: control bytes as in pictures, archives or programs.
    #[error("binary data at byte {offset}")]
    Binary {
        /// Byte offset of the first control byte.
        offset: usize,
    },
    /// Text in the given encoding up to `offset`, where a byte sequence is not valid.
    #[error("invalid {encoding} at byte {offset}")]
    Undecodable {
        /// The encoding that was tried last.
        encoding: &'static str,
        /// Byte offset of the first invalid sequence in the file.
        offset: usize,
    },
    /// Longer than [`MAX_BYTES`].
    #[error("{bytes} bytes, more than {MAX_BYTES}")]
    TooLarge {
        /// The length found.
        bytes: usize,
    },
}

/// The encoding with the label `label` (`gbk`, `utf-8`, `utf-16le` …), if there is one.
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
        .map(|found| if found == encoding_rs::GBK { GB18030 } else { found })
}

/// Decodes `bytes`: by `forced` if given, else by BOM, strict UTF-8, the look of UTF-16, and last
/// by detection among the encodings of Chinese web pages (GBK is read as its superset GB18030).
///
/// # Errors
/// Binary data, invalid sequences (with their byte offset), or more than [`MAX_BYTES`].
pub fn decode(bytes: &[u8], forced: Option<&'static Encoding>) -> Result<Decoded, DecodeError> {
    if bytes.len() > MAX_BYTES {
        return Err(DecodeError::TooLarge { bytes: bytes.len() });
    }
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return strict(bytes, bom, encoding);
    }
    if let Some(encoding) = forced {
        return strict(bytes, 0, encoding);
    }
    if let Some(encoding) = looks_like_utf16(bytes) {
        return strict(bytes, 0, encoding);
    }
    if let Some(offset) = bytes.iter().position(|b| is_control(*b)) {
        return Err(DecodeError::Binary { offset });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name() });
    }
    strict(bytes, 0, detect(bytes))
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a)
}

/// UTF-16 without BOM: Chinese text has line feeds and ASCII digits, so one half of the pairs
/// holds many NUL bytes; the other has one only where a character is 一 (U+4E00) or the like.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    let nul = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nul(0), nul(1));
    match () {
        () if bytes.len() % 2 == 1 => None,
        // One stray NUL makes no UTF-16.
        () if (odd + even) * 32 < head.len() => None,
        () if odd > 3 * even => Some(UTF_16LE),
        () if even > 3 * odd => Some(UTF_16BE),
        () => None,
    }
}

/// The likeliest encoding of bytes that are neither UTF-8 nor UTF-16. If they are UTF-8 but for
/// damage far inside, the error had better speak of UTF-8.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let valid = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    let multibyte = bytes[..valid].iter().filter(|b| **b >= 0x80).count();
    if multibyte >= 30 {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let found = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    // A single-byte guess would accept anything: Chinese reports are never in windows-1252.
    if found.is_single_byte() || found == encoding_rs::GBK { GB18030 } else { found }
}

fn strict(bytes: &[u8], bom: usize, encoding: &'static Encoding) -> Result<Decoded, DecodeError> {
    let body = &bytes[bom..];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(body.len() + body.len() / 2 + 16);
    let mut read = 0;
    loop {
        let (result, n) =
            decoder.decode_to_string_without_replacement(&body[read..], &mut text, true);
        read += n;
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => text.reserve(body.len()),
            encoding_rs::DecoderResult::Malformed(length, after) => {
                let offset = bom + read - usize::from(length) - usize::from(after);
                return Err(DecodeError::Undecodable { encoding: encoding.name(), offset });
            }
        }
    }
    if let Some(offset) = text.bytes().position(is_control) {
        return Err(DecodeError::Binary { offset });
    }
    Ok(Decoded { text, encoding: encoding.name() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、总体情况\r\n2021年共公开１２条，〇①②③Ⅷ。\n";

    #[test]
    fn the_same_text_in_every_encoding() {
        let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with_bom = [b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat();
        let bom16 = [b"\xff\xfe".as_slice(), &utf16].concat();
        let gb = GB18030.encode(TEXT).0.into_owned();
        for bytes in [TEXT.as_bytes(), &with_bom, &utf16, &utf16be, &bom16, &gb] {
            assert_eq!(decode(bytes, None).unwrap().text, TEXT);
        }
    }

    #[test]
    fn damage_is_named_by_its_byte() {
        let mut bytes = "政府信息公开工作年度报告".repeat(3).into_bytes();
        bytes[40] = 0xff;
        let expected = DecodeError::Undecodable { encoding: "UTF-8", offset: 39 };
        assert_eq!(decode(&bytes, None).unwrap_err(), expected);
        assert_eq!(
            decode(b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0dIHDR", None).unwrap_err(),
            DecodeError::Binary { offset: 8 }
        );
    }

    #[test]
    fn a_stray_nul_is_damage_and_no_utf16() {
        let text = format!("{}\0一", "政府信息公开工作年度报告。\n".repeat(20));
        let bytes = if text.len() % 2 == 0 { text } else { format!("{text}。x") }.into_bytes();
        assert!(matches!(decode(&bytes, None), Err(DecodeError::Binary { .. })));
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let bytes = vec![b'a'; MAX_BYTES + 1];
        assert!(matches!(decode(&bytes, None), Err(DecodeError::TooLarge { .. })));
    }
}
