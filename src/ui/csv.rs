//! Texts in files of comma-separated values.

/// A text in which no spreadsheet sees a formula, without quotes around it. Spreadsheets differ in where they split a line:
/// one that splits at semicolons or tabs does not know our quotes, and finds cells within a text. So there is an apostrophe
/// wherever one of them may see a formula begin. The server writes its files by the same rule.
#[must_use]
pub fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 2);
    if text.starts_with(['\t', '\r', '\n']) {
        guarded.push('\'');
    }
    let mut is_begin = true;
    for character in text.chars() {
        if is_begin && begins_formula(character) {
            guarded.push('\'');
        }
        // Blanks and quotes at the begin of a cell may be dropped.
        is_begin = splits(character) || is_begin && matches!(character, ' ' | '\u{A0}' | '"');
        guarded.push(character);
    }
    guarded
}

/// As [`guarded`], in quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", guarded(text).replace('"', "\"\""))
}

/// Also in the wide forms that some programs make plain ones of.
fn begins_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether some program ends a cell here. Commas are not among them: who splits at them knows our quotes.
fn splits(character: char) -> bool {
    matches!(character, ';' | '|' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_begins_nowhere() {
        for (text, expected) in [
            ("plain-text", "plain-text"),
            ("=1+1", "'=1+1"),
            (" \"@x", " \"'@x"),
            ("a;=b|-c", "a;'=b|'-c"),
            ("a\n+b", "a\n'+b"),
            ("\t=x", "'\t'=x"),
            ("＝x", "'＝x"),
        ] {
            assert_eq!(guarded(text), expected);
        }
        assert_eq!(quoted("=\"a\""), "\"'=\"\"a\"\"\"");
    }
}
