//! JSON Schemas of the files of a pack, made from the shapes in `*.yml` beside this file and
//! beside the kinds of check.

use super::guide::{guide, text_of};
use crate::check::Check;
use crate::facts::Body;
use crate::rule::Group;
use crate::yaml::{Node, parse};
use serde_json::{Map, Value, json};

/// A file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// One rule.
    Rule,
    /// `pack.yml`.
    Pack,
    /// `profile.yml`.
    Profile,
}

impl File {
    /// All files, with the words for them.
    pub const ALL: [(&'static str, Self); 3] =
        [("rule", Self::Rule), ("pack", Self::Pack), ("profile", Self::Profile)];

    fn shape(self) -> Node {
        let text = match self {
            Self::Rule => include_str!("rule.yml"),
            Self::Pack => include_str!("pack.yml"),
            Self::Profile => include_str!("profile.yml"),
        };
        parse(text).unwrap_or_else(|fault| unreachable!("{}", fault.words.en))
    }
}

/// The schema of `file`, draft 2020-12.
pub fn schema(file: File) -> Value {
    let shape = file.shape();
    let mut out = shaped(&shape);
    let word = File::ALL.iter().find(|(_, known)| *known == file).map_or("", |(word, _)| word);
    if let Some(map) = out.as_object_mut() {
        map.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        map.insert("title".into(), format!("gouji {word}").into());
        map.insert("$defs".into(), definitions(file));
    }
    out
}

/// What several keys share.
fn definitions(file: File) -> Value {
    let mut all = Map::new();
    all.insert("words".into(), words());
    all.insert("text".into(), json!({"type": ["string", "number", "boolean"]}));
    all.insert("texts".into(), one_or_more(&json!({"$ref": "#/$defs/text"})));
    all.insert("level".into(), json!({"enum": ["error", "warning", "info"]}));
    all.insert("body".into(), json!({"enum": Body::WORDS}));
    if file != File::Profile {
        all.insert("when".into(), inner(File::Rule, "when"));
        all.insert("examples".into(), examples());
    }
    if file != File::Profile {
        all.insert("check".into(), check());
    }
    if file == File::Pack {
        all.insert("rule".into(), inline_rule());
        all.insert("profile".into(), shaped(&File::Profile.shape()));
    }
    Value::Object(all)
}

/// The shape of one key of a file.
fn inner(file: File, key: &str) -> Value {
    let shape = file.shape();
    let found = shape.get("keys").and_then(|keys| keys.get(key));
    found.map_or(Value::Null, shaped)
}

/// A rule within `pack.yml` must say its group; one in a file must not.
fn inline_rule() -> Value {
    let mut rule = shaped(&File::Rule.shape());
    if let Some(required) = rule.get_mut("required").and_then(Value::as_array_mut) {
        required.push("group".into());
    }
    rule
}

fn words() -> Value {
    json!({
        "type": "object",
        "description": "中文和英文各一句，缺一不可\nChinese and English, both wanted",
        "properties": {
            "zh": described(json!({"$ref": "#/$defs/text"}), "中文", "Chinese"),
            "en": described(json!({"$ref": "#/$defs/text"}), "英文", "English"),
        },
        "required": ["zh", "en"],
        "additionalProperties": false,
    })
}

fn examples() -> Value {
    let text = || json!({"type": ["string", "number"], "minLength": 1});
    let full = json!({
        "type": "object",
        "properties": {
            "text": described(text(), "报告的文字；不合格示例中用 «…» 标出应查出的", "text of a report; «…» marks what must be found in one that fails"),
            "year": described(json!({"type": "integer", "minimum": 1990, "maximum": 2099}), "代表哪一年度的报告", "the report year it stands for"),
            "body": described(json!({"$ref": "#/$defs/body"}), "代表哪类机关的报告", "the kind of body it stands for"),
            "whole": described(json!({"type": "boolean"}), "true 表示是一份完整的报告，任何规则都不应查出问题", "true: a whole report, in which no rule may find anything"),
            "previous": described(text(), "同一机关上一年度的报告，用于两年核对的规则", "last year’s report of the same organ, for a rule that compares the two"),
            "others": described(one_or_more(&text()), "其他机关的报告，用于比较各机关的规则", "reports of other organs, for a rule that compares organs"),
            "expect": described(text(), "应公布报告的机关名单（CSV）；标记写在名单里", "a list (CSV) of the organs that must report; the marks then stand in it"),
        },
        "required": ["text"],
        "additionalProperties": false,
    });
    let list =
        json!({"type": ["array", "string"], "minItems": 1, "items": {"anyOf": [text(), full]}});
    json!({
        "type": "object",
        "properties": {
            "pass": described(list.clone(), "合格的示例：最接近问题而没有问题的", "examples that pass: the nearest misses"),
            "fail": described(list, "不合格的示例：«…» 标出应查出的文字", "examples that fail: «…» marks what must be found"),
        },
        "required": ["pass", "fail"],
        "additionalProperties": false,
    })
}

/// `check:`: exactly one kind.
fn check() -> Value {
    let mut kinds = Map::new();
    for kind in Check::NAMES {
        let options = match guide(kind) {
            Some(Ok(guide)) => {
                let empty = || json!({"type": "object", "additionalProperties": false});
                let shape = guide.keys.as_ref().map_or_else(empty, object);
                described(shape, &guide.what.zh, &guide.what.en)
            }
            _ => described(json!({"type": "object"}), "（还没有说明）", "(not described yet)"),
        };
        kinds.insert((*kind).to_owned(), options);
    }
    json!({
        "type": "object",
        "properties": kinds,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": false,
    })
}

fn one_or_more(one: &Value) -> Value {
    json!({"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]})
}

/// With a description in both languages, as editors show it beside the key.
fn described(mut schema: Value, zh: &str, en: &str) -> Value {
    if let (Some(map), false) = (schema.as_object_mut(), zh.is_empty() && en.is_empty()) {
        map.insert("description".into(), format!("{zh}\n{en}").into());
    }
    schema
}

/// The schema of a shape, which is a word (`type`), a choice of words (`enum`), a mapping with
/// known keys (`keys`), a list (`items`), a mapping with any keys (`values`), or one of several.
fn shaped(shape: &Node) -> Value {
    let list = |key| shape.get(key).map(Node::items).unwrap_or_default();
    let schema = if let Some(keys) = shape.get("keys") {
        object(keys)
    } else if let Some(items) = shape.get("items") {
        json!({"type": "array", "minItems": 1, "items": shaped(items)})
    } else if let Some(values) = shape.get("values") {
        json!({"type": "object", "additionalProperties": shaped(values)})
    } else if !list("any").is_empty() {
        json!({"anyOf": list("any").iter().map(shaped).collect::<Vec<_>>()})
    } else if !list("enum").is_empty() {
        json!({"enum": list("enum").iter().filter_map(Node::text).collect::<Vec<_>>()})
    } else {
        word(&text_of(shape, "type"))
    };
    described(schema, &text_of(shape, "zh"), &text_of(shape, "en"))
}

fn object(keys: &Node) -> Value {
    let entries = keys.entries().unwrap_or_default();
    let is_needed = |shape: &Node| shape.get("need").and_then(Node::text) == Some("true");
    let needed = entries.iter().filter(|(_, shape)| is_needed(shape)).map(|(key, _)| &*key.text);
    let needed: Vec<&str> = needed.collect();
    let properties: Map<String, Value> =
        entries.iter().map(|(key, shape)| (key.text.to_string(), shaped(shape))).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": false,
    })
}

/// The schema of a word of the language of shapes.
fn word(word: &str) -> Value {
    let defined = |name: &str| json!({"$ref": format!("#/$defs/{name}")});
    match word {
        "text" | "pattern" | "equation" | "table" | "section" | "line" => defined("text"),
        "texts" | "patterns" | "equations" | "tables" | "sections" | "lines" => defined("texts"),
        "bool" => json!({"type": "boolean"}),
        "number" => json!({"type": "integer", "minimum": 0}),
        "numbers" => one_or_more(&json!({"type": "integer", "minimum": 0})),
        "amount" => json!({"type": ["number", "string"]}),
        "version" => json!({"type": ["string", "number"], "pattern": r"^\d+(\.\d+){0,2}$"}),
        "years" => {
            json!({"type": ["string", "integer"], "pattern": r"^(20\d\d|(20\d\d)?\.\.20\d\d|20\d\d\.\.)$", "minimum": 2008, "maximum": 2099})
        }
        "levels" => json!({"anyOf": [
            defined("level"),
            {"type": "object", "minProperties": 1, "additionalProperties": defined("level")},
        ]}),
        "messages" => json!({"anyOf": [
            defined("words"),
            {"type": "object", "minProperties": 1, "additionalProperties": defined("words"),
             "not": {"anyOf": [{"required": ["zh"]}, {"required": ["en"]}]}},
        ]}),
        "bodies" => one_or_more(&defined("body")),
        "group" => json!({"enum": Group::WORDS.map(|(word, _)| word)}),
        "lines-map" => json!({"type": "object", "minProperties": 1, "additionalProperties": {
            "anyOf": [
                defined("texts"),
                {"type": "array", "maxItems": 0},
                {"type": "object", "properties": {"group": described(defined("texts"), "小标题：这一行没有数", "a heading row without figures")},
                 "required": ["group"], "additionalProperties": false},
            ],
        }}),
        "words" | "level" | "body" | "when" | "check" | "examples" | "rule" | "profile" => {
            defined(word)
        }
        _ => json!({}),
    }
}
