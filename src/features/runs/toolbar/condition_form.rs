//! The form of one condition: a field, an operator, values, each with what there is to choose from.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use models::query::{Field, FieldKind, Filter, KnownNames, SuggestionKind, suggest};
use models::run_table::RunKeys;
use wasm_bindgen::JsCast;

use super::applied::Applied;
use super::hints;
use super::parts::{Parts, Takes, Wrong};
use super::values::Values;
use crate::ui::format::integer;
use crate::ui::{
    Button, ComboboxInput, ComboboxOption, Emphasis, Field as Labelled, PopoverHandle, Select, SelectOption,
    TokenInput,
};

/// What is filled in. A handle.
#[derive(Clone, Copy)]
struct Draft {
    field: RwSignal<String>,
    operator: RwSignal<String>,
    /// The value of an operator that takes one.
    value: RwSignal<String>,
    /// The values of one that takes several, one a line.
    values: RwSignal<String>,
    wrong: RwSignal<Option<Wrong>>,
}

impl Draft {
    fn new(parts: Parts) -> Self {
        Self {
            field: RwSignal::new(parts.field),
            operator: RwSignal::new(parts.operator),
            value: RwSignal::new(parts.values.first().cloned().unwrap_or_default()),
            values: RwSignal::new(parts.values.join("\n")),
            wrong: RwSignal::new(None),
        }
    }

    /// The field, once its name is one.
    fn known_field(self) -> Option<Field> {
        self.field.read().trim().parse().ok()
    }

    fn takes(self) -> Takes {
        Takes::of(&self.operator.read())
    }

    fn parts(self) -> Parts {
        let values = match untrack(|| self.takes()) {
            Takes::None => Vec::new(),
            Takes::One => {
                Some(self.value.get_untracked()).filter(|value| !value.is_empty()).into_iter().collect()
            }
            Takes::Several => self.values.with_untracked(|lines| lines.lines().map(str::to_owned).collect()),
        };
        Parts { field: self.field.get_untracked(), operator: self.operator.get_untracked(), values }
    }
}

/// A form in a popover that makes a condition, or changes one.
#[component]
pub(super) fn ConditionForm(
    applied: Applied,
    keys: Signal<RunKeys>,
    /// What it begins with.
    parts: Parts,
    /// What the button says.
    action: &'static str,
    /// Puts the condition into the filter.
    put: Callback<(Filter, Filter), Filter>,
) -> impl IntoView {
    let is_new = parts.field.is_empty();
    let draft = Draft::new(parts);
    let popover = PopoverHandle::current();
    let form = NodeRef::<html::Form>::new();
    let kind = Memo::new(move |_| draft.known_field().map_or(FieldKind::Text, |field| field.kind()));
    // Another kind of field begins with what is asked of it most.
    Effect::new(move |before: Option<FieldKind>| {
        let kind = kind.get();
        let operators = kind.operators();
        let is_kept = draft.operator.with_untracked(|own| operators.contains(&own.as_str()));
        if before.is_some_and(|before| before != kind) || !is_kept {
            draft.operator.set(operators.first().copied().unwrap_or_default().to_owned());
        }
        kind
    });
    let operators =
        Signal::derive(move || kind.get().operators().iter().map(|own| operator_option(own)).collect());
    let properties = Signal::derive(move || properties(&keys.read()));
    let values = value_options(applied, draft);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let told = draft.parts().read().and_then(|condition| {
            applied.change(|filter| put.run((filter, condition))).map_err(|error| Wrong::Value(error.message))
        });
        match told {
            Ok(()) => popover.into_iter().for_each(PopoverHandle::close),
            Err(wrong) => draft.wrong.set(Some(wrong)),
        }
    };
    let wrong_field = Signal::derive(move || match draft.wrong.get() {
        Some(Wrong::Field(told)) => Some(told),
        Some(Wrong::Value(_)) | None => None,
    });
    let wrong_value = Signal::derive(move || match draft.wrong.get() {
        Some(Wrong::Value(told)) => Some(told),
        Some(Wrong::Field(_)) | None => None,
    });
    // What is corrected is no longer called wrong.
    Effect::watch(
        move || (draft.field.get(), draft.operator.get(), draft.value.get(), draft.values.get()),
        move |_, _, _| draft.wrong.set(None),
        false,
    );
    let go_on = Callback::new(move |()| focus_in(form, "select"));
    view! {
        <form class="condition" novalidate node_ref=form on:submit=submit>
            <ComboboxInput
                label="What to filter by"
                value=draft.field
                options=properties
                counted="runs"
                placeholder="Metric, parameter or property"
                is_invalid=Signal::derive(move || wrong_field.read().is_some())
                is_strict=true
                autofocus=is_new
                on_take=go_on
            />
            <Wrongness told=wrong_field/>
            <Select label="How to compare" value=draft.operator options=operators/>
            {move || match draft.takes() {
                Takes::None => ().into_any(),
                Takes::One => view! {
                    <ComboboxInput
                        label="What to compare with"
                        value=draft.value
                        options=values
                        counted="runs"
                        placeholder=Signal::derive(move || example(kind.get()).to_owned())
                        autofocus=!is_new
                        is_invalid=Signal::derive(move || wrong_value.read().is_some())
                    />
                }.into_any(),
                Takes::Several => view! { <SeveralValues draft options=values/> }.into_any(),
            }}
            <Wrongness told=wrong_value/>
            <div class="condition-end"><Button emphasis=Emphasis::Primary submit=true>{action}</Button></div>
        </form>
    }
}

