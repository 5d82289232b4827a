//! What the processes of a deployment print.

use leptos::prelude::*;
use models::id::{DeploymentId, ProjectId};
use models::permission::Action;
use models::run::LogLinesQuery;

use crate::queries::{self, logs};
use crate::ui::{Panel, Switch};
use crate::widgets::log::{Reading, WholeLog};
use crate::widgets::why_not;

/// The log of a deployment, of which the end stays in view; nothing as long as nothing was printed, and for those who may
/// not deploy.
#[component]
pub(in super::super) fn Log(project: ProjectId, deployment: DeploymentId) -> impl IntoView {
    let of = logs::Log::Deployment(project, deployment);
    let may_not = why_not(project, Action::ReadPredictions);
    let last = LogLinesQuery { tail: Some(1), ..LogLinesQuery::default() };
    let end = queries::logs::lines(move || may_not.read().is_none().then(|| (of, last.clone())));
    let total = Memo::new(move |_| end.value.read().as_ref().map_or(0, |end| end.length.total_lines));
    let is_printed = Memo::new(move |_| total.get() > 0);
    let reading = Reading::of(of, total);
    let follow = reading.follow;
    let actions =
        move || view! { <Switch checked=follow on_change=move |on| follow.set(on)>"Follow"</Switch> };
    view! {
        <Show when=move || is_printed.get()>
            <Panel title="Log" flush=true actions=actions>
                <div class="deployment-log"><WholeLog reading/></div>
            </Panel>
        </Show>
    }
}
