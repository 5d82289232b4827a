//! Deleting a template, and saving it again.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run_template::{NewRunTemplate, RunTemplate};

use super::acts::Acts;
use crate::queries::{self, Write};
use crate::ui::{Confirm, Toasts};
use crate::widgets::{open_about, tell_outcome};

/// Saves a template again that was deleted.
pub(super) type Restoring = Write<(ProjectId, NewRunTemplate), RunTemplate>;

/// Saves deleted templates again. It must last as long as the form: the dialog is gone before.
fn restoring(acts: Acts) -> Restoring {
    let restore = queries::templates::create();
    tell_outcome(restore, "The template is there again.");
    Effect::new(move || {
        if let Some(Ok(template)) = &*restore.value().read() {
            acts.belong_to(Some(template.template_id));
        }
    });
    restore
}

/// Asks whether to delete a template, while it is asked. The form stays as it is. Who saved the template can undo it for a
/// while.
#[component]
pub(super) fn DeleteTemplate(acts: Acts) -> impl IntoView {
    let project = acts.launch.project;
    let open = open_about(acts.deleting);
    let delete = queries::templates::delete();
    let restore = acts.restoring.get_or(|| restoring(acts));
    let deleted = StoredValue::new(None::<NewRunTemplate>);
    let toasts = Toasts::current();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            acts.belong_to(None);
            open.set(false);
            match deleted.try_update_value(Option::take).flatten() {
                Some(template) => {
                    let undo = move |()| {
                        restore.dispatch((project, template.clone()));
                    };
                    toasts.success_with_undo("The template was deleted.", Callback::new(undo));
                }
                None => toasts.success("The template was deleted."),
            }
        }
    });
    Effect::new(move || {
        if open.get() {
            delete.clear(); // why it failed the last time
        }
    });
    let name = move || acts.deleting.read().as_ref().map(|own| own.name.clone()).unwrap_or_default();
    let losses = move || match acts.deleting.read().as_ref().is_some_and(|own| own.is_shared) {
        true => "Everybody in the project loses it. Runs and this form stay as they are.",
        false => "Runs and this form stay as they are.",
    };
    let confirm = move |()| {
        let asked = acts.deleting.read_untracked().as_ref().map(|own| own.template_id);
        // It may have been changed since: what is on screen is the latest.
        let listed = acts.templates.value.get_untracked();
        if let Some(own) = asked.and_then(|id| listed.as_ref()?.find(id)) {
            deleted.set_value(untrack(|| acts.is_own(own)).then(|| same(own)).flatten());
            delete.dispatch((project, own.template_id, own.version));
        } else {
            open.set(false);
        }
    };
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Delete the template “{}”?", name()))
            action="Delete template"
            busy=delete.pending()
            error
            on_confirm=confirm
        >
            <p>{losses}</p>
        </Confirm>
    }
}

/// What saves the same template once more.
fn same(template: &RunTemplate) -> Option<NewRunTemplate> {
    let name = template.name.parse().ok()?;
    Some(NewRunTemplate { name, draft: template.draft.clone(), is_shared: template.is_shared })
}
