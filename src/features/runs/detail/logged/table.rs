//! Named values as a table that can be searched and folded.

use std::collections::HashSet;

use leptos::prelude::*;

use super::tree::{Line, Tree};
use crate::ui::format::integer;
use crate::ui::{Button, CopyButton, Emphasis, Icon, IconName, Panel, SearchField, Size};

/// How many lines are shown before somebody asks for all.
const FIRST: usize = 100;
/// From how many values on they can be searched.
const SEARCHABLE: usize = 8;

/// What a table of logged values is called and says.
pub(in crate::features::runs::detail) struct Words {
    /// The heading of the panel.
    pub(in crate::features::runs::detail) title: &'static str,
    /// What to say when there are no values.
    pub(in crate::features::runs::detail) nothing: &'static str,
    /// The headings of the columns, that of the names first.
    pub(in crate::features::runs::detail) heads: &'static [&'static str],
}

/// Which branches are closed. While something is looked for, all begin open, and what was closed before comes back
/// afterwards.
#[derive(Clone, Copy)]
struct Folding {
    usual: RwSignal<HashSet<String>>,
    searching: RwSignal<HashSet<String>>,
    search: RwSignal<String>,
}

impl Folding {
    fn new(closed: Option<&'static str>, search: RwSignal<String>) -> Self {
        let usual = closed.into_iter().map(str::to_owned).collect();
        let folding = Self { usual: RwSignal::new(usual), searching: RwSignal::new(HashSet::new()), search };
        Effect::watch(move || search.get(), move |_, _, _| folding.searching.update(HashSet::clear), false);
        folding
    }

    fn closed(self) -> RwSignal<HashSet<String>> {
        if self.search.read().trim().is_empty() { self.usual } else { self.searching }
    }

    fn set(self, closed: HashSet<String>) {
        untrack(|| self.closed()).set(closed);
    }

    fn toggle(self, path: &str) {
        untrack(|| self.closed()).update(|closed| {
            if !closed.remove(path) {
                closed.insert(path.to_owned());
            }
        });
    }
}

/// What a table of logged values holds; all parts are handles.
struct Found<T: Send + Sync + 'static> {
    lines: Signal<Vec<T>>,
    name: fn(&T) -> &str,
    tree: Memo<Tree>,
    n_found: Memo<usize>,
    folding: Folding,
}

impl<T: Send + Sync + 'static> Clone for Found<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Found<T> {}

impl<T: Send + Sync + 'static> Found<T> {
    fn new(
        lines: Signal<Vec<T>>,
        name: fn(&T) -> &str,
        value: Option<fn(&T) -> &str>,
        closed: Option<&'static str>,
    ) -> Self {
        let search = RwSignal::new(String::new());
        let names = Memo::new(move |_| {
            let wanted = search.read().trim().to_lowercase();
            let holds = |text: &str| text.to_lowercase().contains(&wanted);
            let lines = lines.read();
            let found = lines
                .iter()
                .filter(|line| holds(name(line)) || value.is_some_and(|value| holds(value(line))));
            found.map(|line| name(line).to_owned()).collect::<Vec<_>>()
        });
        Self {
            lines,
            name,
            tree: Memo::new(move |_| Tree::of(names.read().iter().map(String::as_str))),
            n_found: Memo::new(move |_| names.read().len()),
            folding: Folding::new(closed, search),
        }
    }
}

