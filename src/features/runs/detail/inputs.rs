//! The data sets that a run named as its inputs.

use leptos::prelude::*;
use models::run::DatasetInput;
use serde_json::Value;

use crate::ui::{Badge, ExternalLink, Panel};

/// The data sets that the run named as its inputs; nothing when it named none.
#[component]
pub(super) fn Inputs(#[prop(into)] inputs: Signal<Vec<DatasetInput>>) -> impl IntoView {
    let inputs = Memo::new(move |_| inputs.get());
    view! {
        <Show when=move || !inputs.read().is_empty()>
            <Panel title="Inputs">
                <ul class="run-list">{move || inputs.get().into_iter().map(|input| view! { <Input input/> }).collect_view()}</ul>
            </Panel>
        </Show>
    }
}

#[component]
fn Input(input: DatasetInput) -> impl IntoView {
    let DatasetInput { name, digest, source_type, source, context } = input;
    let address = address_in(&source);
    view! {
        <li class="run-item">
            <div class="cluster" data-gap="small">
                <strong>{name}</strong>
                {(!context.is_empty()).then(|| view! { <Badge>{context}</Badge> })}
            </div>
            <div class="run-item-about">
                <span class="mono" data-tip="A short hash of the content">{digest}</span>
                <span>{source_type}</span>
                {address.map(|address| view! { <ExternalLink href=address.clone() text=address/> })}
            </div>
        </li>
    }
}

/// The address in what the client wrote about the source, if it wrote one.
fn address_in(source: &str) -> Option<String> {
    let Ok(Value::Object(source)) = serde_json::from_str(source) else { return None };
    let named = ["uri", "url", "path"].into_iter().find_map(|name| source.get(name))?;
    named.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn the_address_is_found_under_the_names_that_mlflow_uses() {
        assert_eq!(address_in(r#"{"uri": "s3://bucket/a"}"#).as_deref(), Some("s3://bucket/a"));
        assert_eq!(
            address_in(r#"{"url": "https://example.org/a.csv"}"#).as_deref(),
            Some("https://example.org/a.csv")
        );
        assert_eq!(address_in(r#"{"tags": {}}"#), None);
        assert_eq!(address_in("not JSON"), None);
    }
}
