//! What one does with templates, and what is asked about them meanwhile.

use leptos::prelude::*;
use models::id::{RunTemplateId, UserId};
use models::permission::Role;
use models::run_template::{RunTemplate, RunTemplates};

use super::super::draft::Draft;
use super::super::state::Launch;
use super::delete::Restoring;
use super::draft::drafted;
use super::update::Update;
use crate::queries::{self, Query};
use crate::session::Session;
use crate::ui::{Home, Lasting, Toasts};

/// What one does with templates. A handle.
#[derive(Clone, Copy)]
pub(in super::super) struct Acts {
    /// The form.
    pub(super) launch: Launch,
    /// The templates that the person sees.
    pub(super) templates: Query<RunTemplates>,
    /// The template that filled the form last, as it is now; `None` once it is gone.
    pub(super) open: Memo<Option<RunTemplate>>,
    /// Puts the form in the place of what the open template holds.
    pub(super) update: Update,
    /// What is looked for among the templates.
    pub(super) sought: RwSignal<String>,
    /// Whether it is asked under which name to save the form.
    pub(super) saving: RwSignal<bool>,
    /// The template for which a new name is asked.
    pub(super) renaming: RwSignal<Option<RunTemplate>>,
    /// The template of which it is asked whether to delete it.
    pub(super) deleting: RwSignal<Option<RunTemplate>>,
    /// Saves a template again that was deleted.
    pub(super) restoring: Lasting<Restoring>,
    open_id: RwSignal<Option<RunTemplateId>>,
    /// Where the form lasts.
    home: Home,
    /// Whether the draft is to be kept.
    is_touched: RwSignal<bool>,
    role: Signal<Option<Role>>,
    user: Signal<Option<UserId>>,
}

impl Acts {
    /// `open` is the template that the form began with.
    pub(in super::super) fn new(
        launch: Launch,
        templates: Query<RunTemplates>,
        open: Option<RunTemplateId>,
        is_touched: RwSignal<bool>,
    ) -> Self {
        let of_project = queries::projects::brief(move || Some(launch.project));
        let session = Session::current();
        let open_id = RwSignal::new(open);
        let user = Signal::derive(move || session.user().map(|user| user.user_id));
        let open = Memo::new(move |_| templates.value.get()?.find(open_id.get()?).cloned());
        let is_own =
            Callback::new(move |template: RunTemplate| user.get().is_some_and(|user| template.is_of(user)));
        Self {
            launch,
            templates,
            open,
            update: Update::new(launch.project, launch.draft, open, is_own),
            sought: RwSignal::new(String::new()),
            saving: RwSignal::new(false),
            renaming: RwSignal::new(None),
            deleting: RwSignal::new(None),
            restoring: Lasting::default(),
            open_id,
            home: Home::here(),
            is_touched,
            role: Signal::derive(move || Some(of_project.value.get()?.current_user_role)),
            user,
        }
    }

    /// Fills the form with a template. What was typed before can be brought back for a while.
    pub(super) fn fill(self, template: &RunTemplate) {
        let Some(before) = self.launch.draft.try_get_untracked() else { return };
        let open_before = self.open_id.get_untracked();
        let is_own = untrack(|| self.is_own(template));
        self.put(drafted(template, is_own, &before), Some(template.template_id));
        let undo = move |()| self.put(before.clone(), open_before);
        let words = format!("“{}” fills the form.", template.name);
        // The menu that this was chosen in is gone before.
        match self.home.within(|| Callback::new(undo)) {
            Some(undo) => Toasts::current().success_with_undo(words, undo),
            None => Toasts::current().success(words),
        }
    }

    /// Takes a template as the one that is open, with the form as it is.
    pub(super) fn belong_to(self, template: Option<RunTemplateId>) {
        self.open_id.set(template);
    }

    fn put(self, draft: Draft, open: Option<RunTemplateId>) {
        // The form may have been left since.
        if self.open_id.try_set(open).is_none() {
            self.launch.fields.fill(draft);
            self.is_touched.set(true);
        }
    }

    /// Whether a template is the person's own.
    pub(super) fn is_own(self, template: &RunTemplate) -> bool {
        self.user.get().is_some_and(|user| template.is_of(user))
    }

    /// Why she may not change or delete the open template; `None` when she may.
    pub(super) fn why_not_change(self) -> Signal<Option<String>> {
        self.refusal(RunTemplate::why_not_change)
    }

    /// Why she may not share the open template or take it back; `None` when she may.
    pub(super) fn why_not_share(self) -> Signal<Option<String>> {
        self.refusal(RunTemplate::why_not_share)
    }

    fn refusal(self, ask: fn(&RunTemplate, UserId, Role) -> Option<String>) -> Signal<Option<String>> {
        Signal::derive(move || {
            let (user, role) = (self.user.get()?, self.role.get()?);
            ask(self.open.read().as_ref()?, user, role)
        })
    }
}
