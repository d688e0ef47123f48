//! Folding for comparison, with a sparse map back to the source.
//!
//! Folded text has half-width letters, digits and punctuation, no white space between Chinese
//! characters, no invisible characters, unified characters for CJK radicals (text taken from PDF
//! writes U+2F00 for 一) and for the traditional forms of the words this field uses. It is used
//! for matching and for numbers, never shown.

use super::{FoldedSpan, Span};
use unicode_normalization::UnicodeNormalization as _;

/// A folded text and the way back to where each piece stands in the source.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    runs: Vec<Run>,
}

/// From folded byte `folded` on, the source is read at byte `source`: byte by byte if `length` is
/// `None`, else all of the run's folded bytes stand for one source character of that many bytes
/// (0 bytes for what folding itself put in).
#[derive(Clone, Copy, Debug)]
struct Run {
    folded: u32,
    source: u32,
    length: Option<u32>,
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded text at `span`.
    pub fn slice(&self, span: FoldedSpan) -> &str {
        super::piece(&self.text, span.start as usize, span.end as usize)
    }

    /// Where `span` stands in the source. An empty span maps to an empty span.
    pub fn source(&self, span: FoldedSpan) -> Span {
        let start = self.start_of(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        Span { start, end: self.end_of(span.end).max(start) }
    }

    /// The folded offset of the first folded character at or after source byte `offset`.
    pub fn folded_at(&self, offset: u32) -> u32 {
        let next = self.runs.partition_point(|run| run.source <= offset);
        let Some(run) = next.checked_sub(1).map(|i| self.runs[i]) else { return 0 };
        let end = self.runs.get(next).map_or(self.text.len() as u32, |run| run.folded);
        match run.length {
            None => (run.folded + (offset - run.source)).min(end),
            Some(_) if offset == run.source => run.folded,
            Some(_) => end,
        }
    }

    fn run_at(&self, folded: u32) -> Option<&Run> {
        let next = self.runs.partition_point(|run| run.folded <= folded);
        next.checked_sub(1).map(|i| &self.runs[i])
    }

    fn start_of(&self, folded: u32) -> u32 {
        self.run_at(folded).map_or(0, |run| match run.length {
            None => run.source + (folded - run.folded),
            Some(_) => run.source,
        })
    }

    fn end_of(&self, folded: u32) -> u32 {
        self.run_at(folded - 1).map_or(0, |run| match run.length {
            None => run.source + (folded - run.folded),
            Some(length) => run.source + length,
        })
    }
}

/// Builds a [`Folded`] text piece by piece, in source order.
#[derive(Debug, Default)]
pub struct Folder {
    out: Folded,
    pending_space: bool,
    /// Where an identity run would have to go on, in source bytes.
    expected: Option<u32>,
}

impl Folder {
    /// A folder with room for a source of `bytes` bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut folder = Self::default();
        folder.out.text.reserve(bytes);
        folder.out.runs.reserve(bytes / 24);
        folder
    }

    /// The length folded so far, which is where the next piece will stand.
    pub fn len(&self) -> u32 {
        self.out.text.len() as u32
    }

    /// Whether nothing was folded yet.
    pub fn is_empty(&self) -> bool {
        self.out.text.is_empty()
    }

    /// Folds `text`, which stands at byte `base` of the source.
    pub fn push(&mut self, text: &str, base: u32) {
        let mut at = 0;
        while at < text.len() {
            let plain = plain_run(&text.as_bytes()[at..]);
            if plain > 0 {
                self.copy(&text[at..at + plain], base + at as u32);
                at += plain;
            } else if let Some(c) = text[at..].chars().next() {
                self.push_char(c, base + at as u32);
                at += c.len_utf8();
            }
        }
    }

    /// Takes over a text that folds to itself.
    fn copy(&mut self, text: &str, at: u32) {
        self.pending_space = false;
        if self.expected != Some(at) {
            self.out.runs.push(Run { folded: self.len(), source: at, length: None });
        }
        self.out.text.push_str(text);
        self.expected = Some(at + text.len() as u32);
    }

