//! The config as fields.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;

use super::bound::Config;
use super::state::Launch;
use super::system::{About, Shape, Surrounding, System, at};
use super::yaml::Fields;
use crate::ui::{Choice, ChoiceCards, Field, Segmented, TextArea, TextInput, TextKind};

/// The machine, what it must offer, and what surrounds the command.
#[component]
pub(super) fn BackendFields(
    launch: Launch,
    config: Config,
    system: RwSignal<Option<System>>,
) -> impl IntoView {
    let is_broken = Memo::new(move |_| config.read.read().is_err());
    let error = launch.error_at(&["backendConfig", "backendConfig.Resources", "backendConfig.Environment"]);
    let choices = System::ALL.map(|own| Choice::new(Some(own), own.title()).text(own.text()));
    view! {
        <fieldset class="launch-backend" disabled=move || is_broken.get()>
            <ChoiceCards label="Where it is executed" value=system choices=choices.into()/>
            <p class="field-note" data-error="true" hidden=move || error.read().is_none()>{move || error.get()}</p>
            {move || system.get().map(|system| {
                let (resources, more) = system.resources();
                view! {
                    <Grid launch config fields=system.fields()/>
                    <Grid launch config fields=resources/>
                    <More launch config title="More resources" fields=more/>
                    <Surroundings launch config offered=system.surroundings()/>
                    <More launch config title="Modules, variables, commands and files" fields=system.environment()/>
                }
            })}
        </fieldset>
    }
}

/// The chosen machine, kept in step with the text. What was typed for another one comes back with it.
pub(super) fn system_of(config: Config) -> RwSignal<Option<System>> {
    let said = move || config.last.with(System::of);
    let system = RwSignal::new(untrack(said));
    let others = StoredValue::new(BTreeMap::<&str, Value>::new());
    Effect::new(move || {
        let said = said();
        if system.get_untracked() != said {
            system.set(said);
        }
    });
    Effect::new(move |before: Option<Option<System>>| {
        let now = system.get();
        let Some(chosen) = now.filter(|_| before.is_some_and(|before| before != now)) else { return now };
        if untrack(said) == now {
            return now;
        }
        let wanted = [chosen.key(), chosen.resources_key()];
        let of_others = System::ALL.into_iter().flat_map(|other| [other.key(), other.resources_key()]);
        for key in of_others.filter(|key| !wanted.contains(key)) {
            let typed = config.last.with_untracked(|config| at(config, &[key]).cloned());
            if let Some(typed) = typed {
                others.update_value(|others| drop(others.insert(key, typed)));
                config.set(&[key], None);
            }
        }
        let begun = [(chosen.key(), chosen.begin()), (chosen.resources_key(), Value::Object(Fields::new()))];
        for (key, begin) in begun {
            if config.last.with_untracked(|config| at(config, &[key]).is_none()) {
                let typed = others.with_value(|others| others.get(key).cloned());
                config.set(&[key], Some(&typed.unwrap_or(begin)));
            }
        }
        now
    });
    system
}

#[component]
fn Surroundings(launch: Launch, config: Config, offered: &'static [Surrounding]) -> impl IntoView {
    let said = move || config.last.with(Surrounding::of);
    let chosen = RwSignal::new(untrack(said));
    Effect::new(move || {
        let said = said();
        if chosen.get_untracked() != said {
            chosen.set(said);
        }
    });
    Effect::new(move |before: Option<Surrounding>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now) && untrack(said) != now {
            for key in Surrounding::ALL.into_iter().filter(|own| *own != now).filter_map(Surrounding::key) {
                config.set(&["Environment", key], None);
            }
            if let Some(key) = now.key() {
                config.set(&["Environment", key], Some(&now.begin()));
            }
        }
        now
    });
    let choices = offered.iter().map(|own| Choice::new(*own, own.title())).collect();
    let fields = Memo::new(move |_| config.last.with(|config| chosen.get().fields(config)));
    view! {
        <div class="launch-surrounding">
            <span class="field-label" aria-hidden="true">"The command runs"</span>
            <Segmented label="The command runs" value=chosen choices/>
        </div>
        {move || view! { <Grid launch config fields=fields.get()/> }}
    }
}

#[component]
fn Grid(launch: Launch, config: Config, fields: &'static [About]) -> impl IntoView {
    let fields =
        fields.iter().map(|about| view! { <BackendField launch config about=*about/> }).collect_view();
    view! { <div class="launch-grid">{fields}</div> }
}

/// Fields that are folded away until somebody wants them, or one of them says something.
#[component]
fn More(launch: Launch, config: Config, title: &'static str, fields: &'static [About]) -> impl IntoView {
    if fields.is_empty() {
        return ().into_any();
    }
    let is_said =
        config.last.with_untracked(|config| fields.iter().any(|about| at(config, about.path).is_some()));
    let is_wrong = Memo::new(move |_| fields.iter().any(|about| launch.error(&field_of(*about)).is_some()));
    view! {
        <details class="launch-more" open=move || is_said || is_wrong.get()>
            <summary>{title}</summary>
            <Grid launch config fields/>
        </details>
    }
    .into_any()
}

/// The name of a field in refusals.
fn field_of(about: About) -> String {
    format!("backendConfig.{}", about.path.join("."))
}

#[component]
fn BackendField(launch: Launch, config: Config, about: About) -> impl IntoView {
    let value = config.bound(about);
    let field = field_of(about);
    let error = Signal::derive(move || launch.error(&field));
    let About { label, example, shape, .. } = about;
    match shape {
        Shape::Required => view! {
            <Field label=label error><TextInput value kind=TextKind::Code placeholder=example/></Field>
        }
        .into_any(),
        Shape::Text | Shape::Count => view! {
            <Field label=label error optional=true><TextInput value kind=TextKind::Code placeholder=example/></Field>
        }
        .into_any(),
        Shape::Lines | Shape::Pairs => view! {
            <Field label=label error optional=true>
                <TextArea value kind=TextKind::Code rows=2 placeholder=example/>
            </Field>
        }
        .into_any(),
    }
}
