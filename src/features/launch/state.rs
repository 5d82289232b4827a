//! The form: what is typed, what is known, and what is wrong.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use models::code::{CodeContents, CodeContentsQuery};
use models::id::{ProjectId, RunId};
use models::permission::Action;
use models::problem::FieldErrors;
use models::run::{AddRun, RunCheck, RunFinding};

use super::differences::{Difference, differences};
use super::draft::Draft;
use super::fields::Fields;
use super::lists::Lists;
use super::request::{Outcome, Surroundings, chosen, outcome};
use crate::queries::{self, ApiError, Query, Write};
use crate::widgets::form_errors::sentence;
use crate::widgets::{settled, why_not};

/// How long nobody types before the repository is asked: it is another server.
const PAUSE: Duration = Duration::from_millis(600);

/// The form. A handle.
#[derive(Clone, Copy)]
pub(super) struct Launch {
    pub(super) project: ProjectId,
    pub(super) fields: Fields,
    pub(super) lists: Lists,
    /// What the code holds, as far as it was asked.
    pub(super) contents: Query<CodeContents>,
    /// What is known besides the draft.
    pub(super) about: Memo<Surroundings>,
    /// What is typed in.
    pub(super) draft: Memo<Draft>,
    /// The request, or what is wrong.
    outcome: Memo<Outcome>,
    /// What the source was started with; `None` where there is no source.
    pub(super) source: StoredValue<Option<Draft>>,
    /// Whether somebody has asked for a check: errors are shown from then on.
    tried: RwSignal<bool>,
    /// Says that the form was refused; each time anew, so that the first bad field takes the focus.
    pub(super) summary: RwSignal<Option<String>>,
    /// The last check by the server, with what it was about.
    checked: RwSignal<Option<(AddRun, Arc<Vec<RunFinding>>)>>,
    /// Has the server check the request.
    pub(super) check: Write<(ProjectId, AddRun), RunCheck>,
    /// Starts the run.
    pub(super) start: Write<(ProjectId, AddRun), RunId>,
    /// What was sent last, to be checked or to be started.
    sent: RwSignal<Option<AddRun>>,
    /// Whether the run is to be started once the server has found nothing.
    is_wanted: RwSignal<bool>,
    /// Whether the repository is being asked for what the code holds.
    is_reading: Signal<bool>,
    /// What is to be done once that is known: to check, or to start the run, too.
    awaited: RwSignal<Option<bool>>,
    /// Why the person may not start runs; `None` when she may.
    pub(super) why_not: Signal<Option<String>>,
}

impl Launch {
    pub(super) fn new(project: ProjectId, draft: Draft, source: Option<Draft>, lists: Lists) -> Self {
        let fields = Fields::of(draft);
        let (reference, folder) =
            (settled(fields.reference.into(), PAUSE), settled(fields.folder.into(), PAUSE));
        let contents = queries::repositories::code_contents(move || {
            let code = fields.code.get().parse().ok()?;
            let text =
                |text: RwSignal<String>| Some(text.get().trim().to_owned()).filter(|text| !text.is_empty());
            let asked =
                CodeContentsQuery { reference: text(reference), path: text(folder), connection_id: None };
            Some((project, code, asked))
        });
        let is_current = move || {
            let is_settled =
                *reference.read() == *fields.reference.read() && *folder.read() == *fields.folder.read();
            is_settled && !contents.fetching.get() && contents.error.read().is_none()
        };
        let is_reading = Signal::derive(move || {
            let is_known = contents.value.read().is_some() && is_current();
            !fields.code.read().is_empty() && contents.error.read().is_none() && !is_known
        });
        let about = Memo::new(move |_| Surroundings {
            contents: contents.value.get().filter(|_| is_current()),
            versions: lists.versions_of(&fields.data.read()),
            provider: lists.provider_of(&fields.connection.read()),
        });
        let names = Memo::new(move |_| {
            let named = Draft { entry_point: fields.entry_point.get(), ..Draft::default() };
            let about = about.read();
            let own = chosen(&named, &about)?;
            Some(own.parameters.iter().map(|parameter| parameter.name.clone()).collect::<Vec<_>>())
        });
        Effect::new(move || {
            fields.fillings.track();
            if let Some(names) = names.get() {
                fields.adopt(&names);
            }
        });
        let draft = Memo::new(move |_| fields.draft(names.get().as_deref()));
        let outcome = Memo::new(move |_| outcome(&draft.read(), &about.read()));
        Self {
            project,
            fields,
            lists,
            contents,
            about,
            draft,
            outcome,
            source: StoredValue::new(source),
            tried: RwSignal::new(false),
            summary: RwSignal::new(None),
            checked: RwSignal::new(None),
            check: queries::runs::check(),
            start: queries::runs::start(),
            sent: RwSignal::new(None),
            is_wanted: RwSignal::new(false),
            is_reading,
            awaited: RwSignal::new(None),
            why_not: why_not(project, Action::SubmitRuns),
        }
    }

    /// What differs from the source; nothing where there is none.
    pub(super) fn differences(self) -> Vec<Difference> {
        self.source
            .with_value(|source| source.as_ref().map(|source| differences(source, &self.draft.read())))
            .unwrap_or_default()
    }

