//! Telephone and fax numbers in one part of a text.

use super::scan::{digit_runs, digits_end, ends_any, last_of, rest, starts_any};
use crate::text::{begins_counted, piece};
use std::ops::Range;

/// A number with what it is for.
pub(super) struct Number {
    /// `0595-86468502`, `0791-83883736转801`, `89581050`.
    pub(super) value: String,
    pub(super) at: Range<usize>,
    pub(super) labelled: bool,
    pub(super) phone: bool,
    pub(super) fax: bool,
}

/// Words that say what the number after them is.
const LABELS: &[(Use, &[&str])] = &[
    (Use::Phone, &["电话", "热线", "联系方式", "手机", "座机", "Tel", "TEL", "tel"]),
    (Use::Fax, &["传真", "Fax", "FAX", "fax"]),
    (
        Use::Else,
        &["邮编", "邮政编码", "地址", "邮箱", "邮件", "网址", "QQ", "微信", "代码", "编号", "备案"],
    ),
];
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Phone,
    Fax,
    Both,
    Else,
}

/// A number as it is written, before anyone asked what it is for.
struct Written {
    area: Option<String>,
    local: String,
    at: Range<usize>,
    /// Nothing else is written like this.
    certain: bool,
}

/// All telephone and fax numbers in `text`.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut done = 0;
    for run in digit_runs(text) {
        if run.start < done || run.len() < 3 {
            continue;
        }
        let Some(mut written) = written_at(text, &run) else { continue };
        let label = label_before(text, &written);
        if label == Some(Use::Else) || label.is_none() && !written.certain {
            continue;
        }
        let mut meant = label;
        loop {
            let area = written.area.clone();
            let mut end;
            (end, meant) = push(text, written, meant, &mut found);
            done = end;
            // Further numbers behind the same area code.
            let separators = [' ', '、', '/', ',', ';', '和', '及', '或'];
            end += rest(text, end).len() - rest(text, end).trim_start_matches(separators).len();
            let next = end..digits_end(text, end);
            let amount = begins_counted(rest(text, next.end));
            if end == done
                || !(7..=8).contains(&next.len())
                || rest(text, end).starts_with('0')
                || amount
            {
                break;
            }
            let local = piece(text, next.start, next.end).to_owned();
            written = Written { area, local, at: next, certain: true };
        }
    }
    found
}

/// Adds the number with its extension and says where it ends, with the note behind it.
fn push(
    text: &str,
    written: Written,
    label: Option<Use>,
    found: &mut Vec<Number>,
) -> (usize, Option<Use>) {
    let mut value = match written.area {
        Some(area) => area + "-" + &written.local,
        None => written.local,
    };
    let mut end = written.at.end;
    if let Some(extension) = extension(text, end) {
        value.push('转');
        value.push_str(piece(text, extension.start, extension.end));
        end = extension.end;
    }
    let (note, after) = note(text, end);
    // 电话:0591-87654321(传真): one line for both.
    let both = label == Some(Use::Phone) && note == Some(Use::Fax) && found.is_empty();
    let meant = if both { Use::Both } else { note.or(label).unwrap_or(Use::Phone) };
    found.push(Number {
        value,
        at: written.at.start..end,
        labelled: label.or(note).is_some(),
        phone: meant != Use::Fax,
        fax: matches!(meant, Use::Fax | Use::Both),
    });
    (after, label)
}

fn written_at(text: &str, run: &Range<usize>) -> Option<Written> {
    let digits = piece(text, run.start, run.end);
    let before = piece(text, 0, run.start);
    if before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '〔' | '['))
    {
        return None;
    }
    let area = digits.starts_with('0') && !digits.starts_with("00");
    match digits.len() {
        3..=4 if area => with_area(text, run),
        10..=12 if area => {
            let split = if starts_any(digits, &["010", "02"]) { 3 } else { 4 };
            let (area, local) = digits.split_at_checked(split)?;
            let written = Written {
                area: Some(area.to_owned()),
                local: local.to_owned(),
                at: run.clone(),
                certain: false,
            };
            (7..=8).contains(&local.len()).then_some(written)
        }
        3 if matches!(digits, "400" | "800") => {
            let local = grouped(text, run.end, 7)?;
            Some(Written {
                area: Some(digits.to_owned()),
                local: local.0,
                at: run.start..local.1,
                certain: false,
            })
        }
        3..=4 => {
            let (local, end) = grouped(text, run.end, 8)?;
            let local = digits.to_owned() + &local;
            let whole = (7..=8).contains(&local.len()) && end - run.end == "-8502".len();
            whole.then_some(Written { area: None, local, at: run.start..end, certain: false })
        }
        7 | 8 | 11 => {
            let mobile = digits.starts_with('1');
            let amount = begins_counted(rest(text, run.end));
            let fits = !area && !amount && (digits.len() != 11 || mobile);
            fits.then(|| Written {
                area: None,
                local: digits.to_owned(),
                at: run.clone(),
                certain: false,
            })
        }
        _ => None,
    }
}

