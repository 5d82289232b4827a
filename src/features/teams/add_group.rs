//! Taking a group into an organization.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::UserGroupId;
use models::page::PageQuery;
use models::problem::FieldErrors;
use models::team::TeamKind;

use crate::queries::{
    self,
    teams::{Team, TeamPatch},
};
use crate::ui::{Button, Dialog, Field, Form, IconName, Select, SelectOption, SubmitRow, Toasts};
use crate::widgets::FormErrors;

/// The groups that can be chosen from.
const CHOICES: PageQuery = PageQuery { startindex: 0, pagelength: PageQuery::MAX_LENGTH };

/// The button that takes one of the person's groups in, and its dialog.
#[component]
pub(super) fn AddGroup(team: Signal<Arc<Team>>, why_not: Signal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    view! {
        <Button icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>"Add a group"</Button>
        <Dialog open title="Add a group" locked=busy><AddForm team open busy/></Dialog>
    }
}

#[component]
fn AddForm(team: Signal<Arc<Team>>, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let change = queries::teams::change();
    let errors = FormErrors::of(change);
    Effect::new(move || busy.set(change.pending().get()));
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The group was added.");
        }
    });
    let groups = queries::teams::list(|| (TeamKind::Groups, CHOICES));
    let options = Signal::derive(move || {
        let inside: Vec<_> = team.read().groups.iter().map(|group| group.user_group_id.0).collect();
        let found = groups.value.get();
        let others = found.iter().flat_map(|page| &page.items).filter(|group| !inside.contains(&group.id));
        others.map(|group| SelectOption::new(group.id.to_string(), group.name.clone())).collect::<Vec<_>>()
    });
    let submit = move |()| {
        let team = team.get_untracked();
        if let Some(Wanted(group)) = errors.check(Draft(chosen.get_untracked()))
            && !change.pending().get_untracked()
        {
            let groups = team.groups.iter().map(|known| known.user_group_id).chain([group]).collect();
            let patch = TeamPatch { groups: Some(groups), ..TeamPatch::default() };
            change.dispatch_local((team.kind, team.id, team.version, patch));
        }
    };
    let hint = "One that you belong to and that is not in it yet.";
    view! {
        <Form error=errors.summary(&["groups"]) on_submit=submit>
            <Field label="Group" hint=Some(hint.to_owned()) error=errors.at("groups")>
                <Select value=chosen options placeholder="Choose one"/>
            </Field>
            <SubmitRow label="Add" busy=change.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

struct Draft(String);

struct Wanted(UserGroupId);

impl TryFrom<Draft> for Wanted {
    type Error = FieldErrors;

    fn try_from(Draft(group): Draft) -> Result<Self, FieldErrors> {
        group.parse().map(Self).map_err(|_| FieldErrors::at("groups", "choose one"))
    }
}
