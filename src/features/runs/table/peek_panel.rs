//! The panel beside the table: what the row tells of a run at once, and the rest when it has come.

use std::sync::Arc;

use leptos::prelude::*;
use models::query::{Attribute, Field};
use models::run::{Run, RunData};

use super::columns::title;
use super::peek::{Peek, Peeked};
use super::peeked::{Logged, metrics, parameters, tags, text};
use crate::features::runs::again::RunAgain;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::{ButtonLink, Fact, IconName, KeyValue, SidePanel, Size};
use crate::widgets::loaded;
use crate::widgets::{LiveDuration, RelativeTime, RunStatusBadge};

/// What a run was made of, as far as it is told here.
const MADE_OF: [Attribute; 5] =
    [Attribute::Experiment, Attribute::Code, Attribute::Data, Attribute::Model, Attribute::User];

/// The run that is looked at, beside the table.
#[component]
pub(super) fn PeekPanel(peek: Peek) -> impl IntoView {
    let settled = peek.settled;
    let run = queries::runs::get_when(move || settled.get());
    let data = queries::runs::data_when(move || settled.get());
    let link = move || {
        let run = peek.shown.with(|shown| shown.as_ref().map(Peeked::of));
        run.map(|(project, run)| {
            let href = Route::Run(project, run, RunTab::Overview).to_string();
            view! {
                <RunAgain project run size=Size::Small/>
                <ButtonLink href size=Size::Small icon=IconName::ArrowRight>"Open"</ButtonLink>
            }
        })
    };
    // What has come is about the run on screen only once that is looked at.
    let is_settled = move || settled.get() == peek.shown.with(|shown| shown.as_ref().map(Peeked::of));
    let failed = Memo::new(move |_| run.error.get().filter(|_| is_settled() && run.value.read().is_none()));
    let retry = run.refetch;
    let run = Signal::derive(move || run.value.get().filter(|_| is_settled()));
    let name = Memo::new(move |_| {
        let known = run.read().as_ref().map(|run| run.name.clone());
        known.or_else(|| peek.shown.with(|shown| shown.as_ref().map(Peeked::name))).unwrap_or_default()
    });
    let said = move || peek.open.get().then(|| format!("{} is shown beside the table", name.get()));
    let data = Signal::derive(move || data.value.get().filter(|_| is_settled()));
    view! {
        <span class="visually-hidden" role="status">{said}</span>
        <SidePanel open=peek.open title=name width=peek.width docked=true actions=link>
            {move || match (peek.shown.get(), failed.get()) {
                // What the row tells is better than nothing.
                (Some(Peeked { row: None, .. }), Some(error)) => loaded::failed(&error, retry),
                (Some(peeked), _) => view! { <Body peeked run data/> }.into_any(),
                (None, _) => ().into_any(),
            }}
        </SidePanel>
    }
}

#[component]
fn Body(peeked: Peeked, run: Signal<Option<Arc<Run>>>, data: Signal<Option<Arc<RunData>>>) -> impl IntoView {
    let peeked = StoredValue::new(peeked);
    let status = Signal::derive(move || {
        run.read().as_ref().map_or_else(|| peeked.with_value(Peeked::status), |run| run.status)
    });
    let start = Signal::derive(move || {
        run.read().as_ref().map_or_else(|| peeked.with_value(Peeked::start_time), |run| run.start_time)
    });
    let progress = Signal::derive(move || {
        let data = data.read();
        data.as_ref().map_or_else(|| peeked.with_value(Peeked::progress), |data| data.progress(start.get()))
    });
    let made_of = MADE_OF.map(|attribute| {
        let value = move || {
            let run = run.get();
            peeked.with_value(|peeked| text(peeked, run.as_deref(), attribute))
        };
        view! { <Fact name=title(&Field::Attribute(attribute))>{value}</Fact> }
    });
    let (project, id) = peeked.with_value(Peeked::of);
    let tabs = [RunTab::Metrics, RunTab::Logs, RunTab::Artifacts].map(|tab| {
        let href = Route::Run(project, id, tab).to_string();
        view! { <a class="link" href=href>{tab.title()}</a> }
    });
    view! {
        <div class="peek">
            <div class="peek-state">
                <RunStatusBadge status progress/>
                <RelativeTime at=start/>
                {move || run.get().map(|run| {
                    let known = run.end_time.is_some() || !run.status.is_final();
                    view! { <LiveDuration start=run.start_time.filter(|_| known) end=run.end_time/> }
                })}
                <nav class="peek-tabs" aria-label="Pages of the run">{tabs.collect_view()}</nav>
            </div>
            <KeyValue>{made_of.collect_view()}</KeyValue>
            <Values heading="Metrics" lines=Signal::derive(move || peeked.with_value(|own| metrics(own, data.get().as_deref())))/>
            <Values heading="Parameters" lines=Signal::derive(move || peeked.with_value(|own| parameters(own, data.get().as_deref())))/>
            <Values heading="Tags" lines=Signal::derive(move || tags(data.get().as_deref()))/>
        </div>
    }
}

/// Named values below a heading; nothing where there are none.
#[component]
fn Values(heading: &'static str, lines: Signal<Logged>) -> impl IntoView {
    let lines = Memo::new(move |_| lines.get());
    move || {
        let Logged { lines, n_more } = lines.get();
        (!lines.is_empty()).then(|| {
            let line = |(name, value, exact): (String, String, String)| {
                view! { <tr><th scope="row">{name}</th><td title=exact>{value}</td></tr> }
            };
            let more = (n_more > 0)
                .then(|| view! { <p class="peek-more">{n_more} " more on the page of the run"</p> });
            view! {
                <section class="peek-values">
                    <h3>{heading}</h3>
                    <table class="logged"><tbody>{lines.into_iter().map(line).collect_view()}</tbody></table>
                    {more}
                </section>
            }
        })
    }
}
