//! Putting what the form holds in the place of what the open template holds.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run_template::{RunTemplate, RunTemplatePatch};

use super::super::draft::Draft;
use super::draft::kept_in;
use crate::queries::templates::Change;
use crate::queries::{self, Write};
use crate::widgets::saved::Meanwhile;

/// Puts what the form holds in the place of what the open template holds. A handle.
#[derive(Clone, Copy)]
pub(super) struct Update {
    project: ProjectId,
    draft: Memo<Draft>,
    is_own: Callback<RunTemplate, bool>,
    /// What somebody else makes of the template.
    pub(super) meanwhile: Meanwhile<RunTemplate>,
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
        let meanwhile = Meanwhile::new(
            move || open.get(),
            move || is_as_saved.get(),
            |template: &RunTemplate| template.template_id,
        );
        let write = queries::templates::change();
        let answer = write.value();
        meanwhile.hear(move || answer.get(), move || open.get(), "The template was updated.");
        Self { project, draft, is_own, meanwhile, is_as_saved, write }
    }

    /// Updates the template as it was when what differs in the form was begun.
    pub(super) fn begin(self) {
        if let Some(base) = self.meanwhile.base() {
            self.send(&base);
        }
    }

    /// Whether the update is on its way.
    pub(super) fn busy(self) -> Signal<bool> {
        let pending = self.write.pending();
        Signal::derive(move || pending.get())
    }

    /// Updates this version of the template, unless an update is on its way.
    pub(super) fn send(self, template: &RunTemplate) {
        if self.write.pending().get_untracked() {
            return;
        }
        let draft = untrack(|| kept_in(template, &self.draft.read(), self.is_own.run(template.clone())));
        let patch = RunTemplatePatch { draft: Some(draft), ..RunTemplatePatch::default() };
        self.write.dispatch((self.project, template.template_id, template.version, patch));
    }
}
