//! The parameters of a run.

use leptos::prelude::*;
use models::run::KeyValue;

use super::table::{Logged, Words};
use super::value::Value;

const WORDS: Words =
    Words { title: "Parameters", nothing: "This run has logged no parameters.", heads: &["Name", "Value"] };

/// The parameters of a run; they are found by their names and by their values.
#[component]
pub(in crate::features::runs::detail) fn Parameters(
    #[prop(into)] parameters: Signal<Vec<KeyValue>>,
) -> impl IntoView {
    let cells = |parameter: KeyValue| view! { <td><Value text=parameter.value/></td> }.into_any();
    view! { <Logged words=&WORDS lines=parameters name=|line: &KeyValue| &line.key value=|line: &KeyValue| &line.value cells/> }
}
