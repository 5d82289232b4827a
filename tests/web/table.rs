//! The table, with rows in the tens of thousands.

use std::ops::Range;

use console::ui::table::{
    Align, Cell, Column, EditRequest, Editing, RowView, SelectRequest, SortKey, SortRequest, TableModel,
    VirtualTable, cycle,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    HtmlElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit, PointerEvent, PointerEventInit,
};

use crate::dressing::{mount_dressed, paint};
use crate::support::{Page, press};

pub(crate) fn columns(count: usize) -> Signal<Vec<Column>> {
    let column = |n: usize| match n {
        0 => Column { pinned: true, ..Column::new("run", "Run") },
        n => Column { align: Align::End, ..Column::new(format!("m{n}"), format!("Metric {n}")) },
    };
    Signal::stored((0..count).map(column).collect())
}

fn row_of(columns: usize) -> Callback<usize, RowView> {
    Callback::new(move |row: usize| {
        let name = Cell::Link { text: format!("run {row}"), href: format!("#run-{row}"), mark: None };
        let metric = |n: usize| Cell::Number { text: format!("{row}.{n}"), exact: format!("{row}.{n}00") };
        let cells = std::iter::once(name).chain((1..columns).map(metric)).collect();
        RowView::Row { cells, href: None, selected: false, current: false, level: 0 }
    })
}

/// A table of runs with thirty columns.
pub(crate) fn runs(rows: usize) -> TableModel {
    TableModel::new(Signal::stored(rows), columns(30), row_of(30))
}

pub(crate) async fn show(model: impl FnOnce() -> TableModel + 'static) -> Page {
    mount_dressed(move || view! { <VirtualTable caption="Runs" model=model()/> }).await
}

pub(crate) fn viewport(page: &Page) -> HtmlElement {
    page.all("[role=grid], [role=treegrid]").remove(0)
}

#[track_caller]
pub(crate) fn cell(page: &Page, row: usize, column: usize) -> HtmlElement {
    let found = page.all(&format!("[aria-rowindex='{}'] > [aria-colindex='{}']", row + 2, column + 1));
    found.into_iter().next().unwrap_or_else(|| panic!("no cell {column} of row {row}"))
}

#[track_caller]
fn heading(page: &Page, title: &str) -> HtmlElement {
    page.all("[role=columnheader]")
        .into_iter()
        .find(|heading| heading.text_content().unwrap().starts_with(title))
        .unwrap()
}

pub(crate) fn focused_text() -> String {
    document().active_element().unwrap().text_content().unwrap()
}

fn press_with(key: &str, change: impl Fn(&KeyboardEventInit)) {
    let options = KeyboardEventInit::new();
    options.set_key(key);
    options.set_bubbles(true);
    options.set_cancelable(true);
    change(&options);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    document().active_element().unwrap().dispatch_event(&event).unwrap();
}

fn click_with_shift(target: &HtmlElement) {
    let options = MouseEventInit::new();
    options.set_shift_key(true);
    options.set_bubbles(true);
    target.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &options).unwrap()).unwrap();
}

fn pointer(target: &HtmlElement, kind: &str, x: i32) {
    let options = PointerEventInit::new();
    options.set_bubbles(true);
    options.set_client_x(x);
    target.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &options).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_table_of_100_000_rows_mounts_fewer_than_3_000_nodes() {
    let page = show(|| runs(100_000)).await;
    assert_eq!(viewport(&page).get_attribute("aria-rowcount").as_deref(), Some("100001"));
    let rows = page.all("[role=row][data-line]").len();
    assert!((12..=61).contains(&rows), "{rows} rows");
    viewport(&page).set_scroll_top(1_000_000);
    paint().await;
    let nodes = page.all("*").len();
    assert!((300..3_000).contains(&nodes), "{nodes} nodes");
}

#[wasm_bindgen_test]
async fn scrolling_shows_the_rows_of_the_new_place() {
    let page = show(|| runs(100_000)).await;
    assert_eq!(cell(&page, 0, 0).text_content().unwrap(), "run 0");
    viewport(&page).set_scroll_top(32 * 50_000);
    paint().await;
    let (row, frame) = (cell(&page, 50_000, 0), viewport(&page).get_bounding_client_rect());
    assert_eq!(row.text_content().unwrap(), "run 50000");
    let below_header = row.get_bounding_client_rect().top() - frame.top();
    assert!((below_header - 32.0).abs() < 1.0, "{below_header}");
}

