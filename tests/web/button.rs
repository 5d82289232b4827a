//! Buttons.

use console::ui::{Button, Emphasis, IconButton, IconName};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{mount, settle};

#[wasm_bindgen_test]
async fn a_click_runs_the_action() {
    let clicks = RwSignal::new(0);
    let page = mount(move || view! { <Button on_click=move |_| clicks.update(|n| *n += 1)>"Save"</Button> });
    page.button("Save").click();
    assert_eq!(clicks.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_busy_button_ignores_clicks() {
    let clicks = RwSignal::new(0);
    let page = mount(
        move || view! { <Button busy=true on_click=move |_| clicks.update(|n| *n += 1)>"Save"</Button> },
    );
    let button = page.button("Save");
    button.click();
    assert_eq!(clicks.get_untracked(), 0);
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_button_that_is_not_available_can_be_focused_but_not_pressed() {
    let clicks = RwSignal::new(0);
    let reason = RwSignal::new(Some("Only owners may do this.".to_owned()));
    let page = mount(move || {
        view! { <Button disabled_reason=reason on_click=move |_| clicks.update(|n| *n += 1)>"Delete"</Button> }
    });
    let button = page.button("Delete");
    button.focus().unwrap();
    button.click();
    assert!(document().active_element().is_some_and(|active| active == *button));
    assert_eq!(clicks.get_untracked(), 0);

    reason.set(None);
    settle().await;
    assert_eq!(button.get_attribute("aria-disabled"), None);
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_submit_button_that_is_not_available_does_not_send_its_form() {
    let sent = RwSignal::new(0);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sent.update(|n| *n += 1);
    };
    let busy = RwSignal::new(true);
    let page = mount(move || {
        view! { <form on:submit=send><Button emphasis=Emphasis::Primary busy submit=true>"Send"</Button></form> }
    });
    page.button("Send").click();
    assert_eq!(sent.get_untracked(), 0);
    busy.set(false);
    page.button("Send").click();
    assert_eq!(sent.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn an_icon_button_is_found_by_its_label() {
    let on = RwSignal::new(false);
    let page = mount(move || {
        view! { <IconButton label="Star" icon=IconName::Star pressed=on on_click=move |_| on.set(true)/> }
    });
    page.button("Star").click();
    settle().await;
    assert_eq!(page.button("Star").get_attribute("aria-pressed").as_deref(), Some("true"));
}
