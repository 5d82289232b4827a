//! The image of a model as it was uploaded.

use leptos::prelude::*;
use models::model::ImageArchive;

use super::commands;
use crate::ui::format::bytes;
use crate::ui::{CodeBlock, CopyButton, Fact, KeyValue};
use crate::widgets::RelativeTime;

/// What was uploaded: its file, its size and its checksum, and what one does with it.
#[component]
pub(super) fn Archive(archive: ImageArchive) -> impl IntoView {
    let code = commands::load(&archive);
    let sha256 = archive.sha256.clone();
    view! {
        <KeyValue>
            <Fact name="File"><span class="mono image-reference">{archive.file_name.clone()}</span></Fact>
            <Fact name="Size">{bytes(archive.size)}</Fact>
            <Fact name="SHA-256">
                <span class="mono truncate">{archive.sha256}</span>
                <CopyButton text=sha256 label="Copy the checksum"/>
            </Fact>
            <Fact name="Uploaded"><RelativeTime at=Signal::stored(Some(archive.uploaded_at))/></Fact>
        </KeyValue>
        <details class="image-details">
            <summary>"What to do with the file"</summary>
            <CodeBlock code/>
            <p class="small muted">"If "<code>"docker load"</code>" tells another name, run that."</p>
        </details>
    }
}
