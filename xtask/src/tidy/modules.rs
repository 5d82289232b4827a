//! Each Rust file says what it is for, and a `mod.rs` holds nothing but modules.

use super::finding::Finding;
use super::source::Source;
use super::tokens::{self, Token};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is("rs") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if !source.text.starts_with("//!") {
        let message = "Begin the file with one `//!` line that says what it is for.";
        findings.push(Finding::new(&source.path, 1, message));
    }
    match tokens::of(&source.text) {
        // What tests share is a `mod.rs`, else cargo would run it as a test of its own.
        Ok(tokens) if source.path.ends_with("/mod.rs") && !source.path.contains("tests/") => {
            findings.extend(other_items(&source.path, &tokens))
        }
        Ok(_) => {}
        Err((line, message)) => {
            findings.push(Finding::new(&source.path, line, format!("Not Rust: {message}.")))
        }
    }
    findings
}

/// What a `mod.rs` holds besides modules and imports.
fn other_items(path: &str, tokens: &[Token]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut rest = tokens;
    while let Some(item) = item_start(rest) {
        let declares = matches!(item.first().map(Token::text), Some("mod" | "use"));
        let end = item.iter().position(|token| token.depth == 0 && (token.is(";") || token.is("}")));
        let end = end.unwrap_or(item.len() - 1);
        // A module with a body has a brace before any semicolon at its own depth.
        let has_body = item.first().is_some_and(|token| token.is("mod"))
            && item.get(end).is_some_and(|token| token.is("}"));
        if !declares || has_body {
            let message =
                "Move this to a file named for what it holds; a mod.rs has only docs, `mod` and `use` lines.";
            findings.push(Finding::new(path, item.first().map_or(1, |token| token.line), message));
        }
        let mut next = end + 1;
        if item.first().is_some_and(|token| token.is("use")) {
            // The braces of an import stand before its semicolon.
            next = item
                .iter()
                .position(|token| token.depth == 0 && token.is(";"))
                .map_or(item.len(), |at| at + 1);
        }
        rest = item.get(next..).unwrap_or_default();
    }
    findings
}

/// The tokens from the next item's keyword on, its attributes and its visibility left out.
fn item_start(tokens: &[Token]) -> Option<&[Token]> {
    let mut at = 0;
    loop {
        let token = tokens.get(at)?;
        if token.is("#") || token.is("!") || token.is("pub") {
            at += 1;
        } else if token.is("[") || token.is("(") {
            at = tokens::after_group(tokens, at);
        } else {
            return tokens.get(at..);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&source(path, text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_file_begins_with_what_it_is_for() {
        assert_eq!(lines("src/a.rs", "fn a() {}"), [1]);
        assert!(lines("src/a.rs", "//! A.\n\nfn a() {}").is_empty());
    }

    #[test]
    fn a_mod_file_may_declare_and_hand_on() {
        let text = "//! A.\n#![allow(x)]\n/// B.\npub(crate) mod b;\n#[cfg(test)]\nmod c;\npub use b::{B, c::{D, E}};\nuse f::*;\nmod g;\n";
        assert!(lines("src/a/mod.rs", text).is_empty());
    }

    #[test]
    fn a_mod_file_holds_no_code() {
        assert_eq!(
            lines(
                "src/a/mod.rs",
                "//! A.\nmod b;\npub fn c() {\n    1;\n}\nmod d {\n}\nmod e;\nconst F: u8 = 1;"
            ),
            [3, 6, 9]
        );
    }

    #[test]
    fn what_is_not_rust_is_said() {
        assert_eq!(lines("src/a.rs", "//! A.\nfn (\n").len(), 1);
    }
}
