//! What a check found.

use leptos::prelude::*;

use super::state::Launch;
use crate::ui::{Icon, IconName};

/// What is wrong, what may be, or that all is well.
#[component]
pub(super) fn Verdict(launch: Launch) -> impl IntoView {
    let errors = Memo::new(move |_| launch.errors());
    let warnings = Memo::new(move |_| launch.warnings());
    let is_good = Memo::new(move |_| launch.is_checked() && errors.read().is_empty());
    let line = |icon: IconName| {
        move |(field, message): (String, String)| {
            view! { <li><Icon name=icon/> <span><b>{title(&field)}</b> " " {message}</span></li> }
        }
    };
    view! {
        <div class="launch-verdict" role="status">
            {move || is_good.get().then(|| view! {
                <p class="launch-good"><Icon name=IconName::CheckCircle/> "Checked: this run can be started."</p>
            })}
            <ul data-tone="danger">{move || errors.get().into_iter().map(line(IconName::XCircle)).collect_view()}</ul>
            <ul data-tone="warning">{move || warnings.get().into_iter().map(line(IconName::Alert)).collect_view()}</ul>
        </div>
    }
}

/// What a field is called.
fn title(field: &str) -> String {
    let title = match field {
        "codeRepositoryId" => "Code:",
        "branch" | "commit" => "Branch, tag or commit:",
        "mlflowMlprojectFilePath" => "Folder:",
        "entryPoint" => "Entry point:",
        "dataRepositoryId" => "Data:",
        "dataBranch" | "dataCommit" => "Version of the data:",
        "experimentRepositoryId" => "Experiment:",
        "name" => "Name:",
        "connectionId" => "Connection:",
        "yaml" => "YAML:",
        "backendConfig" => "Resources:",
        _ => {
            let rest =
                field.strip_prefix("mlflowParameters.").or_else(|| field.strip_prefix("backendConfig."));
            return format!("{}:", rest.unwrap_or(field));
        }
    };
    title.to_owned()
}
