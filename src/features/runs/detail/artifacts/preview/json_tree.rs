//! JSON as a tree that folds.

use std::sync::Arc;

use leptos::prelude::*;

use super::decode;
use super::file::Shown;
use super::json::{self, Json};
use super::lines::TextPreview;
use super::words::Note;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, runs::FilePart};
use crate::ui::format::{bytes, integer};
use crate::ui::{Button, CopyButton, Icon, IconName, Size};

/// The longest file that is shown as a tree, in bytes.
const LONGEST: u64 = 1024 * 1024;
/// How many values of one list or object are shown at once.
const SHOWN: usize = 100;
/// Lists and objects of at most so many values, this deep at most, begin open.
const OPEN: (usize, usize) = (20, 2);

/// The file as a tree; what is broken or too long is shown as text.
#[component]
pub(super) fn JsonPreview(file: Shown) -> impl IntoView {
    if file.size > LONGEST {
        let text =
            format!("Files of up to {} are shown as trees; this one is shown as text.", bytes(LONGEST));
        return view! { <Note text/> <TextPreview file/> }.into_any();
    }
    let query =
        queries::runs::file_part(move || Some((file.project, file.run, file.path.get_value(), LONGEST)));
    let shown = move |part: Signal<Arc<FilePart>>| {
        let read = Memo::new(move |_| read(&part.read()));
        move || {
            match read.get() {
            Ok(value) => view! { <ul class="json" aria-label="Content of the file">{named(Name::Root, &value, 0)}</ul> }.into_any(),
            Err(reason) => view! { <Note text=reason/> <TextPreview file/> }.into_any(),
        }
        }
    };
    view! { <Known query children=shown/> }.into_any()
}

fn read(part: &FilePart) -> Result<Json, String> {
    let decoded = decode::text(&part.bytes, part.is_whole()).ok_or_else(|| "This is no JSON.".to_owned())?;
    json::read(&decoded.text)
        .map_err(|reason| format!("This is no valid JSON, so it is shown as text: {reason}."))
}

/// What a value is called where it stands.
#[derive(Clone)]
enum Name {
    /// The whole document.
    Root,
    /// The key in an object.
    Key(String),
    /// The place in a list, from 0.
    Place(usize),
}

// Values hold values: the type must be named nowhere.
fn named(name: Name, value: &Json, level: usize) -> AnyView {
    match value {
        Json::List(values) if !values.is_empty() => {
            let values = Arc::clone(values);
            let (n, brackets) = (values.len(), "[ ]");
            let within = move |place: usize| {
                values.get(place).map(|value| named(Name::Place(place), value, level + 1))
            };
            view! { <Folded name level n brackets within/> }.into_any()
        }
        Json::Object(values) if !values.is_empty() => {
            let values = Arc::clone(values);
            let (n, brackets) = (values.len(), "{ }");
            let within = move |place: usize| {
                values.get(place).map(|(key, value)| named(Name::Key(key.clone()), value, level + 1))
            };
            view! { <Folded name level n brackets within/> }.into_any()
        }
        Json::List(_) => leaf(name, level, "empty", "[ ]".to_owned()),
        Json::Object(_) => leaf(name, level, "empty", "{ }".to_owned()),
        Json::Word(word) => leaf(name, level, "word", (*word).to_owned()),
        Json::Number(number) => leaf(name, level, "number", number.clone()),
        Json::Text(text) => leaf(name, level, "text", text.to_string()),
    }
}

fn leaf(name: Name, level: usize, kind: &'static str, text: String) -> AnyView {
    let shown = if kind == "text" { format!("\"{text}\"") } else { text.clone() };
    view! {
        <li class="json-line" style:--level=level.to_string()>
            {title(name)}
            <span class="json-value" data-kind=kind>{shown}</span>
            <CopyButton text label="Copy the value"/>
        </li>
    }
    .into_any()
}

fn title(name: Name) -> Option<impl IntoView> {
    let title = match name {
        Name::Root => return None,
        Name::Key(key) => key,
        Name::Place(place) => place.to_string(),
    };
    Some(view! { <span class="json-name">{title} <span class="faint">":"</span></span> })
}

/// A list or an object: its values are made when it is opened.
#[component]
fn Folded<W>(name: Name, level: usize, n: usize, brackets: &'static str, within: W) -> impl IntoView
where
    W: Fn(usize) -> Option<AnyView> + Send + Sync + 'static,
{
    let is_open = RwSignal::new(level == 0 || (n <= OPEN.0 && level < OPEN.1));
    let shown = RwSignal::new(SHOWN);
    let within = StoredValue::new(within);
    let icon = move || if is_open.get() { IconName::ChevronDown } else { IconName::ChevronRight };
    let hidden = move || n.saturating_sub(shown.get());
    let count = if n == 1 { "1 value".to_owned() } else { format!("{} values", integer(n as u64)) };
    let inside = move || {
        view! {
            <ul>
                <For each=move || 0..n.min(shown.get()) key=|place| *place children=move |place| within.with_value(|within| within(place))/>
                <Show when=move || hidden() != 0>
                    <li class="json-line" style:--level=(level + 1).to_string()>
                        <Button size=Size::Small on_click=move |_| shown.update(|shown| *shown += SHOWN)>
                            "Show " {move || integer(hidden().min(SHOWN) as u64)} " more"
                        </Button>
                    </li>
                </Show>
            </ul>
        }
    };
    view! {
        <li>
            <button class="json-line" type="button" style:--level=level.to_string() aria-expanded=move || is_open.get().to_string() on:click=move |_| is_open.update(|open| *open = !*open)>
                <Icon name=Signal::derive(icon)/>
                {title(name)}
                <span class="json-count">{brackets} " " {count}</span>
            </button>
            {move || is_open.get().then(inside)}
        </li>
    }
}
