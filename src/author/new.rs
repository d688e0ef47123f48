//! Skeletons of packs and rules, with comments, that hold as they stand.

use super::guide::{Guide, guide};
use crate::finding::{Lang, Words};
use crate::rule::{PackFile, builtin};

/// A rule of a kind, to begin with.
struct Example {
    guide: Option<Guide>,
    text: String,
    base: &'static str,
}

/// The example of the kind's guide, else the shortest built-in rule of that kind.
fn example(kind: &str) -> Option<Example> {
    let guide = guide(kind).and_then(Result::ok);
    if let Some(text) = guide.as_ref().and_then(|guide| guide.example.clone()) {
        return Some(Example { guide, text, base: "format-2021" });
    }
    let key = format!("\n  {kind}:");
    let written = |file: &PackFile| file.text.contains(&key);
    let mut files: Vec<PackFile> = builtin().into_iter().filter(written).collect();
    // A pack that extends the newest format can use what any of these names.
    let place = |path: &str| {
        let packs = ["format-2021/", "common/", "style/", "format-2019/", "regulation-2007/"];
        packs.iter().position(|pack| path.starts_with(pack)).unwrap_or(packs.len())
    };
    files.sort_by_key(|file| (place(&file.path), file.text.len()));
    let file = files.first()?;
    let base = match place(&file.path) {
        0..=2 => "format-2021",
        3 => "format-2019",
        4 => "regulation-2007",
        _ => "statistics-2014",
    };
    Some(Example { guide, text: bare(&file.text), base })
}

/// The pack that the example of `kind` builds on.
pub fn base(kind: &str) -> Option<&'static str> {
    example(kind).map(|example| example.base)
}

