//! Putting the table on screen in the place of that of the open view.

use leptos::prelude::*;
use models::id::ProjectId;
use models::run_view::{RunView, RunViewPatch};

use crate::features::runs::address::Address;
use crate::queries::{self, ApiError, Write};
use crate::ui::{Lasting, Toasts};

/// Puts the table on screen in the place of that of the open view. A handle.
#[derive(Clone, Copy)]
pub(super) struct Update {
    address: Address,
    project: ProjectId,
    /// The view as it was when the changes on screen were begun.
    base: StoredValue<Option<RunView>>,
    /// The view as somebody else has made it meanwhile, once an update was refused for that.
    pub(super) overtaken: RwSignal<Option<RunView>>,
    write: Lasting<Write<queries::views::Change, ()>>,
}

impl Update {
    pub(super) fn new(address: Address, project: ProjectId) -> Self {
        let update = Self {
            address,
            project,
            base: StoredValue::new(None),
            overtaken: RwSignal::new(None),
            write: Lasting::default(),
        };
        Effect::new(move || update.follow(address.view.get(), address.is_edited.get()));
        update
    }

    fn write(self) -> Write<queries::views::Change, ()> {
        self.write.get_or(|| self.new_write())
    }

    fn new_write(self) -> Write<queries::views::Change, ()> {
        let (update, address) = (self, self.address);
        let write = queries::views::change();
        let answer = write.value();
        Effect::new(move || match answer.get() {
            Some(Ok(())) => {
                update.overtaken.set(None);
                Toasts::current().success("The view was updated.");
            }
            Some(Err(ApiError::Stale(now))) => {
                let now = serde_json::from_value(now).ok().or_else(|| address.view.get_untracked());
                update.overtaken.set(now);
            }
            Some(Err(error)) => {
                Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
            }
            None => {}
        });
        write
    }

    /// Updates the view as it was when the changes were begun.
    pub(super) fn begin(self) {
        if let Some(base) = self.base() {
            self.send(&base);
        }
    }

    /// Updates the view whatever somebody else has made of it.
    pub(super) fn overwrite(self) {
        if let Some(now) = self.overtaken.get_untracked() {
            self.send(&now);
        }
    }

    /// Shows the view as somebody else has made it.
    pub(super) fn take_theirs(self) {
        if let Some(now) = self.overtaken.get_untracked() {
            self.overtaken.set(None);
            self.address.open(Some(now.view_id));
        }
    }

    /// The view as it was when the changes on screen were begun.
    pub(super) fn base(self) -> Option<RunView> {
        self.base.try_get_value().flatten()
    }

    /// Whether the update is on its way.
    pub(super) fn busy(self) -> Signal<bool> {
        let pending = self.write().pending();
        Signal::derive(move || pending.get())
    }

    fn send(self, view: &RunView) {
        let write = self.write();
        if !write.pending().get_untracked() {
            let table = self.address.url.get_untracked().setup(Some(&view.table));
            let patch = RunViewPatch { table: Some(table), ..RunViewPatch::default() };
            write.dispatch((self.project, view.view_id, view.version, patch));
        }
    }

    /// Changes on screen are made to the view as it is when the first of them is made.
    fn follow(self, view: Option<RunView>, is_edited: bool) {
        self.base.try_update_value(|base| {
            let is_same = base.as_ref().map(|base| base.view_id) == view.as_ref().map(|view| view.view_id);
            if !is_same || !is_edited {
                *base = view;
            }
        });
    }
}
