//! What the owner of a table tells it, and what it is told.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

/// On which side the content of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Align {
    /// The left side, for text.
    #[default]
    Start,
    /// The right side, for numbers.
    End,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Names the column in sort keys and widths; unique in the table.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The width at first, in CSS pixels.
    pub width: f64,
    /// The side on which the content stands.
    pub align: Align,
    /// Whether a click on the heading asks for an order.
    pub sortable: bool,
    /// Whether the column stays in view at the left.
    pub pinned: bool,
    /// Whether its cells can be edited; then a click on one that is no link only goes there, and Enter edits it.
    pub editable: bool,
    /// The width in CSS pixels from which on nothing that its rows show need be cut; `None` where texts may be of any length.
    pub room: Option<f64>,
    /// What the column holds, in a sentence, shown over the heading.
    pub description: Option<String>,
}

/// One key of an order; the first key of a list weighs most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// The id of the column.
    pub column: String,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// What one cell shows.
#[derive(Clone)]
pub enum Cell {
    /// A text, cut with an ellipsis.
    Text(String),
    /// A number, shortened; the exact one is its tooltip.
    Number {
        /// As shown.
        text: String,
        /// With all its digits.
        exact: String,
    },
    /// A number among others: where it stands, and how far it is from one of them.
    Measure {
        /// As shown.
        text: String,
        /// With all its digits, and what is said of it.
        exact: String,
        /// From 0 for the worst of all to 1 for the best, shown as the depth of a colour.
        standing: Option<f64>,
        /// Whether none is better; said by a mark and not by the colour alone.
        best: bool,
        /// The difference from the row that others are measured by, signed, as shown.
        change: Option<String>,
    },
    /// A number, with the course that led to it drawn before it.
    Sparkline {
        /// The number.
        number: Box<Cell>,
        /// The course at equal distances, oldest first; empty until it is known.
        values: Arc<[f64]>,
    },
    /// There is no value: an en dash.
    Missing,
    /// A real link.
    Link {
        /// As shown.
        text: String,
        /// Where it leads.
        href: String,
        /// The colour, as CSS, by which what it leads to is known elsewhere.
        mark: Option<String>,
    },
    /// Anything else. Controls in it must have `tabindex="-1"`; F2 leads into the cell.
    Custom(ViewFn),
}

/// One row. `cells` are in the order of the owner's columns.
#[derive(Clone)]
pub enum RowView {
    /// Not fetched yet.
    Loading,
    /// A row of data.
    Row {
        /// One for each column.
        cells: Vec<Cell>,
        /// The page of the row, opened in a new tab by a click with Control or Command.
        href: Option<String>,
        /// Whether the row is ticked.
        selected: bool,
        /// Whether the row is shown beside the table.
        current: bool,
        /// How many groups it lies in.
        level: usize,
    },
    /// The head of a group.
    Group {
        /// By what is grouped.
        name: String,
        /// The value that the rows below share.
        value: String,
        /// How many rows are in the group.
        count: u64,
        /// Whether the rows of the group follow.
        expanded: bool,
        /// How many groups it lies in itself.
        level: usize,
        /// One for each column; the title stands in place of the first one shown.
        cells: Vec<Cell>,
    },
}

/// Someone asked for another order; see [`cycle`](super::cycle).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortRequest {
    /// The id of the column.
    pub column: String,
    /// Whether the present keys stay.
    pub extend: bool,
}

/// Someone asked to open or close a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToggleRequest {
    /// The row of the group.
    pub row: usize,
    /// Whether all groups of its level are meant.
    pub all: bool,
}

/// Someone put a column somewhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRequest {
    /// The id of the column.
    pub column: String,
    /// The id of the column that it is to stand before; `None` for the end.
    pub before: Option<String>,
}

/// How many of the rows are ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ticked {
    /// No row.
    #[default]
    None,
    /// Some rows and not others.
    Some,
    /// Each row.
    All,
}

/// Someone ticked a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectRequest {
    /// The row.
    pub row: usize,
    /// Whether the rows from the last ticked one to this are meant.
    pub extend: bool,
}

/// Someone asked to edit a cell: with F2, a double click, or the pencil in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRequest {
    /// The row.
    pub row: usize,
    /// The id of the column.
    pub column: String,
}

