//! What can be done with the template that filled the form.

use leptos::prelude::*;
use models::run_template::{RunTemplate, RunTemplatePatch};

use super::acts::Acts;
use super::link::copy_link;
use crate::queries::templates::Change;
use crate::queries::{self, Write};
use crate::ui::{IconName, Menu, MenuItem, MenuSeparator};
use crate::widgets::tell_outcome;

/// A menu that updates, renames, shares and deletes the open template.
#[component]
pub(super) fn TemplateActions(acts: Acts) -> impl IntoView {
    let changing = Changing::new(acts);
    let as_saved = move || acts.update.is_as_saved.get().then(|| "The form is as it was saved.".to_owned());
    let why_not = acts.why_not_change();
    let not_updated = Signal::derive(move || as_saved().or_else(|| why_not.get()));
    let ask = move |about: RwSignal<Option<RunTemplate>>| about.set(acts.open.get_untracked());
    view! {
        <Menu label="What to do with the template" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Check disabled_reason=not_updated on_select=move |()| acts.update.begin()>"Update template"</MenuItem>
            <MenuItem icon=IconName::Edit disabled_reason=why_not on_select=move |()| ask(acts.renaming)>"Rename…"</MenuItem>
            <MenuItem icon=IconName::Link on_select=move |()| copy_link(acts)>"Copy link"</MenuItem>
            <MenuSeparator/>
            <MenuItem checked=changing.is_shared disabled_reason=acts.why_not_share() on_select=move |()| changing.toggle_shared()>"Share with the project"</MenuItem>
            <MenuSeparator/>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not on_select=move |()| ask(acts.deleting)>"Delete…"</MenuItem>
        </Menu>
    }
}

/// Shares the open template, and takes it back. A handle.
#[derive(Clone, Copy)]
struct Changing {
    acts: Acts,
    is_shared: Signal<bool>,
    share: Write<Change, ()>,
    take_back: Write<Change, ()>,
}

impl Changing {
    fn new(acts: Acts) -> Self {
        let write = |words| {
            let write = queries::templates::change();
            tell_outcome(write, words);
            write
        };
        Self {
            acts,
            is_shared: Signal::derive(move || acts.open.read().as_ref().is_some_and(|open| open.is_shared)),
            share: write("Everybody in the project sees the template now."),
            take_back: write("The template is yours alone now."),
        }
    }

    fn toggle_shared(self) {
        let is_shared = self.is_shared.get_untracked();
        let write = if is_shared { self.take_back } else { self.share };
        self.send(write, RunTemplatePatch { is_shared: Some(!is_shared), ..RunTemplatePatch::default() });
    }

    fn send(self, write: Write<Change, ()>, patch: RunTemplatePatch) {
        if let Some(open) = self.acts.open.get_untracked() {
            write.dispatch((self.acts.launch.project, open.template_id, open.version, patch));
        }
    }
}
