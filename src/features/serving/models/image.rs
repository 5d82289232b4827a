//! The container image of a saved model.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::model::{ModelStatus, SavedModel};
use models::paths;
use models::permission::Action;

use crate::queries;
use crate::ui::{Banner, Button, CodeBlock, Fact, IconName, KeyValue, Panel, Tone};
use crate::widgets::{ImageBadge, follow_download, why_not};

/// How far the image is; asks for it, downloads it, and says how it is uploaded.
#[component]
pub(super) fn Image(project: ProjectId, model: Signal<Arc<SavedModel>>) -> impl IntoView {
    let status = Signal::derive(move || model.read().status.clone());
    let id = model.read_untracked().model_id;
    let request = queries::serving::request_image();
    let link = queries::serving::image();
    follow_download(link);
    let may_not_build = why_not(project, Action::EditRuns);
    let may_not_download = why_not(project, Action::DownloadArtifacts);
    let why_not_download = Signal::derive(move || {
        may_not_download.get().or(status.read().why_not_download().map(str::to_owned))
    });
    let why_not_build =
        Signal::derive(move || may_not_build.get().or(status.read().why_not_build().map(str::to_owned)));
    let download = move |_| {
        link.dispatch_local((project, id));
    };
    let ask = move |_| {
        request.dispatch_local((project, id));
    };
    let error = move || {
        let asked = request.value().get().and_then(Result::err);
        asked.or_else(|| link.value().get().and_then(Result::err))
    };
    let is_missing = Memo::new(move |_| status.get() != ModelStatus::Successful);
    view! {
        <Panel title="Container image">
            <div class="stack">
                <KeyValue>
                    <Fact name="State"><ImageBadge status/></Fact>
                </KeyValue>
                <div class="cluster" data-gap="small">
                    <Button icon=IconName::Download disabled_reason=why_not_download busy=link.pending() on_click=download>
                        "Download"
                    </Button>
                    <Button disabled_reason=why_not_build busy=request.pending() on_click=ask>
                        "Ask for an image"
                    </Button>
                </div>
                {move || error().map(|error| view! { <Banner tone=Tone::Danger icon=IconName::Alert><p>{error.to_string()}</p></Banner> })}
                {move || is_missing.get().then(|| view! { <Upload path=paths::saved_model_image(project, id)/> })}
            </div>
        </Panel>
    }
}

/// This server builds no images: how one that was built elsewhere gets here.
#[component]
fn Upload(path: String) -> impl IntoView {
    let origin = window().location().origin().unwrap_or_default();
    let lines = format!(
        "docker save my-model | gzip | curl --upload-file - \\\n  --header \"Authorization: Bearer $MANTIK_TOKEN\" \\\n  {origin}{path}"
    );
    view! {
        <details class="run-details">
            <summary>"Upload an image that was built elsewhere"</summary>
            <CodeBlock code=lines/>
        </details>
    }
}
