//! The little XML that JUnit and Checkstyle need.

use std::io::{self, Write};

/// `text` as it may stand in content and attributes: markup escaped, line ends and tabs kept by
/// reference, and what XML 1.0 has no way to say replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// `<name key="value" …`, without the end of the tag.
pub(super) fn tag(
    out: &mut dyn Write,
    indent: usize,
    name: &str,
    attributes: &[(&str, &str)],
) -> io::Result<()> {
    write!(out, "{:indent$}<{name}", "")?;
    for (key, value) in attributes {
        write!(out, " {key}=\"{}\"", escaped(value))?;
    }
    Ok(())
}

/// An element without content.
pub(super) fn empty(
    out: &mut dyn Write,
    indent: usize,
    name: &str,
    attributes: &[(&str, &str)],
) -> io::Result<()> {
    tag(out, indent, name, attributes)?;
    out.write_all(b"/>\n")
}

/// The beginning of an element.
pub(super) fn open(
    out: &mut dyn Write,
    indent: usize,
    name: &str,
    attributes: &[(&str, &str)],
) -> io::Result<()> {
    tag(out, indent, name, attributes)?;
    out.write_all(b">\n")
}

/// An element that holds text, whose line ends are kept as they are.
pub(super) fn text(
    out: &mut dyn Write,
    indent: usize,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> io::Result<()> {
    tag(out, indent, name, attributes)?;
    writeln!(out, ">{}</{name}>", escaped(text).replace("&#10;", "\n"))
}

/// The end of an element.
pub(super) fn close(out: &mut dyn Write, indent: usize, name: &str) -> io::Result<()> {
    writeln!(out, "{:indent$}</{name}>", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_attribute_or_its_element() {
        let mut out = Vec::new();
        text(&mut out, 2, "a", &[("b", "x\"\n<&\u{0}")], "]]>\n</a>\u{1b}").unwrap();
        let out = String::from_utf8(out).unwrap();
        let want = "  <a b=\"x&quot;&#10;&lt;&amp;\u{fffd}\">]]&gt;\n&lt;/a&gt;\u{fffd}</a>\n";
        assert_eq!(out, want);
    }
}
