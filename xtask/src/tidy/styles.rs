//! Each style sheet is in the page, each class of a view has a style, and each style a view.

use std::collections::{BTreeMap, BTreeSet};

use super::css;
use super::finding::Finding;
use super::source::Source;
use super::tokens::{self, Token};

const PAGE: &str = "index.html";

/// Classes that no view writes: markup that comes from libraries or from the start script.
const WRITTEN_ELSEWHERE: &[&str] = &[];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let sheets: Vec<&Source> =
        sources.iter().filter(|source| source.path.starts_with("style/") && source.is("css")).collect();
    let views: Vec<(&Source, Vec<Token>)> = sources
        .iter()
        .filter(|source| source.path.starts_with("src/") && source.is("rs"))
        .map(|source| (source, tokens::of(&source.text).unwrap_or_default()))
        .collect();
    let mut findings = unlisted_sheets(sources, &sheets);
    let mut styled = BTreeMap::new();
    for sheet in &sheets {
        for (class, line) in css::classes(&sheet.text) {
            styled.entry(class).or_insert((&sheet.path, line));
        }
    }
    for (source, tokens) in &views {
        for (class, line) in classes_of_view(tokens) {
            if !styled.contains_key(&class) {
                let message =
                    format!("The class `{class}` is in no sheet of `style/`. Add it, or leave it out.");
                findings.push(Finding::new(&source.path, line, message));
            }
        }
    }
    let used = words(sources, &views);
    for (class, (path, line)) in styled {
        if !used.contains(class.as_str()) && !WRITTEN_ELSEWHERE.contains(&class.as_str()) {
            findings.push(Finding::new(
                path,
                line,
                format!("No view uses the class `{class}`. Remove its style."),
            ));
        }
    }
    findings
}

fn unlisted_sheets(sources: &[Source], sheets: &[&Source]) -> Vec<Finding> {
    let Some(page) = sources.iter().find(|source| source.path == PAGE) else { return Vec::new() };
    let listed: Vec<(&str, usize)> = page
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains("rel=\"css\""))
        .filter_map(|(index, line)| Some((line.split_once("href=\"")?.1.split_once('"')?.0, index + 1)))
        .collect();
    let missing = sheets.iter().filter(|sheet| !listed.iter().any(|(path, _)| *path == sheet.path));
    let missing = missing.map(|sheet| {
        let message = format!(
            "The sheet is not in {PAGE}. Add `<link data-trunk rel=\"css\" href=\"{}\" …>`.",
            sheet.path
        );
        Finding::new(&sheet.path, 1, message)
    });
    let gone = listed.iter().filter(|(path, _)| !sheets.iter().any(|sheet| sheet.path == *path));
    let gone = gone.map(|(path, line)| {
        Finding::new(PAGE, *line, format!("There is no sheet `{path}`. Remove the line."))
    });
    missing.chain(gone).collect()
}

/// The classes that views name: `class="a b"`, `class=("a", …)`, `class=(["a", "b"], …)` and `class:a=…`.
fn classes_of_view(tokens: &[Token]) -> Vec<(String, usize)> {
    let mut classes = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is("class")
            || at > 0 && tokens.get(at - 1).is_some_and(|before| ["let", "mut", "."].contains(&before.text()))
        {
            continue;
        }
        match tokens.get(at + 1).map(Token::text) {
            Some("=") => classes.extend(literals(tokens, at + 2)),
            Some(":") => classes.extend(dashed_name(tokens, at + 2).map(|name| (name, token.line))),
            _ => {}
        }
    }
    classes
}

/// The classes in the string at an index, or in the first value of the tuple there.
fn literals(tokens: &[Token], at: usize) -> Vec<(String, usize)> {
    let Some(first) = tokens.get(at) else { return Vec::new() };
    let end = if first.is("(") {
        let inside = tokens.get(at + 1).map_or(0, |token| token.depth);
        let comma = tokens.iter().skip(at).position(|token| token.is(",") && token.depth == inside);
        comma.map_or(at, |comma| at + comma)
    } else {
        at + 1
    };
    let strings = tokens.iter().take(end).skip(at).filter_map(|token| Some((token.string()?, token.line)));
    strings
        .flat_map(|(text, line)| text.split_whitespace().map(move |class| (class.to_owned(), line)))
        .collect()
}

/// A name such as `is-open`, which Rust reads as three tokens; `None` when no `=` follows.
fn dashed_name(tokens: &[Token], at: usize) -> Option<String> {
    let parts: Vec<&Token> = tokens
        .iter()
        .skip(at)
        .take_while(|token| token.is_name || token.is("-") || !token.is("=") && is_number(token))
        .collect();
    let follows = tokens.get(at + parts.len())?;
    (!parts.is_empty() && follows.is("=")).then(|| parts.iter().map(|token| token.text()).collect())
}

fn is_number(token: &Token) -> bool {
    token.text().starts_with(|first: char| first.is_ascii_digit())
}

/// Each word of a string in a view, in the page or in the start script: what can be a class at run time.
fn words(sources: &[Source], views: &[(&Source, Vec<Token>)]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (_, tokens) in views {
        for text in tokens.iter().filter_map(Token::string) {
            words.extend(text.split_whitespace().map(str::to_owned));
        }
        words.extend(classes_of_view(tokens).into_iter().map(|(class, _)| class));
    }
    let by_hand = sources.iter().filter(|source| source.path == PAGE || source.path.starts_with("public/"));
    for source in by_hand {
        words.extend(source.text.split(['"', '\'', '`', ' ', '\n', '=', '>', '<']).map(str::to_owned));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    const PAGE: &str = "<link data-trunk rel=\"css\" href=\"style/a.css\">";

    fn messages(page: &str, sheet: &str, view: &str) -> Vec<String> {
        let sources = [source("index.html", page), source("src/a.rs", view), source("style/a.css", sheet)];
        check(&sources).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sheet_must_be_in_the_page_and_the_other_way_round() {
        assert!(messages(PAGE, "", "").is_empty());
        let page = "<link data-trunk rel=\"css\" href=\"style/b.css\">";
        let found = messages(page, "", "");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("style/a.css:1:") && found[1].starts_with("index.html:1:"), "{found:?}");
    }

    #[test]
    fn a_class_in_any_form_needs_a_style() {
        let view = "view! { <p class=\"a b\"/>\n<p class=(\"c\", d)/>\n<p class=([\"e\", \"f\"], \"g\" == h)/>\n<p class:is-open=i/> }";
        let found = messages(PAGE, ".a {}", view);
        let lines: Vec<&str> = found.iter().map(|line| line.split_once(". ").unwrap().0).collect();
        let expected = [
            "1: The class `b`",
            "2: The class `c`",
            "3: The class `e`",
            "3: The class `f`",
            "4: The class `is-open`",
        ];
        let expected = expected.map(|start| format!("src/a.rs:{start} is in no sheet of `style/`"));
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_style_that_no_view_uses_is_found() {
        let found =
            messages(PAGE, ".a {}\n.b {}\n.c {}", "view! { <p class=\"a\"/> }\nconst C: &str = \"b c-d\";");
        assert_eq!(found, ["style/a.css:3: No view uses the class `c`. Remove its style."]);
    }

    #[test]
    fn a_class_that_the_page_itself_uses_is_used() {
        assert!(messages("<p class=\"a\">\n<link rel=\"css\" href=\"style/a.css\">", ".a {}", "").is_empty());
    }
}
