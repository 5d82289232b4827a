//! What was typed into cells: shown at once, sent, and kept until the server has it.

use std::collections::HashMap;

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run::{Run, RunPatch};

use super::super::later::{self, Later};
use crate::api::ApiError;
use crate::features::runs::part::Part;
use crate::queries::{self, Write};
use crate::routes::{Route, RunTab};
use crate::ui::table::Editing;
use crate::ui::{Fetched, Home, Toasts};

/// A cell of a run.
pub(crate) type Place = (RunId, Part);

/// What was typed into a cell.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    /// Whose the run is.
    project: ProjectId,
    text: String,
    /// What stood there; `None` as long as that is not known whole.
    before: Option<String>,
    /// The version of the run that had it.
    version: i64,
    state: State,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    /// It is being typed; says what is wrong with it, once that was found.
    Typed(Option<String>),
    /// It is on its way.
    Sent,
    /// The server has it.
    Saved,
    /// The server has refused it.
    Refused(String),
}

/// What is known of a cell before it is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Editable {
    /// What the run is called.
    pub(crate) name: String,
    /// What stands there; `None` where only a part of it is known.
    pub(crate) text: Option<String>,
    /// The version of the run that has it.
    pub(crate) version: i64,
}

/// What a cell shows in the place of what the table knows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// What was typed, which the server will have in a moment.
    Text(String),
    /// The old value, and why the new one could not be saved.
    Mistake(String),
}

/// What was typed into the cells of a table. A handle.
#[derive(Clone, Copy)]
pub(crate) struct Drafts {
    drafts: RwSignal<HashMap<Place, Draft>>,
    /// The cell that is being edited, with the project and the name of its run.
    open: RwSignal<Option<(Place, ProjectId, String)>>,
    /// One for each cell that was changed, so that none takes the answer of another.
    writes: StoredValue<HashMap<Place, Change>>,
    home: Home,
    toasts: Toasts,
}

type Change = Write<(ProjectId, RunId, i64, RunPatch), ()>;

impl Drafts {
    /// Nothing was typed yet.
    pub(crate) fn none() -> Self {
        Self {
            drafts: RwSignal::new(HashMap::new()),
            open: RwSignal::new(None),
            writes: StoredValue::new(HashMap::new()),
            home: Home::here(),
            toasts: Toasts::current(),
        }
    }

    /// Begins to edit a cell, or goes on with what could not be saved; nothing happens while a change of it is on its way.
    pub(crate) fn begin(self, place: Place, project: ProjectId, cell: Editable) {
        let Editable { name, text, version } = cell;
        match self.drafts.with_untracked(|drafts| drafts.get(&place).map(|draft| draft.state.clone())) {
            Some(State::Sent) => return,
            Some(State::Refused(_)) => {}
            Some(State::Typed(_) | State::Saved) | None => {
                let (before, state) = (text.clone(), State::Typed(None));
                let text = text.unwrap_or_default();
                let draft = Draft { project, text, before, version, state };
                self.drafts.update(|drafts| drop(drafts.insert(place, draft)));
            }
        }
        self.open.set(Some((place, project, name)));
    }

    /// What the table is told of the cell that is being edited.
    pub(crate) fn editing(self) -> Option<Editing> {
        let (place, project, name) = self.open.get()?;
        let (run, part) = place;
        Some(Editing {
            href: Route::Run(project, run, RunTab::Overview).to_string(),
            column: part.field().to_string(),
            label: format!("Edit the {} of {name}", part.word()),
            view: (move || view! { <Fetched fetch=later::FETCH about=Later::Editor(project, self, place)/> })
                .into(),
        })
    }

    /// What a cell shows in the place of what the table knows of `version`; `None` for that itself.
    pub(crate) fn shown(self, place: Place, version: i64) -> Option<Shown> {
        self.drafts.with(|drafts| {
            let draft = drafts.get(&place)?;
            match &draft.state {
                State::Sent | State::Saved if version <= draft.version => {
                    Some(Shown::Text(draft.text.clone()))
                }
                State::Refused(mistake) => Some(Shown::Mistake(mistake.clone())),
                State::Typed(_) | State::Sent | State::Saved => None,
            }
        })
    }

    /// What was typed, and what stood there; `None` for what is not known whole yet.
    pub(super) fn text(self, place: Place) -> Option<String> {
        self.drafts.with_untracked(|drafts| {
            let draft = drafts.get(&place)?;
            draft.before.as_ref().map(|_| draft.text.clone())
        })
    }

