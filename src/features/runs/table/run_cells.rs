//! What the cells of a run show.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::label::Label;
use models::metric::MetricValue;
use models::progress::Progress;
use models::query::{Attribute, Field};
use models::run::RunStatus;
use models::run_table::{ColumnValues, DictionaryEntry, RunPage, TableScope};
use models::time::UnixMillis;

use super::editing::{Drafts, Editable, Shown};
use super::marks::Marks;
use super::sparklines::Courses;
use crate::features::runs::part::{Part, labels_of};
use crate::routes::{Route, RunTab};
use crate::ui::format;
use crate::ui::table::Cell;
use crate::ui::{Icon, IconName, time};
use crate::widgets::{LabelList, LiveDuration, RelativeTime, RunStatusBadge, label_lines};

/// The cells of the run at `place` of the page, one for each of the fields.
pub(super) fn cells(
    scope: TableScope,
    (page, place): (&RunPage, usize),
    fields: &[Field],
    (marks, courses): (&Marks, Courses),
    drafts: Drafts,
) -> Vec<Cell> {
    let run = RunRow { scope, page, place, marks, courses, drafts };
    fields.iter().map(|field| run.cell(field)).collect()
}

/// The page of the run at `place` of the page of the table.
pub(super) fn href(scope: TableScope, page: &RunPage, place: usize) -> Option<String> {
    let project = project(scope, page, place)?;
    page.run_ids.get(place).map(|run| Route::Run(project, *run, RunTab::Overview).to_string())
}

/// Whose the run at `place` of the page of the table is.
pub(super) fn project(scope: TableScope, page: &RunPage, place: usize) -> Option<ProjectId> {
    scope.project().or_else(|| page.project_ids.get(place).copied())
}

/// A run in a page of the table.
struct RunRow<'a> {
    scope: TableScope,
    page: &'a RunPage,
    place: usize,
    marks: &'a Marks,
    courses: Courses,
    drafts: Drafts,
}

impl RunRow<'_> {
    fn cell(&self, field: &Field) -> Cell {
        let draft = Part::of(field).zip(self.run());
        match draft.and_then(|(part, run)| Some((part, self.drafts.shown((run, part), self.version())?))) {
            Some((part, Shown::Text(text))) => self.typed(part, text),
            Some((_, Shown::Mistake(mistake))) => refused(self.known(field), mistake),
            None => self.known(field),
        }
    }

    /// What was typed and is on its way.
    fn typed(&self, part: Part, text: String) -> Cell {
        match part {
            Part::Name => self.named(text),
            Part::Labels => labels(labels_of(&text, &self.labels(&part.field()))),
            Part::Note if text.is_empty() => Cell::Missing,
            Part::Note => Cell::Text(text),
        }
    }

    /// What the table knows.
    fn known(&self, field: &Field) -> Cell {
        match field {
            Field::Attribute(Attribute::Name) => self.named(self.page_name()),
            Field::Attribute(Attribute::Status) => {
                let (status, progress) = (self.status(), self.progress());
                Cell::Custom((move || view! { <RunStatusBadge status progress/> }).into())
            }
            Field::Attribute(Attribute::StartTime) => moment(self.start_time()),
            Field::Attribute(Attribute::EndTime) => moment(self.millis(field)),
            Field::Attribute(Attribute::Duration) => self.duration(field),
            Field::Attribute(Attribute::Code) => self.with_version(field, Attribute::Commit),
            Field::Attribute(Attribute::Data) => self.with_version(field, Attribute::DataVersion),
            Field::Attribute(Attribute::Project) => self.project(field),
            Field::Attribute(Attribute::Commit) => {
                self.text(field).map_or(Cell::Missing, |entry| commit(entry.text.clone()))
            }
            Field::Attribute(Attribute::Label) => labels(self.labels(field)),
            Field::Metric(_) => self.metric(field),
            Field::Attribute(_) | Field::Parameter(_) | Field::Tag(_) => {
                self.text(field).map_or(Cell::Missing, |entry| Cell::Text(entry.text.clone()))
            }
        }
    }

    fn metric(&self, field: &Field) -> Cell {
        let Some(value) = self.number(field) else { return Cell::Missing };
        let number = self.marks.cell(field, self.run(), value.0);
        match self.courses.of(self.run(), field) {
            Some(values) => Cell::Sparkline { number: Box::new(number), values },
            None => number,
        }
    }

    fn run(&self) -> Option<RunId> {
        self.page.run_ids.get(self.place).copied()
    }

    fn status(&self) -> RunStatus {
        self.page.statuses.get(self.place).copied().unwrap_or(RunStatus::Unknown)
    }

    fn progress(&self) -> Option<Progress> {
        self.page.progress.get(self.place).copied().flatten()
    }

    fn start_time(&self) -> Option<UnixMillis> {
        self.page.start_times.get(self.place).copied().flatten()
    }

    fn version(&self) -> i64 {
        self.page.versions.get(self.place).copied().unwrap_or_default()
    }

    fn page_name(&self) -> String {
        self.page.names.get(self.place).cloned().unwrap_or_default()
    }

    fn named(&self, text: String) -> Cell {
        let href = href(self.scope, self.page, self.place).zip(self.run());
        match href {
            Some((href, run)) => Cell::Link { text, href, mark: Some(self.marks.colour(run).css()) },
            None => Cell::Text(text),
        }
    }

    /// Leads to the project.
    fn project(&self, field: &Field) -> Cell {
        let Some(entry) = self.text(field) else { return Cell::Missing };
        let text = entry.text.clone();
        match entry.id.as_deref().map(str::parse::<ProjectId>) {
            Some(Ok(project)) => Cell::Link { text, href: Route::Project(project).to_string(), mark: None },
            Some(Err(_)) | None => Cell::Text(text),
        }
    }

    /// Counts on while the run is running.
    fn duration(&self, field: &Field) -> Cell {
        match (self.number(field), self.start_time()) {
            (Some(MetricValue(millis)), _) => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a duration in milliseconds"
                )]
                let text = time::duration(millis.max(0.0) as u64);
                Cell::Number { text, exact: format!("{millis} ms") }
            }
            (None, Some(start)) if self.status() == RunStatus::Running => {
                Cell::Custom((move || view! { <LiveDuration start=Some(start) end=None/> }).into())
            }
            (None, _) => Cell::Missing,
        }
    }

    fn with_version(&self, field: &Field, version: Attribute) -> Cell {
        let Some(name) = self.text(field).map(|entry| entry.text.clone()) else { return Cell::Missing };
        let version = self.text(&Field::Attribute(version)).map(|entry| entry.text.clone());
        Cell::Custom((move || versioned(&name, version.as_deref())).into())
    }

    fn values(&self, field: &Field) -> Option<&ColumnValues> {
        self.page.columns.iter().find(|column| column.field == *field).map(|column| &column.values)
    }

    fn number(&self, field: &Field) -> Option<MetricValue> {
        match self.values(field)? {
            ColumnValues::Numbers(numbers) => numbers.get(self.place).copied().flatten(),
            ColumnValues::Texts(_) | ColumnValues::Labels(_) => None,
        }
    }

    fn text(&self, field: &Field) -> Option<&DictionaryEntry> {
        match self.values(field)? {
            ColumnValues::Numbers(_) | ColumnValues::Labels(_) => None,
            ColumnValues::Texts(texts) => texts.at(self.place),
        }
    }

    fn labels(&self, field: &Field) -> Vec<Label> {
        match self.values(field) {
            Some(ColumnValues::Labels(labels)) => labels.at(self.place).cloned().collect(),
            Some(ColumnValues::Numbers(_) | ColumnValues::Texts(_)) | None => Vec::new(),
        }
    }

    fn millis(&self, field: &Field) -> Option<UnixMillis> {
        #[expect(clippy::cast_possible_truncation, reason = "a time fits into 53 bits")]
        self.number(field).map(|value| UnixMillis(value.0 as i64))
    }
}