    /// The request as it stands, if nothing is wrong with it.
    pub(super) fn request(self) -> Option<AddRun> {
        self.outcome.read().request.clone().ok()
    }

    /// What is wrong with a field; nothing until somebody has asked for a check.
    pub(super) fn error(self, field: &str) -> Option<String> {
        if !self.tried.get() {
            return None;
        }
        let own =
            self.outcome.read().request.as_ref().err().and_then(|errors| errors.get(field).map(sentence));
        own.or_else(|| {
            let found = self.findings();
            let own = found.iter().find(|own| own.is_error() && own.field() == field)?;
            Some(sentence(&own.msg))
        })
        .or_else(|| self.refused()?.field_errors().get(field).map(sentence))
    }

    /// As [`Self::error`], of several names of one field, to be shown there.
    pub(super) fn error_at(self, fields: &'static [&'static str]) -> Signal<Option<String>> {
        Signal::derive(move || fields.iter().find_map(|field| self.error(field)))
    }

    /// All that is wrong: fields, and what to do.
    pub(super) fn errors(self) -> Vec<(String, String)> {
        let list = |errors: &FieldErrors| -> Vec<(String, String)> {
            errors.iter().map(|(field, error)| (field.to_owned(), sentence(error))).collect()
        };
        if !self.tried.get() {
            return Vec::new();
        }
        if let Err(errors) = &self.outcome.read().request {
            return list(errors);
        }
        let found = self.findings();
        let found = found.iter().filter(|own| own.is_error());
        let mut all: Vec<_> = found.map(|own| (own.field(), sentence(&own.msg))).collect();
        if let Some(refused) = self.refused() {
            all.extend(list(&refused.field_errors()));
        }
        all
    }

    /// What may not do what was meant: fields, and what to know.
    pub(super) fn warnings(self) -> Vec<(String, String)> {
        let of = |own: &RunFinding| (own.field(), sentence(&own.msg));
        let mut all: Vec<_> = self.outcome.read().warnings.iter().map(of).collect();
        for own in self.findings().iter().filter(|own| !own.is_error()).map(of) {
            if !all.contains(&own) {
                all.push(own);
            }
        }
        all
    }

    /// Whether the server has looked at the request as it stands.
    pub(super) fn is_checked(self) -> bool {
        self.checked.read().as_ref().map(|(about, _)| about) == self.request().as_ref()
            && self.request().is_some()
    }

    fn findings(self) -> Arc<Vec<RunFinding>> {
        match self.checked.get() {
            Some((_, findings)) if self.is_checked() => findings,
            Some(_) | None => Arc::default(),
        }
    }

    /// Why the server did not check or start the run as it stands.
    pub(super) fn refused(self) -> Option<ApiError> {
        let (check, start) = (self.check, self.start);
        if check.pending().get() || start.pending().get() || self.sent.get() != self.request() {
            return None;
        }
        let of_check = check.value().with(|value| value.as_ref()?.as_ref().err().cloned());
        of_check.or_else(|| start.value().with(|value| value.as_ref()?.as_ref().err().cloned()))
    }

    /// Whether something is on its way.
    pub(super) fn is_busy(self) -> bool {
        self.awaited.read().is_some() || self.check.pending().get() || self.start.pending().get()
    }

    /// Checks all, here and on the server; then starts the run if that `is_wanted`. What the code holds is waited for.
    pub(super) fn go(self, is_wanted: bool) {
        if untrack(|| self.is_busy() || self.why_not.read().is_some()) {
            return;
        }
        if self.is_reading.get_untracked() {
            self.awaited.set(Some(is_wanted));
            return;
        }
        self.tried.set(true);
        self.is_wanted.set(is_wanted);
        match untrack(|| self.request()) {
            None => self.summary.set(Some("Some fields need attention.".to_owned())),
            Some(run) => {
                self.summary.set(None);
                self.start.value().set(None);
                self.sent.set(Some(run.clone()));
                self.check.dispatch_local((self.project, run));
            }
        }
    }

    /// Goes on once it is known what the code holds, and once the server has checked the request.
    pub(super) fn follow(self) {
        Effect::new(move || {
            if self.is_reading.get() || self.awaited.read().is_none() {
                return;
            }
            // The fields take over the parameters first.
            let go_on = move || {
                if let Some(is_wanted) = self.awaited.try_update(Option::take).flatten() {
                    self.go(is_wanted);
                }
            };
            set_timeout(go_on, Duration::ZERO);
        });
        Effect::new(move || {
            let Some(answer) = self.check.value().get() else { return };
            let Some(run) = self.sent.get_untracked() else { return };
            match answer {
                Err(error) => self.summary.set(Some(error.to_string())),
                Ok(RunCheck { findings }) => {
                    let is_good = findings.iter().all(|own| !own.is_error());
                    self.checked.set(Some((run.clone(), Arc::new(findings))));
                    if !is_good {
                        self.summary.set(Some("Some fields need attention.".to_owned()));
                    } else if self.is_wanted.get_untracked()
                        && untrack(|| self.request()).as_ref() == Some(&run)
                    {
                        self.start.dispatch_local((self.project, run));
                    }
                }
            }
        });
        Effect::new(move || {
            if let Some(Err(error)) = self.start.value().get() {
                self.summary.set(Some(error.to_string()));
            }
        });
    }
}
