//! Writes YAML as a person would.

use serde_json::Value;

use super::read::Fields;
use super::scalar;

/// The keys of a backend config in the order in which people write them; others follow by name.
const ORDER: [&str; 25] = [
    "UnicoreApiUrl",
    "Firecrest",
    "SSH",
    "Local",
    "ApiUrl",
    "TokenUrl",
    "Machine",
    "Hostname",
    "Port",
    "Resources",
    "Queue",
    "Runtime",
    "Nodes",
    "TotalCPUs",
    "CPUsPerNode",
    "GPUsPerNode",
    "MemoryPerNode",
    "Reservation",
    "NodeConstraints",
    "QoS",
    "Environment",
    "Apptainer",
    "Path",
    "Type",
    "Exclude",
];

/// What other programs take for something else than a text.
const WORDS: [&str; 11] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"];

/// The text of keys and values.
pub(in crate::features::launch) fn write(fields: &Fields) -> String {
    let mut lines = Vec::new();
    mapping(fields, 0, &mut lines);
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The lines of a key with its value, at an indentation.
pub(super) fn entry(key: &str, value: &Value, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    field(key, value, indent, &mut lines);
    lines
}

/// A value that stands on the line of its key; `None` for one that needs lines of its own.
pub(super) fn on_line(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("null".to_owned()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::String(own) => Some(text(own)),
        Value::Array(items) => items.is_empty().then(|| "[]".to_owned()),
        Value::Object(fields) => fields.is_empty().then(|| "{}".to_owned()),
    }
}

fn mapping(fields: &Fields, indent: usize, lines: &mut Vec<String>) {
    let rank = |key: &str| ORDER.iter().position(|own| *own == key).unwrap_or(ORDER.len());
    let mut keys: Vec<_> = fields.keys().collect();
    keys.sort_by_key(|key| rank(key));
    for key in keys {
        field(key, &fields[key], indent, lines);
    }
}

fn field(key: &str, value: &Value, indent: usize, lines: &mut Vec<String>) {
    let begin = format!("{}{}:", " ".repeat(indent), text(key));
    if let Some(value) = on_line(value) {
        lines.push(format!("{begin} {value}"));
        return;
    }
    lines.push(begin);
    match value {
        Value::Object(fields) => mapping(fields, indent + 2, lines),
        Value::Array(items) => {
            // What is no single value is written as in JSON.
            let item = |item: &Value| on_line(item).unwrap_or_else(|| json(item));
            lines.extend(items.iter().map(|own| format!("{}- {}", " ".repeat(indent + 2), item(own))));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn json(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), json(value));
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        Value::String(own) => quoted(own),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text, between quotation marks where any program could take it for something else.
fn text(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./@+=:".contains(&byte);
    let is_good = !text.is_empty()
        && text.bytes().all(is_plain)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric() || "_/".contains(first))
        && !text.ends_with(':')
        && !WORDS.contains(&&*text.to_ascii_lowercase())
        && !is_date(text)
        && scalar::plain(text) == Ok(Value::from(text));
    if is_good { text.to_owned() } else { quoted(text) }
}

/// Some programs make a date of it.
fn is_date(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit()) && text.contains(['-', ':', '_'])
}

fn quoted(text: &str) -> String {
    let mut word = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => word.extend(['\\', letter]),
            '\n' => word.push_str("\\n"),
            '\t' => word.push_str("\\t"),
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}' => word.push_str(&escaped(letter)),
            _ if letter.is_control() => word.push_str(&escaped(letter)),
            _ => word.push(letter),
        }
    }
    word.push('"');
    word
}

fn escaped(letter: char) -> String {
    format!("\\u{:04x}", u32::from(letter))
}