/// What is being edited.
#[derive(Clone)]
pub struct Editing {
    /// The page of the row: by it the row is found again when others come and go.
    pub href: String,
    /// The id of the column.
    pub column: String,
    /// What is edited, read aloud: `Name of the run`.
    pub label: String,
    /// The editor. What has `autofocus` in it gets the focus, else its first field.
    pub view: ViewFn,
}

/// Everything a table reads and calls; all parts are handles.
#[derive(Clone, Copy)]
pub struct TableModel {
    /// How many rows there are in truth, group heads and those kept on top included.
    pub row_count: Signal<usize>,
    /// How many of them, the first ones, stay in view above the others.
    pub kept_rows: Signal<usize>,
    /// The columns; pinned ones are shown first.
    pub columns: Signal<Vec<Column>>,
    /// The row at an index below `row_count`; read reactively.
    pub row: Callback<usize, RowView>,
    /// Whether rows stand in groups.
    pub grouped: Signal<bool>,
    /// The groups that a row lies in, outermost first: each from the row of its head to behind its last row. Their heads
    /// stay in view while one scrolls through the groups. Read reactively.
    pub groups_around: Callback<usize, Vec<Range<usize>>>,
    /// Whether rows are being fetched.
    pub busy: Signal<bool>,
    /// The present order.
    pub sort: Signal<Vec<SortKey>>,
    /// Asks for another order.
    pub on_sort: Callback<SortRequest>,
    /// Tells, once a frame at most, which rows are mounted beside those kept on top, so that missing ones can be fetched.
    pub on_visible: Callback<Range<usize>>,
    /// Asks to open or close a group.
    pub on_toggle: Callback<ToggleRequest>,
    /// Enter or a double click on a row; without it the first link of the row is followed.
    pub on_open: Option<Callback<usize>>,
    /// A click or Space on a row.
    pub on_peek: Option<Callback<usize>>,
    /// The focus came to another row, by a key or a press.
    pub on_active: Option<Callback<usize>>,
    /// A tick; with it rows have checkboxes, and `x` ticks the focused row.
    pub on_select: Option<Callback<SelectRequest>>,
    /// How many rows are ticked, as the checkbox in the heading shows.
    pub ticked: Signal<Ticked>,
    /// A tick in the heading, or Control with A: all rows are meant, or none if all are ticked.
    pub on_select_all: Option<Callback<()>>,
    /// A column was given another width, in CSS pixels.
    pub on_resize: Option<Callback<(String, f64)>>,
    /// A column was put somewhere else, by its heading or with Alt, Shift and an arrow.
    pub on_move: Option<Callback<MoveRequest>>,
    /// A cell of an editable column is to be edited; the owner answers with `editing`.
    pub on_edit: Option<Callback<EditRequest>>,
    /// The editor that stands over its cell; `None` while nothing is edited. When it is gone the cell has the focus.
    pub editing: Signal<Option<Editing>>,
    /// The items of the menu of a column, by its id; with it headings have menus.
    pub column_menu: Option<Callback<String, AnyView>>,
}

impl TableModel {
    /// A table that only shows rows.
    pub fn new(
        row_count: Signal<usize>,
        columns: Signal<Vec<Column>>,
        row: Callback<usize, RowView>,
    ) -> Self {
        Self {
            row_count,
            kept_rows: Signal::stored(0),
            columns,
            row,
            grouped: Signal::stored(false),
            groups_around: Callback::new(|_| Vec::new()),
            busy: Signal::stored(false),
            sort: Signal::stored(Vec::new()),
            on_sort: Callback::new(|_| ()),
            on_visible: Callback::new(|_| ()),
            on_toggle: Callback::new(|_| ()),
            on_open: None,
            on_peek: None,
            on_active: None,
            on_select: None,
            ticked: Signal::stored(Ticked::None),
            on_select_all: None,
            on_resize: None,
            on_move: None,
            on_edit: None,
            editing: Signal::stored(None),
            column_menu: None,
        }
    }
}

impl Column {
    /// A sortable text column of 160 pixels.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            width: 160.0,
            align: Align::Start,
            sortable: true,
            pinned: false,
            editable: false,
            room: None,
            description: None,
        }
    }
}
