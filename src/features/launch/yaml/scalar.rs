//! Single values of YAML.

use serde_json::{Number, Value};

/// The value that a text without quotation marks stands for, as YAML 1.2 has it.
///
/// # Errors
/// What to write instead of what programs read differently.
pub(super) fn plain(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(true.into()),
        "false" | "False" | "FALSE" => return Ok(false.into()),
        _ => {}
    }
    if let Some(first) = text.chars().next().filter(|first| "&*!%@`|>?,]}".contains(*first)) {
        return Err(format!("put the value in quotation marks: it begins with `{first}`"));
    }
    if ["yes", "no", "on", "off"].contains(&&*text.to_ascii_lowercase()) {
        return Err("write true or false, or put the word in quotation marks".to_owned());
    }
    if text.starts_with("- ") || text == "-" {
        return Err("begin the list on a line of its own".to_owned());
    }
    if text.contains(": ") || text.ends_with(':') {
        return Err("put the value in quotation marks: it holds a colon".to_owned());
    }
    if is_number(text) {
        let number = text
            .parse::<i64>()
            .map(Number::from)
            .ok()
            .or_else(|| text.parse().ok().and_then(Number::from_f64));
        if let Some(number) = number {
            return Ok(Value::Number(number));
        }
    }
    if is_odd_number(text) {
        return Err("write the number with decimal digits alone, or put it in quotation marks".to_owned());
    }
    Ok(Value::from(text))
}

/// Whether it is a number that all programs read alike: `4`, `-0.5`, `1e-3`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, _) = digits.split_once(['.', 'e', 'E']).unwrap_or((digits, ""));
    let is_plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let starts_well = is_plain(whole) && (whole == "0" || !whole.starts_with('0'));
    let letters = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    starts_well && letters && !digits.ends_with('.') && text.parse::<f64>().is_ok()
}

/// Whether some program takes it for a number: `012`, `+1`, `.5`, `0x1F`, `1_000`, `.inf`.
fn is_odd_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    if matches!(&*lower, ".inf" | ".nan") {
        return true;
    }
    let is_of = |rest: &str, known: fn(u8) -> bool| !rest.is_empty() && rest.bytes().all(known);
    if let Some(rest) = lower.strip_prefix("0x") {
        return is_of(rest, |byte| byte.is_ascii_hexdigit() || byte == b'_');
    }
    if let Some(rest) = lower.strip_prefix("0o").or_else(|| lower.strip_prefix("0b")) {
        return is_of(rest, |byte| byte.is_ascii_digit() || byte == b'_');
    }
    // Digits, and between them what stands in numbers; `1:30` is a number to older programs.
    let begins = lower.trim_start_matches('.').starts_with(|first: char| first.is_ascii_digit());
    let without_exponent = lower.replace("e+", "").replace("e-", "").replace('e', "");
    begins
        && is_of(&without_exponent, |byte| byte.is_ascii_digit() || b"._:".contains(&byte))
        && lower.bytes().filter(|byte| *byte == b'e').count() <= 1
        && !lower.ends_with('e')
}

/// What stands between quotation marks, and what follows behind them.
///
/// # Errors
/// What is wrong with it.
pub(super) fn quoted(text: &str) -> Result<(String, &str), String> {
    match text.chars().next() {
        Some('\'') => single(&text[1..]),
        _ => double(&text[1..]),
    }
}

const NOT_CLOSED: &str = "close the quotation mark on the same line";

fn single(text: &str) -> Result<(String, &str), String> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('\'').ok_or(NOT_CLOSED)?;
        value.push_str(before);
        match after.strip_prefix('\'') {
            Some(after) => {
                value.push('\'');
                rest = after;
            }
            None => return Ok((value, after)),
        }
    }
}

fn double(text: &str) -> Result<(String, &str), String> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => return Ok((value, &text[place + 1..])),
            '\\' => {
                let (_, escaped) = letters.next().ok_or(NOT_CLOSED)?;
                let n_digits = match escaped {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let digits: String = letters.by_ref().take(n_digits).map(|(_, digit)| digit).collect();
                value.push(unescaped(escaped, &digits)?);
            }
            _ => value.push(letter),
        }
    }
    Err(NOT_CLOSED.to_owned())
}

fn unescaped(escaped: char, digits: &str) -> Result<char, String> {
    Ok(match escaped {
        '"' | '\\' | '/' | ' ' => escaped,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        'x' | 'u' | 'U' => u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
            .ok_or_else(|| format!("`\\{escaped}{digits}` names no character"))?,
        _ => {
            return Err(format!(
                "`\\{escaped}` means nothing between quotation marks; write `\\\\` for a backslash"
            ));
        }
    })
}
