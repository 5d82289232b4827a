//! The beginning of a file, and more of it on request.

use std::sync::Arc;

use leptos::prelude::*;

use super::file::Shown;
use super::words::Rest;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, runs::FilePart};
use crate::ui::SkeletonShape;

const KIB: u64 = 1024;

/// How many bytes are shown at first, and each time that somebody asks for more; the last is the most.
pub(super) type Steps = [u64; 3];

/// Text: a line is an element, so there is an end to how many can stand on a page.
pub(super) const OF_TEXT: Steps = [64 * KIB, 256 * KIB, KIB * KIB];
/// Tables mount the rows in view alone.
pub(super) const OF_TABLES: Steps = [256 * KIB, KIB * KIB, 4 * KIB * KIB];

/// Shows the beginning of a file by its children, says how much of the file that is, and offers more.
#[component]
pub(super) fn Growing<F, V>(file: Shown, steps: Steps, children: F) -> impl IntoView
where
    F: Fn(Signal<Arc<FilePart>>) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let step = RwSignal::new(0_usize);
    let most = move || steps.get(step.get()).copied().unwrap_or(steps[2]);
    let query =
        queries::runs::file_part(move || Some((file.project, file.run, file.path.get_value(), most())));
    let can_grow = Signal::derive(move || step.get() + 1 < steps.len());
    let shown = move |part: Signal<Arc<FilePart>>| {
        let is_whole = Memo::new(move |_| part.read().is_whole());
        view! {
            {children(part)}
            <Show when=move || !is_whole.get()>
                <Rest part can_grow busy=query.fetching on_more=move || step.update(|step| *step += 1)/>
            </Show>
        }
    };
    view! { <Known query shape=SkeletonShape::Text count=8 children=shown/> }
}
