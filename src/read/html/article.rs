//! Where on a web page the report stands, among navigation, sharing buttons and footers.
//!
//! The headings of known sections are the surest sign: the article is the smallest element that
//! holds them all, and whatever stands around it without links and footers.

use super::kind::Kind;
use super::title::{self, Candidate};
use super::tree::{Event, Node, Page};
use crate::profile::Vocabulary;
use crate::read::text::{heading_at, is_date_line, is_section};
use crate::text::{fold, piece, skeleton};
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What was chosen of a page.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// Events before the article that belong to it: the title, the line with its date.
    pub(super) before: Vec<Range<usize>>,
    /// Where in the file a title stands that only the page's head has, in bytes.
    pub(super) title: Option<Range<u32>>,
    /// The events of the article.
    pub(super) events: Range<usize>,
    /// For each element, whether it is left out.
    pub(super) left_out: Vec<bool>,
    /// For each table, whether it holds data; another one is there for the page's layout.
    pub(super) data: Vec<bool>,
}

/// What stands in an element, in bytes and counts.
#[derive(Clone, Copy, Debug, Default)]
struct Stats {
    text: usize,
    linked: usize,
    links: usize,
    prose: usize,
    anchors: usize,
    feet: usize,
    /// Of a table: rows, cells in the widest row, bytes in the longest cell, tables within.
    rows: usize,
    width: usize,
    longest: usize,
    tables: usize,
}

/// A line of the page.
#[derive(Debug)]
pub(super) struct Line {
    /// The innermost element around it.
    pub(super) node: usize,
    pub(super) events: Range<usize>,
    /// Whether it is the heading of a known section.
    pub(super) anchor: bool,
    /// What it is as the title of a report.
    pub(super) title: Option<Candidate>,
    /// Whether most of it is a link.
    pub(super) linked: bool,
    /// Its length in bytes.
    text: usize,
    /// Whether it is running text.
    prose: bool,
    /// Whether it may be the title of something on disclosure.
    subject: bool,
    /// Whether it tells a date, as the line under a title does.
    pub(super) dated: bool,
    /// Whether it is a date and little else, as under a report.
    signed: bool,
    foot: bool,
}

/// Finds the report on `page`.
pub(super) fn find(page: &Page, source: &str, vocabulary: &Vocabulary) -> Article {
    let mut survey = Survey {
        page,
        source,
        vocabulary,
        stats: vec![Stats::default(); page.nodes.len()],
        lines: Vec::new(),
        line: Running::default(),
        open: Vec::new(),
        linked: false,
        hidden: 0,
    };
    survey.walk();
    let Survey { mut stats, lines, .. } = survey;
    let mut left_out = sum_up(page, &mut stats, &lines);
    let out = |node: usize| ancestors(page, node).any(|node| left_out[node]);
    let anchors: Vec<usize> =
        lines.iter().filter(|l| l.anchor && !out(l.node)).map(|l| l.node).collect();
    let node = match anchors.len() {
        0 | 1 => densest(page, &stats, &left_out),
        _ => common(page, &anchors),
    };
    let inner = &page.nodes[node].events;
    let signed = anchors.len() > 1
        && lines
            .iter()
            .rev()
            .take_while(|l| !l.anchor)
            .any(|l| l.signed && inner.contains(&l.events.start));
    let node = widened(page, &stats, node);
    let mut events = page.nodes[node].events.clone();
    // A report ends with its date; only tables may follow it in an element of their own.
    let tables = |events: Range<usize>| {
        let within = |node: &Node| node.kind == Kind::Table && events.contains(&node.events.start);
        page.nodes.iter().any(within)
    };
    if signed && !tables(inner.end..events.end) {
        events.end = inner.end.min(events.end);
    }
    let last = lines.iter().rposition(|line| line.anchor && events.contains(&line.events.start));
    // What follows the first line of a footer is the page's, however flat the page is.
    if let Some(foot) = lines
        .iter()
        .skip(last.map_or(0, |last| last + 1))
        .find(|line| line.foot && events.contains(&line.events.start) && last.is_some())
    {
        events.end = foot.events.start;
    }
    let data = page.nodes.iter().zip(&stats).map(|(node, stats)| {
        node.kind == Kind::Table
            && stats.rows >= 2
            && stats.width >= 2
            && stats.anchors == 0
            && stats.longest <= LONGEST
            && stats.tables <= stats.rows
    });
    let data: Vec<bool> = data.collect();
    let in_table = |line: &Line| ancestors(page, line.node).any(|node| data[node]);
    let title = title::find(page, source, &lines, &events, in_table);
    // An element with titles of other reports is left out if nothing else stands in it.
    let mut theirs: BTreeMap<usize, usize> = BTreeMap::new();
    for line in title.others.iter().map(|at| &lines[*at]) {
        *theirs.entry(line.node).or_default() += line.text;
    }
    for (node, text) in theirs {
        left_out[node] |= stats[node].text <= text;
    }
    if !title.any {
        events.start = first_words(page, &lines, &events, &data).unwrap_or(events.start);
    }
    Article { before: title.before, title: title.head, events, left_out, data }
}

