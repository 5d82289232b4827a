//! One line of a log.

use leptos::prelude::*;
use models::run::{LogLevel, LogLine};

use super::reading::Reading;
use super::text::{pieces, plain};
use crate::ui::format::bytes;

/// A line with its number, which is a link to it.
#[component]
pub fn Line(
    reading: Reading,
    /// Its number.
    number: u64,
    /// The line; nothing while it is on its way.
    #[prop(into)]
    line: Signal<Option<LogLine>>,
    /// Where it stands from above, in CSS pixels; without it, it stands below the one before.
    #[prop(optional)]
    top: Option<Signal<f64>>,
) -> impl IntoView {
    let is_marked = Memo::new(move |_| reading.marked.get() == Some(number));
    let level = move || line.read().as_ref().and_then(|line| line.level).map(LogLevel::as_str);
    let text = move || line.get().map(|line| text(&line, &reading.wanted.read()));
    view! {
        <div
            class="log-line"
            role="listitem"
            data-line=number
            data-placed=top.is_some()
            data-level=level
            data-loading=move || line.read().is_none()
            aria-current=move || is_marked.get().then_some("location")
            style:transform=move || top.map(|top| format!("translateY({}px)", top.get()))
        >
            <a class="log-number" href=format!("#L{number}") data-noscroll="">{number}</a>
            <span class="log-text">{text}</span>
        </div>
    }
}

fn text(line: &LogLine, wanted: &str) -> AnyView {
    let shown = plain(&line.text);
    let piece = |(found, piece): (bool, &str)| match found {
        true => view! { <mark>{piece.to_owned()}</mark> }.into_any(),
        false => piece.to_owned().into_any(),
    };
    let pieces = pieces(&shown, wanted).into_iter().map(piece).collect_view();
    let hidden = (line.hidden_bytes > 0).then(
        || view! { <span class="log-hidden">" … " {bytes(line.hidden_bytes)} " more in the file"</span> },
    );
    view! { {pieces} {hidden} }.into_any()
}