    /// Ends a logical line: a line feed that stands at byte `at` of the source.
    pub fn end_line(&mut self, at: u32) {
        self.pending_space = false;
        self.emit('\n', at, 0);
    }

    /// The finished text.
    pub fn finish(self) -> Folded {
        self.out
    }

    fn push_char(&mut self, c: char, at: u32) {
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            self.pending_space = false;
            self.emit(simplified(c), at, 3);
            return;
        }
        if matches!(c, ' ' | '\t') {
            self.pending_space = true;
            return;
        }
        if c.is_ascii_graphic() {
            self.push_ascii(c, at, 1);
            return;
        }
        match fold_char(c) {
            Folding::Space => self.pending_space = true,
            Folding::Nothing => {}
            Folding::Char(folded) if folded.is_ascii_graphic() => {
                self.push_ascii(folded, at, c.len_utf8() as u32);
            }
            Folding::Char(folded) => {
                self.pending_space = false;
                self.emit(folded, at, c.len_utf8() as u32);
            }
            Folding::Compatibility => {
                self.pending_space = false;
                for part in std::iter::once(c).nfkc() {
                    // What NFKC gives may itself be a form that folds: ︱ → — , ﹖ → ?.
                    match fold_char(part) {
                        Folding::Char(folded) => {
                            self.emit(simplified(folded), at, c.len_utf8() as u32);
                        }
                        Folding::Compatibility => self.emit(part, at, c.len_utf8() as u32),
                        Folding::Space | Folding::Nothing => {}
                    }
                }
            }
        }
    }

    /// A space is kept only between two ASCII letters or digits: "12 34" must not become 1234.
    fn push_ascii(&mut self, c: char, at: u32, length: u32) {
        if std::mem::take(&mut self.pending_space)
            && c.is_ascii_alphanumeric()
            && self.out.text.ends_with(|last: char| last.is_ascii_alphanumeric())
        {
            self.emit(' ', at, 0);
        }
        self.emit(c, at, length);
    }

    fn emit(&mut self, folded: char, at: u32, length: u32) {
        let identity = folded.len_utf8() as u32 == length;
        if !(identity && self.expected == Some(at)) {
            let length = (!identity).then_some(length);
            // A character that folds to several is one run.
            let same = |last: &Run| !identity && last.source == at && last.length == length;
            if !self.out.runs.last().is_some_and(same) {
                self.out.runs.push(Run { folded: self.len(), source: at, length });
            }
        }
        self.expected = identity.then_some(at + length);
        self.out.text.push(folded);
    }
}

/// How many bytes at the start of `bytes` are simplified ideographs or `、` and `。`, which fold
/// to themselves whatever stands before them: most of every report.
fn plain_run(bytes: &[u8]) -> usize {
    let mut end = 0;
    while let Some([a, b, c]) = bytes.get(end..end + 3) {
        let plain = match a {
            0xe3 => *b == 0x80 && matches!(c, 0x81 | 0x82),
            0xe4..=0xe9 => {
                let code =
                    (u32::from(a & 0x0f) << 12) | (u32::from(b & 0x3f) << 6) | u32::from(c & 0x3f);
                code >= 0x4e00 && !is_traditional(code)
            }
            _ => false,
        };
        if !plain {
            break;
        }
        end += 3;
    }
    end
}

enum Folding {
    Space,
    Nothing,
    Char(char),
    Compatibility,
}

