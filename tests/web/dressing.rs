//! Dresses the page of the tests, for components whose working depends on sizes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::support::{Page, mount, settle};

const SHEETS: [&str; 8] = [
    include_str!("../../style/layers.css"),
    include_str!("../../style/tokens.css"),
    include_str!("../../style/reset.css"),
    include_str!("../../style/ui/table.css"),
    include_str!("../../style/ui/chart.css"),
    include_str!("../../style/features/log.css"),
    include_str!("../../style/features/logged.css"),
    include_str!("../../style/features/artifacts.css"),
];

/// Puts a view into a box of 900 by 400 pixels, with the style sheets of the console.
pub(crate) async fn mount_dressed<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Page {
    if document().get_element_by_id("dressing").is_none() {
        let style = document().create_element("style").unwrap();
        style.set_id("dressing");
        style.set_text_content(Some(&SHEETS.concat()));
        document().head().unwrap().append_child(&style).unwrap();
    }
    let page = mount(view);
    let root: &HtmlElement = page.root.unchecked_ref();
    root.style().set_property("width", "900px").unwrap();
    root.style().set_property("height", "400px").unwrap();
    paint().await;
    page
}

/// Waits until the browser has measured and painted what is on the page.
pub(crate) async fn paint() {
    for _ in 0..3 {
        settle().await;
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(frame).await.unwrap();
    }
    settle().await;
}
