//! The panel about the container image of a saved model.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::SavedModel;
use models::paths;
use models::permission::Action;

use super::archive::Archive;
use super::commands;
use super::registry::Registry;
use super::upload::Upload;
use crate::queries;
use crate::ui::{Banner, Button, CodeBlock, Fact, IconName, KeyValue, Panel, Tone};
use crate::widgets::{ImageBadge, follow_download, why_not};

/// Where the image of a model is pulled or downloaded, and how it gets there.
#[component]
pub(in super::super) fn ImagePanel(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let id = model.read_untracked().model_id;
    let status = Signal::derive(move || model.read().status.clone());
    let reference = Memo::new(move |_| model.read().image_reference.clone());
    let archive = Memo::new(move |_| model.read().image_archive.clone());
    let in_registry = Signal::derive(move || reference.read().is_some());
    let nothing = move || {
        let words =
            "Name one in a registry where you edit the saved model, or upload one that was built elsewhere.";
        (reference.read().is_none() && archive.read().is_none())
            .then(|| view! { <p class="small muted">{words}</p> })
    };
    let address = format!(
        "{}{}",
        window().location().origin().unwrap_or_default(),
        paths::saved_model_image(project, id)
    );
    view! {
        <Panel title="Container image">
            <div class="stack">
                <KeyValue>
                    <Fact name="State"><ImageBadge status in_registry/></Fact>
                </KeyValue>
                {nothing}
                {move || reference.get().map(|image| view! { <Registry image/> })}
                {move || archive.get().map(|archive| view! { <Archive archive/> })}
                <Acts project model/>
                <Upload project model=id/>
                <details class="image-details">
                    <summary>"Upload from a shell"</summary>
                    <CodeBlock code=commands::upload(&address)/>
                </details>
            </div>
        </Panel>
    }
}

#[component]
fn Acts(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let id = model.read_untracked().model_id;
    let request = queries::serving::request_image();
    let link = queries::serving::image();
    follow_download(link);
    let may_not_build = why_not(project, Action::EditRuns);
    let may_not_download = why_not(project, Action::DownloadArtifacts);
    let why_not_download = Signal::derive(move || {
        may_not_download.get().or(model.read().status.why_not_download().map(str::to_owned))
    });
    let why_not_build = Signal::derive(move || {
        may_not_build.get().or(model.read().status.why_not_build().map(str::to_owned))
    });
    let error = move || {
        let asked = request.value().get().and_then(Result::err);
        asked.or_else(|| link.value().get().and_then(Result::err))
    };
    view! {
        <div class="cluster" data-gap="small">
            <Button
                icon=IconName::Download
                disabled_reason=why_not_download
                busy=link.pending()
                on_click=move |_| { link.dispatch_local((project, id)); }
            >
                "Download"
            </Button>
            <Button
                disabled_reason=why_not_build
                busy=request.pending()
                on_click=move |_| { request.dispatch_local((project, id)); }
            >
                "Ask for an image"
            </Button>
        </div>
        {move || error().map(|error| view! { <Banner tone=Tone::Danger icon=IconName::Alert><p>{error.to_string()}</p></Banner> })}
    }
}
