//! The scatter chart: its picture, its buttons, and what is read of it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::draw::drawing;
use super::file;
use super::layout::{Layout, layout};
use crate::ui::chart::figure::{self, Figure};
use crate::ui::chart::palette::Colour;
use crate::ui::chart::stepping::step;
use crate::ui::format::number;
use crate::ui::link::Link;
use crate::ui::observe::width_of;

/// A thing with two values.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How it is told from the others.
    pub colour: Colour,
    /// Its value along the horizontal axis; what is not finite is not drawn.
    pub x: f64,
    /// Its value along the vertical axis; what is not finite is not drawn.
    pub y: f64,
}

/// What a scatter chart has at hand. A handle.
#[derive(Clone, Copy)]
pub(super) struct Scatter {
    pub(super) x: Signal<String>,
    pub(super) y: Signal<String>,
    pub(super) dots: Signal<Vec<Dot>>,
    pub(super) plot: Memo<Option<Layout>>,
    /// The mark that is read, counted from the left.
    pub(super) current: RwSignal<Option<usize>>,
    /// Whether a key chose it, so that it is read aloud.
    pub(super) by_key: RwSignal<bool>,
}

/// A dot for each thing. Arrow keys go from dot to dot, from left to right; the values stand below, with a link.
#[component]
pub fn ScatterChart(
    /// What the horizontal axis measures.
    #[prop(into)]
    x: Signal<String>,
    /// What the vertical axis measures.
    #[prop(into)]
    y: Signal<String>,
    /// The things.
    #[prop(into)]
    dots: Signal<Vec<Dot>>,
) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let width = width_of(stage);
    let plot = Memo::new(move |_| layout(&dots.read(), f64::from(width.get())));
    let scatter = Scatter { x, y, dots, plot, current: RwSignal::new(None), by_key: RwSignal::new(false) };
    Effect::watch(move || plot.track(), move |(), _, _| scatter.current.set(None), false);
    let title = Signal::derive(move || scatter.title());
    view! {
        <Figure
            title
            csv=Callback::new(move |()| {
                file::csv(&dots.read_untracked(), &x.read_untracked(), &y.read_untracked())
            })
            drawn=Callback::new(move |()| {
                let plot = plot.get_untracked()?;
                Some(file::svg(&plot, &dots.read_untracked(), &x.read_untracked(), &y.read_untracked()))
            })
            class="scatter-stage"
            stage
            reading=move || view! { <p class="chart-notes">{move || reading(scatter)}</p> }
            spoken=Signal::derive(move || spoken(scatter))
            table=move || table(scatter, title)
        >
            {drawing(scatter)}
        </Figure>
    }
}

impl Scatter {
    /// What is drawn: `loss by rate`.
    pub(super) fn title(self) -> String {
        format!("{} by {}", self.y.read(), self.x.read())
    }

    fn read(self) -> Option<Dot> {
        let place = self.plot.read().as_ref()?.marks.get(self.current.get()?)?.dot;
        self.dots.read().get(place).cloned()
    }

    fn told(self, dot: &Dot) -> String {
        format!("{} {}, {} {}", self.x.read(), number(dot.x), self.y.read(), number(dot.y))
    }
}

fn reading(scatter: Scatter) -> AnyView {
    match scatter.read() {
        Some(dot) => {
            let told = scatter.told(&dot);
            view! { <Link href=dot.href>{dot.name}</Link> ": " {told} }.into_any()
        }
        None => "Point at a dot, or use the arrow keys, to read it.".into_any(),
    }
}

fn spoken(scatter: Scatter) -> Option<String> {
    let dot = scatter.read().filter(|_| scatter.by_key.get())?;
    Some(format!("{}: {}", dot.name, scatter.told(&dot)))
}

/// Goes from dot to dot.
pub(super) fn pressed(scatter: Scatter, event: &KeyboardEvent) {
    let last = scatter.plot.read_untracked().as_ref().map_or(0, |plot| plot.marks.len().saturating_sub(1));
    step(event, (scatter.current, scatter.by_key), last);
}

fn table(scatter: Scatter, title: Signal<String>) -> impl IntoView {
    let rows = move || {
        let row = |dot: Dot| {
            view! {
                <tr>
                    <th scope="row"><Link href=dot.href>{dot.name}</Link></th>
                    <td>{number(dot.x)}</td>
                    <td>{number(dot.y)}</td>
                </tr>
            }
        };
        scatter.dots.get().into_iter().map(row).collect_view()
    };
    let heads = view! {
        <th scope="col">"Name"</th>
        <th scope="col">{move || scatter.x.get()}</th>
        <th scope="col">{move || scatter.y.get()}</th>
    };
    figure::table(title, heads, rows)
}
