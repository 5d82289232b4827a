//! The table itself: the model that it shows, and what clicks and keys do.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use models::id::RunId;
use models::permission::Action;
use models::query::{self, Attribute, Field, Filter, parse};
use models::run_table::{RunPage, TableScope};

use super::column_menu::{column_menu, move_column};
use super::columns::column;
use super::editing::Drafts;
use super::footer::Footer;
use super::kept_runs::KeptRuns;
use super::keys::Keys;
use super::later::{self, Later};
use super::marks::Marks;
use super::pages::Path;
use super::peek::{Peek, Peeked};
use super::restore::Place;
use super::rows::Row;
use super::sparklines::Courses;
use super::ticks::Ticks;
use super::{Columns, Remembered, TableState, columns, group_cells, run_cells};
use crate::features::runs::address::{Address, RunsUrl};
use crate::features::runs::part::Part;
use crate::queries;
use crate::routes::Route;
use crate::ui::FetchedWhen;
use crate::ui::table::{
    EditRequest, RowView, SelectRequest, SortKey, SortRequest, TableModel, Ticked, ToggleRequest,
    VirtualTable, cycle,
};
use crate::widgets::UrlHistory;

/// How long the table must stand still before its place is kept.
const STILL: Duration = Duration::from_millis(150);

/// The runs that the address asks for, with what stands below them.
#[component]
pub(crate) fn RunTable(
    address: Address,
    state: TableState,
    /// Which columns there are.
    columns: Columns,
    /// How the table stood when the page was left.
    remembered: Remembered,
    /// Shown while there is no row.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let ticks = Ticks::none();
    let table = Table::new(address, state, columns, ticks);
    table.peek.give_focus_back(frame);
    let grouped = Signal::derive(move || !address.url.read().group_by.is_empty());
    let place = Place { state, frame };
    place.restore(remembered.top);
    let keys_shown = RwSignal::new(false);
    let timeout = StoredValue::new(None::<TimeoutHandle>);
    let scrolled = move || {
        if let Some(timeout) = timeout.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
        timeout.set_value(set_timeout_with_handle(move || place.keep(), STILL).ok());
    };
    view! {
        <div
            class="runs-table"
            node_ref=frame
            on:scroll:capture=move |_| scrolled()
            on:click:capture=move |_| place.keep()
            on:keydown:capture=move |event| if event.key() == "Enter" { place.keep() }
        >
            <div class="runs-beside">
                <VirtualTable caption="Runs" model=table.model(columns) empty/>
                <FetchedWhen
                    fetch=later::FETCH
                    about=Later::Peek(table.peek)
                    wanted=table.peek.open
                    on_failure=move |()| table.peek.open.set(false)
                />
            </div>
            <FetchedWhen
                fetch=later::FETCH
                about=Later::Selection(address, state, ticks, columns.on_screen())
                wanted=Signal::derive(move || ticks.selection.read().len() > 0)
                on_failure=move |()| ticks.clear()
            />
            <Footer address state grouped keys_shown/>
            <Keys address ticks shown=keys_shown/>
        </div>
    }
}

/// What the rows of the table show, those kept on top first. A handle.
#[derive(Clone, Copy)]
struct Table {
    address: Address,
    state: TableState,
    columns: Signal<Vec<Field>>,
    ticks: Ticks,
    kept: KeptRuns,
    marks: Memo<Marks>,
    courses: Courses,
    peek: Peek,
    drafts: Drafts,
}

/// Where the run of a row is told, or the row among those below the ones that are kept.
enum At {
    Kept(Arc<RunPage>, usize),
    Below(usize),
}

impl Table {
    fn new(address: Address, state: TableState, all: Columns, ticks: Ticks) -> Self {
        let columns = all.on_screen();
        let kept = KeptRuns::follow(address, columns);
        let marks = Marks::follow(address, kept, columns);
        let peek = Peek::new(address, move |row| peeked(address.scope, at(address, kept, row), state));
        let courses = Courses::follow(address, state, kept, columns);
        let drafts = Drafts::none();
        Self { address, state, columns, ticks, kept, marks, courses, peek, drafts }
    }

