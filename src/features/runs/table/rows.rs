//! The answer to one question about runs, as far as somebody looks at it: pages of groups and of runs.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::RunId;
use models::query::RunQuery;
use models::run_table::{Group, GroupKey, GroupPageRequest, RunPage, RunPageRequest, TableScope};

use super::pages::{Answer, GROUPS, List, Lists, Page, Path, difference};
use super::tree::{Known, Node, Tree};
use crate::queries;

/// Runs a page; what is below the fold of a large screen travels with the first page.
const RUNS: usize = 100;
/// Runs a page at most, as the server gives them.
const LARGEST_PAGE: usize = 200;
/// How many rows beyond those mounted are fetched before they are needed.
const AHEAD: usize = 40;
/// How many rows show that they are loading while nobody knows how many there are.
const GUESS: usize = 14;

/// What a row shows.
pub(super) enum Row {
    /// It is not fetched yet.
    Loading,
    /// The run at a place of a page, and how many groups it lies in.
    Run { page: Arc<RunPage>, place: usize, level: usize },
    /// A group, whether it is opened, and how many groups it lies in itself.
    Group { group: Group, opened: bool, level: usize },
}

/// Where runs are looked for: those of a scope that are in use, or those in the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shelf {
    /// Whose runs.
    pub(crate) scope: TableScope,
    /// Whether those in use or those in the bin.
    pub(crate) stage: LifecycleStage,
}

/// The answer to one question, as far as somebody looks at it. A handle; it lives until [`Rows::end`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Rows {
    shelf: Shelf,
    question: StoredValue<RunQuery>,
    owner: StoredValue<Owner>,
    lists: RwSignal<Lists>,
    opened: RwSignal<HashSet<Path>>,
    tree: Memo<Tree>,
    total: Memo<Option<u64>>,
}

impl Rows {
    /// Asks `question`, with the groups in `opened` opened, until `parent` is cleaned up at the latest. `like` is an
    /// answer that probably has as many rows.
    pub(super) fn ask(
        parent: &Owner,
        (shelf, question): (Shelf, RunQuery),
        opened: HashSet<Path>,
        like: Option<Self>,
    ) -> Self {
        let owner = parent.child();
        let handle = owner.clone();
        let guess = like.and_then(|like| like.tree.try_with_untracked(|tree| tree.rows_within(&[]))?);
        owner.with(|| {
            let (question, lists) = (StoredValue::new(question), RwSignal::new(HashMap::new()));
            let opened = RwSignal::new(opened);
            let guess = guess.unwrap_or(GUESS);
            let tree = Memo::new(move |before: Option<&Tree>| tree(question, lists, opened, before, guess));
            // Pages come and go while one scrolls; what is known of the whole stays.
            let total = Memo::new(move |before: Option<&Option<u64>>| {
                let of_all = lists.with(|lists| lists.get(&Path::new()).and_then(List::total_runs));
                of_all.or_else(|| before.copied().flatten())
            });
            Self { shelf, question, owner: StoredValue::new(handle), lists, opened, tree, total }
        })
    }

    /// Forgets all of it. Nothing may be asked of it afterwards.
    pub(super) fn end(self) {
        if let Some(owner) = self.owner.try_get_value() {
            owner.cleanup();
        }
    }

    /// What was asked.
    pub(super) fn question(self) -> RunQuery {
        self.question.try_get_value().unwrap_or_default()
    }

    /// Whether this very question was asked.
    pub(super) fn is_about(self, shelf: Shelf, question: &RunQuery) -> bool {
        self.shelf == shelf && self.question.try_with_value(|own| own == question).unwrap_or(false)
    }

    /// Whether `question` asks for the same runs in the same order, be it with other columns.
    pub(super) fn has_same_rows(self, shelf: Shelf, question: &RunQuery) -> bool {
        let question = RunQuery { columns: self.question().columns, ..question.clone() };
        self.is_about(shelf, &question)
    }

    /// Tracks which rows there are.
    pub(super) fn follow(self) {
        self.tree.track();
    }

    /// The groups that are opened.
    pub(super) fn opened(self) -> HashSet<Path> {
        self.opened.try_get().unwrap_or_default()
    }

    /// How many rows there are.
    pub(super) fn len(self) -> usize {
        self.tree.try_with(Tree::len).unwrap_or(0)
    }

    /// How many runs there are in all; `None` until that is known.
    pub(super) fn total(self) -> Option<u64> {
        self.total.try_get().flatten()
    }

