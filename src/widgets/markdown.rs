//! Documents that people wrote. The server has parsed them: no text ever becomes markup here.

use leptos::prelude::*;
use models::document::{Item, Node};

use crate::ui::{CodeBlock, Icon, IconName, link::web_host};

/// A document.
#[component]
pub fn Markdown(
    /// Its blocks.
    #[prop(into)]
    document: Signal<Vec<Node>>,
) -> impl IntoView {
    view! { <div class="document">{move || nodes(&document.read())}</div> }
}

fn nodes(nodes: &[Node]) -> Vec<AnyView> {
    nodes.iter().map(node).collect()
}

fn node(node: &Node) -> AnyView {
    match node {
        Node::Heading { level, children } => heading(*level, nodes(children)),
        Node::Paragraph { children } => view! { <p>{nodes(children)}</p> }.into_any(),
        Node::Quote { children } => view! { <blockquote>{nodes(children)}</blockquote> }.into_any(),
        Node::List { start, items } => list(*start, items),
        Node::CodeBlock { language, text } => code_block(language, text),
        Node::Table { head, rows } => table(head, rows),
        Node::Rule => view! { <hr/> }.into_any(),
        Node::Text { text } => text.clone().into_any(),
        Node::Code { text } => view! { <code>{text.clone()}</code> }.into_any(),
        Node::Emphasis { children } => view! { <em>{nodes(children)}</em> }.into_any(),
        Node::Strong { children } => view! { <strong>{nodes(children)}</strong> }.into_any(),
        Node::Strikethrough { children } => view! { <s>{nodes(children)}</s> }.into_any(),
        Node::Link { href, children } => link(href, children),
        Node::Break => view! { <br/> }.into_any(),
    }
}

/// The page has its title and its sections: the document's headings begin below them.
fn heading(level: u8, children: Vec<AnyView>) -> AnyView {
    match level {
        0 | 1 => view! { <h3>{children}</h3> }.into_any(),
        2 => view! { <h4>{children}</h4> }.into_any(),
        3 => view! { <h5>{children}</h5> }.into_any(),
        4.. => view! { <h6>{children}</h6> }.into_any(),
    }
}

fn list(start: Option<u64>, items: &[Item]) -> AnyView {
    let items = items.iter().map(item).collect_view();
    match start {
        Some(first) => view! { <ol start=first.to_string()>{items}</ol> }.into_any(),
        None => view! { <ul>{items}</ul> }.into_any(),
    }
}

fn item(item: &Item) -> impl IntoView + use<> {
    let mark = item.done.map(|done| {
        let (icon, words) =
            if done { (IconName::CheckCircle, "Done: ") } else { (IconName::Circle, "To do: ") };
        view! { <Icon name=icon/> <span class="visually-hidden">{words}</span> }
    });
    view! { <li data-task=item.done.map(|done| done.to_string())>{mark} {nodes(&item.children)}</li> }
}

fn code_block(language: &str, text: &str) -> AnyView {
    let title = Some(language.to_owned()).filter(|language| !language.is_empty());
    view! { <CodeBlock code=text.to_owned() nostrip:title=title/> }.into_any()
}

fn table(head: &[Vec<Node>], rows: &[Vec<Vec<Node>>]) -> AnyView {
    let head = head.iter().map(|cell| view! { <th scope="col">{nodes(cell)}</th> }).collect_view();
    let row = |row: &Vec<Vec<Node>>| {
        let cells = row.iter().map(|cell| view! { <td>{nodes(cell)}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    };
    let rows = rows.iter().map(row).collect_view();
    view! {
        <div class="document-table" tabindex="0">
            <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

/// A link out of the console, with the host beside it, so that nobody is led astray.
fn link(href: &str, children: &[Node]) -> AnyView {
    let Some(href) = safe_href(href) else { return nodes(children).into_any() };
    let host = web_host(href).filter(|host| !plain_text(children).contains(*host)).map(str::to_owned);
    view! {
        <a href=href.to_owned() target="_blank" rel="noopener noreferrer nofollow">{nodes(children)}</a>
        {host.map(|host| view! { <span class="external-link-host">" (" {host} ")"</span> })}
    }
    .into_any()
}

/// The address, if it is one that may be followed: `http`, `https` or `mailto`.
fn safe_href(href: &str) -> Option<&str> {
    let mail = href.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    (mail || web_host(href).is_some()).then_some(href)
}

fn plain_text(nodes: &[Node]) -> String {
    let text = |node: &Node| match node {
        Node::Text { text } | Node::Code { text } => text.clone(),
        Node::Emphasis { children } | Node::Strong { children } | Node::Strikethrough { children } => {
            plain_text(children)
        }
        Node::Heading { .. }
        | Node::Paragraph { .. }
        | Node::Quote { .. }
        | Node::List { .. }
        | Node::CodeBlock { .. }
        | Node::Table { .. }
        | Node::Rule
        | Node::Link { .. }
        | Node::Break => String::new(),
    };
    nodes.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::safe_href;

    #[test]
    fn only_web_and_mail_addresses_are_followed() {
        for good in ["https://example.org/a", "HTTP://example.org", "mailto:ann@example.org"] {
            assert_eq!(safe_href(good), Some(good));
        }
        for bad in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x", "", "mailto"] {
            assert_eq!(safe_href(bad), None, "{bad}");
        }
    }
}
