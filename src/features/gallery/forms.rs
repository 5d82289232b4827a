//! Fields and forms.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{
    Checkbox, Choice, ChoiceCards, ComboboxInput, ComboboxOption, Field, Form, IconName, NumberInput,
    PasswordInput, SearchField, Segmented, Select, SelectOption, Slider, SubmitRow, Switch, TextArea,
    TextInput, TextKind,
};

#[component]
pub(super) fn Forms() -> impl IntoView {
    view! {
        <Specimen label="Fields"><Fields/></Specimen>
        <Specimen label="Choices"><Choices/></Specimen>
        <Specimen label="On and off"><Switches/></Specimen>
        <Specimen label="A number that is found by looking at what it does">
            <Slider label="Smoothing" value=RwSignal::new(60) max=99 told=|number| format!("0.{number:02}")/>
        </Specimen>
        <Specimen label="Search"><Search/></Specimen>
        <Specimen label="A line with what may stand in it"><Comboboxes/></Specimen>
        <Specimen label="A form that is refused"><Refused/></Specimen>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let entry = RwSignal::new("train.py --epochs 40".to_owned());
    let memory = RwSignal::new("16".to_owned());
    let secret = RwSignal::new("correct horse".to_owned());
    let account = RwSignal::new(String::new());
    let queue = RwSignal::new("gpu".to_owned());
    let summary =
        RwSignal::new("Predicts the load of the grid for the next day from weather and calendar.".to_owned());
    let queues =
        ["gpu", "batch", "devel"].map(|name| SelectOption::new(name, format!("{name} partition"))).to_vec();
    view! {
        <div class="grid" data-columns="small">
            <Field label="Command" hint="Run in the root of the repository.">
                <TextInput value=entry kind=TextKind::Code/>
            </Field>
            <Field label="Memory"><NumberInput value=memory min=1.0 max=512.0 unit="GiB"/></Field>
            <Field label="Partition"><Select value=queue options=queues/></Field>
            <Field label="Password"><PasswordInput value=secret autocomplete="off"/></Field>
            <Field label="Account" error="No such account at JUSUF." optional=true>
                <TextInput value=account placeholder="training2406"/>
            </Field>
        </div>
        <Field label="Summary" hint="Shown in lists, in one line." optional=true><TextArea value=summary rows=3/></Field>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let visibility = RwSignal::new("private");
    let cards = vec![
        Choice::new("private", "Private").icon(IconName::Lock).text("Only members see it."),
        Choice::new("organization", "Organization")
            .icon(IconName::Building)
            .text("Everyone at the institute reads it."),
        Choice::new("public", "Public")
            .icon(IconName::Globe)
            .text("Everyone who can reach this server reads it."),
    ];
    let view_as = RwSignal::new("rows");
    let layouts = vec![
        Choice::new("rows", "Rows").icon(IconName::Menu),
        Choice::new("cards", "Cards").icon(IconName::Columns),
    ];
    view! {
        <ChoiceCards label="Who can see it" value=visibility choices=cards/>
        <Segmented label="Layout" value=view_as choices=layouts/>
    }
}

#[component]
fn Switches() -> impl IntoView {
    let log = RwSignal::new(true);
    let some = RwSignal::new(false);
    let mixed = RwSignal::new(true);
    let on = RwSignal::new(true);
    view! {
        <Checkbox checked=log hint="Costs about 2 % of the time.">"Log gradients"</Checkbox>
        <Checkbox checked=some mixed=mixed on_change=move |_| mixed.set(false)>"All 12 runs"</Checkbox>
        <Switch checked=on on_change=move |now| on.set(now)>"The schedule is active"</Switch>
        <Switch checked=false on_change=|_| () disabled_reason="Payment is not set up.">"Scale out"</Switch>
    }
}

#[component]
fn Search() -> impl IntoView {
    let sought = RwSignal::new(String::new());
    view! {
        <SearchField label="Search projects" value=sought/>
        <span class="muted">{move || format!("Looking for “{}”", sought.get())}</span>
    }
}

#[component]
fn Comboboxes() -> impl IntoView {
    let (optimiser, metric) = (RwSignal::new(String::new()), RwSignal::new("metrics.los".to_owned()));
    let option = |(text, hint, count): (&str, &str, &str)| ComboboxOption {
        text: text.to_owned(),
        hint: hint.to_owned(),
        count: count.to_owned(),
    };
    let optimisers = [("adam", "", "1,204"), ("sgd", "", "86"), ("größe 😀", "", "2")].map(option).to_vec();
    let metrics = [
        ("metrics.loss", "metric", "1,290"),
        ("metrics.accuracy", "metric", "1,288"),
        ("params.depth", "parameter", "40"),
    ]
    .map(option)
    .to_vec();
    view! {
        <div class="grid" data-columns="small">
            <ComboboxInput label="Optimiser" value=optimiser options=Signal::stored(optimisers) counted="runs" placeholder="Any text"/>
            <ComboboxInput label="Metric" value=metric options=Signal::stored(metrics) counted="runs" is_strict=true is_invalid=true/>
        </div>
    }
}

#[component]
fn Refused() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let missing = Signal::derive(move || {
        (refused.read().is_some() && name.read().trim().is_empty())
            .then(|| "Give the project a name.".to_owned())
    });
    let submit = move |()| {
        let empty = name.read_untracked().trim().is_empty();
        refused.set(empty.then(|| "Some fields need attention.".to_owned()));
    };
    view! {
        <Form error=refused on_submit=submit>
            <Field label="Name" error=missing><TextInput value=name placeholder="Load forecast"/></Field>
            <SubmitRow label="Create project" on_cancel=move |()| refused.set(None)/>
        </Form>
    }
}
