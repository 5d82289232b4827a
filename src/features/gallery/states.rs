//! What a page shows when it has nothing to show.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{
    Banner, Button, CodeBlock, Emphasis, Empty, Failure, IconName, Size, Skeleton, SkeletonShape, Tone,
};

#[component]
pub(super) fn States() -> impl IntoView {
    view! {
        <Specimen label="Waiting">
            <div class="split">
                <Skeleton shape=SkeletonShape::Rows count=4/>
                <Skeleton count=5/>
            </div>
        </Specimen>
        <Specimen label="Nothing yet">
            <Empty icon=IconName::Play title="No runs yet" text="Start one here, or log one from your own machine with two lines of Python.">
                <Button emphasis=Emphasis::Primary icon=IconName::Play>"Start run"</Button>
                <CodeBlock code="pip install mlflow"/>
            </Empty>
        </Specimen>
        <Specimen label="Nothing matches">
            <Empty icon=IconName::Search title="No run matches" text="2,310 runs are here, but none has a loss below 0.01.">
                <Button>"Clear the filters"</Button>
            </Empty>
        </Specimen>
        <Specimen label="Failed">
            <Failure
                title="The runs could not be loaded"
                text="The server did not answer within 15 seconds. What you see elsewhere on the page is still right."
                request_id="0193-5b1e-77a2"
                on_retry=|()| ()
            />
        </Specimen>
        <Specimen label="Of the whole page">
            <Banner tone=Tone::Warning icon=IconName::Alert>"You are offline. What you see was loaded at 12:04."</Banner>
            <Banner tone=Tone::Info action=reload>"A new version of the console is ready."</Banner>
        </Specimen>
    }
}

fn reload() -> impl IntoView {
    view! { <Button size=Size::Small>"Reload"</Button> }
}
