//! The line chart, read and zoomed by pointer and by key.

use std::sync::Arc;

use console::ui::ColourPicker;
use console::ui::chart::{Axis, Colour, Crosshair, LineChart, Point, Points, Series, WhenVisible, Zoom};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlCanvasElement, HtmlElement, PointerEvent, PointerEventInit, WheelEvent, WheelEventInit};

use crate::dressing::{mount_dressed, paint};
use crate::support::{Page, dispatch, press};

fn series(name: &str, values: impl IntoIterator<Item = f64>) -> Series {
    let points: Arc<[Point]> =
        values.into_iter().zip(0..).map(|(y, x)| Point { x: f64::from(x), y }).collect();
    Series::new(name, name, Colour::nth(0), Points::Exact(points))
}

fn ramp(name: &str, count: u32) -> Series {
    series(name, (0..count).map(f64::from))
}

async fn show(series: Vec<Series>) -> Page {
    mount_dressed(move || {
        view! { <LineChart title="loss" series=Signal::stored(series) x=Signal::stored(Axis::number("step"))/> }
    })
    .await
}

fn canvas(page: &Page) -> HtmlCanvasElement {
    page.all("canvas[role=img]").remove(0).unchecked_into()
}

fn description(page: &Page) -> String {
    canvas(page).get_attribute("aria-label").unwrap()
}

fn spoken(page: &Page) -> String {
    page.all("[role=status]").remove(0).text_content().unwrap()
}

/// Sends a pointer event at a part of the width of the canvas.
fn pointer(canvas: &HtmlElement, kind: &str, part: f64) {
    let area = canvas.get_bounding_client_rect();
    let options = PointerEventInit::new();
    options.set_bubbles(true);
    options.set_client_x((area.left() + part * area.width()) as i32);
    options.set_client_y((area.top() + area.height() / 2.0) as i32);
    canvas.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &options).unwrap()).unwrap();
}

fn drag(canvas: &HtmlElement, from: f64, to: f64) {
    pointer(canvas, "pointerdown", from);
    pointer(canvas, "pointermove", to);
    pointer(canvas, "pointerup", to);
}

fn wheel(canvas: &HtmlElement, control: bool) -> bool {
    let area = canvas.get_bounding_client_rect();
    let options = WheelEventInit::new();
    options.set_bubbles(true);
    options.set_cancelable(true);
    options.set_ctrl_key(control);
    options.set_delta_y(-120.0);
    options.set_client_x((area.left() + area.width() / 2.0) as i32);
    let event = WheelEvent::new_with_event_init_dict("wheel", &options).unwrap();
    canvas.dispatch_event(&event).unwrap();
    event.default_prevented()
}

#[wasm_bindgen_test]
async fn a_chart_is_described_in_words() {
    let page = show(vec![ramp("train", 1_001), ramp("validation", 11)]).await;
    let description = description(&page);
    assert!(
        description.starts_with("loss: line chart of train, validation. step 0 to 1,000, values 0 to 1,000."),
        "{description}"
    );
}

#[wasm_bindgen_test]
async fn dragging_zooms_and_a_double_click_shows_everything_again() {
    let page = show(vec![ramp("train", 1_001)]).await;
    let (before, whole) = (canvas(&page).to_data_url().unwrap(), description(&page));
    drag(&canvas(&page), 0.4, 0.6);
    paint().await;
    assert!(!description(&page).contains("step 0 to 1,000"), "{}", description(&page));
    assert_ne!(canvas(&page).to_data_url().unwrap(), before, "the picture follows");
    pointer(&canvas(&page), "pointerleave", 0.0);
    dispatch(&canvas(&page), "dblclick");
    paint().await;
    assert_eq!(description(&page), whole);
}

#[wasm_bindgen_test]
async fn the_wheel_zooms_only_with_control() {
    let page = show(vec![ramp("train", 1_001)]).await;
    assert!(!wheel(&canvas(&page), false), "the page scrolls");
    paint().await;
    assert!(description(&page).contains("step 0 to 1,000"));
    assert!(wheel(&canvas(&page), true));
    paint().await;
    assert!(!description(&page).contains("step 0 to 1,000"));
}

#[wasm_bindgen_test]
async fn arrow_keys_read_the_values_and_escape_stops() {
    let page = show(vec![series("train", [4.0, 2.0, 1.0])]).await;
    canvas(&page).focus().unwrap();
    press("ArrowRight");
    press("ArrowRight");
    paint().await;
    assert_eq!(spoken(&page), "step 1: train 2");
    press("Escape");
    paint().await;
    assert_eq!(spoken(&page), "");
}

#[wasm_bindgen_test]
async fn keys_zoom_and_zero_shows_everything() {
    let page = show(vec![ramp("train", 1_001)]).await;
    canvas(&page).focus().unwrap();
    press("+");
    paint().await;
    assert!(!description(&page).contains("step 0 to 1,000"));
    press("0");
    paint().await;
    assert!(description(&page).contains("step 0 to 1,000"));
}

#[wasm_bindgen_test]
async fn the_values_at_the_pointer_are_listed_nearest_first() {
    let page =
        show(vec![series("low", [0.0; 100]), series("middle", [5.0; 100]), series("high", [9.0; 100])]).await;
    pointer(&canvas(&page), "pointermove", 0.5);
    paint().await;
    let names: Vec<_> = page.all(".chart-tip-name").iter().map(|name| name.text_content().unwrap()).collect();
    assert_eq!(names[0], "middle");
    assert_eq!(page.all("[data-nearest=true]").len(), 1);
    pointer(&canvas(&page), "pointerleave", 0.5);
    paint().await;
    assert!(page.all(".chart-tip:not([hidden])").is_empty());
}