/// `0595-86468502`, `(0591)87654321`, `010—8646 8502`.
fn with_area(text: &str, run: &Range<usize>) -> Option<Written> {
    let area = piece(text, run.start, run.end).to_owned();
    let bracket = piece(text, 0, run.start).ends_with('(') && rest(text, run.end).starts_with(')');
    let (start, after) = if bracket { (run.start - 1, run.end + 1) } else { (run.start, run.end) };
    let local = rest(text, after).trim_start_matches(['-', '—', '~', ' ', '/']);
    let from = text.len() - local.len();
    if from == after && !bracket || from - after > 6 {
        return None;
    }
    let end = digits_end(text, from);
    let mut digits = piece(text, from, end).to_owned();
    let mut close = end;
    if (3..=4).contains(&digits.len())
        && let Some((more, end)) = grouped(text, end, 4).filter(|(more, _)| more.len() == 4)
    {
        digits += &more;
        close = end;
    }
    // A digit too few or too many is a fault for a rule to tell, not a reason to see nothing.
    (5..=9).contains(&digits.len()).then(|| Written {
        area: Some(area),
        certain: (7..=8).contains(&digits.len()),
        local: digits,
        at: start..close,
    })
}

/// The digits after byte `at` that a hyphen or space sets apart, at most `most` of them.
fn grouped(text: &str, at: usize, most: usize) -> Option<(String, usize)> {
    let (mut digits, mut end) = (String::new(), at);
    while rest(text, end).starts_with(['-', ' ', '.']) {
        let next = digits_end(text, end + 1);
        if next == end + 1 || digits.len() + (next - end - 1) > most {
            break;
        }
        digits += piece(text, end + 1, next);
        end = next;
    }
    (!digits.is_empty()).then_some((digits, end))
}

/// `转8012`, `-801`, `转分机8012`.
fn extension(text: &str, at: usize) -> Option<Range<usize>> {
    let after = rest(text, at);
    let digits = ["转分机", "(转", "转", "分机", "-", "—"]
        .iter()
        .find_map(|mark| after.strip_prefix(mark))?;
    let start = text.len() - digits.len();
    let end = digits_end(text, start);
    let goes_on = rest(text, end).starts_with(['-', '年', '月', '号']);
    ((1..=6).contains(&(end - start)) && !goes_on).then_some(start..end)
}

/// What a note behind the number says it is for, and where the note ends.
fn note(text: &str, at: usize) -> (Option<Use>, usize) {
    const NOTES: &[(&str, Use)] = &[
        ("(兼传真)", Use::Both),
        ("(传真同号)", Use::Both),
        ("(同传真)", Use::Both),
        ("(电话/传真)", Use::Both),
        ("(电话、传真)", Use::Both),
        ("(电话兼传真)", Use::Both),
        ("(含传真)", Use::Both),
        ("(传真)", Use::Fax),
        ("(传真号)", Use::Fax),
        ("(电话)", Use::Phone),
        ("(办公室)", Use::Phone),
    ];
    let after = rest(text, at);
    let bracketed = NOTES.iter().find(|(note, _)| after.starts_with(note));
    if let Some((note, meant)) = bracketed {
        return (Some(*meant).filter(|_| *note != "(办公室)"), at + note.len());
    }
    let bare = after.strip_prefix("传真").filter(|next| {
        !next
            .trim_start_matches([':', '为', '是', '号', '码', ' ', '('])
            .starts_with(|c: char| c.is_ascii_digit())
    });
    if bare.is_some() { (Some(Use::Fax), at + "传真".len()) } else { (None, at) }
}

