//! What opens in front of the page.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{
    Button, Confirm, Dialog, Drawer, Emphasis, Fact, Field, Form, IconName, KeyValue, Menu, MenuItem,
    MenuLink, MenuSeparator, MenuTitle, Popover, SidePanel, SubmitRow, TextInput, Toasts, Tooltip,
};

#[component]
pub(super) fn Overlays() -> impl IntoView {
    view! {
        <Specimen label="Menus"><Menus/></Specimen>
        <Specimen label="Popover"><Beside/></Specimen>
        <Specimen label="Dialogs and panels"><Dialogs/><Peek/></Specimen>
        <Specimen label="Messages"><Messages/></Specimen>
        <Specimen label="Tooltip">
            <Tooltip text="23 Nov 2026, 14:05:09 CET" focusable=true><span class="muted">"14 min ago"</span></Tooltip>
        </Specimen>
    }
}

#[component]
fn Menus() -> impl IntoView {
    let loss = RwSignal::new(true);
    let accuracy = RwSignal::new(false);
    let by_day = RwSignal::new(true);
    view! {
        <Menu label="More actions" icon=IconName::More icon_only=true emphasis=Emphasis::Ghost>
            <MenuItem icon=IconName::Copy keys="D" on_select=|()| ()>"Duplicate"</MenuItem>
            <MenuItem icon=IconName::Edit on_select=|()| ()>"Rename"</MenuItem>
            <MenuItem icon=IconName::Rocket disabled_reason="The run has no model." on_select=|()| ()>"Deploy"</MenuItem>
            <MenuLink icon=IconName::Settings href="#page">"Settings"</MenuLink>
            <MenuSeparator/>
            <MenuItem icon=IconName::Trash danger=true on_select=|()| ()>"Delete run"</MenuItem>
        </Menu>
        <Menu label="Columns" icon=IconName::Columns>
            <MenuTitle>"Metrics"</MenuTitle>
            <MenuItem checked=loss on_select=move |()| loss.update(|on| *on = !*on)>"loss"</MenuItem>
            <MenuItem checked=accuracy on_select=move |()| accuracy.update(|on| *on = !*on)>"accuracy"</MenuItem>
        </Menu>
        <Menu label="Bars" icon=IconName::ChartBar>
            <MenuItem chosen=by_day on_select=move |()| by_day.set(true)>"One a day"</MenuItem>
            <MenuItem chosen=Signal::derive(move || !by_day.get()) on_select=move |()| by_day.set(false)>"One a week"</MenuItem>
        </Menu>
    }
}

#[component]
fn Beside() -> impl IntoView {
    let threshold = RwSignal::new("0.9".to_owned());
    let text = Signal::derive(move || format!("accuracy > {}", threshold.get()));
    view! {
        <Popover title="Change the condition" text label=Signal::derive(move || Some(format!("Change {}", text.get())))>
            <Field label="Least accuracy"><TextInput value=threshold autofocus=true/></Field>
        </Popover>
        <Popover title="About this run" text="About" icon=IconName::Info emphasis=Emphasis::Ghost>
            <KeyValue>
                <Fact name="Status">"Finished"</Fact>
                <Fact name="Duration">"1h 02m"</Fact>
            </KeyValue>
        </Popover>
    }
}

#[component]
fn Dialogs() -> impl IntoView {
    let (form, question, panel) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let name = RwSignal::new(String::new());
    let footer = move || view! { <Button on_click=move |_| panel.set(false)>"Done"</Button> };
    view! {
        <Button on_click=move |_| form.set(true)>"Dialog with a form"</Button>
        <Button on_click=move |_| question.set(true)>"Question"</Button>
        <Button on_click=move |_| panel.set(true)>"Drawer"</Button>
        <Dialog open=form title="New experiment" description="Runs of one experiment are compared with each other.">
            <Form on_submit=move |()| form.set(false)>
                <Field label="Name"><TextInput value=name placeholder="Learning rates" autofocus=true/></Field>
                <SubmitRow label="Create experiment" on_cancel=move |()| form.set(false)/>
            </Form>
        </Dialog>
        <Confirm
            open=question
            title="Delete Load forecast?"
            action="Delete project"
            type_name=Signal::stored("load-forecast".to_owned())
            on_confirm=move |()| question.set(false)
        >
            <p>"Also goes: 128 runs, 3 models and 1 deployment. This cannot be undone."</p>
        </Confirm>
        <Drawer open=panel title="mobilenet-v3" description="Run 42 of Learning rates" footer=footer>
            <KeyValue>
                <Fact name="Status">"Finished"</Fact>
                <Fact name="Duration">"1h 02m"</Fact>
            </KeyValue>
        </Drawer>
    }
}

#[component]
fn Peek() -> impl IntoView {
    let (open, width) = (RwSignal::new(false), RwSignal::new(420.0));
    view! {
        <Button on_click=move |_| open.set(true)>"Side panel"</Button>
        <SidePanel open title="mobilenet-v3" width>
            <p class="muted">"The page beside goes on working. Drag the edge, or press Escape."</p>
        </SidePanel>
    }
}

#[component]
fn Messages() -> impl IntoView {
    let toasts = Toasts::current();
    let undone = move || toasts.success("The run is back.");
    view! {
        <Button on_click=move |_| toasts.success("The label was saved.")>"Success"</Button>
        <Button on_click=move |_| toasts.success_with_undo("The run was archived.", undone)>"With undo"</Button>
        <Button on_click=move |_| toasts.failure("The run could not be cancelled: the site does not answer.", Some("0193-5b1e-77a2".to_owned()))>
            "Failure"
        </Button>
    }
}