/// Where a report without a title begins: at its first sentence, heading or table, or at another title.
fn first_words(page: &Page, lines: &[Line], events: &Range<usize>, data: &[bool]) -> Option<usize> {
    let table = |line: &Line| ancestors(page, line.node).filter(|node| data[*node]).last();
    let first = lines.iter().filter(|line| events.contains(&line.events.start)).find(|line| {
        line.anchor || line.prose || line.subject && !line.linked || table(line).is_some()
    })?;
    Some(table(first).map_or(first.events.start, |node| page.nodes[node].events.start))
}

/// A cell with more bytes than this holds running text: the table is there for layout.
const LONGEST: usize = 1200;
/// Links of so many bytes may stand around an article without being navigation.
const FEW: usize = 60;

fn ancestors(page: &Page, node: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(node), |node| (*node > 0).then(|| page.nodes[*node].parent))
}

/// Adds what stands in each element to the one that holds it, but for what is no part of the
/// article; returns which elements are not.
fn sum_up(page: &Page, stats: &mut [Stats], lines: &[Line]) -> Vec<bool> {
    let mut anchors = vec![0_usize; stats.len()];
    for line in lines {
        anchors[line.node] += usize::from(line.anchor || line.title.is_some() && !line.linked);
    }
    for i in (1..stats.len()).rev() {
        anchors[page.nodes[i].parent] += anchors[i];
    }
    let mut left_out = vec![false; stats.len()];
    for i in (1..stats.len()).rev() {
        let (node, own) = (&page.nodes[i], stats[i]);
        let list = matches!(node.kind, Kind::Block | Kind::List(_) | Kind::Table | Kind::Paragraph)
            && own.links >= 3
            && own.linked * 10 >= own.text * 6;
        // Whoever calls his article a sidebar is not believed.
        if node.hidden
            || node.kind == Kind::Skipped
            || anchors[i] < 2 && (node.boilerplate || list && anchors[i] == 0)
        {
            left_out[i] = true;
            continue;
        }
        let parent = &mut stats[node.parent];
        parent.text += own.text;
        parent.linked += own.linked;
        parent.links += own.links;
        parent.prose += own.prose;
        parent.anchors += own.anchors;
        parent.feet += own.feet;
        parent.tables += own.tables + usize::from(node.kind == Kind::Table);
        match node.kind {
            Kind::Cell => parent.longest = parent.longest.max(own.text),
            Kind::Table => {}
            _ => parent.longest = parent.longest.max(own.longest),
        }
        match node.kind {
            Kind::Cell => parent.width += 1,
            Kind::Row => {
                parent.rows += 1;
                parent.width = parent.width.max(own.width);
            }
            Kind::Rows => {
                parent.rows += own.rows;
                parent.width = parent.width.max(own.width);
            }
            _ => {}
        }
    }
    left_out
}

