//! Errors of YAML's grammar in words that say what to do, in both languages. The parser speaks
//! English and of tokens; most errors of authors have one of a few causes, seen in the line itself.

use super::tree::{self, MAX_YAML, SyntaxError, SyntaxFault};
use super::{Fault, Node};
use crate::finding::Words;
use std::ops::Range;

/// Reads a YAML text.
///
/// # Errors
/// The syntax error, a duplicate key, or a breached limit (aliases, depth, size).
pub fn parse(text: &str) -> Result<Node, Fault> {
    tree::read(text).map_err(|error| fault(text, &error))
}

fn fault(text: &str, error: &SyntaxError) -> Fault {
    let (at, zh, en) = match error.kind {
        SyntaxFault::DuplicateKey => {
            let at = word(text, error.at);
            let key = text.get(at.clone()).unwrap_or_default().to_owned();
            let zh = format!("“{key}”写了两次；只保留一处");
            (at, zh, format!("“{key}” is written twice; keep one of them"))
        }
        SyntaxFault::UnknownAnchor => (
            word(text, error.at),
            "“*”开头是引用别处的内容，而没有对应的“&”；要写星号本身，请加引号".to_owned(),
            "“*” refers to an anchor that does not exist; quote it if an asterisk is meant"
                .to_owned(),
        ),
        SyntaxFault::Limit => (
            error.at..error.at,
            format!(
                "文件过大、层次过深或引用（&、*）过多，规则文件不会这样写；上限为 {} KB、40 层",
                MAX_YAML >> 10
            ),
            format!(
                "too large, too deep or too many aliases (&, *) for a rule file; the limits are {} KB and 40 levels",
                MAX_YAML >> 10
            ),
        ),
        SyntaxFault::Documents => (
            error.at..error.at,
            "一个文件只写一份内容，不用“---”分隔；请分成两个文件".to_owned(),
            "one file holds one document; split it at the “---”".to_owned(),
        ),
        SyntaxFault::Grammar => grammar(text, error),
    };
    Fault { at, words: Words { zh, en }, part: None }
}

/// What the line shows, each with what to do; the first that fits is the likeliest.
fn grammar(text: &str, error: &SyntaxError) -> (Range<usize>, String, String) {
    let said =
        |zh: &str, en: &str| (format!("YAML 语法有误：{zh}"), format!("not valid YAML: {en}"));
    for line in [line(text, error.at), line_before(text, error.at)] {
        let Some((at, zh, en)) = cause(text, &line) else { continue };
        let (zh, en) = said(zh, en);
        return (at, zh, en);
    }
    let detail = error.detail.as_str();
    let known = DETAILS.iter().find(|(part, _, _)| detail.contains(part));
    let (zh, en) = match known {
        Some((_, zh, en)) => said(zh, en),
        None => said(
            "这里读不下去；请核对缩进、冒号后的空格，以及引号和括号是否成对",
            "cannot be read from here on; look at the indentation, the space after colons, quotes and brackets",
        ),
    };
    (error.at..error.at, zh, format!("{en} ({detail})"))
}