    fn model(self, all: Columns) -> TableModel {
        let Self { address, state, ticks, columns, .. } = self;
        let (table, drafts) = (self, self.drafts);
        let of_project = queries::projects::brief(move || address.scope.project());
        let may_edit = Memo::new(move |_| {
            let role = of_project.value.get().map(|project| project.current_user_role);
            // Of several projects each has a role of hers, for which the editor asks.
            let may = address.scope.project().is_none()
                || role.is_some_and(|role| role.why_not(Action::EditRuns).is_none());
            may && !address.url.read().in_bin
        });
        let open = move |row: usize| {
            if let Some(href) = untrack(|| table.href(row)) {
                address.leave_for(&href);
            }
        };
        let shown = Signal::derive(move || {
            let url = address.url.read();
            columns.read().iter().map(|field| column(field, &url, may_edit.get())).collect()
        });
        TableModel {
            kept_rows: Signal::derive(move || table.n_kept()),
            ticked: Signal::derive(move || state.rows().map_or(Ticked::None, |rows| ticks.ticked(rows))),
            on_select: Some(Callback::new(move |request| table.select(request))),
            on_select_all: Some(Callback::new(move |()| {
                if let Some(rows) = untrack(|| state.rows()) {
                    ticks.select_all(rows);
                }
            })),
            on_resize: Some(Callback::new(move |(column, width): (String, f64)| {
                resize(address, &column, width)
            })),
            on_move: Some(Callback::new(move |request| {
                move_column(address, &all.chosen.get_untracked(), &request)
            })),
            on_edit: Some(Callback::new(move |request| table.edit(&request))),
            editing: Signal::derive(move || drafts.editing()),
            column_menu: Some(Callback::new(move |column: String| column_menu(address, all, &column))),
            groups_around: Callback::new(move |row| table.groups_around(row)),
            grouped: Signal::derive(move || !address.url.read().group_by.is_empty()),
            busy: Signal::derive(move || state.is_waiting()),
            sort: Signal::derive(move || address.url.read().sort.iter().map(table_key).collect()),
            on_sort: Callback::new(move |request| sort(address, &request)),
            on_visible: Callback::new(move |rows| state.look_at(rows)),
            on_toggle: Callback::new(move |ToggleRequest { row, all }| {
                if let (Some(rows), Some(row)) = untrack(|| (state.rows(), row.checked_sub(table.n_kept()))) {
                    rows.toggle(row, all);
                }
            }),
            on_open: Some(Callback::new(open)),
            on_peek: Some(Callback::new(move |row| table.peek.show(row))),
            on_active: Some(Callback::new(move |row| table.peek.follow(row))),
            ..TableModel::new(
                Signal::derive(move || state.len() + table.n_kept()),
                shown,
                Callback::new(move |row| table.row(row)),
            )
        }
    }

    fn n_kept(self) -> usize {
        self.kept.page(&self.address.url.read()).map_or(0, |(_, places)| places.len())
    }

    fn at(self, row: usize) -> At {
        at(self.address, self.kept, row)
    }

    fn row(self, row: usize) -> RowView {
        let row = match self.at(row) {
            At::Kept(page, place) => return self.run((&page, place), 0),
            At::Below(row) => row,
        };
        let Some(rows) = self.state.rows() else { return RowView::Loading };
        match rows.row(row) {
            Row::Loading => RowView::Loading,
            Row::Run { page, place, level } => self.run((&page, place), level),
            Row::Group { group, opened, level } => {
                let mut path = rows.path_of(row);
                if let Some(key) =
                    path.last_mut().filter(|key| key.field == Field::Attribute(Attribute::Label))
                {
                    // Its text names a label as well as its id does, and can be read.
                    key.value.clone_from(&group.title);
                }
                let inner = filtered(&self.address.url.read(), path);
                let project = self.address.scope.project();
                let again = project.map(|project| Route::launch_like(project, &inner.filter));
                let href = self.address.href(&inner);
                RowView::Group {
                    name: columns::title(&group.key.field).to_owned(),
                    value: group.title.clone().unwrap_or_else(|| "No value".to_owned()),
                    count: group.runs.total(),
                    expanded: opened,
                    level,
                    cells: group_cells::cells(&group, (&href, again.as_deref()), &self.columns.read()),
                }
            }
        }
    }

    fn run(self, (page, place): (&RunPage, usize), level: usize) -> RowView {
        let ticked = |run: &RunId| self.ticks.selection.read().contains(*run);
        RowView::Row {
            cells: run_cells::cells(
                self.address.scope,
                (page, place),
                &self.columns.read(),
                (&*self.marks.read(), self.courses),
                self.drafts,
            ),
            href: run_cells::href(self.address.scope, page, place),
            selected: page.run_ids.get(place).is_some_and(ticked),
            current: self.peek.is_of(page.run_ids.get(place)),
            level,
        }
    }

    fn groups_around(self, row: usize) -> Vec<Range<usize>> {
        let kept = self.n_kept();
        let groups = self.state.rows().zip(row.checked_sub(kept));
        let groups = groups.map(|(rows, row)| rows.groups_around(row)).unwrap_or_default();
        groups.into_iter().map(|group| group.start + kept..group.end + kept).collect()
    }