fn fold_char(c: char) -> Folding {
    match c {
        '，' => Folding::Char(','),
        '：' | '︰' => Folding::Char(':'),
        '；' => Folding::Char(';'),
        '（' | '﹙' => Folding::Char('('),
        '）' | '﹚' => Folding::Char(')'),
        '。' | '、' | '“' | '”' | '‘' | '’' | '《' | '》' | '〔' | '〕' | '—' | '…' | '〇'
        | '·' => Folding::Char(c),
        '–' | '―' | '‐' | '‑' | '‒' | '−' | '﹣' => Folding::Char('-'),
        '〜' | '∼' => Folding::Char('~'),
        '\u{ff01}'..='\u{ff5e}' => Folding::Char(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        // Enclosed numbers are marks before a text, never part of a number: ①12件 is not 112件.
        '①'..='⑳' | '⓪' | '❶'..='❿' | '²' | '³' | '¹' => Folding::Char(c),
        '\u{feff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{00ad}'
        | '\u{202a}'..='\u{202e}' => Folding::Nothing,
        c if c.is_whitespace() || c == '\u{2800}' => Folding::Space,
        c if c.is_control() => Folding::Nothing,
        '\u{2e80}'..='\u{2eff}' => Folding::Char(radical(c)),
        '\u{2f00}'..='\u{2fdf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{2100}'..='\u{218f}'
        | '\u{2474}'..='\u{24ff}'
        | '\u{3200}'..='\u{33ff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff5f}'..='\u{ffef}' => Folding::Compatibility,
        c => Folding::Char(c),
    }
}

/// The unified ideograph of a CJK radical that NFKC leaves alone
/// (Unicode `EquivalentUnifiedIdeograph`; those that PDF extraction is seen to leave behind).
fn radical(c: char) -> char {
    const PAIRS: &str = "⺁厂⺄乙⺇几⺈刀⺋卩⺌小⺍小⺎尢⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺪疋⺫罒⺬示⺭礻⺮竹⺯糸⺰纟⺲罒⺳网⺶羊⺷羊⺸羊⺹耂⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻱龟⻳龟";
    paired(PAIRS, c)
}

/// The simplified form of a traditional character, for the words of this field alone: mirror
/// sites serve reports converted to traditional characters.
fn simplified(c: char) -> char {
    if is_traditional(c as u32) { paired(TRADITIONAL, c) } else { c }
}

const TRADITIONAL: &str = "開开報报總总況况動动處处復复議议訴诉訟讼題题進进項项統统計计現现縣县鎮镇鄉乡區区聯联繫系電电話话郵邮編编數数據据條条與与關关務务廣广衛卫學学業业經经濟济農农產产會会員员屬属於于請请補补結结轉转無无費费規规範范單单類类國国華华東东長长門门書书檔档號号團团體体時时間间繼继續续辦办構构機机專专幾几個个萬万億亿內内標标準准點点寫写設设為为維维糾纠審审終终滿满擴扩權权鑒鉴確确測测監监實实應应對对網网頁页優优質质變变歲岁後后發发佈布證证記记錄录讓让該该論论評评責责誤误達达過过還还連连選选運运適适遲迟邊边鐵铁陽阳陳陈隊队階阶際际離离難难響响顯显顧顾願愿養养馬马驗验龍龙臺台爾尔傳传價价舉举儲储減减訂订訓训許许詢询試试課课調调談谈謝谢識识警警";

fn paired(pairs: &str, c: char) -> char {
    let mut chars = pairs.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == c {
            return to;
        }
    }
    c
}

/// Whether the code point is one that [`TRADITIONAL`] simplifies: a look in a bitmap.
fn is_traditional(code: u32) -> bool {
    let i = code.wrapping_sub(FIRST_IDEOGRAPH) as usize;
    i / 64 < BITMAP.len() && BITMAP[i / 64] & (1 << (i % 64)) != 0
}

const FIRST_IDEOGRAPH: u32 = 0x4e00;
static BITMAP: [u64; 0x5200 / 64] = bitmap();

/// Every other character of [`TRADITIONAL`], all of three bytes.
const fn bitmap() -> [u64; 0x5200 / 64] {
    let bytes = TRADITIONAL.as_bytes();
    let mut map = [0; 0x5200 / 64];
    let mut at = 0;
    while at + 2 < bytes.len() {
        let code = ((bytes[at] as u32 & 0x0f) << 12)
            | ((bytes[at + 1] as u32 & 0x3f) << 6)
            | (bytes[at + 2] as u32 & 0x3f);
        let i = (code - FIRST_IDEOGRAPH) as usize;
        map[i / 64] |= 1 << (i % 64);
        at += 6;
    }
    map
}

