//! Reads the class names of a style sheet.

/// Each class that a selector names, and its line.
pub(super) fn classes(sheet: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let text = without_comments_and_strings(sheet);
    let mut start = 0;
    for (at, _) in text.match_indices(['{', '}', ';']) {
        // What ends in a brace that opens is a selector or an at-rule; the rest are declarations.
        if text[at..].starts_with('{') {
            let selector = &text[start..at];
            if !selector.trim_start().starts_with("@layer") {
                found.extend(in_selector(selector).map(|(name, offset)| {
                    let line = text[..start + offset].matches('\n').count() + 1;
                    (name, line)
                }));
            }
        }
        start = at + 1;
    }
    found
}

fn in_selector(selector: &str) -> impl Iterator<Item = (String, usize)> {
    selector.match_indices('.').filter_map(|(dot, _)| {
        let rest = &selector[dot + 1..];
        let end = rest
            .find(|next: char| !next.is_alphanumeric() && next != '-' && next != '_')
            .unwrap_or(rest.len());
        let is_name = rest.starts_with(|first: char| first.is_alphabetic() || first == '_' || first == '-');
        is_name.then(|| (rest[..end].to_owned(), dot))
    })
}

/// The sheet with comments and strings blanked out, lines kept.
fn without_comments_and_strings(sheet: &str) -> String {
    let mut text = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if next == '"' || next == '\'' {
            rest[1..].find(next).map_or(rest.len(), |end| end + 2)
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        };
        text.extend(rest[..length].chars().map(|blanked| if blanked == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::classes;

    fn names(sheet: &str) -> Vec<String> {
        classes(sheet).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn classes_of_selectors_are_found_with_their_lines() {
        let sheet = "@layer ui {\n  .button, a.link:not(.plain) {\n    &.wide { width: 1.5rem }\n  }\n}";
        let expected = [("button", 2), ("link", 2), ("plain", 2), ("wide", 3)];
        let expected: Vec<_> = expected.map(|(name, line)| (name.to_owned(), line)).into();
        assert_eq!(classes(sheet), expected);
    }

    #[test]
    fn layers_values_comments_and_strings_hold_no_classes() {
        let sheet = "@layer ui.forms { .a { margin: .5em; background: url(\"x.png\"); } } /* .b { } */";
        assert_eq!(names(sheet), ["a"]);
    }

    #[test]
    fn conditions_hold_no_classes() {
        assert_eq!(names("@media (min-width: 40.5rem) { .a-b { color: red } }"), ["a-b"]);
    }
}
