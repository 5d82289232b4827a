//! Where one is and where one can go.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{Breadcrumb, Choice, Crumb, IconName, Pagination, TabLink, TabLinks, Tabs};

#[component]
pub(super) fn Navigation() -> impl IntoView {
    let crumbs = vec![
        Crumb::link("Energy", "#page"),
        Crumb::link("Load forecast", "#page"),
        Crumb::link("Runs", "#page"),
        Crumb::here("mobilenet-v3"),
    ];
    let page = RwSignal::new(0);
    view! {
        <Specimen label="Breadcrumb"><Breadcrumb crumbs=crumbs label="Example"/></Specimen>
        <Specimen label="Tabs between pages">
            <TabLinks label="Load forecast">
                <TabLink href="/gallery" icon=IconName::Home>"Overview"</TabLink>
                <TabLink href="/gallery/runs" icon=IconName::Play count=12_408>"Runs"</TabLink>
                <TabLink href="/gallery/experiments" icon=IconName::Flask count=7>"Experiments"</TabLink>
                <TabLink href="/gallery/code" icon=IconName::Code count=2>"Code"</TabLink>
                <TabLink href="/gallery/settings" icon=IconName::Settings>"Settings"</TabLink>
            </TabLinks>
        </Specimen>
        <Specimen label="Tabs inside a page"><Views/></Specimen>
        <Specimen label="Pages of a list"><Pagination page size=50 total=12_408/></Specimen>
    }
}

#[component]
fn Views() -> impl IntoView {
    let view = RwSignal::new("metrics");
    let choices = vec![
        Choice::new("metrics", "Metrics"),
        Choice::new("logs", "Logs"),
        Choice::new("artifacts", "Artifacts"),
    ];
    let text = move || match view.get() {
        "logs" => "Epoch 40 of 40, loss 0.1235",
        "artifacts" => "model.safetensors, 118 MiB",
        _ => "loss 0.1235, accuracy 0.974",
    };
    view! { <Tabs label="Run" value=view choices><p class="muted">{text}</p></Tabs> }
}
