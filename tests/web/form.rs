//! Fields and forms.

use console::ui::{
    Checkbox, Choice, Field, Form, PasswordInput, Segmented, Select, SelectOption, Slider, SubmitRow, Switch,
    TextInput,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{dispatch, fill, focused, mount, settle, wait};

#[wasm_bindgen_test]
async fn a_field_names_its_control_and_binds_it() {
    let name = RwSignal::new("Forecast".to_owned());
    let page = mount(move || view! { <Field label="Name"><TextInput value=name/></Field> });
    settle().await;
    assert_eq!(page.field("Name").value(), "Forecast");
    fill(&page.field("Name"), "Load");
    assert_eq!(name.get_untracked(), "Load");
    name.set("Wind".to_owned());
    settle().await;
    assert_eq!(page.field("Name").value(), "Wind");
}

#[wasm_bindgen_test]
async fn an_error_takes_the_place_of_the_hint() {
    let error = RwSignal::new(None::<String>);
    let name = RwSignal::new(String::new());
    let page =
        mount(move || view! { <Field label="Name" hint="Short." error><TextInput value=name/></Field> });
    let described = || {
        let id = page.field("Name").get_attribute("aria-describedby").unwrap();
        document().get_element_by_id(&id).unwrap().text_content().unwrap().trim().to_owned()
    };
    assert_eq!(described(), "Short.");
    assert_eq!(page.field("Name").get_attribute("aria-invalid"), None);

    error.set(Some("Taken.".to_owned()));
    settle().await;
    assert_eq!(described(), "Taken.");
    assert_eq!(page.field("Name").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_refused_form_focuses_the_first_bad_field() {
    let (good, bad) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let error = RwSignal::new(None::<String>);
    let refused = Signal::derive(move || error.get().map(|_| "Too long.".to_owned()));
    let page = mount(move || {
        view! {
            <Form error on_submit=move |()| error.set(Some("Some fields need attention.".to_owned()))>
                <Field label="Good"><TextInput value=good/></Field>
                <Field label="Bad" error=refused><TextInput value=bad/></Field>
                <SubmitRow label="Create"/>
            </Form>
        }
    });
    page.button("Create").click();
    wait(100).await;
    assert_eq!(focused(), "Bad");
    assert!(page.text().contains("Some fields need attention."));
}

#[wasm_bindgen_test]
async fn a_password_can_be_looked_at() {
    let secret = RwSignal::new("secret".to_owned());
    let page = mount(move || view! { <PasswordInput value=secret label="Password"/> });
    assert_eq!(page.field("Password").type_(), "password");
    page.button("Show what is typed").click();
    settle().await;
    assert_eq!(page.field("Password").type_(), "text");
    assert_eq!(page.field("Password").value(), "secret");
}

#[wasm_bindgen_test]
async fn a_select_shows_and_changes_its_value() {
    let queue = RwSignal::new("gpu".to_owned());
    let options = ["batch", "gpu"].map(|name| SelectOption::new(name, name)).to_vec();
    let page = mount(move || view! { <Select value=queue options=options label="Queue"/> });
    let select: web_sys::HtmlSelectElement =
        wasm_bindgen::JsCast::unchecked_into(page.find("field", "Queue"));
    assert_eq!(select.value(), "gpu");
    select.set_value("batch");
    dispatch(&select, "change");
    assert_eq!(queue.get_untracked(), "batch");
}

#[wasm_bindgen_test]
async fn a_checkbox_tells_what_was_chosen() {
    let ticked = RwSignal::new(false);
    let heard = RwSignal::new(None);
    let page = mount(move || {
        view! { <Checkbox checked=ticked on_change=move |now| heard.set(Some(now))>"Log"</Checkbox> }
    });
    page.field("Log").click();
    assert!(ticked.get_untracked());
    assert_eq!(heard.get_untracked(), Some(true));
}

#[wasm_bindgen_test]
async fn a_slider_says_its_number_in_words_and_stays_within_its_ends() {
    let strength = RwSignal::new(60_u8);
    let page = mount(move || {
        view! { <Slider label="Smoothing" value=strength max=99 told=|number| format!("0.{number:02}")/> }
    });
    let bar: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(page.find("slider", "Smoothing"));
    settle().await;
    assert_eq!((bar.value().as_str(), bar.get_attribute("aria-valuetext").as_deref()), ("60", Some("0.60")));
    bar.set_value("250");
    dispatch(&bar, "input");
    settle().await;
    assert_eq!(
        (strength.get_untracked(), bar.get_attribute("aria-valuetext").as_deref()),
        (99, Some("0.99"))
    );
}

#[wasm_bindgen_test]
async fn a_switch_follows_its_owner_not_the_click() {
    let asked = RwSignal::new(None);
    let page = mount(move || {
        view! { <Switch checked=false on_change=move |now| asked.set(Some(now))>"Active"</Switch> }
    });
    page.find("switch", "Active").click();
    settle().await;
    assert_eq!(asked.get_untracked(), Some(true));
    assert_eq!(page.find("switch", "Active").get_attribute("aria-checked").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn one_segment_is_chosen() {
    let layout = RwSignal::new("rows");
    let choices = vec![Choice::new("rows", "Rows"), Choice::new("cards", "Cards")];
    let page = mount(move || view! { <Segmented label="Layout" value=layout choices/> });
    page.field("Cards").click();
    settle().await;
    assert_eq!(layout.get_untracked(), "cards");
    assert!(!page.field("Rows").checked());
}
