//! The chart of boxes: its picture, its buttons, and what is read of it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::file;
use super::layout::{Layout, Placed, layout};
use crate::ui::chart::axes::{Area, GAP, upright_axis};
use crate::ui::chart::figure::{self, Figure};
use crate::ui::chart::palette::Colour;
use crate::ui::chart::stepping::step;
use crate::ui::format::{integer, number};
use crate::ui::observe::width_of;

/// The values of a group, with what their box is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxGroup {
    /// What it is called.
    pub name: String,
    /// How it is told from the others.
    pub colour: Colour,
    /// The least value that is no outlier.
    pub low: f64,
    /// A quarter of the values are less.
    pub first_quartile: f64,
    /// Half of the values are less.
    pub median: f64,
    /// Three quarters of the values are less.
    pub third_quartile: f64,
    /// The greatest value that is no outlier.
    pub high: f64,
    /// Every value; all are finite.
    pub values: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Boxes {
    measure: Signal<String>,
    by: Signal<String>,
    groups: Signal<Vec<BoxGroup>>,
    current: RwSignal<Option<usize>>,
    by_key: RwSignal<bool>,
}

/// A box for each group, from the first to the third quartile, with its median, its whiskers and every value. Arrow keys
/// go from box to box.
#[component]
pub fn BoxChart(
    /// What the values measure.
    #[prop(into)]
    measure: Signal<String>,
    /// By what the groups are made.
    #[prop(into)]
    by: Signal<String>,
    /// The groups.
    #[prop(into)]
    groups: Signal<Vec<BoxGroup>>,
) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let width = width_of(stage);
    let plot = Memo::new(move |_| layout(&groups.read(), f64::from(width.get())));
    let boxes = Boxes { measure, by, groups, current: RwSignal::new(None), by_key: RwSignal::new(false) };
    Effect::watch(move || plot.track(), move |(), _, _| boxes.current.set(None), false);
    let title = Signal::derive(move || boxes.title());
    let told = move || {
        boxes.told().unwrap_or_else(|| "Point at a box, or use the arrow keys, to read it.".to_owned())
    };
    view! {
        <Figure
            title
            csv=Callback::new(move |()| {
                file::csv(&groups.read_untracked(), &by.read_untracked(), &measure.read_untracked())
            })
            drawn=Callback::new(move |()| {
                let plot = plot.get_untracked()?;
                Some(file::svg(&plot, &groups.read_untracked(), &measure.read_untracked()))
            })
            class="box-stage"
            stage
            reading=move || view! { <p class="chart-notes">{told}</p> }
            spoken=Signal::derive(move || boxes.told().filter(|_| boxes.by_key.get()))
            table=move || table(boxes, title)
        >
            {move || Some(drawing(boxes, plot.get()?))}
        </Figure>
    }
}

impl Boxes {
    fn title(self) -> String {
        format!("{} by {}", self.measure.read(), self.by.read())
    }

    fn told(self) -> Option<String> {
        let groups = self.groups.read();
        groups.get(self.current.get()?).map(told)
    }
}

fn told(group: &BoxGroup) -> String {
    let outliers = group.values.iter().filter(|value| !(group.low..=group.high).contains(value)).count();
    let outliers = match outliers {
        0 => String::new(),
        1 => ", 1 outlier".to_owned(),
        n => format!(", {} outliers", integer(n as u64)),
    };
    let values = match group.values.len() {
        1 => "1 value".to_owned(),
        n => format!("{} values", integer(n as u64)),
    };
    format!(
        "{}: {values}, median {}, quartiles {} and {}, whiskers {} to {}{outliers}",
        group.name,
        number(group.median),
        number(group.first_quartile),
        number(group.third_quartile),
        number(group.low),
        number(group.high),
    )
}

fn drawing(boxes: Boxes, plot: Layout) -> impl IntoView {
    let summary = move || {
        format!("{}, {} boxes. Arrow keys go from box to box.", boxes.title(), boxes.groups.read().len())
    };
    let Area { width, height, bottom, .. } = plot.area;
    let drawn = plot.boxes.iter().map(|placed| drawn(boxes, placed, bottom));
    view! {
        <svg
            class="scatter"
            width=width
            height=height
            viewBox=format!("0 0 {width} {height}")
            role="img"
            tabindex="0"
            aria-label=summary
            on:keydown=move |event| pressed(boxes, &event)
        >
            {upright_axis(plot.area, &plot.ticks, boxes.measure)}
            {drawn.collect_view()}
        </svg>
    }
}

fn drawn(boxes: Boxes, placed: &Placed, bottom: f64) -> impl IntoView + use<> {
    const SHORT: usize = 12;
    let group = placed.group;
    let known = boxes.groups.read_untracked();
    let known = known.get(group);
    let name = known.map(|group| group.name.clone()).unwrap_or_default();
    let colour = known.map(|group| group.colour.css());
    let short = name.char_indices().nth(SHORT).map_or(name.clone(), |(end, _)| format!("{}…", &name[..end]));
    let Placed { x, width, low, first_quartile, median, third_quartile, high, .. } = *placed;
    let (left, right) = (x - width / 2.0, x + width / 2.0);
    let read = move |_| {
        boxes.by_key.set(false);
        boxes.current.set(Some(group));
    };
    let dots =
        placed.dots.iter().map(|y| view! { <circle class="box-dot" cx=x cy=*y r=2.5/> }).collect_view();
    view! {
        <g
            class="box"
            style:--series=colour
            data-current=move || (boxes.current.get() == Some(group)).then_some("true")
            on:pointerenter=read
        >
            <line class="box-line" x1=x x2=x y1=high y2=third_quartile/>
            <line class="box-line" x1=x x2=x y1=first_quartile y2=low/>
            <rect class="box-body" x=left y=third_quartile width=width height=(first_quartile - third_quartile).max(1.0)/>
            <line class="box-median" x1=left x2=right y1=median y2=median/>
            {dots}
            <text class="scatter-label" x=x y=bottom + 2.0 * GAP text-anchor="middle">{short}</text>
        </g>
    }
}

fn pressed(boxes: Boxes, event: &KeyboardEvent) {
    let last = boxes.groups.read_untracked().len().saturating_sub(1);
    step(event, (boxes.current, boxes.by_key), last);
}

fn table(boxes: Boxes, title: Signal<String>) -> impl IntoView {
    let rows = move || {
        let row = |group: BoxGroup| {
            let ends = [group.low, group.first_quartile, group.median, group.third_quartile, group.high];
            let cells = ends.into_iter().map(|value| view! { <td>{number(value)}</td> }).collect_view();
            view! { <tr><th scope="row">{group.name}</th><td>{integer(group.values.len() as u64)}</td>{cells}</tr> }
        };
        boxes.groups.get().into_iter().map(row).collect_view()
    };
    let names = ["Values", "Lower whisker", "First quartile", "Median", "Third quartile", "Upper whisker"];
    let heads = view! {
        <th scope="col">{move || boxes.by.get()}</th>
        {names.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
    };
    figure::table(title, heads, rows)
}