/// The smallest element that holds all of `nodes`.
fn common(page: &Page, nodes: &[usize]) -> usize {
    let mut path: Vec<usize> = ancestors(page, nodes.first().copied().unwrap_or(0)).collect();
    path.reverse();
    for node in nodes {
        let mut own: Vec<usize> = ancestors(page, *node).collect();
        own.reverse();
        let same = path.iter().zip(&own).take_while(|(a, b)| a == b).count();
        path.truncate(same);
    }
    path.last().copied().unwrap_or(0)
}

/// Without headings: down to where most of the running text stands.
fn densest(page: &Page, stats: &[Stats], left_out: &[bool]) -> usize {
    let mut heaviest: Vec<Option<usize>> = vec![None; stats.len()];
    for i in 1..stats.len() {
        let parent = page.nodes[i].parent;
        let heavier = heaviest[parent].is_none_or(|best| stats[i].prose > stats[best].prose);
        if !left_out[i] && heavier {
            heaviest[parent] = Some(i);
        }
    }
    let mut node = 0;
    while let Some(child) = heaviest[node] {
        let whole = matches!(
            page.nodes[child].kind,
            Kind::Block | Kind::Table | Kind::Rows | Kind::Row | Kind::Cell
        );
        if !whole || stats[child].prose == 0 || stats[child].prose * 10 < stats[node].prose * 7 {
            break;
        }
        node = child;
    }
    node
}

/// Up from `node` as long as no navigation and no footer comes in.
fn widened(page: &Page, stats: &[Stats], mut node: usize) -> usize {
    while node > 0 {
        let parent = page.nodes[node].parent;
        let (inner, outer) = (stats[node], stats[parent]);
        let in_table = matches!(page.nodes[node].kind, Kind::Rows | Kind::Row | Kind::Cell);
        let clean = outer.linked.saturating_sub(inner.linked) <= FEW && outer.feet == inner.feet;
        if !clean && !in_table {
            break;
        }
        node = parent;
    }
    node
}

/// One look at the whole page, line by line.
struct Survey<'p> {
    page: &'p Page,
    source: &'p str,
    vocabulary: &'p Vocabulary,
    stats: Vec<Stats>,
    lines: Vec<Line>,
    line: Running,
    open: Vec<usize>,
    linked: bool,
    hidden: usize,
}

/// The line that is being read.
#[derive(Debug, Default)]
struct Running {
    words: String,
    text: usize,
    linked: usize,
    links: usize,
    first: Option<usize>,
    last: usize,
    node: usize,
}

/// As much of a line as is looked at, in bytes.
const HEAD: usize = 600;

