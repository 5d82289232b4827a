//! Charts of parallel axes and of boxes, by pointer and by key.

use console::ui::chart::{
    BoxChart, BoxGroup, Brushes, Colour, Dimension, ParallelChart, Strand, Values, passing,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, PointerEvent, PointerEventInit};

use crate::dressing::{mount_dressed, paint};
use crate::support::{Page, focused, press};

fn dimensions() -> Vec<Dimension> {
    let dimension = |id: &str, values| Dimension { id: id.to_owned(), name: id.to_owned(), values };
    let names = ["adam", "sgd", "adam"].map(|name| Some(name.to_owned())).to_vec();
    vec![
        dimension("rate", Values::Numbers(vec![Some(0.1), Some(0.2), Some(0.4)])),
        dimension("optimizer", Values::Names(names)),
        dimension("loss", Values::Numbers(vec![Some(3.0), Some(2.0), None])),
    ]
}

fn strands() -> Vec<Strand> {
    let strand = |name: &str| Strand { name: name.to_owned(), href: "#".to_owned(), colour: Colour::nth(0) };
    ["one", "two", "three"].map(strand).to_vec()
}

async fn show(brushes: RwSignal<Brushes>, dimensions: RwSignal<Vec<Dimension>>) -> Page {
    mount_dressed(move || {
        let on_order = Callback::new(move |ids: Vec<String>| {
            dimensions.update(|all| all.sort_by_key(|own| ids.iter().position(|id| *id == own.id)));
        });
        let logs = RwSignal::new(Vec::new());
        view! { <ParallelChart title="Parameters" strands=Signal::stored(strands()) dimensions brushes logs on_order/> }
    })
    .await
}

fn parts(brushes: RwSignal<Brushes>) -> Vec<bool> {
    passing(&dimensions(), &brushes.get_untracked(), 3)
}

fn pointer(element: &HtmlElement, kind: &str, part: f64) {
    let area = element.get_bounding_client_rect();
    let options = PointerEventInit::new();
    options.set_bubbles(true);
    options.set_client_x((area.left() + area.width() / 2.0) as i32);
    options.set_client_y((area.top() + part * area.height()) as i32);
    element.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &options).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn an_axis_is_brushed_by_dragging_and_freed_by_a_click() {
    let brushes = RwSignal::new(Brushes::new());
    let page = show(brushes, RwSignal::new(dimensions())).await;
    let strip = page.all(".parallel-strip").remove(0);
    pointer(&strip, "pointerdown", 0.4);
    pointer(&strip, "pointermove", 0.99);
    pointer(&strip, "pointerup", 0.99);
    paint().await;
    assert_eq!(parts(brushes), [true, true, false]);
    assert!(page.text().contains("2 of 3 lines pass the brushes."), "{}", page.text());
    pointer(&strip, "pointerdown", 0.1);
    pointer(&strip, "pointerup", 0.1);
    paint().await;
    assert!(brushes.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn an_axis_is_brushed_by_keys_and_names_step_by_step() {
    let brushes = RwSignal::new(Brushes::new());
    let page = show(brushes, RwSignal::new(dimensions())).await;
    let least = page.find("slider", "Least optimizer");
    least.focus().unwrap();
    press("ArrowUp");
    paint().await;
    assert_eq!(parts(brushes), [false, true, false]);
    assert_eq!(least.get_attribute("aria-valuetext").as_deref(), Some("sgd"));
    assert_eq!(focused(), "Least optimizer", "the slider stays while it is used");
    press("Escape");
    paint().await;
    assert_eq!(parts(brushes), [true; 3]);
    page.find("slider", "Greatest rate").focus().unwrap();
    press("PageDown");
    press("PageDown");
    paint().await;
    assert_eq!(parts(brushes), [true, true, false]);
    page.button("Look at whole axes").click();
    paint().await;
    assert!(brushes.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn axes_are_put_elsewhere_by_keys() {
    let all = RwSignal::new(dimensions());
    let page = show(RwSignal::new(Brushes::new()), all).await;
    page.button("Move the axis loss with the arrow keys").focus().unwrap();
    press("ArrowLeft");
    paint().await;
    let ids: Vec<_> = all.get_untracked().into_iter().map(|dimension| dimension.id).collect();
    assert_eq!(ids, ["rate", "loss", "optimizer"]);
}

#[wasm_bindgen_test]
async fn lines_are_read_by_keys_and_as_a_table() {
    let page = show(RwSignal::new(Brushes::new()), RwSignal::new(dimensions())).await;
    assert!(page.text().contains("Lines without a place: 1 on loss."), "{}", page.text());
    page.all("canvas[role=img]").remove(0).focus().unwrap();
    press("End");
    paint().await;
    assert!(page.text().contains("three: rate 0.4, optimizer adam, loss –"), "{}", page.text());
    page.button("Show the values as a table").click();
    paint().await;
    let rows: Vec<_> = page.all("tbody tr").iter().filter_map(|row| row.text_content()).collect();
    assert_eq!(rows, ["one0.1adam3", "two0.2sgd2", "three0.4adam–"]);
}

#[wasm_bindgen_test]
async fn boxes_are_read_by_keys_and_as_a_table() {
    let group = |name: &str, n: usize, values: &[f64]| BoxGroup {
        name: name.to_owned(),
        colour: Colour::nth(n),
        low: 1.0,
        first_quartile: 2.0,
        median: 3.0,
        third_quartile: 4.0,
        high: 5.0,
        values: values.to_vec(),
    };
    let groups = vec![group("adam", 0, &[1.0, 2.0, 3.0, 4.0, 5.0, 50.0]), group("sgd", 1, &[1.0, 3.0, 5.0])];
    let page = mount_dressed(move || {
        view! { <BoxChart measure="loss" by="optimizer" groups=Signal::stored(groups)/> }
    })
    .await;
    page.all("svg[role=img]").remove(0).focus().unwrap();
    press("ArrowRight");
    paint().await;
    let told = "adam: 6 values, median 3, quartiles 2 and 4, whiskers 1 to 5, 1 outlier";
    assert!(page.text().contains(told), "{}", page.text());
    assert_eq!(page.all("circle").len(), 9, "every value is a dot");
    page.button("Show the values as a table").click();
    paint().await;
    assert_eq!(page.all("tbody tr")[1].text_content().as_deref(), Some("sgd312345"));
}
