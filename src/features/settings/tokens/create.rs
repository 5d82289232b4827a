//! Making a token.

use leptos::prelude::*;
use models::page::PageQuery;
use models::project::ProjectSearch;
use models::token::TokenScope;

use super::super::me::me;
use super::created::Created;
use super::draft::Fields;
use super::words::{SCOPES, meaning, title};
use crate::queries;
use crate::ui::{Checkbox, Dialog, Field, Form, Select, SelectOption, SubmitRow, TextInput, time};
use crate::widgets::FormErrors;

/// How long a token can be made to work, in days.
const SPANS: [(u16, &str); 4] = [(7, "7 days"), (30, "30 days"), (90, "90 days"), (366, "A year")];
/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// Asks for a token, and shows its secret once. What was typed stays until the token is made; the secret goes with the
/// dialog.
#[component]
pub(super) fn CreateToken(open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::empty();
    let locked = RwSignal::new(false);
    let made = RwSignal::new(false);
    let title = move || if made.get() { "Copy the token now" } else { "New token" }.to_owned();
    view! {
        <Dialog open title=Signal::derive(title) locked>
            <CreateOrShow fields open locked made/>
        </Dialog>
    }
}

#[component]
fn CreateOrShow(
    fields: Fields,
    open: RwSignal<bool>,
    locked: RwSignal<bool>,
    made: RwSignal<bool>,
) -> impl IntoView {
    let create = queries::tokens::create();
    let errors = FormErrors::of(create);
    let me = me();
    made.set(false);
    let token = Memo::new(move |_| create.value().get()?.ok());
    Effect::new(move || {
        let is_made = token.read().is_some();
        if is_made {
            fields.clear();
        }
        made.set(is_made);
        locked.set(is_made || create.pending().get());
    });
    let submit = move |()| {
        if let Some((user, request)) = me().zip(errors.check(fields.draft()))
            && !create.pending().get_untracked()
        {
            create.dispatch_local((user, request));
        }
    };
    move || match token.get() {
        Some(token) => view! { <Created token on_done=move |()| open.set(false)/> }.into_any(),
        None => view! {
            <Form error=errors.summary(Fields::SHOWN) on_submit=submit>
                <TokenFields fields errors/>
                <SubmitRow label="Create token" busy=create.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        }
        .into_any(),
    }
}

#[component]
fn TokenFields(fields: Fields, errors: FormErrors) -> impl IntoView {
    let spans = SPANS.map(|(days, label)| SelectOption::new(days.to_string(), label)).to_vec();
    let until = move || {
        let days: i64 = fields.days.read().parse().ok()?;
        Some(format!("Until {}.", time::absolute(time::now() + days * DAY)))
    };
    view! {
        <Field label="Name" hint=Some("Where it is used, so that you know which one to revoke.".to_owned()) error=errors.at("name")>
            <TextInput value=fields.name autofocus=true/>
        </Field>
        <Scopes fields errors/>
        <Field label="Works for" hint=Signal::derive(until) error=errors.at("days")>
            <Select value=fields.days options=Signal::stored(spans)/>
        </Field>
        <ProjectField fields errors/>
    }
}

#[component]
fn Scopes(fields: Fields, errors: FormErrors) -> impl IntoView {
    let error = errors.at("scopes");
    let scope = |(ticked, scope): (RwSignal<bool>, TokenScope)| {
        view! { <Checkbox checked=ticked hint=meaning(scope)>{title(scope)}</Checkbox> }
    };
    view! {
        <fieldset class="settings-checks">
            <legend class="field-label">"What it may do"</legend>
            {fields.scopes.into_iter().zip(SCOPES).map(scope).collect_view()}
            <p class="field-note" data-error="true" role="alert">{error}</p>
        </fieldset>
    }
}

#[component]
fn ProjectField(fields: Fields, errors: FormErrors) -> impl IntoView {
    let page = PageQuery { startindex: 0, pagelength: PageQuery::MAX_LENGTH };
    let projects = queries::projects::list(move || (ProjectSearch::default(), page));
    let options = Signal::derive(move || {
        let found = projects.value.get();
        let found = found.iter().flat_map(|page| page.items.iter());
        found
            .map(|project| SelectOption::new(project.project_id.to_string(), project.name.clone()))
            .collect::<Vec<_>>()
    });
    view! {
        <Field
            label="Project"
            optional=true
            hint=Some("With a project it works there alone, and MLflow's runs land there.".to_owned())
            error=errors.at("projectId")
        >
            <Select value=fields.project options placeholder="All that you may see"/>
        </Field>
    }
}
