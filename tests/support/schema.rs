//! Output against the published schemas, read more strictly than others should: a field that the
//! schema does not name is a fault of the schema.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static CHECK: LazyLock<Value> = LazyLock::new(|| closed("docs/schemas/check-1.json"));
static FACTS: LazyLock<Value> = LazyLock::new(|| closed("docs/schemas/facts-1.json"));
static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let official = text("tests/schemas/sarif-2.1.0.json");
    // The pattern for languages ends in a stray bracket, which JavaScript's lenient regular
    // expressions take for itself and strict ones refuse.
    let stray = r#"[a-zA-Z]{2}]?$""#;
    assert!(official.contains(stray));
    let mended = official.replace(stray, r#"[a-zA-Z]{2}\\]?$""#);
    validator(&serde_json::from_str(&mended).expect("JSON"))
});

/// The output of `gouji check --format json`.
pub(crate) fn check(output: &str) -> Value {
    let value = serde_json::from_str(output).expect("JSON");
    assert_valid(&validator(&CHECK), &value);
    value
}

/// The output of `gouji check --format jsonl`.
pub(crate) fn check_lines(output: &str) {
    for line in output.lines() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let fields = value.as_object().expect("an object");
        let (name, value) = match fields.iter().next() {
            Some((name, value)) if fields.len() == 1 => (name.as_str(), value),
            _ => ("report", &value),
        };
        assert_valid(&validator(&part(&CHECK, name)), value);
    }
}

/// The output of `gouji facts --format json`.
pub(crate) fn facts(output: &str) -> Value {
    let value = serde_json::from_str(output).expect("JSON");
    assert_valid(&validator(&FACTS), &value);
    value
}

/// A SARIF log.
pub(crate) fn sarif(output: &str) -> Value {
    let value = serde_json::from_str(output).expect("JSON");
    assert_valid(&SARIF, &value);
    value
}

fn assert_valid(validator: &Validator, value: &Value) {
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .map(|fault| fault.chars().take(400).collect())
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).unwrap_or_else(|fault| panic!("{fault}"))
}

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("a schema")
}

/// One of the definitions as a schema of its own.
fn part(schema: &Value, name: &str) -> Value {
    assert!(schema["$defs"].get(name).is_some(), "the schema does not know “{name}”");
    json!({"$defs": schema["$defs"], "$ref": format!("#/$defs/{name}")})
}

fn closed(path: &str) -> Value {
    let mut schema = serde_json::from_str(&text(path)).expect("JSON");
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object) {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
