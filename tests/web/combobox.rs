//! A line of text with a list below it, by keyboard.

use console::ui::{ComboboxInput, ComboboxOption};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::{Page, fill, has_focus, mount, press, press_with_shift, settle};

const OPTIONS: [&str; 4] = ["adam", "sgd", "größe 😀", "Größe klein"];

fn page_with_line(value: RwSignal<String>, is_strict: bool) -> Page {
    let option = |text: &str| ComboboxOption {
        text: text.to_owned(),
        hint: "optimiser".to_owned(),
        count: "7".to_owned(),
    };
    let options = OPTIONS.map(option).to_vec();
    mount(move || {
        view! { <ComboboxInput label="Optimiser" value options=Signal::stored(options) counted="runs" is_strict/> }
    })
}

async fn opened(page: &Page) -> HtmlInputElement {
    let line = page.field("Optimiser");
    line.focus().unwrap();
    line.click();
    settle().await;
    line
}

fn is_expanded(line: &HtmlInputElement) -> bool {
    line.get_attribute("aria-expanded").as_deref() == Some("true")
}

fn offered(page: &Page) -> Vec<String> {
    page.all("[role=option] .combobox-text").iter().filter_map(|option| option.text_content()).collect()
}

/// The text of the option that the line points at, which must be the one that is called selected.
fn chosen(page: &Page, line: &HtmlInputElement) -> Option<String> {
    let id = line.get_attribute("aria-activedescendant");
    let selected = page.all("[role=option][aria-selected=true]");
    assert_eq!(selected.first().map(|option| option.id()), id);
    assert!(selected.len() <= 1);
    let text = selected.first()?.query_selector(".combobox-text").unwrap().unwrap();
    text.text_content()
}

#[wasm_bindgen_test]
async fn the_line_tells_of_its_list() {
    let page = page_with_line(RwSignal::default(), false);
    assert!(!is_expanded(&page.field("Optimiser")));
    let line = opened(&page).await;
    assert!(is_expanded(&line));
    assert_eq!(offered(&page), OPTIONS);
    let list = &page.all("[role=listbox]")[0];
    assert_eq!(line.get_attribute("aria-controls"), Some(list.id()));
    assert!(list.matches(":popover-open").unwrap());
    assert!(page.all("[role=option]")[0].text_content().unwrap().contains("7 runs"));
    assert_eq!(chosen(&page, &line), None);
}

#[wasm_bindgen_test]
async fn arrows_choose_and_go_round_at_the_ends() {
    let page = page_with_line(RwSignal::default(), false);
    let line = opened(&page).await;
    for (key, expected) in [
        ("ArrowDown", "adam"),
        ("ArrowDown", "sgd"),
        ("ArrowUp", "adam"),
        ("ArrowUp", "Größe klein"),
        ("ArrowDown", "adam"),
    ] {
        press(key);
        settle().await;
        assert_eq!(chosen(&page, &line).as_deref(), Some(expected), "after {key}");
        assert!(has_focus(&line), "the focus left the line");
    }
}

#[wasm_bindgen_test]
async fn enter_and_tab_take_what_is_chosen() {
    for key in ["Enter", "Tab"] {
        let value = RwSignal::new(String::new());
        let page = page_with_line(value, false);
        let line = opened(&page).await;
        press("ArrowDown");
        press("ArrowDown");
        assert!(press(key), "{key} went on to do something else");
        settle().await;
        assert_eq!(value.get_untracked(), "sgd", "{key}");
        assert_eq!(line.value(), "sgd");
        assert!(!is_expanded(&line));
    }
}

#[wasm_bindgen_test]
async fn what_is_not_chosen_is_not_taken() {
    let value = RwSignal::new(String::new());
    let page = page_with_line(value, false);
    let line = opened(&page).await;
    assert!(!press("Enter"), "Enter must send the form");
    assert!(!press("Tab"), "Tab must leave the line");
    press("ArrowDown");
    assert!(!press_with_shift("Tab"), "Shift and Tab must go back");
    settle().await;
    assert_eq!((value.get_untracked().as_str(), line.value().as_str()), ("", ""));
}

#[wasm_bindgen_test]
async fn escape_closes_the_list_and_leaves_the_text() {
    let value = RwSignal::new("ada".to_owned());
    let page = page_with_line(value, false);
    let line = opened(&page).await;
    press("ArrowDown");
    assert!(press("Escape"));
    settle().await;
    assert!(!is_expanded(&line));
    assert_eq!(line.get_attribute("aria-activedescendant"), None);
    assert_eq!(line.value(), "ada");
    assert!(!press("Escape"), "the second Escape is for what is around the line");
}

#[wasm_bindgen_test]
async fn typing_narrows_the_list_whatever_the_script_and_the_case() {
    let value = RwSignal::new(String::new());
    let page = page_with_line(value, true);
    let line = opened(&page).await;
    fill(&line, "GRÖSSE");
    settle().await;
    assert!(!is_expanded(&line), "a list without options is open");
    fill(&line, "GRÖ");
    settle().await;
    assert_eq!(offered(&page), ["größe 😀", "Größe klein"]);
    assert_eq!(chosen(&page, &line).as_deref(), Some("größe 😀"));
    fill(&line, "😀");
    settle().await;
    assert_eq!(offered(&page), ["größe 😀"]);
    press("Enter");
    settle().await;
    assert_eq!(line.value(), "größe 😀");
}

#[wasm_bindgen_test]
async fn a_click_takes_an_option() {
    let value = RwSignal::new(String::new());
    let page = page_with_line(value, false);
    let line = opened(&page).await;
    page.all("[role=option]")[1].click();
    settle().await;
    assert_eq!(value.get_untracked(), "sgd");
    assert!(!is_expanded(&line));
}
