//! The templates to choose from.

use leptos::prelude::*;
use models::run_template::{RunTemplate, RunTemplates};

use super::acts::Acts;
use crate::ui::{IconName, Menu, MenuItem, MenuSearch, MenuSeparator, MenuTitle};
use crate::widgets::saved::{MANY, SavedItem, SavedNote};

/// A menu of all templates, which also saves a new one.
#[component]
pub(super) fn TemplateList(acts: Acts) -> impl IntoView {
    let name = move || {
        acts.open.read().as_ref().map_or_else(|| "Templates".to_owned(), |template| template.name.clone())
    };
    let are_many = Memo::new(move |_| {
        acts.templates.value.read().as_ref().is_some_and(|known| known.templates.len() >= MANY)
    });
    let search = MenuSearch { label: "Search templates", value: acts.sought, wanted: are_many.into() };
    view! {
        <Menu label=Signal::derive(name) icon=IconName::Bookmark search>
            {move || {
                let known = acts.templates.value.get().unwrap_or_default();
                let sought = acts.sought.read().trim().to_lowercase();
                if sought.is_empty() { items(acts, &known) } else { found(acts, &known, &sought) }
            }}
        </Menu>
    }
}

/// The templates whose name, or the name of whose owner, has this in it.
fn found(acts: Acts, known: &RunTemplates, sought: &str) -> AnyView {
    let has = |text: &str| text.to_lowercase().contains(sought);
    let is_found = |own: &&RunTemplate| has(&own.name) || (own.is_shared && has(&own.owner.name));
    let found: Vec<_> = known.templates.iter().filter(is_found).collect();
    let none = found.is_empty().then(|| view! { <SavedNote text="No template has this in its name."/> });
    view! { {found.into_iter().map(|template| item(acts, template)).collect_view()} {none} }.into_any()
}

fn items(acts: Acts, known: &RunTemplates) -> AnyView {
    let failed = acts.templates.value.read().is_none().then(|| acts.templates.error.get()).flatten();
    let (own, others): (Vec<_>, Vec<_>) =
        known.templates.iter().partition(|template| acts.is_own(template) && !template.is_shared);
    let note = match failed {
        Some(error) => Some(format!("The templates cannot be read. {error}")),
        None if known.templates.is_empty() => {
            Some("Save what the form holds, to begin with it the next time.".to_owned())
        }
        None => None,
    };
    let is_first = known.templates.is_empty();
    let save = move |()| acts.saving.set(true);
    view! {
        {section("My templates", acts, &own)}
        {section("Shared with the project", acts, &others)}
        {note.map(|text| view! { <SavedNote text/> })}
        {(!is_first).then(|| view! { <MenuSeparator/> })}
        <MenuItem icon=IconName::Plus disabled_reason=acts.launch.why_not on_select=save>"Save as template…"</MenuItem>
    }
    .into_any()
}

fn section(title: &'static str, acts: Acts, templates: &[&RunTemplate]) -> Option<AnyView> {
    (!templates.is_empty()).then(|| {
        view! {
            <MenuTitle>{title}</MenuTitle>
            {templates.iter().map(|template| item(acts, template)).collect_view()}
        }
        .into_any()
    })
}

fn item(acts: Acts, template: &RunTemplate) -> impl IntoView + use<> {
    let id = template.template_id;
    let chosen = Signal::derive(move || acts.open.read().as_ref().is_some_and(|open| open.template_id == id));
    let name = template.name.clone();
    let owner = (template.is_shared && !acts.is_own(template)).then(|| template.owner.name.clone());
    let marks = owner.into_iter().collect();
    let template = StoredValue::new(template.clone());
    let choose = move |()| acts.fill(&template.get_value());
    view! { <SavedItem chosen name marks on_select=choose/> }
}
