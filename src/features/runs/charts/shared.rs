//! What the charts of a page have in common.

use std::collections::HashMap;
use std::time::Duration;

use leptos::prelude::*;
use models::comparison::ComparedHistoriesRequest;
use models::id::{ProjectId, RunId};
use models::time::UnixMillis;

use super::along::Along;
use super::bands::Reach;
use super::which::Which;
use crate::ui::chart::{Colour, Crosshair, Dash, Zoom};
use crate::widgets::{UrlHistory, settled, settled_or_first, url_state};

/// How long the view, or the smoothing, must stand still before it is asked for.
const STILL: Duration = Duration::from_millis(180);

/// A run as charts show it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::features::runs) struct Shown {
    pub(in crate::features::runs) run: RunId,
    pub(in crate::features::runs) name: String,
    pub(in crate::features::runs) colour: Colour,
    pub(in crate::features::runs) dash: Dash,
    pub(in crate::features::runs) began: Option<UnixMillis>,
}

/// Groups of runs that are drawn as one band each.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::features::runs) struct Bands {
    pub(in crate::features::runs) names: Vec<String>,
    /// The group of each run.
    pub(in crate::features::runs) of: HashMap<RunId, usize>,
    pub(in crate::features::runs) reach: Reach,
}

/// What the charts of a page have in common; what is chosen stands in the address. A handle.
#[derive(Clone, Copy)]
pub(in crate::features::runs) struct Shared {
    pub(in crate::features::runs) project: ProjectId,
    pub(in crate::features::runs) runs: Memo<Vec<Shown>>,
    /// Which metrics are shown.
    pub(super) which: Which,
    /// The horizontal axis, as the address writes it.
    pub(super) x: RwSignal<String>,
    pub(super) along: Memo<Along>,
    /// How strongly values are smoothed, in hundredths: as chosen, and once that stands still.
    pub(super) smoothing: RwSignal<u8>,
    pub(super) smoothed: Signal<u8>,
    /// The bands that stand in place of the lines of the runs, if any.
    pub(super) bands: Signal<Option<Bands>>,
    pub(super) y_log: RwSignal<bool>,
    pub(super) x_log: RwSignal<bool>,
    pub(super) crosshair: Crosshair,
    pub(super) zoom: Zoom,
    /// The part that is shown, once it stands still.
    pub(super) part: Signal<Option<(f64, f64)>>,
}

impl Shared {
    /// What the charts of these runs have in common.
    pub(in crate::features::runs) fn new(project: ProjectId, runs: Memo<Vec<Shown>>, which: Which) -> Self {
        let x = url_state::<String>("x", UrlHistory::Replace);
        let along = Memo::new(move |_| Along::read(&x.read(), &which.along()));
        let smoothing = url_state::<u8>("smooth", UrlHistory::Replace);
        let (crosshair, zoom) = (Crosshair::default(), Zoom::default());
        let asked = settled::<u8>(smoothing.into(), STILL);
        let smoothed = move || asked.get().min(ComparedHistoriesRequest::MAX_SMOOTHING);
        Effect::watch(
            move || along.get(),
            move |_, _, _| {
                zoom.0.set(None);
                crosshair.0.set(None);
            },
            false,
        );
        Self {
            project,
            runs,
            which,
            x,
            along,
            smoothing,
            smoothed: Signal::derive(smoothed),
            bands: Signal::stored(None),
            y_log: url_state::<bool>("log", UrlHistory::Replace),
            x_log: url_state::<bool>("logx", UrlHistory::Replace),
            crosshair,
            zoom,
            part: settled_or_first::<Option<(f64, f64)>>(zoom.0.into(), STILL).into(),
        }
    }
}

impl Shared {
    /// The same with bands in place of lines.
    pub(in crate::features::runs) fn with_bands(self, bands: Signal<Option<Bands>>) -> Self {
        Self { bands, ..self }
    }
}

/// A choice of one chart, which follows that of the page until it is changed.
pub(super) fn own(of_page: RwSignal<bool>) -> RwSignal<bool> {
    let own = RwSignal::new(of_page.get_untracked());
    Effect::watch(move || of_page.get(), move |now, _, _| own.set(*now), false);
    own
}
