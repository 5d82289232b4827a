//! The parameters of the entry point, each asked for as its type wants, and others.

use leptos::prelude::*;
use models::code::{EntryPointParameter, ParameterInput};

use super::differences::Place;
use super::fields::Extra;
use super::marked::Marked;
use super::parameters::{hint, is_on, turned};
use super::request::chosen;
use super::state::Launch;
use crate::ui::{
    Button, Emphasis, Field, IconButton, IconName, Select, SelectOption, Size, Skeleton, SkeletonShape,
    Switch, TextInput, TextKind,
};

/// The parameters.
#[component]
pub(super) fn ParameterFields(launch: Launch) -> impl IntoView {
    let known = Memo::new(move |before: Option<&Vec<EntryPointParameter>>| {
        let draft = launch.draft.read();
        match chosen(&draft, &launch.about.read()) {
            Some(entry_point) => entry_point.parameters.clone(),
            // While the repository is asked again the fields stay, and with them the focus.
            None if launch.contents.fetching.get() => before.cloned().unwrap_or_default(),
            None => Vec::new(),
        }
    });
    // What was given for a parameter is told apart from the others once the entry point is known.
    let is_waiting = Memo::new(move |_| launch.contents.fetching.get() && known.read().is_empty());
    let extras = move || if is_waiting.get() { Vec::new() } else { launch.fields.extras.get() };
    let key = |parameter: &EntryPointParameter| {
        (
            parameter.name.clone(),
            parameter.kind.to_string(),
            parameter.default.as_ref().map(ToString::to_string),
        )
    };
    let add = move |_| launch.fields.add("", "");
    let field = move |parameter: EntryPointParameter| {
        let value = launch.fields.value(&parameter.name)?;
        Some(view! { <ParameterField launch parameter value/> })
    };
    view! {
        <fieldset class="launch-parameters" id="launch-parameters">
            <legend>"Parameters"</legend>
            {move || is_waiting.get().then(|| view! { <Skeleton shape=SkeletonShape::Rows count=2/> })}
            <div class="launch-grid"><For each=move || known.get() key let(parameter)>{field(parameter)}</For></div>
            <For each=extras key=|extra| extra.key let(extra)>
                <ExtraFields launch extra/>
            </For>
            <div>
                <Button size=Size::Small emphasis=Emphasis::Ghost icon=IconName::Plus on_click=add>"Add parameter"</Button>
            </div>
        </fieldset>
    }
}

#[component]
fn ParameterField(launch: Launch, parameter: EntryPointParameter, value: RwSignal<String>) -> impl IntoView {
    let field = format!("mlflowParameters.{}", parameter.name);
    let error = Signal::derive(move || launch.error(&field));
    let (label, hint) = (parameter.name.clone(), Some(hint(&parameter)));
    let optional = !parameter.is_required();
    let place = Place::Parameter(parameter.name.clone());
    let control = match (parameter.kind.input(), optional) {
        (ParameterInput::Switch, true) => {
            let parameter = StoredValue::new(parameter);
            let checked =
                Signal::derive(move || parameter.with_value(|parameter| is_on(parameter, &value.read())));
            let turn = move |on| parameter.with_value(|parameter| value.set(turned(parameter, on)));
            let word = move || if checked.get() { "true" } else { "false" };
            let hint = hint.unwrap_or_default();
            return view! {
                <Marked launch place>
                    <div class="field launch-switch">
                        <Switch checked on_change=turn>{label} " " <span class="muted">{word}</span></Switch>
                        <div class="field-note">{hint}</div>
                    </div>
                </Marked>
            }
            .into_any();
        }
        (ParameterInput::Switch, false) => {
            let options = vec![SelectOption::new("true", "true"), SelectOption::new("false", "false")];
            view! { <Field label hint error><Select value options=Signal::stored(options) placeholder="Choose"/></Field> }
                .into_any()
        }
        // As text, because a field for numbers hides what is none: the default would then apply in silence.
        (ParameterInput::Number | ParameterInput::Integer | ParameterInput::Text, _) => {
            let placeholder = parameter.default.as_ref().map(super::draft::spelled).unwrap_or_default();
            view! {
                <Field label hint error optional>
                    <TextInput value kind=TextKind::Code placeholder/>
                </Field>
            }
            .into_any()
        }
    };
    view! { <Marked launch place>{control}</Marked> }.into_any()
}

/// A parameter that no entry point is known to have.
#[component]
fn ExtraFields(launch: Launch, extra: Extra) -> impl IntoView {
    let Extra { key, name, text } = extra;
    let error = Signal::derive(move || launch.error(&format!("mlflowParameters.{}", name.read())));
    let label = Signal::derive(move || format!("Remove the parameter {}", name.read()));
    view! {
        <div class="launch-extra">
            <Field label="Name" error><TextInput value=name kind=TextKind::Code/></Field>
            <Field label="Value"><TextInput value=text kind=TextKind::Code/></Field>
            <IconButton label icon=IconName::Trash on_click=move |_| launch.fields.remove(key)/>
        </div>
    }
}
