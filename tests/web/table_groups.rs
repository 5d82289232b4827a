//! The table in groups: how they are opened, and their heads while one scrolls.

use console::ui::table::{Cell, RowView, TableModel, ToggleRequest};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::dressing::paint;
use crate::support::press;
use crate::table::{cell, columns, focused_text, show, viewport};

#[wasm_bindgen_test]
async fn a_group_is_opened_by_a_click_and_by_the_right_arrow() {
    let open = RwSignal::new(false);
    let row = Callback::new(move |row: usize| match row {
        0 => RowView::Group {
            name: "data".into(),
            value: "wine".into(),
            count: 9,
            expanded: open.get(),
            level: 0,
            cells: Vec::new(),
        },
        n => RowView::Row {
            cells: vec![Cell::Text(format!("run {n}"))],
            href: None,
            selected: false,
            current: false,
            level: 1,
        },
    });
    let page = show(move || TableModel {
        grouped: Signal::stored(true),
        on_toggle: Callback::new(move |_: ToggleRequest| open.update(|open| *open = !*open)),
        ..TableModel::new(Signal::derive(move || if open.get() { 10 } else { 1 }), columns(3), row)
    })
    .await;
    let head = page.all("[aria-expanded]").remove(0);
    assert_eq!(
        (head.get_attribute("aria-level"), head.get_attribute("aria-expanded")),
        (Some("1".into()), Some("false".into()))
    );
    cell(&page, 0, 0).click();
    paint().await;
    assert_eq!(cell(&page, 9, 0).text_content().unwrap(), "run 9");
    cell(&page, 0, 0).focus().unwrap();
    press("ArrowLeft");
    paint().await;
    assert!(!open.get_untracked());
    press("ArrowRight");
    paint().await;
    assert!(open.get_untracked());
}

/// Ten groups of 99 runs, all opened.
fn grouped() -> TableModel {
    let row = Callback::new(|row: usize| match row % 100 {
        0 => RowView::Group {
            name: "data".into(),
            value: format!("set {}", row / 100),
            count: 99,
            expanded: true,
            level: 0,
            cells: Vec::new(),
        },
        _ => RowView::Row {
            cells: vec![Cell::Text(format!("run {row}"))],
            href: None,
            selected: false,
            current: false,
            level: 1,
        },
    });
    let around = |row: usize| match row % 100 {
        0 => Vec::new(),
        _ => std::iter::once(row / 100 * 100..row / 100 * 100 + 100).collect(),
    };
    TableModel {
        grouped: Signal::stored(true),
        groups_around: Callback::new(around),
        ..TableModel::new(Signal::stored(1_000), columns(3), row)
    }
}

#[wasm_bindgen_test]
async fn the_head_of_a_long_group_stays_in_view_for_the_eye_alone() {
    let page = show(grouped).await;
    let copies = || page.all(".table-heads > .table-row");
    assert!(copies().is_empty());
    viewport(&page).set_scroll_top(32 * 250);
    paint().await;
    let header = page.all(".table-header")[0].get_bounding_client_rect();
    assert_eq!(copies().len(), 1);
    assert!(copies()[0].text_content().unwrap().contains("set 2"));
    assert_eq!(copies()[0].get_bounding_client_rect().top(), header.bottom());
    assert!(page.all(".table-heads[aria-hidden=true] [tabindex], .table-heads [aria-rowindex]").is_empty());
    // The next head pushes it away.
    viewport(&page).set_scroll_top(32 * 299 + 8);
    paint().await;
    assert_eq!(copies()[0].get_bounding_client_rect().top(), header.bottom() - 8.0);
    viewport(&page).set_scroll_top(32 * 300);
    paint().await;
    assert!(copies().is_empty());
}

#[wasm_bindgen_test]
async fn keys_go_to_rows_below_the_head_that_stays_and_a_press_on_it_leads_to_the_row() {
    let page = show(grouped).await;
    viewport(&page).set_scroll_top(32 * 250);
    paint().await;
    let header = page.all(".table-header")[0].get_bounding_client_rect();
    cell(&page, 253, 0).focus().unwrap();
    paint().await;
    for _ in 0..4 {
        press("ArrowUp");
        paint().await;
    }
    assert_eq!(focused_text(), "run 249");
    let top = cell(&page, 249, 0).get_bounding_client_rect().top();
    assert_eq!(top, header.bottom() + 32.0);
    page.all(".table-heads > .table-row > .table-cell")[0].click();
    paint().await;
    assert!(focused_text().contains("set 2"), "{}", focused_text());
    assert_eq!(cell(&page, 200, 0).get_bounding_client_rect().top(), header.bottom());
}
