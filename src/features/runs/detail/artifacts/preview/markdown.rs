//! A Markdown file as a document.

use std::sync::Arc;

use leptos::prelude::*;

use super::decode;
use super::file::Shown;
use super::lines::TextPreview;
use super::words::Note;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, runs::FilePart};
use crate::ui::format::bytes;
use crate::widgets::Markdown;

/// The longest file that the server makes a document of, in bytes.
const LONGEST: u64 = 65_536;

/// The file as a document; a long one as text.
#[component]
pub(super) fn MarkdownFile(file: Shown) -> impl IntoView {
    if file.size > LONGEST {
        let text =
            format!("Files of up to {} are shown as documents; this one is shown as text.", bytes(LONGEST));
        return view! { <Note text/> <TextPreview file/> }.into_any();
    }
    let query =
        queries::runs::file_part(move || Some((file.project, file.run, file.path.get_value(), LONGEST)));
    view! { <Known query children=move |part| document(file, part)/> }.into_any()
}

fn document(file: Shown, part: Signal<Arc<FilePart>>) -> impl IntoView {
    let text = Memo::new(move |_| {
        let part = part.read();
        decode::text(&part.bytes, part.is_whole()).map(|decoded| decoded.text)
    });
    let is_text = Memo::new(move |_| text.read().is_some());
    move || {
        if !is_text.get() {
            return view! { <TextPreview file/> }.into_any();
        }
        let query = queries::markdown::document(move || text.get());
        let shown = |document: Signal<Arc<Vec<models::document::Node>>>| {
            view! { <Markdown document=Signal::derive(move || document.read().as_ref().clone())/> }
        };
        view! { <div class="preview-document"><Known query children=shown/></div> }.into_any()
    }
}