    /// What is wrong with what was typed.
    pub(super) fn mistake(self, place: Place) -> Option<String> {
        self.drafts.with(|drafts| match &drafts.get(&place)?.state {
            State::Typed(mistake) => mistake.clone(),
            State::Refused(mistake) => Some(mistake.clone()),
            State::Sent | State::Saved => None,
        })
    }

    /// Takes note of all that stands there, once it is known.
    pub(super) fn learn(self, place: Place, run: &Run) {
        self.change(place, |draft| {
            let text = place.1.text_of(run);
            (draft.text, draft.before, draft.version) = (text.clone(), Some(text), run.version);
        });
    }

    /// Forgets what was typed.
    pub(super) fn cancel(self, place: Place) {
        self.drafts.update(|drafts| drop(drafts.remove(&place)));
        self.close(place);
    }

    /// Shows what was typed and sends it; where it cannot be sent, the editor stays and says why.
    pub(super) fn save(self, place: Place, text: String) {
        if !self.is_open(place) {
            return;
        }
        let before = self.drafts.with_untracked(|drafts| drafts.get(&place)?.before.clone());
        if before.is_none() || before.as_ref() == Some(&text) {
            return self.cancel(place);
        }
        let state = place.1.patch(&text).map_or_else(|why| State::Typed(Some(why)), |_| State::Sent);
        let is_sent = state == State::Sent;
        self.change(place, |draft| (draft.text, draft.state) = (text, state));
        if is_sent {
            self.close(place);
            self.send(place);
        }
    }

    fn change(self, place: Place, change: impl FnOnce(&mut Draft)) {
        // The table may be gone by now.
        let _ = self.drafts.try_update(|drafts| drafts.get_mut(&place).map(change));
    }

    fn is_open(self, place: Place) -> bool {
        self.open.with_untracked(|open| open.as_ref().is_some_and(|(own, ..)| *own == place))
    }

    fn close(self, place: Place) {
        if self.is_open(place) {
            self.open.set(None);
        }
    }

    /// Sends what was typed.
    fn send(self, place: Place) {
        let draft = self.drafts.with_untracked(|drafts| drafts.get(&place).cloned());
        let patch =
            draft.and_then(|draft| Some((draft.project, draft.version, place.1.patch(&draft.text).ok()?)));
        if let (Some((project, version, patch)), Some(change)) = (patch, self.write_of(place)) {
            change.dispatch_local((project, place.0, version, patch));
        }
    }

    fn write_of(self, place: Place) -> Option<Change> {
        if let Some(known) = self.writes.try_with_value(|writes| writes.get(&place).copied())? {
            return Some(known);
        }
        let change = self.home.within(|| {
            let change = queries::runs::change();
            Effect::new(move || {
                if let Some(answer) = change.value().get() {
                    untrack(|| self.settle(place, answer.err()));
                }
            });
            change
        })?;
        self.writes.update_value(|writes| {
            writes.insert(place, change);
        });
        Some(change)
    }

    fn settle(self, place: Place, error: Option<ApiError>) {
        let mistake = match error {
            None => return self.change(place, |draft| draft.state = State::Saved),
            Some(ApiError::Stale(now)) => match serde_json::from_value::<Run>(now) {
                Ok(run) => match self.overtaken(place, &run) {
                    None => return self.send(place),
                    Some(mistake) => mistake,
                },
                Err(_) => ApiError::Stale(serde_json::Value::Null).to_string(),
            },
            Some(error) => {
                let fields = error.field_errors();
                fields.iter().next().map_or_else(|| error.to_string(), |(_, told)| told.to_owned())
            }
        };
        self.change(place, |draft| draft.state = State::Refused(mistake.clone()));
        let told = format!("The {} was not saved. {mistake}", place.1.word());
        self.toasts.failure(format!("{told} What you typed is kept: edit it again to go on."), None);
    }

    /// Takes over the version that somebody else made; says what they wrote, unless they changed something else.
    fn overtaken(self, (run, part): Place, now: &Run) -> Option<String> {
        let theirs = part.text_of(now);
        let mut is_other = true;
        self.change((run, part), |draft| {
            is_other = draft.before.as_ref() != Some(&theirs);
            (draft.before, draft.version) = (Some(theirs.clone()), now.version);
        });
        is_other.then(|| {
            let theirs = if theirs.is_empty() { "nothing".to_owned() } else { format!("“{theirs}”") };
            format!("Somebody else has changed it to {theirs}. Save again to keep what you typed.")
        })
    }
}
