//! Marks what differs from the run that the form began with.

use leptos::prelude::*;

use super::differences::{Difference, Place};
use super::draft::Draft;
use super::state::Launch;
use crate::ui::format::{NOTHING, short_hash};
use crate::ui::{Button, Emphasis, Size};

/// A field, marked while it differs from the source, with what the source has.
#[component]
pub(super) fn Marked(launch: Launch, place: Place, children: Children) -> impl IntoView {
    let own = place.clone();
    let difference =
        Memo::new(move |_| launch.differences().into_iter().find(|difference| difference.place == own));
    let place = StoredValue::new(place);
    let was = move |difference: Difference| {
        let text = said(launch, &difference.place, &difference.was);
        let label = format!("Take back: {}", difference.place.title());
        let back = move |_| place.with_value(|place| take_back(launch, place));
        view! {
            <p class="launch-was">
                <span class="launch-was-text">"Changed from " <b>{text}</b></span>
                <Button size=Size::Small emphasis=Emphasis::Ghost on_click=back>
                    "Take back" <span class="visually-hidden">{label.trim_start_matches("Take back").to_owned()}</span>
                </Button>
            </p>
        }
    };
    view! {
        <div class="launch-marked" data-changed=move || difference.read().is_some().then_some("true")>
            {children()}
            {move || difference.get().map(was)}
        </div>
    }
}

/// A value in words: a name in the place of an id.
pub(super) fn said(launch: Launch, place: &Place, value: &str) -> String {
    let value = value.trim();
    if value.is_empty() {
        return match place {
            Place::Parameter(_) => "the default".to_owned(),
            Place::Data => "no data".to_owned(),
            Place::Code
            | Place::Reference
            | Place::Folder
            | Place::EntryPoint
            | Place::DataVersion
            | Place::Experiment
            | Place::Connection
            | Place::Account
            | Place::Backend => NOTHING.to_owned(),
        };
    }
    match place {
        Place::Code | Place::Data | Place::Experiment | Place::Connection => launch.lists.name_of(value),
        Place::Reference | Place::DataVersion if super::draft::is_commit(value) => {
            short_hash(value).to_owned()
        }
        Place::Backend => "other resources".to_owned(),
        Place::Reference
        | Place::DataVersion
        | Place::Folder
        | Place::EntryPoint
        | Place::Parameter(_)
        | Place::Account => value.to_owned(),
    }
}

/// Puts what the source says in the place of what was typed.
fn take_back(launch: Launch, place: &Place) {
    let Some(source) = launch.source.get_value() else { return };
    let Draft {
        code,
        reference,
        folder,
        entry_point,
        data,
        data_version,
        experiment,
        connection,
        account,
        ..
    } = source.clone();
    let fields = launch.fields;
    match place {
        Place::Code => {
            fields.code.set(code);
            fields.reference.set(reference);
        }
        Place::Reference => fields.reference.set(reference),
        Place::Folder => fields.folder.set(folder),
        Place::EntryPoint => fields.entry_point.set(entry_point),
        Place::Parameter(name) => {
            let text = source.parameters.iter().find(|own| own.name == *name).map(|own| own.text.clone());
            fields.restore(name, &text.unwrap_or_default());
        }
        Place::Data => {
            fields.data.set(data);
            fields.data_version.set(data_version);
        }
        Place::DataVersion => fields.data_version.set(data_version),
        Place::Experiment => fields.experiment.set(experiment),
        Place::Connection => fields.connection.set(connection),
        Place::Account => fields.account.set(account),
        Place::Backend => fields.backend.set(source.backend),
    }
}
