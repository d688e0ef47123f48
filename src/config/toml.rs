//! TOML read into the same tree of nodes as YAML, so that faults are found and shown alike.

use crate::yaml::{Fault, Faults, Key, Node, Value};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a TOML text.
///
/// # Errors
/// Every syntax error and duplicate key.
pub(crate) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Node { at: 0..0, value: table(root.get_ref()) });
    }
    let mut faults = Faults::default();
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let detail = error.message().lines().next().unwrap_or_default().to_owned();
        faults.push(&at, format!("TOML 语法有误：{detail}"), format!("not valid TOML: {detail}"));
    }
    Err(faults.found)
}

fn table(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<(Key, Node)> = table
        .iter()
        .map(|(key, value)| {
            let name = Key { at: key.span(), text: key.get_ref().to_string().into() };
            let node = node(value, &name.at);
            (name, node)
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.at.start);
    Value::Map(entries)
}

/// The value; a list or table without a place of its own stands at its key.
fn node(value: &Spanned<DeValue<'_>>, key: &Range<usize>) -> Node {
    let at = match value.span() {
        span if span.is_empty() => key.clone(),
        span => span,
    };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string().into()),
        DeValue::Integer(number) => Value::Number(number.as_str().to_owned().into()),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned().into()),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::Text(date.to_string().into()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, key)).collect()),
        DeValue::Table(entries) => table(entries),
    };
    Node { at, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_value_has_its_bytes() {
        let text =
            "year = 2022\nas-of = 2023-01-31\n[[levels]]\nrule = \"甲\"\npaths = [\"a\", 'b']\n";
        let root = parse(text).unwrap();
        assert_eq!(root.get("year").unwrap().text(), Some("2022"));
        assert_eq!(root.get("as-of").unwrap().text(), Some("2023-01-31"));
        let levels = root.get("levels").unwrap().items();
        let rule = levels[0].get("rule").unwrap();
        assert_eq!((&text[rule.at.clone()], rule.text()), ("\"甲\"", Some("甲")));
        assert_eq!(levels[0].get("paths").unwrap().items().len(), 2);
    }

    #[test]
    fn syntax_errors_have_their_place() {
        let text = "year = 2022\nyear = 2023\nlang = \n";
        let faults = parse(text).unwrap_err();
        assert!(faults.len() >= 2 && faults[0].at.start >= 12, "{faults:?}");
    }
}