/// A panel with a table of named values. Names that begin alike stand in branches, which fold.
#[component]
pub(in crate::features::runs::detail) fn Logged<T, L>(
    words: &'static Words,
    lines: Signal<Vec<T>>,
    /// The name of a value.
    name: fn(&T) -> &str,
    /// What else a search looks at.
    #[prop(optional)]
    value: Option<fn(&T) -> &str>,
    /// A branch that begins closed: what its names begin with.
    #[prop(optional)]
    closed: Option<&'static str>,
    /// The cells behind the name.
    cells: L,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    L: Fn(T) -> AnyView + Copy + Send + Sync + 'static,
{
    let found = Found::new(lines, name, value, closed);
    let n_lines = Memo::new(move |_| lines.read().len());
    let head = |head: &&'static str| view! { <th scope="col">{*head}</th> };
    view! {
        <Panel title=move || counted(words.title, n_lines.get()) flush=true>
            <Tools words found n_lines/>
            <Show when=move || n_lines.get() != 0 fallback=move || view! { <p class="logged-nothing">{words.nothing}</p> }>
                <table class="logged">
                    <thead><tr>{words.heads.iter().map(head).collect_view()}</tr></thead>
                    <Lines found cells n_columns=words.heads.len()/>
                </table>
            </Show>
            <Show when=move || n_lines.get() != 0 && found.n_found.get() == 0>
                <p class="logged-nothing">"Nothing is called that."</p>
            </Show>
        </Panel>
    }
}

/// The search, how much it finds, and the button that closes or opens all branches.
#[component]
fn Tools<T: Clone + PartialEq + Send + Sync + 'static>(
    words: &'static Words,
    found: Found<T>,
    n_lines: Memo<usize>,
) -> impl IntoView {
    let Found { folding, n_found, tree, .. } = found;
    let is_open = Memo::new(move |_| folding.closed().read().is_empty());
    let search = folding.search;
    let said = move || {
        let finds = !search.read().trim().is_empty();
        finds.then(|| format!("{} of {}", integer(n_found.get() as u64), integer(n_lines.get() as u64)))
    };
    let fold = move |_| {
        let closed = if is_open.get_untracked() { tree.read_untracked().branches() } else { HashSet::new() };
        folding.set(closed);
    };
    let label = format!("Search {}", words.title.to_lowercase());
    let searched = move || {
        let label = label.clone();
        (n_lines.get() >= SEARCHABLE).then(|| {
            view! {
                <SearchField label value=search/>
                <span class="muted" role="status">{said}</span>
            }
        })
    };
    let folds = move || {
        tree.read().is_nested().then(|| view! {
            <Button emphasis=Emphasis::Ghost size=Size::Small on_click=fold>{move || if is_open.get() { "Collapse all" } else { "Expand all" }}</Button>
        })
    };
    view! { <div class="logged-search">{searched} {folds}</div> }
}

/// The lines of the table; of very many the first ones, until somebody asks for all.
#[component]
fn Lines<T, L>(found: Found<T>, cells: L, n_columns: usize) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    L: Fn(T) -> AnyView + Copy + Send + Sync + 'static,
{
    let all = RwSignal::new(false);
    let lines = Memo::new(move |_| found.tree.read().lines(&found.folding.closed().read()));
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        lines.read().iter().take(most).cloned().collect::<Vec<_>>()
    };
    let hidden = move || if all.get() { 0 } else { lines.read().len().saturating_sub(FIRST) };
    let line = move |line: Line| match line.n_within {
        Some(n_within) => branch(line, n_within, found.folding, n_columns).into_any(),
        None => leaf(line, found, cells).into_any(),
    };
    view! {
        <tbody>
            <For each=shown key=|line| line.clone() children=line/>
        </tbody>
        <Show when=move || hidden() != 0>
            <tfoot><tr><td colspan=n_columns.to_string()>
                <Button size=Size::Small on_click=move |_| all.set(true)>"Show " {move || integer(hidden() as u64)} " more"</Button>
            </td></tr></tfoot>
        </Show>
    }
}

/// A branch: its button folds what lies in it.
fn branch(line: Line, n_within: usize, folding: Folding, n_columns: usize) -> impl IntoView {
    let Line { level, label, path, .. } = line;
    let name = path.clone();
    let is_open = Memo::new(move |_| !folding.closed().read().contains(&name));
    let icon = move || if is_open.get() { IconName::ChevronDown } else { IconName::ChevronRight };
    view! {
        <tr class="logged-branch" style:--level=level.to_string()>
            <th scope="row" colspan=n_columns.to_string()>
                <button type="button" aria-expanded=move || is_open.get().to_string() on:click=move |_| folding.toggle(&path)>
                    <Icon name=Signal::derive(icon)/>
                    <span>{label}</span>
                    <span class="count">{integer(n_within as u64)}</span>
                </button>
            </th>
        </tr>
    }
}

/// A value. It is followed by itself, so that a metric that is logged every second redraws one line.
fn leaf<T, L>(line: Line, found: Found<T>, cells: L) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    L: Fn(T) -> AnyView + Copy + Send + Sync + 'static,
{
    let Line { level, label, path, .. } = line;
    let name = path.clone();
    let own = Memo::new(move |_| found.lines.read().iter().find(|line| (found.name)(line) == name).cloned());
    let above = path.strip_suffix(&label).unwrap_or_default().to_owned();
    let is_nested = !above.is_empty();
    view! {
        <tr style:--level=level.to_string()>
            <th scope="row">
                <span class="logged-value">
                    <span data-tip=is_nested.then(|| path.clone())><span class="visually-hidden">{above}</span>{label}</span>
                    <CopyButton text=path label="Copy the name"/>
                </span>
            </th>
            {move || own.get().map(cells)}
        </tr>
    }
}

fn counted(title: &str, n: usize) -> String {
    if n == 0 { title.to_owned() } else { format!("{title} ({})", integer(n as u64)) }
}
