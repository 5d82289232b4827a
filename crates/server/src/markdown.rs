//! Turns Markdown into a tree, so that no browser ever parses markup that people wrote.

use models::document::{Document, Item, Node};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// How deep blocks and emphases may lie in each other; what lies deeper is shown without them.
const MAX_DEPTH: usize = 16;

/// The tree of a Markdown text. Raw HTML becomes text; links that are neither http, https nor mailto become their text.
#[must_use]
pub fn render(text: &str) -> Document {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut open = vec![Open::default()];
    for event in Parser::new_ext(text, options) {
        step(&mut open, event);
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|root| root.children).unwrap_or_default()
}

/// A part of the document whose end has not come yet.
#[derive(Default)]
struct Open<'a> {
    tag: Option<Tag<'a>>,
    children: Vec<Node>,
    items: Vec<Item>,
    cells: Vec<Vec<Node>>,
    rows: Vec<Vec<Vec<Node>>>,
    done: Option<bool>,
}

fn step<'a>(open: &mut Vec<Open<'a>>, event: Event<'a>) {
    let depth = open.len();
    let Some(innermost) = open.last_mut() else { return };
    match event {
        Event::Start(tag) => {
            let is_part = matches!(tag, Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell);
            let tag = (depth <= MAX_DEPTH || (is_part && innermost.tag.is_some())).then_some(tag);
            open.push(Open { tag, ..Open::default() });
        }
        Event::End(_) => close(open),
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
            push_text(&mut innermost.children, &text)
        }
        Event::Code(text) => innermost.children.push(Node::Code { text: text.into_string() }),
        Event::SoftBreak => push_text(&mut innermost.children, "\n"),
        Event::HardBreak => innermost.children.push(Node::Break),
        Event::Rule => innermost.children.push(Node::Rule),
        Event::TaskListMarker(done) => innermost.done = Some(done),
        Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
            push_text(&mut innermost.children, &text);
        }
    }
}

fn push_text(children: &mut Vec<Node>, more: &str) {
    if let Some(Node::Text { text }) = children.last_mut() {
        text.push_str(more);
    } else {
        children.push(Node::Text { text: more.to_owned() });
    }
}

/// Puts the innermost part, which is complete, into the one around it.
fn close(open: &mut Vec<Open<'_>>) {
    let Some(mut part) = open.pop() else { return };
    let Some(parent) = open.last_mut() else { return };
    let children = std::mem::take(&mut part.children);
    match part.tag.take() {
        Some(Tag::Item) => {
            // The mark of a task stands in the item's paragraph, when it has one.
            parent.items.push(Item { done: part.done, children });
        }
        Some(Tag::TableCell) => parent.cells.push(children),
        Some(Tag::TableHead | Tag::TableRow) => parent.rows.push(part.cells),
        Some(tag) => {
            parent.done = parent.done.or(part.done);
            match node(tag, children, part) {
                Ok(node) => parent.children.push(node),
                Err(children) => parent.children.extend(children),
            }
        }
        None => {
            parent.children.extend(children);
            parent.children.extend(part.items.into_iter().flat_map(|item| item.children));
            parent.children.extend(part.rows.into_iter().flatten().chain(part.cells).flatten());
        }
    }
}

/// The node that a tag stands for; the children alone where it stands for none.
fn node(tag: Tag<'_>, children: Vec<Node>, part: Open<'_>) -> Result<Node, Vec<Node>> {
    Ok(match tag {
        Tag::Heading { level, .. } => Node::Heading { level: level as u8, children },
        Tag::Paragraph | Tag::HtmlBlock => Node::Paragraph { children },
        Tag::BlockQuote(_) => Node::Quote { children },
        Tag::List(start) => Node::List { start, items: part.items },
        Tag::CodeBlock(kind) => code_block(&kind, children),
        Tag::Table(_) => {
            let mut rows = part.rows.into_iter();
            Node::Table { head: rows.next().unwrap_or_default(), rows: rows.collect() }
        }
        Tag::Emphasis => Node::Emphasis { children },
        Tag::Strong => Node::Strong { children },
        Tag::Strikethrough => Node::Strikethrough { children },
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } if is_safe(&dest_url) => {
            Node::Link { href: dest_url.into_string(), children }
        }
        Tag::Link { .. }
        | Tag::Image { .. }
        | Tag::Item
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::FootnoteDefinition(_)
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::Superscript
        | Tag::Subscript
        | Tag::MetadataBlock(_) => return Err(children),
    })
}

fn code_block(kind: &CodeBlockKind<'_>, children: Vec<Node>) -> Node {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    };
    let text =
        children.into_iter().map(|node| if let Node::Text { text } = node { text } else { String::new() });
    Node::CodeBlock { language, text: text.collect() }
}

fn is_safe(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        && !address.contains(|character: char| character.is_control() || character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_document_is_a_tree() {
        check(
            "# A *b*\n\n1. one\n2. two\n\n```rust x\nlet a;\n```\n",
            json!([
                {"kind": "heading", "level": 1, "children": [text("A "), {"kind": "emphasis", "children": [text("b")]}]},
                {"kind": "list", "start": 1, "items": [
                    {"done": null, "children": [text("one")]}, {"done": null, "children": [text("two")]}]},
                {"kind": "codeBlock", "language": "rust", "text": "let a;\n"},
            ]),
        );
    }

    #[test]
    fn tasks_and_tables_are_known() {
        check(
            "- [x] done\n\n|a|b|\n|-|-|\n|1|2|\n",
            json!([
                {"kind": "list", "start": null, "items": [{"done": true, "children": [text("done")]}]},
                {"kind": "table", "head": [[text("a")], [text("b")]], "rows": [[[text("1")], [text("2")]]]},
            ]),
        );
        check(
            "- [ ] a\n\n- [x] b\n",
            json!([{"kind": "list", "start": null, "items": [
            {"done": false, "children": [paragraph(&[text("a")])]},
            {"done": true, "children": [paragraph(&[text("b")])]}]}]),
        );
    }

    #[test]
    fn raw_html_is_text() {
        check("a <b onclick=x>b</b>", json!([paragraph(&[text("a <b onclick=x>b</b>")])]));
        check("<script>x</script>", json!([paragraph(&[text("<script>x</script>")])]));
    }

    #[test]
    fn only_addresses_of_pages_and_mail_are_links() {
        check(
            "[a](https://b.example/c)",
            json!([paragraph(&[
                json!({"kind": "link", "href": "https://b.example/c", "children": [text("a")]})
            ])]),
        );
        for address in [
            "javascript:x",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//b",
            "/b",
            "&#106;avascript:x",
            "vbscript:x",
        ] {
            check(&format!("[a]({address})"), json!([paragraph(&[text("a")])]));
            check(&format!("![a]({address})"), json!([paragraph(&[text("a")])]));
        }
    }

    #[test]
    fn what_lies_too_deep_is_shown_all_the_same() {
        let tree = render(&format!("{}x", "> ".repeat(10_000)));
        let shown = serde_json::to_string(&tree).unwrap();
        assert_eq!(shown.matches("quote").count(), MAX_DEPTH);
        assert!(shown.contains('x'));
        assert!(serde_json::to_string(&render(&"* ".repeat(30_000))).unwrap().len() < 100_000);
    }

    fn text(text: &str) -> Value {
        json!({"kind": "text", "text": text})
    }

    fn paragraph(children: &[Value]) -> Value {
        json!({"kind": "paragraph", "children": children})
    }

    #[track_caller]
    fn check(text: &str, expected: Value) {
        assert_eq!(serde_json::to_value(render(text)).unwrap(), expected);
    }
}
