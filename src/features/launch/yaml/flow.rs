//! Lists and mappings in brackets, as in JSON: `[a, b]`, `{a: 1}`.

use serde_json::{Map, Value};

use super::scalar;

/// How deep brackets may stand in each other.
const MAX_DEPTH: usize = 32;

/// Whether all brackets of the text are closed; quotation marks count as what they are.
pub(super) fn is_closed(text: &str) -> bool {
    let (mut depth, mut quote, mut escaped) = (0_i32, None, false);
    let mut before = ' ';
    for letter in text.chars() {
        match (quote, letter) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), _) if letter == open && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if " [{,:".contains(before) => quote = Some(letter),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, _) => {}
        }
        escaped = false;
        before = letter;
    }
    depth <= 0
}

/// Reads a value in brackets, and gives what follows behind it.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(text: &str) -> Result<(Value, &str), String> {
    value(text, 0)
}

fn value(text: &str, depth: usize) -> Result<(Value, &str), String> {
    let text = text.trim_start();
    if depth > MAX_DEPTH {
        return Err(format!("at most {MAX_DEPTH} brackets may stand in each other"));
    }
    match text.chars().next() {
        Some('[') => list(&text[1..], depth),
        Some('{') => mapping(&text[1..], depth),
        Some('"' | '\'') => scalar::quoted(text).map(|(value, rest)| (Value::from(value), rest)),
        _ => {
            let end = text.find([',', ']', '}', '[', '{']).unwrap_or(text.len());
            Ok((scalar::plain(text[..end].trim_end())?, &text[end..]))
        }
    }
}

fn list(text: &str, depth: usize) -> Result<(Value, &str), String> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    loop {
        if let Some(rest) = rest.strip_prefix(']') {
            return Ok((Value::Array(items), rest));
        }
        let (item, after) = value(rest, depth + 1)?;
        items.push(item);
        rest = next(after, ']')?;
    }
}

fn mapping(text: &str, depth: usize) -> Result<(Value, &str), String> {
    let mut fields = Map::new();
    let mut rest = text.trim_start();
    loop {
        if let Some(rest) = rest.strip_prefix('}') {
            return Ok((Value::Object(fields), rest));
        }
        let (key, after) = key(rest)?;
        let (own, after) = value(after, depth + 1)?;
        if fields.insert(key.clone(), own).is_some() {
            return Err(format!("`{key}` stands here twice"));
        }
        rest = next(after, '}')?;
    }
}

fn key(text: &str) -> Result<(String, &str), String> {
    let no_colon = || "write a colon and a blank between a key and its value".to_owned();
    if text.starts_with(['"', '\'']) {
        let (key, after) = scalar::quoted(text)?;
        return Ok((key, after.trim_start().strip_prefix(':').ok_or_else(no_colon)?));
    }
    let end = text.find(|letter: char| ",[]{}".contains(letter)).unwrap_or(text.len());
    let (key, _) = text[..end].split_once(':').ok_or_else(no_colon)?;
    let after = &text[key.len() + 1..];
    if key.trim().is_empty() || !after.starts_with([' ', '[', '{']) {
        return Err(no_colon());
    }
    Ok((key.trim().to_owned(), after))
}

fn next(text: &str, end: char) -> Result<&str, String> {
    let text = text.trim_start();
    match text.strip_prefix(',') {
        Some(rest) => Ok(rest.trim_start()),
        None if text.starts_with(end) => Ok(text),
        None => Err(format!("write a comma or `{end}`")),
    }
}
