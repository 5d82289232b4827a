//! Putting what the form holds in the place of what the open template holds.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run_template::{RunTemplate, RunTemplatePatch};

use super::super::draft::Draft;
use super::draft::kept_in;
use crate::queries::templates::Change;
use crate::queries::{self, ApiError, Write};
use crate::ui::Toasts;

/// Puts what the form holds in the place of what the open template holds. A handle.
#[derive(Clone, Copy)]
pub(super) struct Update {
    project: ProjectId,
    draft: Memo<Draft>,
    is_own: Callback<RunTemplate, bool>,
    /// The template as it was when what differs in the form was begun.
    base: StoredValue<Option<RunTemplate>>,
    /// The template as somebody else has made it meanwhile, once an update was refused for that.
    pub(super) overtaken: RwSignal<Option<RunTemplate>>,
    /// Whether there is nothing to update.
    pub(super) is_as_saved: Memo<bool>,
    write: Write<Change, ()>,
}

impl Update {
    /// `is_own` tells whether a template is the person's own.
    pub(super) fn new(
        project: ProjectId,
        draft: Memo<Draft>,
        open: Memo<Option<RunTemplate>>,
        is_own: Callback<RunTemplate, bool>,
    ) -> Self {
        let is_as_saved = Memo::new(move |_| {
            let draft = draft.read();
            open.get().is_some_and(|open| kept_in(&open, &draft, is_own.run(open.clone())) == open.draft)
        });
        let update = Self {
            project,
            draft,
            is_own,
            base: StoredValue::new(None),
            overtaken: RwSignal::new(None),
            is_as_saved,
            write: queries::templates::change(),
        };
        Effect::new(move || update.follow(open.get(), is_as_saved.get()));
        update.hear(open);
        update
    }

    /// Updates the template as it was when what differs in the form was begun.
    pub(super) fn begin(self) {
        if let Some(base) = self.base() {
            self.send(&base);
        }
    }

    /// Updates the template whatever somebody else has made of it.
    pub(super) fn overwrite(self) {
        if let Some(now) = self.overtaken.get_untracked() {
            self.send(&now);
        }
    }

    /// The template as it was when what differs in the form was begun.
    pub(super) fn base(self) -> Option<RunTemplate> {
        self.base.try_get_value().flatten()
    }

    /// Whether the update is on its way.
    pub(super) fn busy(self) -> Signal<bool> {
        let pending = self.write.pending();
        Signal::derive(move || pending.get())
    }

    fn send(self, template: &RunTemplate) {
        if self.write.pending().get_untracked() {
            return;
        }
        let draft = untrack(|| kept_in(template, &self.draft.read(), self.is_own.run(template.clone())));
        let patch = RunTemplatePatch { draft: Some(draft), ..RunTemplatePatch::default() };
        self.write.dispatch((self.project, template.template_id, template.version, patch));
    }

    fn hear(self, open: Memo<Option<RunTemplate>>) {
        let answer = self.write.value();
        Effect::new(move || match answer.get() {
            Some(Ok(())) => {
                // What comes next is made to the template as it is then.
                self.base.set_value(None);
                self.overtaken.set(None);
                Toasts::current().success("The template was updated.");
            }
            Some(Err(ApiError::Stale(now))) => {
                let now = serde_json::from_value(now).ok().or_else(|| open.get_untracked());
                self.overtaken.set(now);
            }
            Some(Err(error)) => {
                Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
            }
            None => {}
        });
    }

    /// What differs in the form differs from the template as it is when the first of it is typed.
    fn follow(self, open: Option<RunTemplate>, is_as_saved: bool) {
        self.base.try_update_value(|base| {
            let id = |template: &Option<RunTemplate>| template.as_ref().map(|template| template.template_id);
            if is_as_saved || id(base) != id(&open) {
                *base = open;
            }
        });
    }
}
