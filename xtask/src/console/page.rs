//! Reads and changes the tags of the page that Trunk wrote.

use std::ops::Range;

/// An opening tag.
pub(super) struct Tag {
    /// Where it stands in the page, `<` and `>` included.
    pub place: Range<usize>,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value; empty when the tag does not have it.
    pub(super) fn value(&self, name: &str) -> &str {
        self.attributes.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }
}

/// All tags of a name, in the order of the page.
pub(super) fn tags(html: &str, name: &str) -> Vec<Tag> {
    let opening = format!("<{name}");
    let starts = html.match_indices(&opening).map(|(start, _)| start);
    starts.filter_map(|start| tag_at(html, start, start + opening.len())).collect()
}

/// The `<meta name="…">`.
pub(super) fn meta(html: &str, name: &str) -> Option<Tag> {
    tags(html, "meta").into_iter().find(|tag| tag.value("name") == name)
}

/// The page with some places replaced, which must not overlap.
pub(super) fn replace(html: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut changed = html.to_owned();
    for (place, text) in changes {
        changed.replace_range(place, &text);
    }
    changed
}

fn tag_at(html: &str, start: usize, name_end: usize) -> Option<Tag> {
    let mut rest = html.get(name_end..)?;
    if !rest.starts_with(|next: char| next.is_whitespace() || next == '>' || next == '/') {
        return None; // a longer name
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|next: char| next.is_whitespace() || next == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some(Tag { place: start..html.len() - after.len(), attributes });
        }
        let end =
            rest.find(|next: char| next.is_whitespace() || next == '=' || next == '>' || next == '/')?;
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after)?,
            None => ("", after),
        };
        attributes.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
}

/// The value at the start of a text, and what follows it.
fn value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote);
        }
    }
    Some(text.split_at(text.find(|next: char| next.is_whitespace() || next == '>')?))
}

#[cfg(test)]
mod tests {
    use super::{meta, replace, tags};

    #[test]
    fn values_are_read_with_and_without_quotes() {
        let found =
            tags("<link rel=stylesheet href=/static/a.css integrity=\"sha384-x==\" crossorigin>", "link");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value("rel"), "stylesheet");
        assert_eq!(found[0].value("href"), "/static/a.css");
        assert_eq!(found[0].value("integrity"), "sha384-x==");
        assert_eq!(found[0].value("crossorigin"), "");
    }

    #[test]
    fn a_tag_that_closes_itself_ends_at_its_bracket() {
        let html = "<meta name='a' content='1' /><meta name=\"b\" content=\"2\">";
        assert_eq!(tags(html, "meta")[0].place, 0..29);
        assert_eq!(meta(html, "b").map(|tag| tag.value("content").to_owned()).as_deref(), Some("2"));
    }

    #[test]
    fn a_longer_name_is_another_tag() {
        assert!(tags("<links rel=a>", "link").is_empty());
    }

    #[test]
    fn replacing_keeps_what_stands_between() {
        assert_eq!(replace("a<b>c<d>", vec![(1..4, "1".to_owned()), (5..8, String::new())]), "a1c");
    }
}
