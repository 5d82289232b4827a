//! Menus.

use console::ui::{Menu, MenuItem};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Page, focused, mount, press, wait};

fn page_with_menu(chosen: RwSignal<String>) -> Page {
    mount(move || {
        view! {
            <Menu label="Actions">
                <MenuItem on_select=move |()| chosen.set("copy".to_owned())>"Copy"</MenuItem>
                <MenuItem disabled_reason="Nothing ran." on_select=move |()| chosen.set("stop".to_owned())>"Stop"</MenuItem>
                <MenuItem on_select=move |()| chosen.set("delete".to_owned())>"Delete"</MenuItem>
            </Menu>
        }
    })
}

async fn open(page: &Page) {
    let button = page.button("Actions");
    button.focus().unwrap();
    button.click();
    wait(50).await;
}

#[wasm_bindgen_test]
async fn an_open_menu_has_the_focus_on_its_first_item() {
    let page = page_with_menu(RwSignal::default());
    assert!(page.search("menuitem", "Copy").is_none());
    open(&page).await;
    assert_eq!(focused(), "Copy");
    assert_eq!(page.button("Actions").get_attribute("aria-expanded").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn arrows_and_letters_move_the_focus() {
    let page = page_with_menu(RwSignal::default());
    open(&page).await;
    press("ArrowUp");
    assert_eq!(focused(), "Delete");
    press("ArrowDown");
    assert_eq!(focused(), "Copy");
    press("d");
    assert_eq!(focused(), "Delete");
    press("Home");
    assert_eq!(focused(), "Copy");
}

#[wasm_bindgen_test]
async fn an_arrow_on_the_button_opens_the_menu_at_its_end() {
    let page = page_with_menu(RwSignal::default());
    page.button("Actions").focus().unwrap();
    press("ArrowUp");
    wait(50).await;
    assert_eq!(focused(), "Delete");
}

#[wasm_bindgen_test]
async fn choosing_runs_the_action_and_closes_the_menu() {
    let chosen = RwSignal::new(String::new());
    let page = page_with_menu(chosen);
    open(&page).await;
    page.find("menuitem", "Delete").click();
    wait(50).await;
    assert_eq!(chosen.get_untracked(), "delete");
    assert_eq!(focused(), "Actions");
    assert_eq!(page.button("Actions").get_attribute("aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn an_item_that_is_not_available_says_why_and_does_nothing() {
    let chosen = RwSignal::new(String::new());
    let page = page_with_menu(chosen);
    open(&page).await;
    page.find("menuitem", "StopNothing ran.").click();
    wait(20).await;
    assert_eq!(chosen.get_untracked(), "");
}

#[wasm_bindgen_test]
async fn the_one_of_several_that_holds_is_ticked_and_choosing_another_closes_the_menu() {
    let chosen = RwSignal::new("one".to_owned());
    let page = mount(move || {
        let is = move |name: &'static str| Signal::derive(move || *chosen.read() == name);
        view! {
            <Menu label="Actions">
                <MenuItem chosen=is("one") on_select=move |()| chosen.set("one".to_owned())>"One"</MenuItem>
                <MenuItem chosen=is("two") on_select=move |()| chosen.set("two".to_owned())>"Two"</MenuItem>
            </Menu>
        }
    });
    open(&page).await;
    let state = |name: &str| page.find("menuitem", name).get_attribute("aria-checked");
    assert_eq!(page.find("menuitem", "One").get_attribute("role").as_deref(), Some("menuitemradio"));
    assert_eq!((state("One").as_deref(), state("Two").as_deref()), (Some("true"), Some("false")));
    page.find("menuitem", "Two").click();
    wait(50).await;
    assert_eq!(page.button("Actions").get_attribute("aria-expanded").as_deref(), Some("false"));
    open(&page).await;
    assert_eq!((state("One").as_deref(), state("Two").as_deref()), (Some("false"), Some("true")));
}