#[component]
fn SeveralValues(draft: Draft, options: Memo<Vec<ComboboxOption>>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let suggestions =
        Signal::derive(move || options.get().into_iter().map(|option| option.text).collect::<Vec<_>>());
    view! {
        <Labelled label="Values">
            <TokenInput value=draft.values typed suggestions placeholder="Enter adds one"/>
        </Labelled>
    }
}

#[component]
fn Wrongness(told: Signal<Option<String>>) -> impl IntoView {
    view! { <p class="condition-wrong" role="alert">{move || told.get()}</p> }
}

/// What the field can be compared with: its values by their runs, or times and lengths of time.
fn value_options(applied: Applied, draft: Draft) -> Memo<Vec<ComboboxOption>> {
    let texts = move || draft.known_field().filter(|field| field.kind() == FieldKind::Text);
    let filter = move || applied.filter.read().to_string();
    let values = Values::ask(applied.address.scope, texts, filter);
    Memo::new(move |_| match values.counts() {
        Some((_, counts)) => {
            let option = |count: models::run_table::KeyCount| ComboboxOption {
                text: count.key,
                hint: String::new(),
                count: integer(count.runs),
            };
            counts.into_iter().map(option).collect()
        }
        None => draft.known_field().map(|field| moments(&field)).unwrap_or_default(),
    })
}

/// Times or lengths of time that the field may be compared with.
fn moments(field: &Field) -> Vec<ComboboxOption> {
    let begin = format!("{} = ", field.written());
    let known = KnownNames { keys: &RunKeys::default(), tags: &[], values: None };
    let found = suggest(&begin, begin.chars().count(), &known).list.into_iter();
    let is_plain = matches!(field.kind(), FieldKind::Time | FieldKind::Duration);
    found
        .filter(|suggestion| is_plain && suggestion.kind == SuggestionKind::Value)
        .map(|suggestion| ComboboxOption { text: suggestion.text, hint: String::new(), count: String::new() })
        .collect()
}

fn properties(keys: &RunKeys) -> Vec<ComboboxOption> {
    let known = KnownNames { keys, tags: &[], values: None };
    let found = suggest("", 0, &known).list.into_iter();
    found
        .filter(|suggestion| suggestion.kind == SuggestionKind::Property)
        .filter_map(|suggestion| {
            let hint = hints::hint(&suggestion).to_owned();
            let field = models::query::parse(&format!("{} IS SET", suggestion.text)).ok()?;
            let text = Parts::of(&field)?.field;
            Some(ComboboxOption { text, hint, count: suggestion.runs.map(integer).unwrap_or_default() })
        })
        .collect()
}

fn operator_option(operator: &str) -> SelectOption {
    SelectOption::new(operator, format!("{operator}   {}", hints::operator(operator)))
}

fn example(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "Value",
        FieldKind::Number => "0.5",
        FieldKind::Time => "now - 7d, or 2026-11-01 12:30",
        FieldKind::Duration => "30s, 90m, 2h",
    }
}

fn focus_in(form: NodeRef<html::Form>, selector: &str) {
    let found = form.get_untracked().and_then(|form| form.query_selector(selector).ok().flatten());
    if let Some(control) = found.and_then(|control| control.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A control on screen takes the focus.
        let _ = control.focus();
    }
}
