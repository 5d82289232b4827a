//! Text with numbered lines.

use std::sync::Arc;

use leptos::prelude::*;

use super::decode::{self, Decoded};
use super::file::Shown;
use super::growing::{Growing, OF_TEXT};
use super::words::{Note, NothingToSee};
use crate::queries::runs::FilePart;
use crate::ui::{Checkbox, keep, kept};

/// The name under which the browser keeps whether long lines are wrapped.
const WRAP: &str = "preview.wrap";

/// The beginning of the file as lines with numbers; long ones are wrapped on request.
#[component]
pub(super) fn TextPreview(file: Shown) -> impl IntoView {
    let wrap = RwSignal::new(kept(WRAP).is_some());
    Effect::watch(move || wrap.get(), move |wrap, _, _| keep(WRAP, wrap.then_some("true")), false);
    let shown = move |part: Signal<Arc<FilePart>>| {
        let decoded = Memo::new(move |_| {
            let part = part.read();
            decode::text(&part.bytes, part.is_whole())
        });
        move || match decoded.get() {
            Some(decoded) => view! { <Lines decoded wrap/> }.into_any(),
            None => {
                let text = "It holds bytes that spell no text, whatever its name says.";
                view! { <NothingToSee file title="This is no text" text/> }.into_any()
            }
        }
    };
    view! { <Growing file steps=OF_TEXT children=shown/> }
}

#[component]
fn Lines(decoded: Decoded, wrap: RwSignal<bool>) -> impl IntoView {
    let Decoded { text, is_damaged } = decoded;
    let n_lines = text.lines().count();
    let digits = n_lines.to_string().len();
    let line = |line: &str| view! { <span class="preview-line">{line.to_owned()} "\n"</span> };
    view! {
        {is_damaged.then(|| view! { <Note text="Some bytes are no UTF-8; each stands as �."/> })}
        <div class="preview-tools"><Checkbox checked=wrap>"Wrap long lines"</Checkbox></div>
        <pre class="preview-text" data-wrap=move || wrap.get().then_some("true") tabindex="0" role="region" aria-label="Content of the file" style:--digits=digits.to_string()>
            <code>{text.lines().map(line).collect_view()}</code>
        </pre>
    }
}