/// Parts of the parser's messages, and what they mean to an author.
const DETAILS: &[(&str, &str, &str)] = &[
    (
        "did not find expected ',' or ']'",
        "方括号没有写完：各项之间用半角逗号，最后写“]”",
        "a list in brackets is not finished: commas between items, “]” at the end",
    ),
    (
        "did not find expected ',' or '}'",
        "花括号没有写完：各项之间用半角逗号，最后写“}”；文字里有花括号时整句加引号",
        "a mapping in braces is not finished: commas between entries, “}” at the end; quote text that holds braces",
    ),
    (
        "mismatched bracket",
        "括号不配对：“[”要用“]”、“{”要用“}”结束",
        "brackets do not pair: “[” ends with “]”, “{” with “}”",
    ),
    ("unclosed bracket", "括号没有写完", "a bracket is not closed"),
    (
        "unexpected end of stream",
        "引号没有写完：到文件末尾也没有另一半",
        "a quote is not closed before the end of the file",
    ),
    (
        "quoted scalar",
        "引号没有写完，或引号后还有文字",
        "a quote is not closed, or more text follows it",
    ),
    (
        "mapping values are not allowed",
        "这一行有两个“: ”，或缩进不对；文字里有“: ”时整句加引号",
        "two “: ” on one line, or wrong indentation; quote text that holds “: ”",
    ),
    (
        "did not find expected key",
        "缩进与上面的各行不一致；同一层的键要左对齐",
        "the indentation differs from the lines above; keys of one level stand below each other",
    ),
    (
        "did not find expected '-'",
        "缩进与上面的各项不一致；同一列表的“-”要左对齐",
        "the indentation differs from the items above; the “-” of one list stand below each other",
    ),
    (
        "simple key",
        "这一行缺少半角冒号和空格（“键: 值”），或缩进不对",
        "a colon and a space are missing here (“key: value”), or the indentation is wrong",
    ),
    (
        "block scalar",
        "“|”之后的文字要比键多缩进两格",
        "text after “|” is indented by two more than its key",
    ),
    (
        "cannot start any token",
        "这里的文字以特殊符号开头；请整句加引号",
        "text that begins with a special sign must be quoted",
    ),
    (
        "escape",
        "双引号里的反斜线有特殊含义；写正则表达式请用单引号",
        "a backslash is special in double quotes; write patterns in single quotes",
    ),
    ("unexpected end of file", "文件没有写完", "the file ends too early"),
];

/// What is visibly wrong with the line, if anything is.
fn cause(text: &str, line: &Range<usize>) -> Option<(Range<usize>, &'static str, &'static str)> {
    let written = text.get(line.clone())?;
    let indent = written.len() - written.trim_start().len();
    if let Some(tab) = written.get(..indent)?.find('\t') {
        let at = line.start + tab..line.start + tab + 1;
        return Some((
            at,
            "缩进要用空格，不能用制表符（Tab）",
            "indent with spaces, not with tabs",
        ));
    }
    let body = written.trim_start().trim_start_matches("- ");
    let start = line.start + written.len() - body.trim_start().len();
    let key_end = body.find(['：', ':'])?;
    if body.get(key_end..)?.starts_with('：') && !body.starts_with(['"', '\'', '#']) {
        let at = start + key_end..start + key_end + '：'.len_utf8();
        let (zh, en) = (
            "键后要用半角冒号加空格（“: ”），这里是全角冒号",
            "a full-width colon; write “: ” after a key",
        );
        return Some((at, zh, en));
    }
    let value = body.get(key_end + 1..)?;
    if let Some(first) = value.trim_start().chars().next() {
        let at = start + body.len() - value.trim_start().len();
        let at = at..at + first.len_utf8();
        if matches!(first, '%' | '@' | '`') {
            return Some((
                at,
                "文字以特殊符号开头；请整句加引号",
                "text that begins with a special sign must be quoted",
            ));
        }
        if !value.starts_with(' ') && !value.starts_with("//") && written.trim_start() == body {
            let at = start + key_end..start + key_end + 1;
            return Some((at, "冒号后要有一个空格", "a space is wanted after the colon"));
        }
    }
    None
}

/// The line that holds byte `at`, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let length = text.get(start..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    start..start + length
}

/// The last line with text before the one that holds byte `at`.
fn line_before(text: &str, at: usize) -> Range<usize> {
    let mut line_of = line(text, at);
    while line_of.start > 0 {
        line_of = line(text, line_of.start - 1);
        if text.get(line_of.clone()).is_some_and(|written| !written.trim().is_empty()) {
            break;
        }
    }
    line_of
}

/// The word at byte `at`.
fn word(text: &str, at: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ']' | '}'));
    at..at + end.unwrap_or(rest.len())
}