/// A point in time, told from now.
pub(super) fn moment(at: Option<UnixMillis>) -> Cell {
    at.map_or(Cell::Missing, |at| Cell::Custom((move || view! { <RelativeTime at=Some(at)/> }).into()))
}

/// The old value, and why the new one could not be saved.
fn refused(old: Cell, mistake: String) -> Cell {
    Cell::Custom(
        (move || {
            let old = match old.clone() {
                Cell::Link { text, href, .. } => {
                    view! { <a class="table-link" href=href tabindex="-1">{text}</a> }.into_any()
                }
                Cell::Custom(draw) => draw.run(),
                Cell::Text(text) | Cell::Number { text, .. } | Cell::Measure { text, .. } => text.into_any(),
                // Only texts can be edited.
                Cell::Sparkline { .. } => ().into_any(),
                Cell::Missing => view! { <span class="table-missing">{format::NOTHING}</span> }.into_any(),
            };
            let told = format!("Not saved: {mistake}");
            view! {
                <span class="run-cell-refused" title=told>
                    <Icon name=IconName::Alert/>
                    <span class="visually-hidden">{told.clone()}</span>
                    {old}
                </span>
            }
            .into_any()
        })
        .into(),
    )
}

/// What is edited of the run at `place` of the page: whose it is, and what stands in the cell. That is not known where only
/// its beginning travels.
pub(super) fn editable(
    scope: TableScope,
    page: &RunPage,
    place: usize,
    part: Part,
) -> Option<(RunId, ProjectId, Editable)> {
    let run = *page.run_ids.get(place)?;
    let name = page.names.get(place)?.clone();
    let text = match part {
        Part::Name => Some(name.clone()),
        Part::Labels => page.columns.iter().find(|column| column.field == part.field()).and_then(|column| {
            let ColumnValues::Labels(labels) = &column.values else { return None };
            Some(label_lines(&labels.at(place).cloned().collect::<Vec<_>>()))
        }),
        Part::Note => None,
    };
    let version = *page.versions.get(place)?;
    Some((run, project(scope, page, place)?, Editable { name, text, version }))
}

/// Labels beside each other, as far as there is room; all of them as a tooltip.
fn labels(labels: Vec<Label>) -> Cell {
    if labels.is_empty() {
        return Cell::Missing;
    }
    let all = labels.iter().map(Label::text).collect::<Vec<_>>().join("\n");
    Cell::Custom(
        (move || {
            view! { <span class="run-cell-labels" title=all.clone()><LabelList labels=labels.clone()/></span> }
        })
        .into(),
    )
}

fn commit(whole: String) -> Cell {
    Cell::Custom(
        (move || {
            let short = format::short_hash(&whole).to_owned();
            view! { <span class="mono" title=whole.clone()>{short}</span> }
        })
        .into(),
    )
}

/// A repository with its version, as in `weather@1f0c3ab`. Where there is no room, the name is cut.
fn versioned(name: &str, version: Option<&str>) -> AnyView {
    let whole = version.map_or_else(|| name.to_owned(), |version| format!("{name} @ {version}"));
    let short = version.map(
        |version| view! { <span class="versioned-at">"@" {format::short_version(version).to_owned()}</span> },
    );
    view! { <span class="versioned" title=whole><span class="truncate">{name.to_owned()}</span> {short}</span> }.into_any()
}
