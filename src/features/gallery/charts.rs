//! Charts of made-up training runs.

use std::sync::Arc;

use leptos::prelude::*;

use super::specimen::Specimen;
use crate::ui::ColourPicker;
use crate::ui::chart::{
    Axis, Band, Brushes, Colour, Crosshair, Dimension, LineChart, ParallelChart, Point, Points, Series,
    Strand, Values, WhenVisible, Zoom,
};

/// How many steps the made-up runs take.
const STEPS: u32 = 10_000;
/// 23 November 2026, 08:00 UTC, in milliseconds since the Unix epoch.
const MORNING: f64 = 1_795_420_800_000.0;

pub(super) fn charts() -> impl IntoView {
    let (crosshair, zoom) = (Crosshair::default(), Zoom::default());
    let step = Signal::stored(Axis::number("step"));
    view! {
        <Specimen label="Two charts, read and zoomed together">
            <div class="grid" data-columns="large">
                <LineChart title="loss" series=Signal::stored(losses()) x=step y_log=RwSignal::new(true) crosshair zoom/>
                <LineChart title="accuracy" series=Signal::stored(accuracies()) x=step crosshair zoom/>
            </div>
        </Specimen>
        <Specimen label="Ranges over time, values that are not finite, a single point, nothing yet">
            <div class="grid" data-columns="large">
                <LineChart title="GPU memory, GiB" series=Signal::stored(memory()) x=Signal::stored(Axis::time("time"))/>
                <LineChart title="gradient norm" series=Signal::stored(gradients()) x=step/>
                <LineChart title="test accuracy" series=Signal::stored(vec![line("test", 0, vec![at(10.0, 0.931)])]) x=step/>
                <LineChart title="perplexity" series=Signal::stored(vec![line("train", 0, Vec::new())]) x=step/>
            </div>
        </Specimen>
        <Specimen label="Parallel axes: 2,000 lines, names and numbers, some without a value">{parallel()}</Specimen>
        <Specimen label="The colour of a thing, to be chosen">{picker()}</Specimen>
        <Specimen label="Twelve colours; mounted only while in view">
            <WhenVisible height="18rem">
                <LineChart title="learning rate" series=Signal::stored(rates()) x=step/>
            </WhenVisible>
        </Specimen>
    }
}

fn parallel() -> impl IntoView {
    const LINES: u32 = 2_000;
    let places = || (0..LINES).map(f64::from);
    let strand = |n: f64| Strand {
        name: format!("run {n}"),
        href: "#".to_owned(),
        colour: Colour::nth(n as usize % 12),
    };
    let numbers = |name: &str, value: &dyn Fn(f64) -> Option<f64>| Dimension {
        id: name.to_owned(),
        name: name.to_owned(),
        values: Values::Numbers(places().map(value).collect()),
    };
    let rate = |n: f64| 10f64.powf(-3.0 + noise(n, 1));
    let depth = |n: f64| (6.0 + 4.0 * noise(n, 2)).round();
    let loss = |n: f64| rate(n) * 40.0 + 1.0 / depth(n) + 0.1 * noise(n, 3).abs();
    let optimizer = |n: f64| Some(["adam", "lamb", "sgd"][n as usize % 3].to_owned());
    let all = vec![
        numbers("rate", &|n| Some(rate(n))),
        numbers("depth", &|n| (!(n as u32).is_multiple_of(50)).then(|| depth(n))),
        Dimension {
            id: "optimizer".to_owned(),
            name: "optimizer".to_owned(),
            values: Values::Names(places().map(optimizer).collect()),
        },
        numbers("loss", &|n| Some(loss(n))),
        numbers("accuracy", &|n| Some(1.0 / (1.0 + loss(n)))),
    ];
    let dimensions = RwSignal::new(all);
    let on_order = Callback::new(move |ids: Vec<String>| {
        let place = |dimension: &Dimension| ids.iter().position(|id| *id == dimension.id);
        dimensions.update(|dimensions| dimensions.sort_by_key(place));
    });
    let (brushes, logs) = (RwSignal::new(Brushes::new()), RwSignal::new(vec!["rate".to_owned()]));
    let strands = Signal::stored(places().map(strand).collect::<Vec<_>>());
    view! { <ParallelChart title="Parameters and metrics" strands dimensions brushes logs on_order/> }
}

fn picker() -> impl IntoView {
    let chosen = RwSignal::new(None);
    let colour = Signal::derive(move || chosen.get().unwrap_or(Colour::nth(2)));
    let is_chosen = Signal::derive(move || chosen.read().is_some());
    view! { <ColourPicker of="amber falcon" colour is_chosen on_choose=Callback::new(move |colour| chosen.set(colour))/> }
}

fn losses() -> Vec<Series> {
    ["amber-falcon", "quiet-lake", "swift-birch"]
        .iter()
        .zip(0..)
        .map(|(name, seed)| {
            line(
                name,
                seed,
                steps(|x| {
                    2.4 / (1.0 + x / (120.0 * (seed + 1) as f64)) * (1.0 + 0.12 * noise(x, seed)) + 0.01
                }),
            )
        })
        .collect()
}

fn accuracies() -> Vec<Series> {
    ["amber-falcon", "quiet-lake", "swift-birch"]
        .iter()
        .zip(0..)
        .map(|(name, seed)| {
            let course =
                |x: f64| 0.97 - 0.87 / (1.0 + x / (300.0 * (seed + 1) as f64)) + 0.015 * noise(x, seed + 7);
            line(name, seed, steps(course))
        })
        .collect()
}

/// Infinite and missing at some steps, as a training that diverges for a while logs it.
fn gradients() -> Vec<Series> {
    let course = |x: f64| match x as u32 {
        4_000..4_400 => f64::NAN,
        4_400 => f64::INFINITY,
        _ => 3.0 + noise(x, 3) + if x as u32 % 2_500 == 2_499 { 14.0 } else { 0.0 },
    };
    vec![line("amber-falcon", 1, steps(course))]
}

/// Bands of a minute, as a server sends them for a long series.
fn memory() -> Vec<Series> {
    let bands: Arc<[Band]> = (0..300u32)
        .map(|minute| {
            let x = f64::from(minute);
            let last = 24.0 + 6.0 * (x / 40.0).sin() + noise(x, 5);
            Band { x: MORNING + x * 60_000.0, low: last - 1.0 - noise(x, 6).abs(), high: last + 2.0, last }
        })
        .collect();
    vec![Series::new("gpu", "GPU 0", Colour::nth(4), Points::Bands(bands))]
}

fn rates() -> Vec<Series> {
    (0..12u32)
        .map(|n| {
            let height = 1.0 - f64::from(n) * 0.07;
            let points = (0..200).map(|x| {
                let x = f64::from(x) * 50.0;
                at(x, 3e-4 * height * (0.5 + 0.5 * (x / 10_000.0 * std::f64::consts::PI).cos()))
            });
            Series {
                colour: Colour::nth(n as usize),
                ..line(&format!("schedule {n}"), u64::from(n), points.collect())
            }
        })
        .collect()
}

fn steps(course: impl Fn(f64) -> f64) -> Vec<Point> {
    (0..STEPS).map(|x| at(f64::from(x), course(f64::from(x)))).collect()
}

fn line(name: &str, id: u64, points: Vec<Point>) -> Series {
    Series::new(name, name, Colour::nth(id as usize), Points::Exact(points.into()))
}

fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// Between -1 and 1, the same each time.
fn noise(x: f64, seed: u64) -> f64 {
    let mixed = ((x as u64) ^ (seed << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f64 / f64::from(1u32 << 23) - 1.0
}