/// Folds a short text (a name, a synonym, an option), without a map.
pub fn fold(text: &str) -> String {
    let mut folder = Folder::default();
    folder.push(text, 0);
    folder.finish().text
}

/// Folds the literal characters of a regular expression, so that authors may write `（` and `：`
/// as the report does. A character that folds to a metacharacter is escaped.
pub fn fold_pattern(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let plain = plain_run(rest.as_bytes()).max(usize::from(c.is_ascii()));
        if plain > 0 {
            out.push_str(&rest[..plain]);
            rest = &rest[plain..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        for folded in fold(c.encode_utf8(&mut [0; 4])).chars() {
            if folded.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(folded);
        }
    }
    out
}

/// The letters, digits and characters of `text`, folded: what is left of a label when
/// brackets, quotes, points and spaces are taken away.
pub fn skeleton(text: &str) -> String {
    let mut out = String::new();
    push_skeleton(&fold(text), &mut out);
    out
}

/// Appends the skeleton of a text that is folded already.
pub fn push_skeleton(folded: &str, out: &mut String) {
    let mut at = 0;
    while at < folded.len() {
        let plain = plain_run(&folded.as_bytes()[at..]);
        if plain > 0 {
            out.extend(folded[at..at + plain].split(['、', '。']));
            at += plain;
        } else if let Some(c) = folded[at..].chars().next() {
            if c.is_alphanumeric() {
                out.push(c);
            }
            at += c.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Folded {
        let mut folder = Folder::default();
        folder.push(text, 0);
        folder.finish()
    }

    #[test]
    fn folds_what_reports_are_seen_to_write() {
        for (written, meant) in [
            ("１，２００．５％", "1,200.5%"),
            ("⼀、总体情况", "一、总体情况"),
            ("⺠⻔⻅⻓", "民门见长"),
            ("一　 概 述", "一概述"),
            ("2019 年", "2019年"),
            ("12 34", "12 34"),
            ("㈠⑴①", "(一)(1)①"),
            ("政府\u{200b}信息\u{feff}", "政府信息"),
            ("總體情況", "总体情况"),
            ("０５９５－８６４６", "0595-8646"),
        ] {
            assert_eq!(fold(written), meant, "{written}");
        }
    }

    #[test]
    fn a_folded_pattern_keeps_its_meaning() {
        assert_eq!(fold_pattern("（共[0-9]+件）：?"), r"\(共[0-9]+件\)\:?");
    }

    #[test]
    fn maps_back_to_the_characters_it_came_from() {
        let source = "共　１，２００ 件㈠。";
        let folded = folded(source);
        assert_eq!(folded.text(), "共1,200件(一)。");
        let at = |piece: &str| {
            let start = folded.text().find(piece).unwrap();
            let span = folded.source(FoldedSpan::new(start, start + piece.len()));
            &source[span.range()]
        };
        assert_eq!(at("1,200"), "１，２００");
        assert_eq!(at("件"), "件");
        assert_eq!(at("一"), "㈠");
        assert_eq!(at("。"), "。");
    }

    proptest! {
        #[test]
        fn every_folded_character_has_its_source(text in "[\u{20}-\u{7e}一-十　（），。⼀⻅０-９ ㈠…\u{200b}條]{0,40}") {
            let folded = folded(&text);
            let mut last = 0;
            for (i, c) in folded.text().char_indices() {
                let span = folded.source(FoldedSpan::new(i, i + c.len_utf8()));
                prop_assert!(span.start >= last && span.end as usize <= text.len());
                prop_assert!(text.get(span.range()).is_some());
                if c != ' ' {
                    prop_assert!(fold(&text[span.range()]).contains(c));
                }
                last = span.start;
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
