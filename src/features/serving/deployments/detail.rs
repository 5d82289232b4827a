//! The page of a deployment: what answers, where, and what it was made of.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::DeploymentInformation;
use models::id::{DeploymentId, ProjectId};
use models::lineage::{LineageKind, LineageReference};

use super::super::parts::DeploymentBadge;
use super::delete::DeleteDeployment;
use super::edit::EditDeployment;
use super::predict::Predict;
use super::schedule::Schedule;
use crate::queries;
use crate::routes::Route;
use crate::ui::{CopyButton, Fact, KeyValue, Link, Panel, SkeletonShape, ThingHeading};
use crate::widgets::{
    LineagePanel, Loaded, Named, ProjectHeader, RelativeTime, page_name, page_title, place,
};

/// What a deployment is, and where it comes from.
#[component]
pub(crate) fn DeploymentPage(project: ProjectId, deployment: DeploymentId) -> impl IntoView {
    let query = queries::serving::deployment(move || (project, deployment));
    let name = move || query.value.get().map(|deployment| deployment.name.clone());
    page_title(move || name().unwrap_or_else(|| "Deployment".to_owned()));
    page_name(move || name().map(|name| Named::alone(&name)));
    view! {
        <div class="page">
            <ProjectHeader project/>
            <Loaded query shape=SkeletonShape::Cards count=3 let:deployment>
                {
                    let id = deployment.read_untracked().deployment_id;
                    let of = LineageReference { kind: LineageKind::Deployment, id: id.0 };
                    let status = Signal::derive(move || deployment.read().status.clone());
                    view! {
                        <ThingHeading
                            name=Signal::derive(move || deployment.read().name.clone())
                            beside=move || view! { <DeploymentBadge status/> }
                        >
                            <EditDeployment project deployment/>
                            <DeleteDeployment project deployment/>
                        </ThingHeading>
                        <div class="split">
                            <div class="stack" data-gap="large">
                                <Predict project deployment/>
                                <LineagePanel project of/>
                            </div>
                            <div class="stack">
                                <About project deployment/>
                                <Schedule deployment/>
                            </div>
                        </div>
                    }
                }
            </Loaded>
        </div>
    }
}

#[component]
fn About(project: ProjectId, deployment: Signal<Arc<DeploymentInformation>>) -> impl IntoView {
    let model = move || {
        let deployment = deployment.read();
        let name =
            deployment.model.as_ref().map_or_else(|| "Saved model".to_owned(), |model| model.name.clone());
        view! { <Link href=Route::SavedModel(project, deployment.model_id).to_string()>{name}</Link> }
    };
    let connection = move || {
        deployment.read().connection.as_ref().map(|connection| {
            let text = format!("{} ({})", connection.connection_name, connection.connection_provider);
            view! { <Fact name="Connection">{text}</Fact> }
        })
    };
    let mode = move || {
        let mode = deployment.read().mode.as_ref().map(|mode| mode.name.clone());
        mode.map(|mode| view! { <Fact name="Mode">{mode}</Fact> })
    };
    let id = Signal::derive(move || deployment.read().deployment_id.to_string());
    view! {
        <Panel title="About">
            <KeyValue>
                <Fact name="Model">{model}</Fact>
                <Fact name="Endpoint">{move || place(deployment.read().endpoint_uri.clone())}</Fact>
                {connection}
                {mode}
                <Fact name="Id"><span class="mono truncate">{move || id.get()}</span><CopyButton text=id label="Copy the id"/></Fact>
                <Fact name="Added"><RelativeTime at=Signal::derive(move || Some(deployment.read().created_at))/></Fact>
                <Fact name="Changed"><RelativeTime at=Signal::derive(move || Some(deployment.read().updated_at))/></Fact>
            </KeyValue>
        </Panel>
    }
}
