//! Giving a group or an organization a role.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::{OrganizationId, UserGroupId};
use models::page::PageQuery;
use models::permission::Role;
use models::problem::FieldErrors;
use models::project::Project;
use models::team::TeamKind;
use uuid::Uuid;

use super::grants::grants;
use crate::queries::{self, members::Grant, members::Grantee};
use crate::ui::{Button, Dialog, Field, Form, Select, SelectOption, SubmitRow, Toasts};
use crate::widgets::{FormErrors, role_about, role_options};

/// The fields whose errors the form shows where they belong.
const SHOWN: &[&str] = &["group", "organization", "role"];
/// The groups and the organizations that can be chosen from.
const CHOICES: PageQuery = PageQuery { startindex: 0, pagelength: PageQuery::MAX_LENGTH };

/// The button that gives a group or an organization a role, and its dialog.
#[component]
pub(super) fn GiveRole(project: Signal<Arc<Project>>, why_not: Signal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    view! {
        <Button disabled_reason=why_not on_click=move |_| open.set(true)>"Add a group"</Button>
        <Dialog open title="Add a group or an organization" locked=busy>
            <GiveForm project open busy/>
        </Dialog>
    }
}

#[component]
fn GiveForm(project: Signal<Arc<Project>>, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let team = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Researcher.as_str().to_owned());
    let give = queries::members::grant();
    let errors = FormErrors::of(give);
    Effect::new(move || busy.set(give.pending().get()));
    Effect::new(move || {
        if matches!(*give.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The role was given.");
        }
    });
    let submit = move |()| {
        let draft = Draft { team: team.get_untracked(), role: role.get_untracked() };
        if let Some(Wanted(grantee, role)) = errors.check(draft)
            && !give.pending().get_untracked()
        {
            give.dispatch_local(Grant { project: id, grantee, before: None, role });
        }
    };
    let (group, organization) = (errors.at("group"), errors.at("organization"));
    let error = Signal::derive(move || group.get().or_else(|| organization.get()));
    let about = Signal::derive(move || Role::named(&role.read()).map(|role| role_about(role).to_owned()));
    let hint = "Those that you belong to. Each of its members gets the role.";
    view! {
        <Form error=errors.summary(SHOWN) on_submit=submit>
            <Field label="Group or organization" hint=Some(hint.to_owned()) error>
                <Select value=team options=options(project) placeholder="Choose one"/>
            </Field>
            <Field label="Role" hint=about error=errors.at("role")>
                <Select value=role options=Signal::stored(role_options())/>
            </Field>
            <SubmitRow label="Add" busy=give.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

/// The person's groups and organizations without a role in the project; a value is a kind and an id.
fn options(project: Signal<Arc<Project>>) -> Signal<Vec<SelectOption>> {
    let lists = TeamKind::ALL.map(|kind| (kind, queries::teams::list(move || (kind, CHOICES))));
    Signal::derive(move || {
        let given: Vec<_> = grants(&project.read()).into_iter().map(|grant| grant.grantee).collect();
        let mut options = Vec::new();
        for (kind, query) in lists {
            for team in query.value.get().iter().flat_map(|page| &page.items) {
                let label = match kind {
                    TeamKind::Groups => team.name.clone(),
                    TeamKind::Organizations => format!("{} (organization)", team.name),
                };
                let value = format!("{}/{}", kind.segment(), team.id);
                if grantee(&value).is_some_and(|grantee| !given.contains(&grantee)) {
                    options.push(SelectOption::new(value, label));
                }
            }
        }
        options
    })
}

/// What was chosen.
struct Draft {
    team: String,
    role: String,
}

struct Wanted(Grantee, Role);

impl TryFrom<Draft> for Wanted {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let grantee = grantee(&draft.team).ok_or_else(|| FieldErrors::at("group", "choose one"))?;
        let role = Role::named(&draft.role).ok_or_else(|| FieldErrors::at("role", "choose a role"))?;
        Ok(Self(grantee, role))
    }
}

fn grantee(text: &str) -> Option<Grantee> {
    let (kind, id) = text.split_once('/')?;
    let id: Uuid = id.parse().ok()?;
    Some(match TeamKind::named(kind)? {
        TeamKind::Groups => Grantee::Group(UserGroupId(id)),
        TeamKind::Organizations => Grantee::Organization(OrganizationId(id)),
    })
}
