//! The fields of a request: those of one row below each other, or a table of several.

use leptos::ev::ClipboardEvent;
use leptos::prelude::*;
use models::model::{SignatureField, SignatureType};

use super::asking::{Asking, Row};
use super::cell::hint;
use super::sheet::{Sheet, Wrong, kind_of};
use crate::ui::{
    Button, Field, IconButton, IconName, Select, SelectOption, Size, TextArea, TextInput, TextKind,
    pasted_text,
};
use crate::widgets::form_errors::sentence;

/// What the model takes, field by field.
#[component]
pub(super) fn Fields(asking: Asking) -> impl IntoView {
    let wrong = Memo::new(move |_| asking.wrong());
    let is_single = Memo::new(move |_| asking.rows.read().len() == 1);
    let rows = move || match is_single.get() {
        true => view! { <OneRow asking wrong/> }.into_any(),
        false => view! { <Rows asking wrong/> }.into_any(),
    };
    let is_full = Signal::derive(move || {
        (asking.rows.read().len() >= Sheet::MOST_ROWS).then(|| "Send more rows as JSON.".to_owned())
    });
    view! {
        <div class="stack">
            {rows}
            <div class="cluster">
                <Button size=Size::Small icon=IconName::Plus disabled_reason=is_full on_click=move |_| asking.add_row()>"Add row"</Button>
                <span class="small faint">"Cells of a spreadsheet can be pasted into any field."</span>
            </div>
            <Parameters asking wrong/>
        </div>
    }
}

#[component]
fn OneRow(asking: Asking, wrong: Memo<Wrong>) -> impl IntoView {
    let rows = move || {
        let Some(row) = asking.rows.read().first().cloned() else { return Vec::new() };
        let columns = columns(asking).into_iter().zip(row.cells).enumerate();
        columns
            .map(|(place, (column, cell))| {
                let id = row.id;
                let error = Signal::derive(move || wrong.read().cells.get(&(0, place)).map(|reason| sentence(reason)));
                let paste = move |event| paste(&event, asking, id, place);
                view! {
                    <div on:paste=paste>
                        <TypedField name=name(&column) kind=column.kind optional=!column.required value=RwSignal::from(cell) error/>
                    </div>
                }
            })
            .collect::<Vec<_>>()
    };
    view! { <div class="predict-fields">{rows}</div> }
}

/// A field with the control that its type wants.
#[component]
fn TypedField(
    name: String,
    kind: SignatureType,
    optional: bool,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
    /// What is taken where nothing is typed.
    #[prop(optional, into)]
    default: Option<String>,
) -> impl IntoView {
    let hint = match default {
        Some(default) => format!("{}; {default} when empty", hint(&kind)),
        None => hint(&kind).to_owned(),
    };
    let control = move || match kind {
        SignatureType::Boolean => {
            let options = vec![SelectOption::new("true", "true"), SelectOption::new("false", "false")];
            view! { <Select value options placeholder="–"/> }.into_any()
        }
        SignatureType::Object | SignatureType::Array | SignatureType::Map | SignatureType::Any => {
            view! { <TextArea value kind=TextKind::Code rows=2/> }.into_any()
        }
        SignatureType::Text => view! { <TextInput value/> }.into_any(),
        SignatureType::Integer
        | SignatureType::Long
        | SignatureType::Float
        | SignatureType::Double
        | SignatureType::Binary
        | SignatureType::Datetime
        | SignatureType::Tensor
        | SignatureType::Unknown(_) => view! { <TextInput value kind=TextKind::Code/> }.into_any(),
    };
    view! { <Field label=name hint=Some(hint) error optional>{control()}</Field> }
}

#[component]
fn Rows(asking: Asking, wrong: Memo<Wrong>) -> impl IntoView {
    let heading = |column: SignatureField| {
        view! { <th scope="col">{name(&column)} " " <span class="faint">{hint(&column.kind)}</span></th> }
    };
    view! {
        <div class="predict-rows" tabindex="0" role="region" aria-label="Rows">
            <table>
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">"Row"</span></th>
                        {columns(asking).into_iter().map(heading).collect_view()}
                        <th><span class="visually-hidden">"Remove"</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || asking.rows.get() key=|row| row.id let(row)>
                        <RowLine asking row wrong/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn RowLine(asking: Asking, row: Row, wrong: Memo<Wrong>) -> impl IntoView {
    let id = row.id;
    let place =
        Memo::new(move |_| asking.rows.read().iter().position(|known| known.id == id).unwrap_or_default());
    let cells = columns(asking).into_iter().zip(row.cells).enumerate();
    let cells = cells.map(|(column, (field, cell))| {
        let error =
            Memo::new(move |_| wrong.read().cells.get(&(place.get(), column)).map(|reason| sentence(reason)));
        let name = name(&field);
        let paste = move |event| paste(&event, asking, id, column);
        let write = cell.clone();
        view! {
            <td on:paste=paste>
                <input
                    class="input"
                    type="text"
                    data-kind="code"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=move || format!("{name}, row {}", place.get() + 1)
                    aria-invalid=move || error.read().is_some().then_some("true")
                    data-tip=move || error.get()
                    prop:value=move || cell.get()
                    on:input:target=move |event| write.set(event.target().value())
                />
                <span class="field-note" data-error="true">{move || error.get()}</span>
            </td>
        }
    });
    let label = Signal::derive(move || format!("Remove row {}", place.get() + 1));
    view! {
        <tr>
            <th scope="row">{move || place.get() + 1}</th>
            {cells.collect_view()}
            <td><IconButton label icon=IconName::Close size=Size::Small on_click=move |_| asking.remove_row(id)/></td>
        </tr>
    }
}

/// What goes along once for all rows.
#[component]
fn Parameters(asking: Asking, wrong: Memo<Wrong>) -> impl IntoView {
    let fields = move || {
        let known = asking.sheet.with_value(|sheet| sheet.as_ref().map(|sheet| sheet.parameters.clone()));
        let cells = asking.parameters.get();
        let fields = known.unwrap_or_default().into_iter().zip(cells).enumerate();
        let fields = fields.map(|(place, (parameter, cell))| {
            let error = Signal::derive(move || wrong.read().parameters.get(&place).map(|reason| sentence(reason)));
            let (kind, default) = (kind_of(&parameter), parameter.default.to_string());
            view! { <TypedField name=parameter.name kind optional=true value=RwSignal::from(cell) error default/> }
        });
        fields.collect::<Vec<_>>()
    };
    let has_any =
        asking.sheet.with_value(|sheet| sheet.as_ref().is_some_and(|sheet| !sheet.parameters.is_empty()));
    has_any.then(|| {
        view! {
            <fieldset class="predict-parameters">
                <legend>"Parameters"</legend>
                <div class="predict-fields">{fields}</div>
            </fieldset>
        }
    })
}

fn columns(asking: Asking) -> Vec<SignatureField> {
    asking.sheet.with_value(|sheet| sheet.as_ref().map(|sheet| sheet.columns.clone())).unwrap_or_default()
}

fn name(column: &SignatureField) -> String {
    column.name.clone().unwrap_or_default()
}

fn paste(event: &ClipboardEvent, asking: Asking, row: usize, column: usize) {
    if pasted_text(event).is_some_and(|text| asking.paste(&text, row, column)) {
        event.prevent_default();
    }
}
