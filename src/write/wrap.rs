//! Text for a terminal: what may be shown, how wide it is, where a line may be broken.

use unicode_width::UnicodeWidthChar as _;

/// Columns `c` takes; ambiguous characters take one.
pub(super) fn columns_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns `text` takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// What is shown in place of `c`: nothing that steers the terminal, turns the direction of
/// writing or cannot be seen ever reaches the screen. `None` for variation selectors.
pub(super) fn shown(c: char) -> Option<char> {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('␡'),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => None,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' => Some('\u{fffd}'),
        _ => Some(c),
    }
}

/// `text` on one line, without anything that must not reach a terminal.
pub(super) fn tidy(text: &str) -> String {
    let spaced = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    spaced.filter_map(shown).collect()
}

/// As much of the beginning of `text` as fits into `room` columns.
pub(super) fn head(text: &str, room: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += columns_of(*c);
            used <= room
        })
        .collect()
}

/// As much of the end of `text` as fits into `room` columns.
pub(super) fn tail(text: &str, room: usize) -> String {
    let mut used = 0;
    let taken: Vec<char> = text
        .chars()
        .rev()
        .take_while(|c| {
            used += columns_of(*c);
            used <= room
        })
        .collect();
    taken.into_iter().rev().collect()
}

/// `text` cut in its middle to `room` columns: names begin with what they are and end with a value.
pub(super) fn shorten(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let Some(room) = room.checked_sub(1) else { return String::new() };
    format!("{}…{}", head(text, room - room / 2), tail(text, room / 2))
}

/// A path cut to `room` columns: the end names the file and stays.
pub(super) fn shorten_path(path: &str, room: usize) -> String {
    if columns(path) <= room {
        return path.to_owned();
    }
    let Some(room) = room.checked_sub(1) else { return String::new() };
    format!("…{}", tail(path, room))
}

/// `text` filled with spaces to `width` columns, at its end or at its beginning.
pub(super) fn pad(text: &str, width: usize, right: bool) -> String {
    let space = " ".repeat(width.saturating_sub(columns(text)));
    if right { format!("{space}{text}") } else { format!("{text}{space}") }
}

/// `prefix` and `text`, broken into lines of at most `width` columns, the further lines indented
/// to where the text began.
pub(super) fn hang(prefix: &str, text: &str, width: usize) -> Vec<String> {
    let indent = columns(prefix);
    let indent = if indent > width / 2 { 4 } else { indent };
    let mut lines = vec![prefix.to_owned()];
    for (index, paragraph) in text.split('\n').enumerate() {
        if index > 0 {
            lines.push(" ".repeat(indent));
        }
        fill(&mut lines, &tidy(paragraph), indent, width);
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// Appends `text` to the last of `lines`, beginning new ones as they fill up.
fn fill(lines: &mut Vec<String>, text: &str, indent: usize, width: usize) {
    let mut used = lines.last().map_or(0, |line| columns(line));
    for chunk in chunks(text) {
        let visible = columns(chunk.trim_end_matches(' '));
        if used > indent && used + visible > width {
            lines.push(" ".repeat(indent));
            used = indent;
        }
        for c in chunk.chars() {
            let wide = columns_of(c);
            if used + wide > width && c != ' ' {
                lines.push(" ".repeat(indent));
                used = indent;
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            used += wide;
        }
    }
}

/// `text` in the pieces between which a line may be broken.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    let mut previous = None;
    for c in text.chars() {
        match chunks.last_mut() {
            Some(chunk) if !previous.is_some_and(|p| breaks_between(p, c)) => chunk.push(c),
            _ => chunks.push(c.to_string()),
        }
        previous = Some(c);
    }
    chunks
}

fn breaks_between(before: char, after: char) -> bool {
    const CLOSING: &str = "，。；：、！？）》】”’』」〕〉％…—～·‰°,.;:!?)]}%/›＝≠＋－=+-";
    const OPENING: &str = "（《【“‘『「〔〈([{#￥¥$";
    if after == ' ' || OPENING.contains(before) {
        return false;
    }
    if before == ' ' {
        return !CLOSING.contains(after);
    }
    (columns_of(before) == 2 || columns_of(after) == 2 || "”’…—".contains(before))
        && !CLOSING.contains(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_is_broken_anywhere_but_before_closing_punctuation() {
        let lines = hang("  处理: ", "逐项核对四个数字；上年结转应等于上一年度的数。", 24);
        assert_eq!(
            lines,
            ["  处理: 逐项核对四个数", "        字；上年结转应等", "        于上一年度的数。"]
        );
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(tidy("a\x1b[31m红\u{202e}\u{200b}\t☺\u{fe0f}"), "a␛[31m红\u{fffd}\u{fffd} ☺");
    }

    #[test]
    fn names_are_cut_in_the_middle_and_paths_at_the_front() {
        assert_eq!(shorten("三、收到和处理申请情况 › 总计 12", 17), "三、收到… 总计 12");
        assert_eq!(shorten_path("年报/2018/青溪镇2018.txt", 15), "…青溪镇2018.txt");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "[一-三，。“”（）a-z0-9 \\n😀]{0,120}", width in 20usize..90) {
            let lines = hang("  依据: ", &text, width);
            for line in &lines {
                prop_assert!(columns(line) <= width, "{line:?}");
            }
            let glued: String = lines.concat().split_whitespace().collect();
            let words: String = format!("依据:{text}").split_whitespace().collect();
            prop_assert_eq!(glued, words);
        }
    }
}