#[wasm_bindgen_test]
async fn the_data_table_lists_the_values() {
    let page = show(vec![series("train", [0.5, 0.25]), series("validation", [0.75])]).await;
    page.button("Show the values as a table").click();
    paint().await;
    let text = |selector: &str| {
        page.all(selector).iter().map(|cell| cell.text_content().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(text("thead th"), ["step", "train", "validation"]);
    assert_eq!(text("tbody td"), ["0.5", "0.75", "0.25", "–"]);
}

#[wasm_bindgen_test]
async fn a_long_data_table_is_reduced_and_says_so() {
    let page = show(vec![ramp("train", 5_000)]).await;
    page.button("Show the values as a table").click();
    paint().await;
    assert_eq!(page.all("tbody tr").len(), 500);
    assert!(page.text().contains("500 of 5,000 rows"));
}

#[wasm_bindgen_test]
async fn values_that_cannot_be_drawn_are_counted() {
    let page = show(vec![series("train", [1.0, f64::NAN, f64::INFINITY, 0.0, f64::NEG_INFINITY])]).await;
    assert!(page.text().contains("3 values are not finite."), "{}", page.text());
    page.button("Logarithmic vertical axis").click();
    paint().await;
    assert!(page.text().contains("1 value is not above 0"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_logarithmic_horizontal_axis_begins_above_zero_and_zooms_evenly() {
    let page = show(vec![ramp("train", 1_001)]).await;
    page.button("Logarithmic horizontal axis").click();
    paint().await;
    assert!(description(&page).contains("step 1 to 1,000,"), "{}", description(&page));
    assert!(page.text().contains("1 value stands at 0 or below, where a logarithmic axis has no place."));
    canvas(&page).focus().unwrap();
    press("+");
    paint().await;
    assert!(description(&page).contains("step 3.162 to 316.2,"), "{}", description(&page));
    press("Escape");
    paint().await;
    assert!(description(&page).contains("step 1 to 1,000,"), "{}", description(&page));
}

#[wasm_bindgen_test]
async fn moments_have_no_logarithm() {
    let x = Signal::stored(Axis::time("time"));
    let page = mount_dressed(move || {
        view! { <LineChart title="loss" series=Signal::stored(vec![ramp("a", 9)]) x x_log=RwSignal::new(true)/> }
    })
    .await;
    assert!(page.search("button", "Logarithmic horizontal axis").is_none());
    assert!(!description(&page).contains("nothing to draw"), "{}", description(&page));
}

#[wasm_bindgen_test]
async fn a_colour_is_chosen_from_the_palette_and_given_back() {
    let chosen = RwSignal::new(None::<Colour>);
    let page = mount_dressed(move || {
        let colour = Signal::derive(move || chosen.get().unwrap_or(Colour::nth(4)));
        let is_chosen = Signal::derive(move || chosen.read().is_some());
        let on_choose = Callback::new(move |colour| chosen.set(colour));
        view! { <ColourPicker of="falcon" colour is_chosen on_choose/> }
    })
    .await;
    page.button("Colour of falcon: teal").click();
    paint().await;
    assert_eq!(page.all("input[type=radio]").len(), 12);
    page.find("radio", "violet").click();
    paint().await;
    assert_eq!(chosen.get_untracked(), Some(Colour::nth(3)));
    assert_eq!(page.all(".colours:popover-open, [popover]:popover-open").len(), 1, "it stays open");
    page.button("Use its own colour").click();
    paint().await;
    assert_eq!(chosen.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn a_chart_without_values_says_so() {
    assert!(show(vec![series("train", [])]).await.text().contains("No values yet."));
}

#[wasm_bindgen_test]
async fn the_legend_hides_and_shows_a_line() {
    let page = show(vec![ramp("train", 11), ramp("validation", 1_001)]).await;
    page.button("validation").click();
    paint().await;
    assert!(description(&page).contains("step 0 to 10,"), "{}", description(&page));
    page.button("validation").click();
    paint().await;
    assert!(description(&page).contains("step 0 to 1,000,"));
}

#[wasm_bindgen_test]
async fn charts_that_share_their_signals_are_read_and_zoomed_together() {
    let page = mount_dressed(|| {
        let (crosshair, zoom) = (Crosshair::default(), Zoom::default());
        let x = Signal::stored(Axis::number("step"));
        let chart = move |name: &'static str| {
            view! { <LineChart title=name series=Signal::stored(vec![ramp(name, 1_001)]) x crosshair zoom/> }
        };
        view! { {chart("loss")}{chart("accuracy")} }
    })
    .await;
    let canvases = page.all("canvas[role=img]");
    let overlay: HtmlCanvasElement = page.all(".chart-overlay").remove(1).unchecked_into();
    let before = overlay.to_data_url().unwrap();
    pointer(&canvases[0], "pointermove", 0.5);
    paint().await;
    assert_ne!(overlay.to_data_url().unwrap(), before, "the other chart shows the crosshair");
    drag(&canvases[0], 0.4, 0.6);
    paint().await;
    assert!(!canvases[1].get_attribute("aria-label").unwrap().contains("step 0 to 1,000"));
}

#[wasm_bindgen_test]
async fn a_chart_out_of_view_is_not_mounted_but_keeps_its_room() {
    let page = mount_dressed(|| {
        let chart = || {
            view! { <LineChart title="loss" series=Signal::stored(vec![ramp("a", 9)]) x=Signal::stored(Axis::number("step"))/> }
        };
        (0..30).map(|_| view! { <WhenVisible height="300px">{chart()}</WhenVisible> }).collect_view()
    })
    .await;
    let mounted = page.all("canvas[role=img]").len();
    assert!((1..15).contains(&mounted), "{mounted}");
    assert!(page.root.scroll_height() >= 30 * 300);
}
