//! Uploading the image of a model from the browser.

use leptos::html;
use leptos::prelude::*;
use models::id::{ProjectId, SavedModelId};
use models::permission::Action;
use models::text::ImageReference;
use web_sys::File;

use crate::queries::uploads::{ImageUpload, UploadState};
use crate::ui::format::{bytes, percent};
use crate::ui::{Banner, Button, Emphasis, IconName, ProgressBar, Size, Toasts, Tone};
use crate::widgets::why_not;

/// A button that asks for a file, and says how far it has got.
#[component]
pub(super) fn Upload(project: ProjectId, model: SavedModelId) -> impl IntoView {
    let upload = ImageUpload::of(project, model);
    let field = NodeRef::<html::Input>::new();
    let refused = RwSignal::new(None::<String>);
    let why_not = why_not(project, Action::EditRuns);
    let is_sending = Memo::new(move |_| matches!(*upload.state.read(), UploadState::Sending { .. }));
    let choose = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again.
        field.set_value("");
        refused.set(why_not_this(&file.name(), size(&file)));
        if refused.read_untracked().is_none() {
            upload.begin(file);
        }
    };
    Effect::new(move || {
        if matches!(*upload.state.read(), UploadState::Done) {
            Toasts::current().success("The image was uploaded.");
        }
    });
    let error = move || {
        let failed = match &*upload.state.read() {
            UploadState::Failed(error) => Some(error.to_string()),
            UploadState::Idle | UploadState::Sending { .. } | UploadState::Done => None,
        };
        refused.get().or(failed)
    };
    view! {
        <input
            class="visually-hidden"
            type="file"
            accept=".gz,.tgz,application/gzip"
            aria-label="Image to upload"
            tabindex="-1"
            node_ref=field
            on:change=chosen
        />
        <Show
            when=move || is_sending.get()
            fallback=move || view! {
                <div class="cluster" data-gap="small">
                    <Button icon=IconName::Upload disabled_reason=why_not on_click=choose>"Upload an image"</Button>
                    <span class="small muted">"What " <code>"docker save"</code> " writes, compressed by " <code>"gzip"</code></span>
                </div>
            }
        >
            <Sending upload/>
        </Show>
        {move || error().map(|text| view! { <Banner tone=Tone::Danger icon=IconName::Alert><p>{text}</p></Banner> })}
    }
}

/// How far a file has got, with a button that stops it.
#[component]
fn Sending(upload: ImageUpload) -> impl IntoView {
    let counts = move || match *upload.state.read() {
        UploadState::Sending { sent, total } => (sent, total),
        UploadState::Idle | UploadState::Done | UploadState::Failed(_) => (0, 0),
    };
    let fraction = Signal::derive(move || Some(share(counts())).filter(|share| *share < 1.0));
    let words = move || match counts() {
        (sent, total) if sent >= total => "Waiting until the server has kept it".to_owned(),
        (sent, total) => {
            format!("{} of {} ({})", bytes(sent), bytes(total), percent(share((sent, total))))
        }
    };
    view! {
        <div class="image-upload" role="group" aria-label="Upload">
            <div class="cluster" data-gap="small">
                <span class="small image-upload-words">{words}</span>
                <Button emphasis=Emphasis::Ghost size=Size::Small icon=IconName::Close on_click=move |_| upload.cancel()>
                    "Cancel upload"
                </Button>
            </div>
            <ProgressBar busy=true fraction/>
            <p class="small muted">"Stay on this page until it is done."</p>
        </div>
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
fn share((sent, total): (u64, u64)) -> f64 {
    if total == 0 { 1.0 } else { sent as f64 / total as f64 }
}

/// A file has less than 2^53 bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number that is not negative"
)]
fn size(file: &File) -> u64 {
    file.size() as u64
}

/// Why a file of this name and size cannot be an image; `None` when it may be one.
fn why_not_this(name: &str, size: u64) -> Option<String> {
    let name = name.to_ascii_lowercase();
    if size == 0 {
        return Some("This file is empty.".to_owned());
    }
    if size > ImageReference::MAX_ARCHIVE {
        return Some(format!(
            "An image may have {}, and this file has more.",
            bytes(ImageReference::MAX_ARCHIVE)
        ));
    }
    let is_compressed = name.ends_with(".gz") || name.ends_with(".tgz");
    (!is_compressed).then(|| "Choose a file that ends with .tar.gz; compress it by gzip first.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_an_image_is_sent() {
        assert_eq!(why_not_this("Rain.TAR.GZ", 5), None);
        assert_eq!(why_not_this("rain.tgz", ImageReference::MAX_ARCHIVE), None);
        let told = why_not_this("rain.tar.gz", ImageReference::MAX_ARCHIVE + 1).unwrap();
        assert_eq!(told, "An image may have 20 GiB, and this file has more.");
        assert!(why_not_this("rain.tar", 5).unwrap().contains("gzip"));
        assert!(why_not_this("rain.tar.gz", 0).is_some());
    }

    #[test]
    fn nothing_to_send_is_sent() {
        assert!((share((0, 0)) - 1.0).abs() < f64::EPSILON);
        assert!((share((1, 4)) - 0.25).abs() < f64::EPSILON);
    }
}
