//! Putting the table on screen in the place of that of the open view.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run_view::{RunView, RunViewPatch};

use crate::features::runs::address::Address;
use crate::queries::views::Change;
use crate::queries::{self, Write};
use crate::ui::Lasting;
use crate::widgets::saved::Meanwhile;

/// Puts the table on screen in the place of that of the open view. A handle.
#[derive(Clone, Copy)]
pub(super) struct Update {
    address: Address,
    project: ProjectId,
    /// What somebody else makes of the view.
    pub(super) meanwhile: Meanwhile<RunView>,
    write: Lasting<Write<Change, ()>>,
}

impl Update {
    pub(super) fn new(address: Address, project: ProjectId) -> Self {
        let meanwhile = Meanwhile::new(
            move || address.view.get(),
            move || !address.is_edited.get(),
            |view: &RunView| view.view_id,
        );
        Self { address, project, meanwhile, write: Lasting::default() }
    }

    fn write(self) -> Write<Change, ()> {
        self.write.get_or(|| {
            let (write, address) = (queries::views::change(), self.address);
            let answer = write.value();
            self.meanwhile.hear(move || answer.get(), move || address.view.get(), "The view was updated.");
            write
        })
    }

    /// Updates the view as it was when the changes were begun.
    pub(super) fn begin(self) {
        if let Some(base) = self.meanwhile.base() {
            self.send(&base);
        }
    }

    /// Whether the update is on its way.
    pub(super) fn busy(self) -> Signal<bool> {
        let pending = self.write().pending();
        Signal::derive(move || pending.get())
    }

    /// Updates this version of the view, unless an update is on its way.
    pub(super) fn send(self, view: &RunView) {
        let write = self.write();
        if !write.pending().get_untracked() {
            let table = self.address.url.get_untracked().setup(Some(&view.table));
            let patch = RunViewPatch { table: Some(table), ..RunViewPatch::default() };
            write.dispatch((self.project, view.view_id, view.version, patch));
        }
    }
}
