//! The templates to choose from.

use std::sync::Arc;

use leptos::prelude::*;
use models::run_template::RunTemplate;

use super::acts::Acts;
use crate::ui::{IconName, Menu, MenuItem, MenuSeparator, MenuTitle};

/// A menu of all templates, which also saves a new one.
#[component]
pub(super) fn TemplateList(acts: Acts) -> impl IntoView {
    let name = move || {
        acts.open.read().as_ref().map_or_else(|| "Templates".to_owned(), |template| template.name.clone())
    };
    view! {
        <Menu label=Signal::derive(name) icon=IconName::Bookmark>
            {move || items(acts)}
        </Menu>
    }
}

fn items(acts: Acts) -> AnyView {
    let known = acts.templates.value.get();
    let failed = known.is_none().then(|| acts.templates.error.get()).flatten();
    let templates = known.unwrap_or_default();
    let (own, others): (Vec<_>, Vec<_>) =
        templates.templates.iter().partition(|template| acts.is_own(template) && !template.is_shared);
    let note = match failed {
        Some(error) => Some(format!("The templates cannot be read. {error}")),
        None if templates.templates.is_empty() => {
            Some("Save what the form holds, to begin with it the next time.".to_owned())
        }
        None => None,
    };
    let is_first = own.is_empty() && others.is_empty();
    let save = move |()| acts.saving.set(true);
    view! {
        {section("My templates", acts, &own)}
        {section("Shared with the project", acts, &others)}
        {note.map(|note| view! { <p class="launch-templates-note" role="presentation">{note}</p> })}
        {(!is_first).then(|| view! { <MenuSeparator/> })}
        <MenuItem icon=IconName::Plus disabled_reason=acts.launch.why_not on_select=save>"Save as template…"</MenuItem>
    }
    .into_any()
}

fn section(title: &'static str, acts: Acts, templates: &[&RunTemplate]) -> Option<AnyView> {
    let item = |template: &&RunTemplate| {
        let id = template.template_id;
        let chosen =
            Signal::derive(move || acts.open.read().as_ref().is_some_and(|open| open.template_id == id));
        let name = template.name.clone();
        let owner = (template.is_shared && !acts.is_own(template)).then(|| template.owner.name.clone());
        let template = Arc::new((*template).clone());
        view! {
            <MenuItem chosen on_select=move |()| acts.fill(&template)>
                <span class="launch-template">
                    <span class="launch-template-name">{name}</span>
                    {owner.map(|owner| view! { <span class="launch-template-owner">{owner}</span> })}
                </span>
            </MenuItem>
        }
    };
    (!templates.is_empty()).then(|| {
        view! {
            <MenuTitle>{title}</MenuTitle>
            {templates.iter().map(item).collect_view()}
        }
        .into_any()
    })
}