#[wasm_bindgen_test]
async fn the_row_at_the_top_stays_there_when_rows_get_higher() {
    let page = show(|| runs(100_000)).await;
    viewport(&page).set_scroll_top(32 * 50_000 + 8);
    paint().await;
    let root = document().document_element().unwrap();
    root.set_attribute("data-density", "comfortable").unwrap();
    let _frames = (paint().await, paint().await);
    let [row, frame] = [cell(&page, 50_000, 0), viewport(&page)].map(|seen| seen.get_bounding_client_rect());
    root.remove_attribute("data-density").unwrap();
    assert_eq!(row.height(), 40.0 - 1.0, "below a cell is the line of its row");
    // A quarter of the row is hidden behind the header, as before.
    assert!((row.top() - frame.top() - 30.0).abs() < 1.0, "{}", row.top() - frame.top());
}

#[wasm_bindgen_test]
async fn the_last_of_two_million_rows_can_be_reached() {
    let page = show(|| runs(2_000_000)).await;
    viewport(&page).set_scroll_top(i32::MAX);
    paint().await;
    let bottom = cell(&page, 1_999_999, 0).get_bounding_client_rect().bottom();
    let frame = viewport(&page).get_bounding_client_rect();
    assert!(bottom <= frame.bottom() && bottom > frame.bottom() - 60.0, "{bottom} in {}", frame.bottom());
}

#[wasm_bindgen_test]
async fn only_columns_in_view_are_mounted_when_there_are_hundreds() {
    let page = show(|| TableModel::new(Signal::stored(50), columns(300), row_of(300))).await;
    assert!(page.all("[role=columnheader]").len() < 20);
    viewport(&page).set_scroll_left(160 * 200);
    paint().await;
    let (pinned, far) = (cell(&page, 0, 0), cell(&page, 0, 202));
    assert_eq!(far.text_content().unwrap(), "0.202");
    let frame = viewport(&page).get_bounding_client_rect();
    assert!((pinned.get_bounding_client_rect().left() - frame.left()).abs() < 1.0);
    assert_eq!(far.get_bounding_client_rect().left() - frame.left(), 320.0);
    assert_eq!(
        heading(&page, "Metric 202").get_bounding_client_rect().left(),
        far.get_bounding_client_rect().left()
    );
}

#[wasm_bindgen_test]
async fn arrow_keys_move_the_focus_and_there_is_one_tab_stop() {
    let page = show(|| runs(100_000)).await;
    cell(&page, 0, 0).focus().unwrap();
    press("ArrowDown");
    paint().await;
    press("ArrowRight");
    paint().await;
    assert_eq!(focused_text(), "1.1");
    press_with("End", |key| key.set_ctrl_key(true));
    paint().await;
    assert_eq!(focused_text(), "99999.29");
    press_with("Home", |key| key.set_ctrl_key(true));
    paint().await;
    press("ArrowUp");
    paint().await;
    assert_eq!(focused_text(), "Run");
    assert_eq!(page.all("[tabindex='0']").len(), 1);
}

#[wasm_bindgen_test]
async fn the_focus_waits_for_a_row_that_was_scrolled_away() {
    let page = show(|| runs(100_000)).await;
    cell(&page, 3, 1).click();
    paint().await;
    assert_eq!(focused_text_after_focus(&page, 3, 1).await, "3.1");
    viewport(&page).set_scroll_top(1_000_000);
    paint().await;
    assert!(document().active_element().unwrap().is_same_node(Some(&viewport(&page))));
    press("ArrowDown");
    paint().await;
    assert_eq!(focused_text(), "4.1");
}

async fn focused_text_after_focus(page: &Page, row: usize, column: usize) -> String {
    cell(page, row, column).focus().unwrap();
    paint().await;
    focused_text()
}

#[wasm_bindgen_test]
async fn a_header_click_asks_for_ascending_then_descending_order_and_shift_adds_a_key() {
    let sort = RwSignal::new(Vec::<SortKey>::new());
    let page = show(move || TableModel {
        sort: sort.into(),
        on_sort: Callback::new(move |asked: SortRequest| {
            sort.update(|keys| *keys = cycle(keys, &asked.column, asked.extend));
        }),
        ..runs(100)
    })
    .await;
    heading(&page, "Metric 2").click();
    paint().await;
    assert_eq!(heading(&page, "Metric 2").get_attribute("aria-sort").as_deref(), Some("ascending"));
    heading(&page, "Metric 2").click();
    paint().await;
    assert_eq!(heading(&page, "Metric 2").get_attribute("aria-sort").as_deref(), Some("descending"));
    click_with_shift(&heading(&page, "Metric 3"));
    paint().await;
    assert_eq!(heading(&page, "Metric 3").text_content().unwrap(), "Metric 32");
    assert_eq!(heading(&page, "Metric 2").text_content().unwrap(), "Metric 21");
}

