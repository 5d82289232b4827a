//! Views write nothing that the content security policy refuses, and nothing that turns text into markup.

use super::finding::Finding;
use super::source::Source;
use super::tokens::{self, Token};

const MARKUP_FROM_TEXT: &[&str] =
    &["inner_html", "set_inner_html", "outer_html", "set_outer_html", "insert_adjacent_html"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("src/") || !source.is_product_code() {
        return Vec::new();
    }
    let tokens = tokens::of_shipped(&source.text);
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Some(message) = wrong(&tokens, at) {
            findings.push(Finding::new(&source.path, token.line, message));
        }
    }
    findings
}

fn wrong(tokens: &[Token], at: usize) -> Option<&'static str> {
    let token = tokens.get(at)?;
    let next = |ahead: usize| tokens.get(at + ahead);
    let is_attribute = token.is_name && next(1).is_some_and(|sign| sign.is("="));
    if MARKUP_FROM_TEXT.contains(&token.text()) {
        return Some("Text must not become markup. Build a view of it.");
    }
    if is_attribute && token.is("style") && in_view(tokens, at) {
        return Some(
            "The content security policy refuses `style=`. Use a class, or `style:property` for a value from data.",
        );
    }
    let value = next(2).and_then(Token::string).unwrap_or_default();
    if is_attribute && token.is("href") && value.trim_start().to_ascii_lowercase().starts_with("javascript:")
    {
        return Some("A link must not run code. Use a button and `on:click`.");
    }
    None
}

/// Whether a token stands in a `view!`, and is not a variable that is declared there.
fn in_view(tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(..at).unwrap_or_default();
    if before.last().is_some_and(|token| ["let", "mut", "."].contains(&token.text())) {
        return false;
    }
    let Some(depth) = tokens.get(at).map(|token| token.depth) else { return false };
    let openings = before.windows(3).filter(|three| {
        matches!(three, [name, sign, open] if name.is("view") && sign.is("!") && ["{", "(", "["].contains(&open.text()))
    });
    let Some(open) = openings.filter_map(|three| three.last()).next_back() else { return false };
    let closed = before.iter().skip_while(|token| !std::ptr::eq(*token, open)).skip(1);
    depth > open.depth && closed.into_iter().all(|token| token.depth > open.depth)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    fn lines(text: &str) -> Vec<usize> {
        check(&source("src/ui/a.rs", text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn markup_from_text_is_refused() {
        assert_eq!(lines("view! {\n <p inner_html=a/> }"), [2]);
        assert_eq!(lines("fn a() { b.set_inner_html(c) }"), [1]);
        assert!(lines("// inner_html").is_empty());
    }

    #[test]
    fn a_style_attribute_is_refused_and_a_style_property_is_not() {
        assert_eq!(lines("view! { <p style=\"color: red\"/> }"), [1]);
        assert_eq!(lines("view! { <p>{move || view! {\n <b style=move || a()/> }}</p> }"), [2]);
        assert!(lines("view! { <p style:width=move || a()/> }").is_empty());
        assert!(lines("fn a() { let style = 1; view! { <p/> }; style = 2; }").is_empty());
    }

    #[test]
    fn a_link_that_runs_code_is_refused() {
        assert_eq!(lines("view! { <a href=\" JavaScript:a()\"/> }"), [1]);
        assert!(lines("view! { <a href=\"/javascript\"/> }").is_empty());
    }
}
