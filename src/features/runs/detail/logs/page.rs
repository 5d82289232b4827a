//! The page with what a run printed.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::{LogLines, LogLinesQuery, Run};

use super::filtered::FilteredLog;
use super::toolbar::Toolbar;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, logs::Log};
use crate::ui::{CodeBlock, Empty, IconName, Place, SkeletonShape};
use crate::widgets::log::{Reading, WholeLog, line_in};
use crate::widgets::url_state::{UrlHistory, url_state};

/// What the run printed, line by line.
#[component]
pub(crate) fn Logs(project: ProjectId, #[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let last = LogLinesQuery { tail: Some(1), ..LogLinesQuery::default() };
    let end = queries::logs::lines(move || Some((Log::Run(project, id), last.clone())));
    let is_over = run.read_untracked().status.is_final();
    let shown = move |end: Signal<Arc<LogLines>>| {
        let total = Memo::new(move |_| end.read().length.total_lines);
        let is_empty = Memo::new(move |_| total.get() == 0);
        move || {
            match is_empty.get() {
            true => view! { <NoLog address=models::paths::run_logs_append(project, id)/> }.into_any(),
            false => view! { <Viewer project run=id reading=reading(&run.read_untracked(), project, total, !is_over)/> }
                .into_any(),
        }
        }
    };
    view! { <Known query=end shape=SkeletonShape::Rows count=8 children=shown/> }
}

fn reading(run: &Run, project: ProjectId, total: Memo<u64>, follow: bool) -> Reading {
    let of = Log::Run(project, run.run_id);
    let levels = url_state("levels", UrlHistory::Replace);
    Reading { levels, follow: RwSignal::new(follow), ..Reading::of(of, total) }
}

#[component]
fn Viewer(project: ProjectId, run: RunId, reading: Reading) -> impl IntoView {
    let place = Place::current();
    Effect::new(move || {
        if let Some(line) = line_in(&place.hash()) {
            reading.go_to(line);
        }
    });
    let lines = move || match reading.levels.read().is_empty() {
        true => view! { <WholeLog reading/> }.into_any(),
        false => view! { <FilteredLog reading/> }.into_any(),
    };
    view! { <Toolbar project run reading/> {lines} }
}

#[component]
fn NoLog(
    /// The path to which a log is sent.
    address: String,
) -> impl IntoView {
    let origin = window().location().origin().unwrap_or_default();
    let code = format!(
        "curl -X POST \"{origin}{address}\" \\\n    -H \"Authorization: Bearer $MANTIK_TOKEN\" \\\n    -H \"Content-Type: text/plain\" --data-binary @train.log"
    );
    view! {
        <Empty icon=IconName::Terminal title="Nothing was printed yet" text="What the run prints stands here line by line as soon as it is sent, to be searched and followed.">
            <CodeBlock title="Send a log" code/>
        </Empty>
    }
}
