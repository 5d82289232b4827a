//! Messages and tooltips.

use console::ui::{
    Button, Density, DensityChoice, SidePanel, Theme, ThemeChoice, ToastStack, Toasts, TooltipLayer, kept,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Page, mount, press, settle};

fn page_with_toasts() -> (Page, Toasts) {
    let made = RwSignal::new(None);
    let page = mount(move || {
        Toasts::provide();
        made.set(Some(Toasts::current()));
        view! { <ToastStack/> }
    });
    (page, made.get_untracked().unwrap())
}

#[wasm_bindgen_test]
async fn a_failure_names_its_request_and_stays_until_dismissed() {
    let (page, toasts) = page_with_toasts();
    toasts.failure("It failed.", Some("0193-5b1e".to_owned()));
    settle().await;
    assert!(page.all("[role=alert]")[0].text_content().unwrap().contains("It failed.Request 0193-5b1e"));
    page.button("Dismiss").click();
    settle().await;
    assert_eq!(page.text(), "");
}

#[wasm_bindgen_test]
async fn at_most_three_messages_are_on_screen() {
    let (page, toasts) = page_with_toasts();
    for text in ["first", "second", "third", "fourth"] {
        toasts.success(text);
    }
    settle().await;
    assert_eq!(page.text(), "secondthirdfourth");
}

#[wasm_bindgen_test]
async fn an_undone_action_takes_its_message_along() {
    let (page, toasts) = page_with_toasts();
    let undone = RwSignal::new(false);
    toasts.success_with_undo("Archived.", move || undone.set(true));
    settle().await;
    page.button("Undo").click();
    settle().await;
    assert!(undone.get_untracked());
    assert_eq!(page.text(), "");
}

#[wasm_bindgen_test]
async fn the_focus_shows_why_a_button_is_not_available() {
    let page =
        mount(|| view! { <Button disabled_reason="Only owners may.">"Delete"</Button> <TooltipLayer/> });
    let button = page.button("Delete");
    button.focus().unwrap();
    settle().await;
    let tip = &page.all("[role=tooltip]")[0];
    assert_eq!(tip.text_content().as_deref(), Some("Only owners may."));
    assert_eq!(button.get_attribute("aria-describedby").as_deref(), Some("tooltip"));
    assert!(tip.matches(":popover-open").unwrap());

    press("Escape");
    assert!(!tip.matches(":popover-open").unwrap());
}

#[wasm_bindgen_test]
async fn a_side_panel_is_resized_by_keys_and_closed_by_escape() {
    let (open, width) = (RwSignal::new(true), RwSignal::new(420.0));
    let page = mount(move || view! { <SidePanel open title="Run 42" width>"It finished."</SidePanel> });
    let edge = &page.all("[role=separator]")[0];
    edge.focus().unwrap();
    press("ArrowLeft");
    assert!(width.get_untracked() > 420.0);
    for _ in 0..30 {
        press("ArrowRight");
    }
    assert!((width.get_untracked() - 420.0).abs() < f64::EPSILON);
    press("Escape");
    settle().await;
    assert_eq!(page.text(), "");
}

#[wasm_bindgen_test]
async fn a_chosen_theme_is_kept() {
    let made = RwSignal::new(None);
    let _page = mount(move || made.set(Some(Theme::current())));
    let theme = made.get_untracked().unwrap();
    let seen = async |choice: ThemeChoice| {
        theme.choose(choice);
        settle().await;
        (document().document_element().unwrap().get_attribute("data-theme"), kept("theme"))
    };
    let dark = Some("dark".to_owned());
    assert_eq!(seen(ThemeChoice::Dark).await, (dark.clone(), dark));
    assert_eq!(seen(ThemeChoice::System).await, (None, None));
}

#[wasm_bindgen_test]
async fn a_chosen_density_is_kept() {
    let made = RwSignal::new(None);
    let _page = mount(move || made.set(Some(Density::current())));
    let density = made.get_untracked().unwrap();
    let seen = async |choice: DensityChoice| {
        density.signal().set(choice);
        settle().await;
        (document().document_element().unwrap().get_attribute("data-density"), kept("density"))
    };
    let compact = Some("compact".to_owned());
    assert_eq!(seen(DensityChoice::Compact).await, (compact.clone(), compact));
    assert_eq!(seen(DensityChoice::Standard).await, (None, None));
}