/// A rule file without what is its own: its id, and the law it rests on.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut in_basis = false;
    let mut in_whole = false;
    for line in text.lines() {
        // Whole reports prove other rules too, and are too long to begin with.
        in_whole = line.starts_with("    - whole:")
            || (in_whole && (line.starts_with("     ") || line.is_empty()));
        if in_whole {
            continue;
        }
        if line.starts_with("id:") || line.starts_with("# yaml-language-server") {
            continue;
        }
        let top = line.starts_with(|c: char| c.is_ascii_lowercase());
        if line.starts_with("basis:") {
            out.push_str("basis:\n  - cite: 惯例\n\n");
        }
        in_basis = line.starts_with("basis:") || (in_basis && !top);
        if !in_basis {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// `pack.yml` of a new pack called `name`, which extends `base`.
pub fn pack(name: &str, base: Option<&str>) -> String {
    let extends = match base {
        Some(base) => format!("extends: {base}            # 继承它的名称表和规则 / its names and rules are inherited\n"),
        None => "# extends: format-2021           # 要用全国格式的表和各部分时写上 / to use the national tables\n".to_owned(),
    };
    format!(
        "# yaml-language-server: $schema=../schemas/pack.schema.json
name: {name}
title: {{ zh: {name} 的要求, en: 'The requirements of {name}' }}
version: 1.0.0
years: 2021..                   # 所管的报告年度 / the report years it governs
{extends}
# 规则的依据写在这里：简称和全称 / what rules may cite: a short key and the full title
documents:
  惯例: 通行做法（请换成真实的文件）

# 不用的规则 / rules that are not in force
# off:
#   - {{ rule: information-handling-fee, reason: {{ zh: 理由, en: why }} }}

# 改用别的级别的规则 / rules of another level
# levels:
#   - rule: missing-tables
#     level: warning
#     when: {{ body: [township] }}
#     reason: {{ zh: 理由, en: why }}
"
    )
}

/// What stands above each paragraph of a rule.
const PARAGRAPHS: [(&str, &str); 6] = [
    ("level:", "# 一、是什么 / what it is\n"),
    ("basis:", "# 二、为什么：依据写 pack.yml 里 documents 的简称，再写条款 / why\n"),
    ("check:", "# 三、怎样判断 / how it is judged\n"),
    ("message:", "# 四、怎样说：{…} 处填入实际的值 / what it says\n"),
    ("examples:", "# 五、怎样证明：pass 不应有问题，fail 中 «…» 标出应查出的文字 / proof\n"),
    ("words:", "# 占位符里的代号各怎么说 / words for the keys of a slot\n"),
];

/// A rule file of the given kind with the given id; `None` if no skeleton of it can be made.
pub fn rule(id: &str, kind: &str, documents: &[String]) -> Option<String> {
    let Example { guide, text, .. } = example(kind)?;
    // For editors: completion and the meaning of keys; `new pack` writes the schemas there.
    let mut out =
        format!("# yaml-language-server: $schema=../../schemas/rule.schema.json\nid: {id}\n");
    for line in text.lines() {
        if let Some((_, comment)) = PARAGRAPHS.iter().find(|(key, _)| line.starts_with(key)) {
            out.push_str(comment);
        }
        if line.starts_with("check:") {
            out.extend(guide.as_ref().map(|guide| options(kind, guide)));
        }
        out.push_str(line);
        out.push('\n');
    }
    // The document that examples cite is one of the pack's own.
    let cited = documents.iter().find(|known| *known == "惯例").or_else(|| documents.first());
    if let Some(cited) = cited {
        out = out.replace("cite: 惯例", &format!("cite: {cited}"));
    }
    Some(out)
}

/// What can be written under the kind, as comments.
fn options(kind: &str, guide: &Guide) -> String {
    let mut out = format!("# {kind}：{} / {}\n", guide.what.zh, guide.what.en);
    let keys = guide.keys.as_ref().and_then(|keys| keys.entries()).unwrap_or_default();
    for (key, shape) in keys {
        let zh = super::guide::text_of(shape, "zh");
        out.push_str(&format!("#   {}: {zh}\n", key.text));
    }
    let [cases, slots, _] = &guide.names;
    let told = |named: &[(String, Words)]| {
        named.iter().map(|(name, words)| format!("{name}（{}）", words.zh)).collect::<Vec<_>>()
    };
    if !cases.is_empty() {
        out.push_str(&format!("#   情形 / cases: {}\n", told(cases).join("、")));
    }
    if !slots.is_empty() {
        out.push_str(&format!("#   占位符 / slots: {}\n", told(slots).join("、")));
    }
    out
}

/// The folder of rules of `kind`.
pub fn group(kind: &str) -> &'static str {
    match kind {
        kind if kind.starts_with("table-") => "figures",
        "phrase" | "content" | "keywords" => "content",
        "issue-date" | "period" => "dates",
        _ => "form",
    }
}

/// The file of a new rule, below the folder of packs.
pub fn rule_file(pack: &str, id: &str, kind: &str, text: String) -> PackFile {
    let path = format!("{pack}/{}/{id}.yml", group(kind));
    PackFile::own(&path, &path, text)
}

/// What to do next, after a pack or a rule was made at `path` below `folder`.
pub fn next_steps(rule: bool, folder: &str, pack: &str, lang: Lang) -> String {
    let (zh, en) = match rule {
        true => (
            format!(
                "下一步：\n  1. 改标题、依据、检查和示例\n  2. gouji test --packs {folder} {pack}\n  3. gouji check --packs {folder} 报告.txt\n"
            ),
            format!(
                "Next:\n  1. change title, basis, check and examples\n  2. gouji test --packs {folder} {pack}\n  3. gouji check --packs {folder} REPORT.txt\n"
            ),
        ),
        false => (
            format!(
                "下一步：\n  1. 在 pack.yml 里写明标题、年度和文件\n  2. gouji new rule {pack}/规则的编号 --packs {folder}\n  3. gouji test --packs {folder}\n"
            ),
            format!(
                "Next:\n  1. give title, years and documents in pack.yml\n  2. gouji new rule {pack}/ID --packs {folder}\n  3. gouji test --packs {folder}\n"
            ),
        ),
    };
    lang.pick(&zh, &en).to_owned()
}
