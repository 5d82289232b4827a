//! The page of a deployment: what answers, where, and what it was made of.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::DeploymentInformation;
use models::id::{DeploymentId, ProjectId};
use models::lineage::{LineageKind, LineageReference};

use super::super::image::ImagePanel;
use super::super::parts::DeploymentBadge;
use super::delete::DeleteDeployment;
use super::edit::EditDeployment;
use super::operate::{History, Log, State, Switch};
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
                    let is_local = Memo::new(move |_| deployment.read().is_local());
                    let status = Signal::derive(move || deployment.read().status.clone());
                    view! {
                        <ThingHeading
                            name=Signal::derive(move || deployment.read().name.clone())
                            beside=move || view! { <DeploymentBadge status/> }
                        >
                            <Switch project deployment/>
                            <EditDeployment project deployment/>
                            <DeleteDeployment project deployment/>
                        </ThingHeading>
                        <State project deployment/>
                        <div class="split">
                            <div class="stack" data-gap="large">
                                <Predict project deployment/>
                                <Show when=move || is_local.get()><Log project deployment=id/></Show>
                                <LineagePanel project of/>
                                <Show when=move || is_local.get()><History project deployment=id/></Show>
                            </div>
                            <div class="stack">
                                <About project deployment/>
                                <Packaged project deployment/>
                                <Schedule deployment/>
                            </div>
                        </div>
                    }
                }
            </Loaded>
        </div>
    }
}

/// The image of the model, once that is known.
#[component]
fn Packaged(project: ProjectId, deployment: Signal<Arc<DeploymentInformation>>) -> impl IntoView {
    let known = Memo::new(move |_| deployment.read().model.clone().map(Arc::new));
    let id = Memo::new(move |_| known.read().as_ref().map(|model| model.model_id));
    move || {
        id.track();
        known.get_untracked().map(|first| {
            let latest = Memo::new(move |_| known.get().unwrap_or_else(|| Arc::clone(&first)));
            view! { <ImagePanel project model=latest.into()/> }
        })
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
    let endpoint = move || {
        let endpoint = deployment.with(|own| (!own.is_local()).then(|| own.endpoint_uri.clone()));
        endpoint.map(|endpoint| view! { <Fact name="Endpoint">{place(endpoint)}</Fact> })
    };
    let machine = move || {
        let machine = deployment.read().serving.as_ref().and_then(|serving| serving.machine.clone());
        machine.map(|machine| view! { <Fact name="Machine">{machine}</Fact> })
    };
    let ready = move || {
        let ready = deployment.read().serving.as_ref().and_then(|serving| serving.ready_at);
        ready
            .map(|at| view! { <Fact name="Answers since"><RelativeTime at=Signal::stored(Some(at))/></Fact> })
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
                {endpoint}
                {connection}
                {mode}
                {machine}
                {ready}
                <Fact name="Id"><span class="mono truncate">{move || id.get()}</span><CopyButton text=id label="Copy the id"/></Fact>
                <Fact name="Added"><RelativeTime at=Signal::derive(move || Some(deployment.read().created_at))/></Fact>
                <Fact name="Changed"><RelativeTime at=Signal::derive(move || Some(deployment.read().updated_at))/></Fact>
            </KeyValue>
        </Panel>
    }
}
