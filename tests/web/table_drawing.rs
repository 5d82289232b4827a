//! What the table spares the browser while it is scrolled, and that nobody sees it.

use console::ui::table::{Cell, Column, RowView, TableModel};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DomRect, HtmlElement};

use crate::dressing::paint;
use crate::support::{Page, until};
use crate::table::{cell, runs, show, viewport};

fn rectangle(element: &HtmlElement) -> DomRect {
    element.get_bounding_client_rect()
}

fn style(element: &HtmlElement, property: &str) -> String {
    window().get_computed_style(element).unwrap().unwrap().get_property_value(property).unwrap()
}

fn position(element: &HtmlElement) -> String {
    style(element, "position")
}

async fn scroll_to(page: &Page, top: i32, left: i32) {
    viewport(page).set_scroll_top(top);
    viewport(page).set_scroll_left(left);
    paint().await;
}

#[wasm_bindgen_test]
async fn the_pinned_column_stays_where_it_is_however_the_table_is_scrolled() {
    let page = show(|| runs(1_000)).await;
    let left = rectangle(&cell(&page, 0, 0)).left();
    assert_eq!(position(&cell(&page, 0, 0)), "sticky");
    scroll_to(&page, 1_600, 0).await;
    assert_eq!(position(&cell(&page, 51, 0)), "sticky", "one turn is over soon");
    scroll_to(&page, 3_200, 0).await;
    let passing = cell(&page, 101, 0);
    assert_eq!(
        (position(&passing).as_str(), rectangle(&passing).left()),
        ("relative", left),
        "while rows pass"
    );
    until(|| position(&passing) == "sticky").await;
    scroll_to(&page, 6_400, 300).await;
    let aside = cell(&page, 201, 0);
    assert_eq!((position(&aside).as_str(), rectangle(&aside).left()), ("sticky", left));
    scroll_to(&page, 9_600, 300).await;
    let further = cell(&page, 301, 0);
    assert_eq!(
        (position(&further).as_str(), rectangle(&further).left()),
        ("sticky", left),
        "columns lie under it"
    );
}

#[wasm_bindgen_test]
async fn a_column_cuts_what_it_shows_unless_it_has_room_for_it() {
    let width = RwSignal::new(160.0);
    let page = show(move || {
        let columns = Signal::derive(move || {
            let column = |id: &str, room| Column { width: width.get(), room, ..Column::new(id, id) };
            vec![column("text", None), column("number", Some(100.0))]
        });
        let row = Callback::new(|_| RowView::Row {
            cells: vec![Cell::Text("a text of some length".repeat(3)), Cell::Text("0.125".to_owned())],
            href: None,
            selected: false,
            current: false,
            level: 0,
        });
        TableModel::new(Signal::stored(3), columns, row)
    })
    .await;
    let is_cut = |column: usize| style(&cell(&page, 1, column), "overflow") == "clip";
    assert_eq!((is_cut(0), is_cut(1)), (true, false));
    width.set(60.0);
    paint().await;
    assert_eq!((is_cut(0), is_cut(1)), (true, true));
}
