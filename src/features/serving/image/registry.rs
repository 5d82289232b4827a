//! The image of a model in a registry.

use leptos::prelude::*;
use models::text::ImageReference;

use super::commands;
use crate::ui::{CodeBlock, CopyButton};

/// Where an image is pulled, and how.
#[component]
pub(super) fn Registry(image: ImageReference) -> impl IntoView {
    let docker = commands::docker(&image);
    let apptainer = commands::apptainer(&image);
    let text = image.to_string();
    view! {
        <div class="image-name">
            <span class="mono small image-reference">{text.clone()}</span>
            <CopyButton text label="Copy the image reference"/>
        </div>
        {docker.map(|code| view! { <CodeBlock title="Docker" code/> })}
        <CodeBlock title="Apptainer" code=apptainer/>
    }
}
