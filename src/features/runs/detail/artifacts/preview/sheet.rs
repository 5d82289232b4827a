//! A file of comma-separated values as a table.

use std::sync::Arc;

use leptos::prelude::*;

use super::csv::{self, Sheet};
use super::decode;
use super::file::Shown;
use super::growing::{Growing, OF_TABLES};
use super::lines::TextPreview;
use super::words::Note;
use crate::queries::runs::FilePart;
use crate::ui::format::integer;
use crate::ui::table::{Align, Cell, Column, RowView, TableModel, VirtualTable};

/// The most columns that are shown.
const MOST_COLUMNS: usize = 500;
/// The width of a letter and of what surrounds the text of a cell, and the widths that a column has, in CSS pixels.
const LETTER: f64 = 7.5;
const AROUND: f64 = 24.0;
const WIDTHS: (f64, f64) = (72.0, 320.0);
/// How many of the first rows decide about the width of a column and its side.
const LOOKED_AT: usize = 100;

/// What became of the text.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    Sheet(Arc<Sheet>),
    /// A quotation begins in this line and has no end.
    Open(usize),
    NoText,
}

/// The beginning of the file as a table; what is none is shown as text.
#[component]
pub(super) fn SheetPreview(file: Shown) -> impl IntoView {
    let shown = move |part: Signal<Arc<FilePart>>| {
        let is_whole = Memo::new(move |_| part.read().is_whole());
        let read = Memo::new(move |_| read(&part.read(), &file.path.read_value()));
        move || match read.get() {
            Outcome::Sheet(sheet) => view! { <Cells sheet is_whole=is_whole.get()/> }.into_any(),
            Outcome::Open(line) => {
                let text = format!(
                    "The quotation that begins in line {} has no end, so this is shown as text.",
                    integer(line as u64)
                );
                view! { <Note text/> <TextPreview file/> }.into_any()
            }
            Outcome::NoText => view! { <TextPreview file/> }.into_any(),
        }
    };
    view! { <Growing file steps=OF_TABLES children=shown/> }
}

fn read(part: &FilePart, path: &str) -> Outcome {
    let Some(decoded) = decode::text(&part.bytes, part.is_whole()) else { return Outcome::NoText };
    let is_tabbed = path.to_ascii_lowercase().ends_with(".tsv");
    let separator = if is_tabbed { '\t' } else { csv::separator(&decoded.text) };
    match csv::read(&decoded.text, separator, part.is_whole()) {
        Ok(sheet) => Outcome::Sheet(Arc::new(sheet)),
        Err(line) => Outcome::Open(line),
    }
}

#[component]
fn Cells(sheet: Arc<Sheet>, is_whole: bool) -> impl IntoView {
    let columns = columns(&sheet);
    let n_columns = sheet.n_columns();
    let hidden = n_columns.saturating_sub(MOST_COLUMNS);
    let (n_rows, said) = (sheet.rows.len(), said(&sheet, is_whole));
    let aligned: Vec<_> = columns.iter().skip(1).map(|column| column.align).collect();
    let row = move |row: usize| {
        let cells = sheet.rows.get(row);
        let cell = |(place, align): (usize, &Align)| match cells.and_then(|cells| cells.get(place)) {
            Some(text) if *align == Align::End => Cell::Number { text: text.clone(), exact: text.clone() },
            Some(text) => Cell::Text(text.clone()),
            None => Cell::Missing,
        };
        let number = Cell::Text(integer(row as u64 + 1));
        let cells = std::iter::once(number).chain(aligned.iter().enumerate().map(cell)).collect();
        RowView::Row { cells, href: None, selected: false, current: false, level: 0 }
    };
    let model = TableModel::new(Signal::stored(n_rows), Signal::stored(columns), Callback::new(row));
    let empty = || view! { <p class="muted">"There are no rows below the heading."</p> };
    view! {
        <p class="preview-note" role="status">{said}</p>
        {(hidden > 0).then(|| view! { <Note text=format!("The first {MOST_COLUMNS} columns are shown. Download the file for the other {}.", integer(hidden as u64))/> })}
        <div class="preview-table"><VirtualTable caption="Content of the file" model empty/></div>
    }
}

/// How many rows and columns there are, and what is odd about them.
fn said(sheet: &Sheet, is_whole: bool) -> String {
    let count = |n: usize, one: &str| format!("{} {one}{}", integer(n as u64), if n == 1 { "" } else { "s" });
    let first = if is_whole { "" } else { "The first " };
    let mut said =
        format!("{first}{}, {}.", count(sheet.rows.len(), "row"), count(sheet.n_columns(), "column"));
    if sheet.n_uneven > 0 {
        let have = if sheet.n_uneven == 1 { "has" } else { "have" };
        said += &format!(" {} {have} more or fewer cells than the heading.", count(sheet.n_uneven, "row"));
    }
    said
}

/// The columns, with the number of the row before them.
fn columns(sheet: &Sheet) -> Vec<Column> {
    let digits = sheet.rows.len().to_string().len();
    let number = Column {
        width: (digits as f64).mul_add(LETTER, AROUND).max(48.0),
        sortable: false,
        pinned: true,
        ..Column::new("row", "Row")
    };
    let own = (0..sheet.n_columns().min(MOST_COLUMNS)).map(|place| column(sheet, place));
    std::iter::once(number).chain(own).collect()
}

fn column(sheet: &Sheet, place: usize) -> Column {
    let named = sheet.head.get(place).filter(|name| !name.is_empty()).cloned();
    let title = named.unwrap_or_else(|| format!("Column {}", place + 1));
    let cells = || sheet.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(place));
    let longest = cells().chain([&title]).map(|text| text.chars().count()).max().unwrap_or_default();
    let is_numbers = cells().any(|text| !text.is_empty())
        && cells().all(|text| text.is_empty() || text.trim().parse::<f64>().is_ok());
    Column {
        width: (longest as f64).mul_add(LETTER, AROUND).clamp(WIDTHS.0, WIDTHS.1),
        align: if is_numbers { Align::End } else { Align::Start },
        sortable: false,
        ..Column::new(format!("{place}"), title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        csv::read(text, ',', true).unwrap_or_default()
    }

    #[test]
    fn columns_of_numbers_stand_at_the_right() {
        let columns = columns(&sheet("name,loss\na,0.5\nb,\nc,NaN\n"));
        let sides: Vec<_> = columns.iter().map(|column| (column.title.as_str(), column.align)).collect();
        assert_eq!(sides, [("Row", Align::Start), ("name", Align::Start), ("loss", Align::End)]);
    }

    #[test]
    fn cells_without_a_heading_have_one_that_counts() {
        let titles: Vec<_> = columns(&sheet("a,\n1,2,3\n")).into_iter().map(|column| column.title).collect();
        assert_eq!(titles, ["Row", "a", "Column 2", "Column 3"]);
    }

    #[test]
    fn what_is_odd_is_said() {
        assert_eq!(said(&sheet("a,b\n1,2\n"), true), "1 row, 2 columns.");
        assert_eq!(
            said(&sheet("a\n1,2\n3\n4,5\n"), false),
            "The first 3 rows, 2 columns. 2 rows have more or fewer cells than the heading."
        );
    }
}
