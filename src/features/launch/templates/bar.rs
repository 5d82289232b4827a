//! The template that filled the form, and what can be done with it.

use leptos::prelude::*;

use super::acts::Acts;
use super::conflict::Conflict;
use super::delete::DeleteTemplate;
use super::list_menu::TemplateList;
use super::more_menu::TemplateActions;
use super::rename::RenameTemplate;
use super::save::SaveTemplate;

/// Says which template filled the form last, and leads to the others.
#[component]
pub(in super::super) fn TemplateBar(acts: Acts) -> impl IntoView {
    let is_open = Memo::new(move |_| acts.open.read().is_some());
    view! {
        <div class="launch-templates" role="group" aria-label="Template">
            <TemplateList acts/>
            {move || is_open.get().then(|| view! { <TemplateActions acts/> })}
        </div>
        <SaveTemplate acts/>
        <RenameTemplate acts/>
        <DeleteTemplate acts/>
        <Conflict acts/>
    }
}
