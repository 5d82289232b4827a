//! Rendered Markdown as a tree: what a browser shows without ever parsing markup.

use serde::{Deserialize, Serialize};

/// A document: the blocks of a Markdown text, in order. Raw HTML in the source has become text.
pub type Document = Vec<Node>;

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Node {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        children: Vec<Node>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        children: Vec<Node>,
    },
    /// A quotation.
    Quote {
        /// Its blocks.
        children: Vec<Node>,
    },
    /// A list.
    List {
        /// The number of the first item; missing for a list with bullets.
        start: Option<u64>,
        /// The items, each with its blocks.
        items: Vec<Item>,
    },
    /// Program text.
    CodeBlock {
        /// The language that the author named, or nothing.
        language: String,
        /// The lines.
        text: String,
    },
    /// A table.
    Table {
        /// The heads of the columns.
        head: Vec<Vec<Node>>,
        /// The rows, each with as many cells as the head.
        rows: Vec<Vec<Vec<Node>>>,
    },
    /// A line between sections.
    Rule,
    /// Words.
    Text {
        /// The words, to be shown as they are.
        text: String,
    },
    /// Words of a program.
    Code {
        /// The words.
        text: String,
    },
    /// Emphasised text.
    Emphasis {
        /// The text.
        children: Vec<Node>,
    },
    /// Strongly emphasised text.
    Strong {
        /// The text.
        children: Vec<Node>,
    },
    /// Text that no longer holds.
    Strikethrough {
        /// The text.
        children: Vec<Node>,
    },
    /// A link. Images come as links with their description as text.
    Link {
        /// An `https`, `http` or `mailto` address; nothing else passes the server.
        href: String,
        /// Its text.
        children: Vec<Node>,
    },
    /// A line break.
    Break,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
pub struct Item {
    /// Whether a task is done; missing for an item that is no task.
    pub done: Option<bool>,
    /// The item's blocks.
    pub children: Vec<Node>,
}