    /// What the row shows. It follows the page that the row is on, and while that is not there, which pages are.
    pub(super) fn row(self, row: usize) -> Row {
        let shown = self.tree.try_with(|tree| {
            let node = tree.at(row)?;
            let Some((answer, place)) = self.page_at(node) else {
                self.lists.track();
                return None;
            };
            let level = node.within.len();
            match answer {
                Answer::Runs(query) => {
                    let page = query.value.try_get()??;
                    (place < page.run_ids.len()).then_some(Row::Run { page, place, level })
                }
                Answer::Groups(query) => {
                    let group = query.value.try_get()??.groups.get(place)?.clone();
                    let opened = self.is_opened(node.within, &group.key);
                    Some(Row::Group { group, opened, level })
                }
            }
        });
        shown.flatten().unwrap_or(Row::Loading)
    }

    /// The groups that the row lies in, as [`Tree::groups_around`] tells them.
    pub(super) fn groups_around(self, row: usize) -> Vec<Range<usize>> {
        self.tree.try_with(|tree| tree.groups_around(row)).unwrap_or_default()
    }

    /// Fetches what `rows` need and what is beside them, and lets go of pages of runs that are far away.
    pub(super) fn look_at(self, rows: Range<usize>) {
        let near = rows.start.saturating_sub(AHEAD)..rows.end.saturating_add(AHEAD);
        let Some(places) = self.tree.try_with_untracked(|tree| tree.places(near)) else { return };
        let wanted: HashMap<Path, Range<usize>> = places
            .into_iter()
            .map(|(within, places)| {
                let size = self.size(within.len());
                let pages = places.start / size..places.end.div_ceil(size);
                (within, pages)
            })
            .collect();
        let (missing, distant) = self.lists.with_untracked(|lists| difference(lists, &wanted));
        if missing.is_empty() && distant.is_empty() {
            return;
        }
        let gone = self.lists.try_update(|lists| {
            for (within, number) in missing {
                if let Some(page) = self.page(&within, number) {
                    lists.entry(within).or_default().0.insert(number, page);
                }
            }
            let removed =
                distant.iter().filter_map(|(within, number)| lists.get_mut(within)?.0.remove(number));
            removed.collect::<Vec<_>>()
        });
        for page in gone.into_iter().flatten() {
            page.owner.cleanup();
        }
    }

    /// Opens or closes the group at `row`; with `all` also those beside it. A row that is no group stays as it is.
    pub(super) fn toggle(self, row: usize, all: bool) {
        let Row::Group { group, opened, .. } = untrack(|| self.row(row)) else { return };
        let within = self.tree.with_untracked(|tree| tree.at(row).map(|node| node.within.to_vec()));
        let Some(within) = within else { return };
        let keys = if all { untrack(|| self.known_groups(&within)) } else { vec![group.key] };
        self.opened.update(|known| {
            for key in keys {
                let path = within.iter().cloned().chain([key]).collect();
                if opened {
                    known.remove(&path)
                } else {
                    known.insert(path)
                };
            }
        });
    }

    /// The runs on the pages that are looked at.
    pub(super) fn runs_read(self) -> Vec<RunId> {
        let pages = self.answers().into_iter().filter_map(|answer| match answer {
            Answer::Runs(query) => query.value.try_get().flatten(),
            Answer::Groups(_) => None,
        });
        pages.flat_map(|page| page.run_ids.clone()).collect()
    }

    /// What to ask for the runs in `rows`, whether or not they are read.
    pub(super) fn requests(self, rows: Range<usize>) -> Vec<(TableScope, RunPageRequest)> {
        let query = RunQuery { columns: Vec::new(), ..self.question() };
        let levels = query.group_by.len();
        let query = RunQuery { group_by: Vec::new(), ..query };
        let places = self.tree.try_with_untracked(|tree| tree.places(rows)).unwrap_or_default();
        let of_runs = places.into_iter().filter(|(within, _)| within.len() == levels);
        of_runs
            .flat_map(|(within, places)| {
                let end = places.end;
                places
                    .step_by(LARGEST_PAGE)
                    .map(move |from| (within.clone(), from, LARGEST_PAGE.min(end - from)))
            })
            .map(|(within, from, limit)| {
                let (offset, limit) = (from as u64, limit as u64);
                let lifecycle_stage = self.shelf.stage;
                (
                    self.shelf.scope,
                    RunPageRequest { query: query.clone(), within, offset, limit, lifecycle_stage },
                )
            })
            .collect()
    }

