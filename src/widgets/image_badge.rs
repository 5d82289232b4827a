//! How far the container image of a saved model is.

use leptos::prelude::*;
use models::model::ModelStatus;

use crate::ui::{Badge, Tone};

/// How far the container image of a saved model is, in words.
#[component]
pub fn ImageBadge(
    /// The state of the image.
    #[prop(into)]
    status: Signal<ModelStatus>,
    /// Whether there is one in a registry, whatever became of the one here.
    #[prop(optional, into)]
    in_registry: Signal<bool>,
) -> impl IntoView {
    move || {
        let (tone, words) = match status.get() {
            ModelStatus::Pending | ModelStatus::Failed if in_registry.get() => {
                (Tone::Success, "Image in a registry".to_owned())
            }
            ModelStatus::Pending => (Tone::Neutral, "No image yet".to_owned()),
            ModelStatus::Building => (Tone::Info, "Image is being built".to_owned()),
            ModelStatus::Successful => (Tone::Success, "Image is ready".to_owned()),
            ModelStatus::Failed => (Tone::Danger, "Image could not be built".to_owned()),
            ModelStatus::Unknown(text) => (Tone::Warning, text),
        };
        view! { <Badge tone=tone>{words}</Badge> }
    }
}
