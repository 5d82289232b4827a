//! What ships does not panic on purpose: errors are values.

use super::finding::Finding;
use super::source::Source;
use super::tokens::{self, Token};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_product_code() {
        return Vec::new();
    }
    let tokens = tokens::of_shipped(&source.text);
    let findings = tokens.windows(3).filter_map(|three| {
        let name = panicking(three)?;
        let message = format!("`{name}` ends the program. Return an error, or handle the case here.");
        Some(Finding::new(&source.path, three.first()?.line, message))
    });
    findings.collect()
}

fn panicking(three: &[Token]) -> Option<&str> {
    let [first, second, third] = three else { return None };
    if first.is(".") && (second.is("unwrap") || second.is("expect")) && third.is("(") {
        return Some(second.text());
    }
    let is_macro = ["panic", "todo", "unimplemented"].contains(&first.text()) && second.is("!");
    (is_macro && ["(", "[", "{"].contains(&third.text())).then_some(first.text())
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&source(path, text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn each_way_to_panic_is_found() {
        let text =
            "fn a() {\n b.unwrap();\n c.expect(\"d\");\n panic!();\n todo!();\n unimplemented!(\"e\");\n}";
        assert_eq!(lines("src/a.rs", text), [2, 3, 4, 5, 6]);
        assert_eq!(lines("crates/server/src/a.rs", "view! { {move || a.unwrap()} }"), [1]);
    }

    #[test]
    fn other_names_and_comments_are_fine() {
        let text = "#[expect(b)]\nfn a() { c.unwrap_or_default(); expect_context::<D>(); } // panic!()";
        assert!(lines("src/a.rs", text).is_empty());
    }

    #[test]
    fn tests_and_tasks_may_panic() {
        assert!(lines("src/a.rs", "#[cfg(test)]\nmod tests { fn a() { b.unwrap() } }").is_empty());
        assert!(lines("crates/server/tests/a.rs", "fn a() { b.unwrap() }").is_empty());
        assert!(lines("xtask/src/a.rs", "fn a() { b.unwrap() }").is_empty());
    }
}