    /// The filter that the group at `row` stands for, as the groups that it lies in and itself.
    pub(super) fn path_of(self, row: usize) -> Path {
        let within = self.tree.try_with(|tree| tree.at(row).map(|node| node.within.to_vec())).flatten();
        let mut path = within.unwrap_or_default();
        if let Row::Group { group, .. } = self.row(row) {
            path.push(group.key);
        }
        path
    }

    /// What is known of each page that is looked at.
    pub(super) fn answers(self) -> Vec<Answer> {
        let answers =
            |lists: &Lists| lists.values().flat_map(|list| list.0.values()).map(|page| page.answer).collect();
        self.lists.try_with(answers).unwrap_or_default()
    }

    /// The page that holds the node, and its place there.
    fn page_at(self, node: Node<'_>) -> Option<(Answer, usize)> {
        let size = self.size(node.within.len());
        self.lists.try_with_untracked(|lists| lists.get(node.within)?.at(node.place, size))?
    }

    fn is_opened(self, within: &[GroupKey], key: &GroupKey) -> bool {
        let path: Path = within.iter().chain([key]).cloned().collect();
        self.opened.try_with(|opened| opened.contains(&path)).unwrap_or(false)
    }

    fn known_groups(self, within: &[GroupKey]) -> Vec<GroupKey> {
        let keys = |lists: &Lists| {
            lists.get(within).map(|list| list.groups().into_iter().map(|(_, group)| group.key).collect())
        };
        self.lists.try_with(keys).flatten().unwrap_or_default()
    }

    /// How many groups or runs are on a page of a list within `level` groups.
    fn size(self, level: usize) -> usize {
        self.question.try_with_value(|question| page_size(question, level)).unwrap_or(RUNS)
    }

    /// Asks for a page.
    fn page(self, within: &Path, number: usize) -> Option<Page> {
        let owner = self.owner.try_get_value()?.child();
        let Shelf { scope, stage: lifecycle_stage } = self.shelf;
        let (query, within) = (self.question(), within.clone());
        let size = page_size(&query, within.len());
        let (offset, limit) = ((number * size) as u64, size as u64);
        let is_groups = within.len() < query.group_by.len();
        let answer = owner.with(|| {
            if is_groups {
                let request = GroupPageRequest { query, within, offset, limit, lifecycle_stage };
                Answer::Groups(queries::runs::groups(move || Some((scope, request.clone()))))
            } else {
                // Runs within groups are asked for by those groups; the keys would only make the questions differ.
                let query = RunQuery { group_by: Vec::new(), ..query };
                let request = RunPageRequest { query, within, offset, limit, lifecycle_stage };
                Answer::Runs(queries::runs::search(move || (scope, request.clone())))
            }
        });
        Some(Page { owner, answer })
    }
}

fn page_size(question: &RunQuery, level: usize) -> usize {
    if level < question.group_by.len() { GROUPS } else { RUNS }
}

/// Puts the tree together from the pages that have come; what is not known stays as it was in `before`.
fn tree(
    question: StoredValue<RunQuery>,
    lists: RwSignal<Lists>,
    opened: RwSignal<HashSet<Path>>,
    before: Option<&Tree>,
    guess: usize,
) -> Tree {
    let (lists, opened) = (lists.read(), opened.read());
    let levels = question.try_with_value(|question| question.group_by.len()).unwrap_or(0);
    Tree::build(&|within: &[GroupKey]| {
        let list = lists.get(within);
        let total = list.and_then(List::total);
        let of_group = || if within.len() == levels { runs_in(&lists, within) } else { None };
        let guess = || if within.is_empty() { guess } else { 1 };
        let rows = total.or_else(of_group).or_else(|| before?.rows_within(within)).unwrap_or_else(guess);
        let is_open =
            |key: &GroupKey| opened.contains(&within.iter().chain([key]).cloned().collect::<Path>());
        let groups = list.map(List::groups).unwrap_or_default();
        let open = groups.into_iter().filter(|(_, group)| is_open(&group.key));
        Known { rows, open: open.map(|(place, group)| (place, group.key)).collect() }
    })
}

/// How many runs are in the group, as the list that it stands in says.
fn runs_in(lists: &Lists, path: &[GroupKey]) -> Option<usize> {
    let (key, within) = path.split_last()?;
    let (_, group) = lists.get(within)?.groups().into_iter().find(|(_, group)| group.key == *key)?;
    usize::try_from(group.runs.total()).ok()
}
