//! Short facts, people, code.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{Avatar, Badge, Card, CodeBlock, CopyButton, Count, Fact, IconName, KeyValue, Tone};

const SNIPPET: &str = "\
import mlflow

mlflow.set_tracking_uri(\"https://mantik.example.org/tracking\")
with mlflow.start_run():
    mlflow.log_metric(\"loss\", 0.1235)";

#[component]
pub(super) fn Facts() -> impl IntoView {
    view! {
        <Specimen label="Badges">
            <Badge icon=IconName::Clock>"Queued"</Badge>
            <Badge tone=Tone::Info icon=IconName::Refresh>"Running"</Badge>
            <Badge tone=Tone::Success icon=IconName::CheckCircle>"Finished"</Badge>
            <Badge tone=Tone::Danger icon=IconName::XCircle>"Failed"</Badge>
            <Badge icon=IconName::Slash>"Cancelled"</Badge>
            <Badge tone=Tone::Warning icon=IconName::Alert>"Unknown"</Badge>
            <Badge tone=Tone::Accent>"Owner"</Badge>
            <Count value=12_408u64/>
        </Specimen>
        <Specimen label="People">
            <Avatar name="Ada Lovelace" labelled=true/>
            <Avatar name="Grace Hopper" labelled=true/>
            <Avatar name="Emmy Noether" labelled=true/>
            <Avatar name="Alan Turing" labelled=true/>
            <Avatar name="Mei Chen"/>
            <span>"Mei Chen"</span>
        </Specimen>
        <Specimen label="Names and values"><About/></Specimen>
        <Specimen label="Cards"><Cards/></Specimen>
        <Specimen label="Code"><CodeBlock code=SNIPPET title="Python"/></Specimen>
    }
}

#[component]
fn About() -> impl IntoView {
    view! {
        <KeyValue>
            <Fact name="Commit"><code>"1f2e9c7"</code><CopyButton text="1f2e9c7d90b3" label="Copy the commit"/></Fact>
            <Fact name="Data">"era5-load, version 14"</Fact>
            <Fact name="Duration">"1h 02m"</Fact>
            <Fact name="Peak memory"><span class="faint">"–"</span></Fact>
        </KeyValue>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let public = || view! { <Badge icon=IconName::Globe>"Public"</Badge> };
    view! {
        <div class="grid">
            <Card title="Load forecast" href="#page" aside=public>
                <p class="muted">"Predicts the load of the grid for the next day."</p>
                <div class="cluster small faint">"128 runs" <span>"·"</span> "14 min ago"</div>
            </Card>
            <Card title="Cloud cover from satellite images" href="#page">
                <p class="muted">"Segments clouds in images of Sentinel-2."</p>
                <div class="cluster small faint">"2,310 runs" <span>"·"</span> "2 days ago"</div>
            </Card>
        </div>
    }
}
