//! Buttons and links.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{Button, ButtonLink, Emphasis, ExternalLink, IconButton, IconName, Link, Size};

#[component]
pub(super) fn Actions() -> impl IntoView {
    view! {
        <Specimen label="Emphasis">
            <Button emphasis=Emphasis::Primary icon=IconName::Play>"Start run"</Button>
            <Button icon=IconName::Compare>"Compare"</Button>
            <Button emphasis=Emphasis::Ghost icon=IconName::Filter>"Filter"</Button>
            <Button emphasis=Emphasis::Danger icon=IconName::Trash>"Delete project"</Button>
            <ButtonLink href="#page" icon=IconName::Plus>"New experiment"</ButtonLink>
        </Specimen>
        <Specimen label="Size">
            <Button size=Size::Small>"Small"</Button>
            <Button>"Medium"</Button>
            <Button size=Size::Large>"Large"</Button>
        </Specimen>
        <Specimen label="Busy, and not available">
            <Busy/>
            <Button emphasis=Emphasis::Primary disabled_reason="You need the role Editor in this project.">"Deploy"</Button>
            <Button disabled_reason="Select two runs or more.">"Compare"</Button>
            <Button emphasis=Emphasis::Ghost disabled_reason="Nothing to undo.">"Undo"</Button>
        </Specimen>
        <Specimen label="Icon alone"><Toggle/></Specimen>
        <Specimen label="Links">
            <Link href="#page">"mobilenet-v3"</Link>
            <ExternalLink href="https://github.com/example/forecast" text="The repository"/>
            <ExternalLink href="https://zenodo.org/records/7214" text="zenodo.org/records/7214"/>
            <ExternalLink href="ftp://data.example.org/era5" text="ftp://data.example.org/era5"/>
        </Specimen>
    }
}

#[component]
fn Busy() -> impl IntoView {
    let busy = RwSignal::new(true);
    view! {
        <Button emphasis=Emphasis::Primary busy=busy>"Saving"</Button>
        <Button busy=busy>"Refreshing"</Button>
        <Button emphasis=Emphasis::Ghost size=Size::Small on_click=move |_| busy.update(|busy| *busy = !*busy)>
            {move || if busy.get() { "Finish" } else { "Begin again" }}
        </Button>
    }
}

#[component]
fn Toggle() -> impl IntoView {
    let starred = RwSignal::new(true);
    view! {
        <IconButton label="Refresh" icon=IconName::Refresh on_click=|_| ()/>
        <IconButton
            label="Star this project"
            icon=IconName::Star
            pressed=starred
            on_click=move |_| starred.update(|starred| *starred = !*starred)
        />
        <IconButton label="Move up" icon=IconName::ArrowUp size=Size::Small on_click=|_| ()/>
        <IconButton label="Move down" icon=IconName::ArrowDown size=Size::Small disabled_reason="It is the last." on_click=|_| ()/>
    }
}
