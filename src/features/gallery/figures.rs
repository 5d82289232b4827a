//! Numbers, drawn and written.

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::{ActivityBars, Figure, Part, ProgressBar, Sparkline, StackedBar, Tone, format, time};

#[component]
pub(super) fn Figures() -> impl IntoView {
    let parts = vec![
        Part::new("running", 12, Tone::Info),
        Part::new("finished", 1_904, Tone::Success),
        Part::new("failed", 231, Tone::Danger),
        Part::new("cancelled", 163, Tone::Neutral),
    ];
    view! {
        <Specimen label="Figures">
            <div class="grid" data-columns="small">
                <Figure label="Runs" value="2,310">"14 since yesterday"</Figure>
                <Figure label="Best accuracy" value="0.9741"><Sparkline label="Accuracy" values=course()/></Figure>
                <Figure label="GPU hours" value="412"/>
            </div>
        </Specimen>
        <Specimen label="Parts of a whole"><StackedBar label="Runs by status" parts/></Specimen>
        <Specimen label="Activity"><ActivityBars label="Runs started in the last 30 days" spans=days()/></Specimen>
        <Specimen label="Progress">
            <div class="stack">
                <ProgressBar busy=true/>
                <ProgressBar busy=true fraction=Some(0.62)/>
            </div>
        </Specimen>
        <Specimen label="Formats"><Formats/></Specimen>
    }
}

#[component]
fn Formats() -> impl IntoView {
    let written = [
        format::integer(12_408),
        format::number(0.123_456),
        format::number(1.234_56e-5),
        format::number(-2.5e6),
        format::number(f64::NAN),
        format::percent(0.1234),
        format::bytes(123_456_789),
        time::duration(3_720_000),
        time::relative(-840_000, 0),
        format::NOTHING.to_owned(),
    ];
    written.map(|text| view! { <code>{text}</code> }).collect_view()
}

/// A made-up course of accuracy over forty epochs.
fn course() -> Vec<f64> {
    (1..=40).map(|epoch| 1.0 - 0.6 / f64::from(epoch) + 0.01 * (f64::from(epoch) * 1.7).sin()).collect()
}

/// Made-up numbers of runs on thirty days; none on Sundays.
fn days() -> Vec<(String, u64)> {
    (1..=30).map(|day| (format!("{day} Nov"), if day % 7 == 1 { 0 } else { day * day * 37 % 41 })).collect()
}