impl Survey<'_> {
    fn walk(&mut self) {
        for (i, event) in self.page.events.iter().enumerate() {
            match *event {
                Event::Open(node) => {
                    self.block(node);
                    self.open.push(node);
                    self.hidden += usize::from(self.is_hidden(node));
                }
                Event::Close(node) => {
                    self.block(node);
                    self.open.pop();
                    self.hidden -= usize::from(self.is_hidden(node));
                }
                Event::Break(_) => self.end_line(),
                Event::Link(begins) => {
                    self.linked = begins;
                    self.line.links += usize::from(begins);
                }
                Event::Text { start, end } => {
                    let text = piece(self.source, start as usize, end as usize);
                    self.text(i, text);
                }
                Event::Entity { decoded, length, .. } => {
                    let (start, end) = (decoded as usize, (decoded + length) as usize);
                    let text = piece(&self.page.decoded, start, end);
                    self.text(i, text);
                }
            }
        }
        self.end_line();
    }

    fn is_hidden(&self, node: usize) -> bool {
        let node = &self.page.nodes[node];
        node.hidden || node.kind == Kind::Skipped
    }

    fn block(&mut self, node: usize) {
        if !matches!(self.page.nodes[node].kind, Kind::Inline(_)) {
            self.end_line();
            self.linked = false;
        }
    }

    fn text(&mut self, event: usize, text: &str) {
        if self.hidden > 0 {
            return;
        }
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        if text.is_empty() {
            return;
        }
        let line = &mut self.line;
        if line.first.is_none() {
            line.first = Some(event);
            line.node = self.open.last().copied().unwrap_or(0);
        }
        line.last = event;
        line.text += text.len();
        line.linked += if self.linked { text.len() } else { 0 };
        if line.words.len() < HEAD {
            line.words.push_str(piece(text, 0, HEAD));
        }
    }

    fn end_line(&mut self) {
        let Some(first) = self.line.first else {
            // A link around a picture is one, too.
            if let Some(node) = self.open.last() {
                self.stats[*node].links += self.line.links;
            }
            self.line.links = 0;
            return;
        };
        let words = std::mem::take(&mut self.line.words);
        let line = Running { words: String::new(), ..std::mem::take(&mut self.line) };
        let own = line.linked * 2 < line.text;
        let in_head = self.page.nodes[line.node].kind == Kind::Title;
        let anchor = own && self.is_anchor(&words, line.text, line.node);
        let title = (line.text <= 240 && words.contains("公开") && !in_head)
            .then(|| Candidate::of(&words))
            .flatten();
        let foot = is_foot(&words) && !anchor;
        let dated = line.text <= 300 && ["发布", "日期", "时间"].iter().any(|w| words.contains(w));
        let signed = own && line.text <= 100 && is_date_line(&fold(&words));
        let prose = own && (line.text >= 90 || words.contains('。') || words.contains('，'));
        let stats = &mut self.stats[line.node];
        if !in_head {
            stats.text += line.text;
            stats.linked += line.linked;
            stats.links += line.links;
            stats.anchors += usize::from(anchor);
            stats.feet += usize::from(foot);
            stats.prose += if prose { line.text } else { 0 };
        }
        self.lines.push(Line {
            node: line.node,
            events: first..line.last + 1,
            anchor: anchor && !in_head,
            title,
            linked: !own,
            text: line.text,
            prose: prose && !in_head,
            subject: words.contains("公开") && (words.contains("20") || words.ends_with("通知")),
            dated,
            signed,
            foot,
        });
        // The room is used again.
        self.line.words = words;
        self.line.words.clear();
    }

    /// Whether a line is the heading of a known section.
    fn is_anchor(&self, words: &str, length: usize, node: usize) -> bool {
        let start = words.trim_start().chars().next().unwrap_or(' ');
        let numbered = "一二三四五六七八九十第".contains(start);
        if length > 400 || !numbered && !words.ends_with(['况', '项', '施']) {
            return false;
        }
        let line = fold(words);
        // `一、本年新收政府信息公开申请数量` heads a row of the official form.
        let in_cell =
            || ancestors(self.page, node).any(|node| self.page.nodes[node].kind == Kind::Cell);
        let label = |title: &str| {
            let key = skeleton(title);
            self.vocabulary.label(&key) == Some(key.len()) && in_cell()
        };
        let known = |title: &str| self.vocabulary.section(title).is_some() && !label(title);
        match heading_at(&line, self.vocabulary) {
            Some(found) => found.level == 1 && known(piece(&line, found.ordinal, found.title)),
            None => is_section(&line, self.vocabulary),
        }
    }
}

/// Whether a line belongs to the foot of a page.
fn is_foot(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "版权所有",
        "主办单位",
        "主办：",
        "主办:",
        "承办：",
        "承办单位",
        "ICP备",
        "公网安备",
        "网站标识码",
        "技术支持",
        "网站地图",
        "Copyright",
        "联系我们",
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "扫一扫",
        "扫码",
        "责任编辑",
        "对本文的评价",
        "打印本页",
        "关闭窗口",
        "相关链接",
        "相关信息",
        "相关文档",
        "相关阅读",
    ];
    // Every line of a page is asked: one search for all words.
    static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(WORDS).ok());
    words.len() <= 400 && SEARCH.as_ref().is_some_and(|search| search.is_match(words))
}