/// What the words before a number say it is for.
fn label_before(text: &str, written: &Written) -> Option<Use> {
    let before = piece(text, written.at.start.saturating_sub(90), written.at.start);
    let before = before.rsplit(['。', '\n']).next().unwrap_or(before);
    let last = LABELS.iter().filter_map(|(meant, words)| {
        let (end, index) = last_of(before, words)?;
        Some((end, words.get(index)?.len(), *meant))
    });
    let Some((end, length, meant)) = last.max_by_key(|(end, length, _)| (*end, *length)) else {
        return asked(before).then_some(Use::Phone);
    };
    let between = rest(before, end);
    let said = between.chars().filter(|c| c.is_alphabetic()).count();
    let close = said <= if written.certain { 16 } else { 6 };
    if !close || !written.certain && said > 0 && !between.contains([':', '(', '为', '是']) {
        return None;
    }
    let head = piece(before, 0, end - length)
        .trim_end_matches(['/', '(', ')', '、', '及', '和', '与', '兼', ':', ',', ' ']);
    Some(match meant {
        // 电话/传真, 传真(电话): one number for both; but a number between them parts them.
        Use::Fax if ends_any(head, &["电话"]) => Use::Both,
        Use::Phone if ends_any(head, &["传真"]) && head.len() + length == end => Use::Fax,
        Use::Phone if ends_any(head, &["传真"]) => Use::Both,
        meant => meant,
    })
}

/// `如有疑问,请联系:甲乡党政综合办 83682299`: whom to ask, and nothing else, stands before the number.
fn asked(before: &str) -> bool {
    let Some((_, office)) = before.rsplit_once("请联系") else { return false };
    office.chars().count() <= 24 && !office.contains(|c: char| c.is_ascii_digit() || c == ',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    /// `0595-86468502` with `f` for fax, `b` for both, `?` where no word says what it is.
    fn read(text: &str) -> String {
        let text = fold(text);
        let shown = numbers(&text).into_iter().map(|number| {
            let purpose = match (number.phone, number.fax) {
                (true, true) => "b",
                (false, _) => "f",
                _ => "",
            };
            format!("{}{purpose}{}", number.value, if number.labelled { "" } else { "?" })
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_numbers_as_they_are_written() {
        for (text, expected) in [
            ("电话：0595-86468502，", "0595-86468502"),
            ("联系电话：0595—86468502", "0595-86468502"),
            ("咨询电话:0595――86468502", "0595-86468502"),
            ("电话0595－86468502", "0595-86468502"),
            ("电话：（0591）87654321", "0591-87654321"),
            ("电话：(0591)-87654321", "0591-87654321"),
            ("电话：0595 86468502", "0595-86468502"),
            ("电话：0595 - 8646 8502", "0595-86468502"),
            ("电话：010-12345678", "010-12345678"),
            ("综合科，电话6402.1371。", "64021371"),
            ("电话：059586468502", "0595-86468502"),
            ("电话：01012345678", "010-12345678"),
            ("电话：0598-7654321", "0598-7654321"),
            ("（联系电话：89581050）", "89581050"),
            ("联系方式:2766511", "2766511"),
            ("服务热线：400-123-4567", "400-1234567"),
            ("手机：13812345678", "13812345678"),
            ("电话：8646-8502", "86468502"),
            ("Tel:0595-86468502", "0595-86468502"),
            ("电话：0791-83883736转801", "0791-83883736转801"),
            ("电话：0791-83883736-801", "0791-83883736转801"),
            ("电话：0791-83883736（转8012）", "0791-83883736转8012"),
            ("电话：0791-83883731、83883736（传真）", "0791-83883731 0791-83883736f"),
            ("电话：0791-83883731/83883736", "0791-83883731 0791-83883736"),
            ("电话：83883731、83883736", "83883731 83883736"),
            ("传真：0791-83883736", "0791-83883736f"),
            ("电话：0791-83883731，传真：0791-83883736", "0791-83883731 0791-83883736f"),
            ("电话/传真：0791-83883736", "0791-83883736b"),
            ("电话（传真）：0791-83883736", "0791-83883736b"),
            ("电话：0791-83883736（兼传真）", "0791-83883736b"),
            ("传真电话：0791-83883736", "0791-83883736f"),
            ("联系人及电话：张某0791-83883736", "0791-83883736"),
            ("电话：办公室0791-83883731；值班室0791-83883736", "0791-83883731 0791-83883736"),
            ("如有疑问，请联系：青溪乡党政办 83682299。", "83682299"),
            ("请拨0595-86468502", "0595-86468502?"),
            ("电话：0595-864685", "0595-864685"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_telephone_numbers() {
        for text in [
            "12345便民热线受理2018件",
            "热线共受理1234567件",
            "邮编：362312",
            "南政办〔2017〕124号",
            "2018-01-11",
            "2018年1月11日",
            "共13,612,000元",
            "邮箱：12345678@qq.com",
            "QQ：86468502",
            "闽ICP备05012345号",
            "统一社会信用代码11350583004018",
            "电话咨询86468502人次",
            "请联系党政办，本年点击量为1234567。",
            "信息索引号：00412-0101-2018-00012",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
