//! The run that is shown beside the table: which it is, and when another one is.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::run_table::RunPage;
use wasm_bindgen::JsCast;

use crate::features::runs::address::Address;
use crate::ui::{keep, kept};

/// Where the width of the panel is kept.
const WIDTH: &str = "peek-width";
/// The width at first, in CSS pixels.
const USUAL_WIDTH: f64 = 480.0;
/// How long a run is looked at before more is asked about it: keys that are held down pass many runs.
const LOOKED_AT: Duration = Duration::from_millis(80);

/// A run as the table told of it.
#[derive(Clone, PartialEq)]
pub(super) struct Peeked {
    /// The run.
    pub(super) run: RunId,
    /// Its project.
    pub(super) project: ProjectId,
    /// The page of the table that it was on, and its place there; `None` where the address named it.
    pub(super) row: Option<(Arc<RunPage>, usize)>,
}

/// The run that is shown beside the table. A handle.
#[derive(Clone, Copy)]
pub(super) struct Peek {
    /// Whether the panel is on screen.
    pub(super) open: RwSignal<bool>,
    /// The width of the panel, in CSS pixels.
    pub(super) width: RwSignal<f64>,
    /// What is shown.
    pub(super) shown: RwSignal<Option<Peeked>>,
    /// The run that is looked at and not only passed.
    pub(super) settled: RwSignal<Option<(ProjectId, RunId)>>,
    /// The row whose run is to be shown as soon as it is known.
    wanted: RwSignal<Option<usize>>,
}

impl Peek {
    /// Shows the run that the address names, and any row that is chosen; `run_at` tells the run of a row, and is read
    /// reactively.
    pub(super) fn new(
        address: Address,
        run_at: impl Fn(usize) -> Option<Peeked> + Send + Sync + 'static,
    ) -> Self {
        let width = kept(WIDTH).and_then(|width| width.parse().ok()).unwrap_or(USUAL_WIDTH);
        let peek = Self {
            open: RwSignal::new(false),
            width: RwSignal::new(width),
            shown: RwSignal::new(None),
            settled: RwSignal::new(None),
            wanted: RwSignal::new(None),
        };
        Effect::new(move || {
            let width = peek.width.get();
            if width != USUAL_WIDTH || kept(WIDTH).is_some() {
                keep(WIDTH, Some(&width.to_string()));
            }
        });
        Effect::new(move || {
            if let Some(peeked) = peek.wanted.get().and_then(&run_at) {
                peek.wanted.set(None);
                peek.shown.set(Some(peeked));
                peek.open.set(true);
            }
        });
        peek.settle();
        peek.keep_in(address);
        peek
    }

    /// Shows the run of a row.
    pub(super) fn show(self, row: usize) {
        self.wanted.set(Some(row));
    }

    /// Shows the run of a row in place of the one that is shown, if there is any.
    pub(super) fn follow(self, row: usize) {
        if self.open.get_untracked() {
            self.show(row);
        }
    }

    /// Whether the run is shown.
    pub(super) fn is_of(self, run: Option<&RunId>) -> bool {
        self.open.get() && self.shown.read().as_ref().map(|peeked| &peeked.run) == run
    }

    /// Gives the focus back to the table in `frame` when the panel that had it is closed.
    pub(super) fn give_focus_back(self, frame: NodeRef<html::Div>) {
        Effect::new(move |was_open: Option<bool>| {
            let is_open = self.open.get();
            if was_open == Some(true) && !is_open {
                request_animation_frame(move || {
                    let is_lost =
                        document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
                    let stop = frame.try_get_untracked().flatten().filter(|_| is_lost).and_then(|frame| {
                        frame.query_selector(".table-viewport [tabindex=\"0\"]").ok().flatten()
                    });
                    if let Some(stop) = stop.and_then(|stop| stop.dyn_into::<web_sys::HtmlElement>().ok()) {
                        // A cell on screen takes the focus.
                        let _ = stop.focus();
                    }
                });
            }
            is_open
        });
    }

    /// The run that is shown.
    fn run(self) -> Memo<Option<(ProjectId, RunId)>> {
        Memo::new(move |_| self.open.get().then(|| self.shown.read().as_ref().map(Peeked::of)).flatten())
    }

    /// Writes the run into the address, and shows the one that the address names.
    fn keep_in(self, address: Address) {
        let run = self.run();
        Effect::new(move || match address.looked_at.get() {
            named if named == run.get_untracked() => {}
            Some((project, run)) => {
                self.shown.set(Some(Peeked { run, project, row: None }));
                self.open.set(true);
            }
            None => self.open.set(false),
        });
        Effect::watch(move || run.get(), move |run, _, _| address.look_at(*run), false);
    }

    fn settle(self) {
        let run = self.run();
        let timeout = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move || {
            let run = run.get();
            if let Some(timeout) = timeout.try_update_value(Option::take).flatten() {
                timeout.clear();
            }
            let settle = move || {
                // The page may have been left in the meantime.
                let _ = self.settled.try_set(run);
            };
            timeout.set_value(set_timeout_with_handle(settle, LOOKED_AT).ok());
        });
    }
}