#[wasm_bindgen_test]
async fn enter_opens_the_row_and_follows_the_link_of_the_cell() {
    let (opened, followed) = (RwSignal::new(None), RwSignal::new(None));
    let page = mount_dressed(move || {
        let model =
            TableModel { on_open: Some(Callback::new(move |row| opened.set(Some(row)))), ..runs(100) };
        let follow = move |event: MouseEvent| {
            event.prevent_default();
            followed.set(event_target::<HtmlElement>(&event).get_attribute("href"));
        };
        view! { <div style:height="100%" on:click=follow><VirtualTable caption="Runs" model/></div> }
    })
    .await;
    cell(&page, 0, 1).focus().unwrap();
    press("ArrowDown");
    paint().await;
    press("ArrowRight");
    paint().await;
    press("Enter");
    assert_eq!((opened.get_untracked(), followed.get_untracked()), (Some(1), None));
    press("Home");
    paint().await;
    press("Enter");
    assert_eq!(followed.get_untracked().as_deref(), Some("#run-1"));
}

#[wasm_bindgen_test]
async fn rows_can_be_ticked_by_pointer_and_by_key() {
    let asked = RwSignal::new(Vec::new());
    let page = show(move || TableModel {
        on_select: Some(Callback::new(move |request| asked.update(|asked| asked.push(request)))),
        ..runs(100)
    })
    .await;
    let boxes = page.all("input[type=checkbox]");
    assert_eq!(boxes[4].get_attribute("aria-label").as_deref(), Some("Select row 5"));
    boxes[4].click();
    click_with_shift(&boxes[7]);
    cell(&page, 0, 1).focus().unwrap();
    paint().await;
    press("x");
    let expected = [(4, false), (7, true), (0, false)].map(|(row, extend)| SelectRequest { row, extend });
    assert_eq!(asked.get_untracked(), expected);
}

#[wasm_bindgen_test]
async fn a_column_is_widened_by_its_edge_and_by_key() {
    let told = RwSignal::new(None);
    let page = show(move || TableModel {
        on_resize: Some(Callback::new(move |width| told.set(Some(width)))),
        ..runs(100)
    })
    .await;
    let edge: HtmlElement =
        heading(&page, "Metric 1").query_selector(".table-edge").unwrap().unwrap().unchecked_into();
    pointer(&edge, "pointerdown", 300);
    pointer(&edge, "pointermove", 350);
    pointer(&edge, "pointerup", 350);
    paint().await;
    assert_eq!(told.get_untracked(), Some(("m1".to_owned(), 210.0)));
    assert_eq!(cell(&page, 0, 1).get_bounding_client_rect().width(), 210.0);
    cell(&page, 0, 0).focus().unwrap();
    press("ArrowUp");
    paint().await;
    press_with("ArrowRight", |key| key.set_alt_key(true));
    assert_eq!(told.get_untracked(), Some(("run".to_owned(), 176.0)));
}

#[wasm_bindgen_test]
async fn rows_that_are_missing_are_asked_for_and_shown_when_they_come() {
    let here = RwSignal::new(false);
    let asked = RwSignal::new(0..0);
    let row = Callback::new(move |row: usize| if here.get() { row_of(2).run(row) } else { RowView::Loading });
    let page = show(move || TableModel {
        on_visible: Callback::new(move |rows: Range<usize>| asked.set(rows)),
        ..TableModel::new(Signal::stored(1_000), columns(2), row)
    })
    .await;
    assert_eq!(cell(&page, 0, 0).text_content().unwrap(), "Loading");
    let rows = asked.get_untracked();
    assert!(rows.start == 0 && rows.end >= 12, "{rows:?}");
    cell(&page, 2, 1).focus().unwrap();
    press("ArrowDown");
    paint().await;
    here.set(true);
    paint().await;
    assert_eq!(cell(&page, 2, 0).text_content().unwrap(), "run 2");
    assert!(
        document().active_element().unwrap().has_attribute("data-column"),
        "the focus stays in the table"
    );
}