    fn href(self, row: usize) -> Option<String> {
        match self.at(row) {
            At::Kept(page, place) => run_cells::href(self.address.scope, &page, place),
            At::Below(row) => match self.state.rows()?.row(row) {
                Row::Run { page, place, .. } => run_cells::href(self.address.scope, &page, place),
                Row::Group { .. } | Row::Loading => None,
            },
        }
    }

    fn edit(self, request: &EditRequest) {
        let Some(part) = request.column.parse().ok().and_then(|field| Part::of(&field)) else { return };
        let scope = self.address.scope;
        let known = untrack(|| match self.at(request.row) {
            At::Kept(page, place) => run_cells::editable(scope, &page, place, part),
            At::Below(row) => match self.state.rows()?.row(row) {
                Row::Run { page, place, .. } => run_cells::editable(scope, &page, place, part),
                Row::Group { .. } | Row::Loading => None,
            },
        });
        if let Some((run, project, cell)) = known {
            self.drafts.begin((run, part), project, cell);
        }
    }

    fn select(self, request: SelectRequest) {
        match untrack(|| self.at(request.row)) {
            At::Kept(page, place) => {
                if let Some(run) = page.run_ids.get(place) {
                    self.ticks.toggle(*run, None);
                }
            }
            At::Below(row) => {
                if let Some(rows) = untrack(|| self.state.rows()) {
                    self.ticks.select(rows, SelectRequest { row, ..request });
                }
            }
        }
    }
}

fn at(address: Address, kept: KeptRuns, row: usize) -> At {
    let Some((page, places)) = kept.page(&address.url.read()) else { return At::Below(row) };
    match places.get(row) {
        Some(place) => At::Kept(page, *place),
        None => At::Below(row - places.len()),
    }
}

/// The run of a row, with what the row tells of it.
fn peeked(scope: TableScope, at: At, state: TableState) -> Option<Peeked> {
    let (page, place) = match at {
        At::Kept(page, place) => (page, place),
        At::Below(row) => match state.rows()?.row(row) {
            Row::Run { page, place, .. } => (page, place),
            Row::Group { .. } | Row::Loading => return None,
        },
    };
    let project = run_cells::project(scope, &page, place)?;
    Some(Peeked { run: page.run_ids.get(place).copied()?, project, row: Some((page, place)) })
}

fn resize(address: Address, column: &str, width: f64) {
    let Ok(field) = column.parse::<Field>() else { return };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a width that the table allows"
    )]
    let width = width.round() as u16;
    address.change(UrlHistory::Replace, |url| {
        url.widths.retain(|(own, _)| *own != field);
        url.widths.push((field, width));
    });
}

/// The table of the runs in a group alone, grouped by the keys that are left.
fn filtered(url: &RunsUrl, group: Path) -> RunsUrl {
    let all = parse(url.readable_filter()).unwrap_or_else(|_| Filter::all());
    let depth = group.len();
    let filter = group.into_iter().fold(all, |filter, key| filter.and(Filter::equals(key.field, key.value)));
    let group_by = url.group_by.iter().skip(depth).cloned().collect();
    RunsUrl { filter: filter.to_string(), group_by, ..url.clone() }
}

fn sort(address: Address, request: &SortRequest) {
    address.change(UrlHistory::Push, |url| {
        let keys: Vec<_> = url.sort.iter().map(table_key).collect();
        url.sort = cycle(&keys, &request.column, request.extend).iter().filter_map(query_key).collect();
    });
}

fn table_key(key: &query::SortKey) -> SortKey {
    SortKey { column: key.field.to_string(), descending: key.descending }
}

fn query_key(key: &SortKey) -> Option<query::SortKey> {
    key.column.parse().ok().map(|field| query::SortKey { field, descending: key.descending })
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::run_table::GroupKey;

    #[test]
    fn a_group_opens_as_a_filter_with_the_keys_that_are_left() {
        let attribute = Field::Attribute;
        let url = RunsUrl {
            filter: "metrics.loss < 1 OR metrics.loss IS NOT SET".to_owned(),
            group_by: vec![
                attribute(Attribute::Data),
                attribute(Attribute::Code),
                attribute(Attribute::Status),
            ],
            ..RunsUrl::default()
        };
        let group = vec![
            GroupKey { field: attribute(Attribute::Data), value: Some("it's".to_owned()) },
            GroupKey { field: attribute(Attribute::Code), value: None },
        ];
        let filtered = filtered(&url, group);
        let filter = "(metrics.loss < 1 OR metrics.loss IS NOT SET) AND data = 'it''s' AND code IS NOT SET";
        assert_eq!(filtered.filter, filter);
        assert_eq!(filtered.group_by, [attribute(Attribute::Status)]);
        assert!(parse(&filtered.filter).is_ok());
    }
}
