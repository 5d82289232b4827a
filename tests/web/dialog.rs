//! Dialogs and the question before what cannot be undone.

use console::ui::{Button, Confirm, Dialog, TextInput};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MouseEvent, MouseEventInit};

use crate::support::{Page, dispatch, fill, focused, mount, settle, wait};

fn page_with_dialog(open: RwSignal<bool>, locked: bool) -> Page {
    mount(move || {
        let name = RwSignal::new("draft".to_owned());
        view! {
            <Button on_click=move |_| open.set(true)>"Open"</Button>
            <Dialog open title="Rename" description="Links stay valid." locked=locked>
                <TextInput value=name label="Name"/>
            </Dialog>
        }
    })
}

#[wasm_bindgen_test]
async fn an_open_dialog_has_the_focus_and_gives_it_back() {
    let page = page_with_dialog(RwSignal::new(false), false);
    let opener = page.button("Open");
    opener.focus().unwrap();
    opener.click();
    settle().await;
    assert!(page.search("dialog", "Rename").is_some());
    assert_eq!(focused(), "Name");

    page.button("Close").click();
    settle().await;
    assert!(page.search("dialog", "Rename").is_none());
    assert_eq!(focused(), "Open");
}

#[wasm_bindgen_test]
async fn a_closed_dialog_holds_nothing() {
    let open = RwSignal::new(false);
    let page = page_with_dialog(open, false);
    assert!(page.search("field", "Name").is_none());
    open.set(true);
    settle().await;
    assert!(page.search("field", "Name").is_some());
}

#[wasm_bindgen_test]
async fn a_click_beside_a_dialog_closes_it() {
    let open = RwSignal::new(true);
    let page = page_with_dialog(open, false);
    settle().await;
    let options = MouseEventInit::new();
    options.set_bubbles(true);
    let event = MouseEvent::new_with_mouse_event_init_dict("mousedown", &options).unwrap();
    page.find("dialog", "Rename").dispatch_event(&event).unwrap();
    settle().await;
    assert!(!open.get_untracked());
}

#[wasm_bindgen_test]
async fn a_locked_dialog_stays() {
    let open = RwSignal::new(true);
    let page = page_with_dialog(open, true);
    settle().await;
    let dialog = page.find("dialog", "Rename");
    dispatch(&dialog, "mousedown");
    settle().await;
    assert!(open.get_untracked());
}

#[wasm_bindgen_test]
async fn what_is_gone_for_ever_asks_for_its_name() {
    let (open, deleted) = (RwSignal::new(true), RwSignal::new(false));
    let page = mount(move || {
        view! {
            <Confirm
                open
                title="Delete Forecast?"
                action="Delete project"
                type_name=Signal::stored("forecast".to_owned())
                on_confirm=move |()| deleted.set(true)
            >
                "Also goes: 3 models."
            </Confirm>
        }
    });
    settle().await;
    page.button("Delete project").click();
    assert!(!deleted.get_untracked());

    fill(&page.field("Type “forecast” to confirm"), "forecast");
    settle().await;
    page.button("Delete project").click();
    assert!(deleted.get_untracked());
}

#[wasm_bindgen_test]
async fn a_failed_deletion_says_why_in_the_question() {
    let (open, error) = (RwSignal::new(true), RwSignal::new(None::<String>));
    let fail = move |()| error.set(Some("A deployment still uses it.".to_owned()));
    let page = mount(move || {
        view! { <Confirm open title="Delete model?" action="Delete" error on_confirm=fail>"It is small."</Confirm> }
    });
    settle().await;
    page.button("Delete").click();
    wait(20).await;
    assert!(open.get_untracked());
    assert!(page.text().contains("A deployment still uses it."));
}