/// A table of two columns, the second of which can be edited; the rows begin with the run `first`.
fn edited(
    first: RwSignal<usize>,
    editing: RwSignal<Option<Editing>>,
    asked: RwSignal<Vec<EditRequest>>,
) -> TableModel {
    let columns = vec![
        Column { pinned: true, ..Column::new("run", "Run") },
        Column { editable: true, ..Column::new("note", "Note") },
    ];
    let row = Callback::new(move |row: usize| {
        let run = first.get() + row;
        let name = Cell::Link { text: format!("run {run}"), href: format!("#run-{run}"), mark: None };
        let cells = vec![name, Cell::Text(format!("note {run}"))];
        RowView::Row { cells, href: Some(format!("#run-{run}")), selected: false, current: false, level: 0 }
    });
    TableModel {
        on_edit: Some(Callback::new(move |request| asked.update(|all| all.push(request)))),
        editing: editing.into(),
        ..TableModel::new(Signal::stored(100), Signal::stored(columns), row)
    }
}

fn editor_of(run: usize) -> Editing {
    Editing {
        href: format!("#run-{run}"),
        column: "note".to_owned(),
        label: "Edit".to_owned(),
        view: (|| view! { <input aria-label="Note"/> }).into(),
    }
}

#[wasm_bindgen_test]
async fn a_cell_is_edited_by_its_keys_its_pencil_and_a_double_click() {
    let (first, editing) = (RwSignal::new(0), RwSignal::new(None));
    let (asked, opened) = (RwSignal::new(Vec::new()), RwSignal::new(0));
    let page = show(move || TableModel {
        on_open: Some(Callback::new(move |_| opened.update(|n| *n += 1))),
        on_peek: Some(Callback::new(move |_| opened.update(|n| *n += 1))),
        ..edited(first, editing, asked)
    })
    .await;
    cell(&page, 3, 1).focus().unwrap();
    press("F2");
    press("Enter");
    let double = MouseEventInit::new();
    double.set_bubbles(true);
    let double = MouseEvent::new_with_mouse_event_init_dict("dblclick", &double).unwrap();
    cell(&page, 3, 1).click();
    cell(&page, 3, 1).dispatch_event(&double).unwrap();
    let pencil = cell(&page, 3, 1).query_selector(".table-pencil").unwrap().unwrap();
    pencil.dyn_into::<HtmlElement>().unwrap().click();
    let request = EditRequest { row: 3, column: "note".to_owned() };
    assert_eq!(asked.get_untracked(), vec![request; 4]);
    assert_eq!(opened.get_untracked(), 0, "a click in it opens nothing");
    cell(&page, 3, 0).focus().unwrap();
    press("F2");
    assert_eq!(asked.read_untracked().len(), 4, "what is not editable asks for nothing");
}

#[wasm_bindgen_test]
async fn the_editor_stands_over_its_cell_and_follows_its_row() {
    let (first, editing, asked) = (RwSignal::new(5), RwSignal::new(None), RwSignal::new(Vec::new()));
    let page = show(move || edited(first, editing, asked)).await;
    cell(&page, 3, 1).focus().unwrap();
    editing.set(Some(editor_of(8)));
    paint().await;
    let stands_over = |row: usize| {
        let editor = page.all(".table-editor").remove(0).get_bounding_client_rect();
        let cell = cell(&page, row, 1).get_bounding_client_rect();
        assert!((editor.top() - cell.top()).abs() < 1.0, "{} at {}", editor.top(), cell.top());
        assert!((editor.left() - cell.left()).abs() < 1.0, "{} at {}", editor.left(), cell.left());
    };
    stands_over(3);
    let field = document().active_element().unwrap();
    assert_eq!(field.get_attribute("aria-label").as_deref(), Some("Note"));
    // Two runs come in above; what was typed stays where it is.
    field.unchecked_ref::<web_sys::HtmlInputElement>().set_value("typed");
    first.set(3);
    paint().await;
    stands_over(5);
    assert_eq!(field.unchecked_ref::<web_sys::HtmlInputElement>().value(), "typed");
    assert!(document().active_element().unwrap().is_same_node(Some(&field)));
    editing.set(None);
    paint().await;
    assert_eq!(focused_text(), "note 8");
}
