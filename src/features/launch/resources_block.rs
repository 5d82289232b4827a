//! Where the run is executed: the machine, the connection to it, and what it must offer.

use leptos::prelude::*;
use models::connection::ConnectionProvider;

use super::backend_fields::{BackendFields, system_of};
use super::block::Block;
use super::bound::Config;
use super::differences::Place;
use super::marked::Marked;
use super::presets::PRESETS;
use super::request::told;
use super::state::Launch;
use super::system::System;
use super::yaml_view::YamlView;
use crate::routes::{Route, SettingsPage};
use crate::ui::{
    Banner, Button, Choice, Emphasis, Field, IconName, Link, Menu, MenuItem, Segmented, Select, Size,
    TextInput, Tone,
};

/// How the config is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Fields,
    Text,
}

/// The fourth block.
#[component]
pub(super) fn ResourcesBlock(launch: Launch) -> impl IntoView {
    let config = Config::of(launch.fields.backend);
    let system = system_of(config);
    let shown = RwSignal::new(Shown::Fields);
    // A text that cannot be read is mended where it is.
    let yaml = launch.error_at(&["yaml"]);
    Effect::new(move || {
        if yaml.read().is_some() {
            shown.set(Shown::Text);
        }
    });
    let choices = move || vec![Choice::new(Shown::Fields, "Form"), Choice::new(Shown::Text, "YAML")];
    let actions = move || {
        view! {
            {move || system.get().is_none_or(|own| own.resources_key() == "Resources").then(|| view! { <Presets config/> })}
            <Segmented label="How the resources are shown" value=shown choices=choices()/>
        }
    };
    view! {
        <Block number=4 title="Resources" actions>
            <Marked launch place=Place::Backend>
                {move || match shown.get() {
                    Shown::Text => view! { <YamlView config/> }.into_any(),
                    Shown::Fields => view! { <Broken config shown/> <BackendFields launch config system/> }.into_any(),
                }}
            </Marked>
            <ConnectionFields launch system/>
        </Block>
    }
}

#[component]
fn Presets(config: Config) -> impl IntoView {
    let choose = move |place: usize| {
        for (path, value) in PRESETS[place].values() {
            config.set(&path, value.as_ref());
        }
    };
    let why_not = Signal::derive(move || {
        config.read.read().is_err().then(|| "The YAML cannot be read. Mend it first.".to_owned())
    });
    let item = move |place: usize| {
        view! {
            <MenuItem disabled_reason=why_not on_select=move |()| choose(place)>{PRESETS[place].title}</MenuItem>
        }
    };
    view! {
        <Menu label="Presets" size=Size::Small emphasis=Emphasis::Ghost>
            {(0..PRESETS.len()).map(item).collect_view()}
        </Menu>
    }
}

/// Says that the fields wait for the text.
#[component]
fn Broken(config: Config, shown: RwSignal<Shown>) -> impl IntoView {
    let problem = Memo::new(move |_| config.read.get().err());
    move || {
        problem.get().map(|problem| {
            let mend = move || {
                view! { <Button size=Size::Small on_click=move |_| shown.set(Shown::Text)>"Mend the YAML"</Button> }
            };
            view! {
                <Banner tone=Tone::Warning icon=IconName::Alert action=mend>
                    "The YAML cannot be read, so the fields show what it said before. " {told(&problem)}
                </Banner>
            }
        })
    }
}

/// The connection that opens the machine, and who pays for its time.
#[component]
fn ConnectionFields(launch: Launch, system: RwSignal<Option<System>>) -> impl IntoView {
    let fields = launch.fields;
    let provider = Signal::derive(move || system.get().and_then(System::provider));
    let options = launch.lists.connections_for(provider, fields.connection);
    let is_none =
        Memo::new(move |_| launch.lists.connections.value.read().is_some() && options.read().is_empty());
    let needs = Memo::new(move |_| system.get().is_none_or(|system| system.provider().is_some()));
    choose_the_only(launch, provider);
    let what = move || provider.get().unwrap_or(ConnectionProvider::Other).to_string();
    let settings = Route::Settings(SettingsPage::Connections).to_string();
    view! {
        <div class="launch-pair">
            <Show when=move || needs.get()>
                <Marked launch place=Place::Connection>
                    <Field
                        label="Connection"
                        hint=Signal::stored(Some("Yours; its secrets stay on the server.".to_owned()))
                        error=launch.error_at(&["connectionId"])
                    >
                        <Select value=fields.connection options placeholder="Choose the connection"/>
                    </Field>
                </Marked>
            </Show>
            <Marked launch place=Place::Account>
                <Field
                    label="Compute budget account"
                    optional=true
                    hint=Signal::stored(Some("What the machine's time is charged to.".to_owned()))
                    error=launch.error_at(&["computeBudgetAccount"])
                >
                    <TextInput value=fields.account/>
                </Field>
            </Marked>
        </div>
        {move || (is_none.get() && needs.get() && system.get().is_some()).then(|| view! {
            <p class="launch-none">
                "You have no connection for " {what} " yet. "
                <Link href=settings.clone()>"Make one in your settings"</Link> "; this form waits."
            </p>
        })}
    }
}

/// Where only one connection fits, and none is chosen, it is that.
fn choose_the_only(launch: Launch, provider: Signal<Option<ConnectionProvider>>) {
    let fields = launch.fields;
    Effect::new(move || {
        let (Some(needed), Some(page)) = (provider.get(), launch.lists.connections.value.get()) else {
            return;
        };
        let mut fitting = page.items.iter().filter(|own| own.connection_provider == needed);
        let is_open = fields.connection.read_untracked().is_empty();
        if let (Some(only), None, true) = (fitting.next(), fitting.next(), is_open) {
            fields.connection.set(only.connection_id.to_string());
        }
    });
}
