//! What one does with saved views, and what is asked about them meanwhile.

use leptos::prelude::*;
use models::id::{ProjectId, UserId};
use models::permission::{Action, Role};
use models::run_view::RunView;

use super::delete::Restoring;
use super::update::Update;
use crate::features::runs::address::Address;
use crate::queries;
use crate::session::Session;
use crate::ui::Lasting;
use crate::widgets::why_not;

/// What one does with saved views. A handle.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    /// Which view is open, and how the table is set up.
    pub(super) address: Address,
    /// The project whose views they are.
    pub(super) project: ProjectId,
    /// Puts the table in the place of that of the open view.
    pub(super) update: Update,
    /// What is looked for among the views.
    pub(super) sought: RwSignal<String>,
    /// Whether it is asked under which name to save the table.
    pub(super) saving: RwSignal<bool>,
    /// The view for which a new name is asked.
    pub(super) renaming: RwSignal<Option<RunView>>,
    /// The view of which it is asked whether to delete it.
    pub(super) deleting: RwSignal<Option<RunView>>,
    /// Saves a view again that was deleted.
    pub(super) restoring: Lasting<Restoring>,
    /// Why she may not keep views; `None` when she may.
    pub(super) why_not_keep: Signal<Option<String>>,
    role: Signal<Option<Role>>,
    user: Signal<Option<UserId>>,
}

impl Acts {
    pub(super) fn new(address: Address, project: ProjectId) -> Self {
        let of_project = queries::projects::brief(move || Some(project));
        let session = Session::current();
        Self {
            address,
            project,
            update: Update::new(address, project),
            sought: RwSignal::new(String::new()),
            saving: RwSignal::new(false),
            renaming: RwSignal::new(None),
            deleting: RwSignal::new(None),
            restoring: Lasting::default(),
            why_not_keep: why_not(project, Action::KeepViews),
            role: Signal::derive(move || Some(of_project.value.get()?.current_user_role)),
            user: Signal::derive(move || session.user().map(|user| user.user_id)),
        }
    }

    /// Whether anything is asked about views.
    pub(super) fn is_asking(self) -> bool {
        self.saving.get()
            || self.renaming.read().is_some()
            || self.deleting.read().is_some()
            || self.update.meanwhile.overtaken.read().is_some()
    }

    /// Asks nothing any more.
    pub(super) fn ask_nothing(self) {
        self.saving.set(false);
        self.renaming.set(None);
        self.deleting.set(None);
        self.update.meanwhile.overtaken.set(None);
    }

    /// Whether a view is the person's own.
    pub(super) fn is_own(self, view: &RunView) -> bool {
        self.user.get().is_some_and(|user| view.is_of(user))
    }

    /// Why she may not change or delete the open view; `None` when she may.
    pub(super) fn why_not_change(self) -> Signal<Option<String>> {
        self.refusal(RunView::why_not_change)
    }

    /// Why she may not share the open view or take it back; `None` when she may.
    pub(super) fn why_not_share(self) -> Signal<Option<String>> {
        self.refusal(RunView::why_not_share)
    }

    /// Why she may not choose the open view to open first for everybody; `None` when she may.
    pub(super) fn why_not_default(self) -> Signal<Option<String>> {
        let may_not = why_not(self.project, Action::TendViews);
        Signal::derive(move || {
            let is_private = self.address.view.read().as_ref().is_some_and(|view| !view.is_shared);
            may_not.get().or_else(|| is_private.then(|| "Share the view first.".to_owned()))
        })
    }

    fn refusal(self, ask: fn(&RunView, UserId, Role) -> Option<String>) -> Signal<Option<String>> {
        Signal::derive(move || {
            let (user, role) = (self.user.get()?, self.role.get()?);
            ask(self.address.view.read().as_ref()?, user, role)
        })
    }
}
