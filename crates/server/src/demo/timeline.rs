//! When the runs of a demonstration took place, and how they ended.

use models::progress::Progress;
use models::run::RunStatus;

use super::chance::Chance;

const MINUTE: f64 = 60.0;
const DAY: f64 = 24.0 * 60.0 * MINUTE;
/// How far back the demonstration reaches, in days.
const DAYS: f64 = 80.0;

/// When a run was made, how long it waited and took, and how it ended.
pub(super) struct Span {
    pub(super) status: RunStatus,
    pub(super) age: i64,
    pub(super) wait: i64,
    pub(super) duration: i64,
}

/// The span of the run at `place` of `n`, oldest first. The last three are still going on.
pub(super) fn span(chance: &mut Chance, place: usize, n: usize, minutes: (f64, f64)) -> Span {
    let duration = chance.between(minutes.0, minutes.1) * MINUTE;
    let wait = chance.between(2.0, 400.0);
    let (status, age, duration) = match n - 1 - place {
        0 => (RunStatus::Scheduled, 4.0 * MINUTE, 0.0),
        1 => (RunStatus::Running, wait + duration * 0.35, duration * 0.35),
        2 => (RunStatus::Running, wait + duration * 0.7, duration * 0.7),
        // Work comes in bursts: more of it lately, and more on some days than on others.
        left => {
            let share = (left as f64 / n as f64).powf(1.2);
            let age = share * DAYS * DAY + chance.between(0.1, 0.9) * DAY / 2.0 + duration + wait;
            (ending(chance), age, duration)
        }
    };
    let duration = if status == RunStatus::Failed { duration * chance.between(0.05, 0.8) } else { duration };
    Span { status, age: age as i64, wait: wait as i64, duration: duration as i64 }
}

fn ending(chance: &mut Chance) -> RunStatus {
    let lot = chance.unit();
    if lot < 0.86 {
        RunStatus::Finished
    } else if lot < 0.95 {
        RunStatus::Failed
    } else {
        RunStatus::Killed
    }
}

/// How many of `n` steps a run has logged that ended, or stands, like this.
pub(super) fn n_steps(chance: &mut Chance, span: &Span, n: usize) -> usize {
    let share = match span.status {
        RunStatus::Finished => 1.0,
        RunStatus::Scheduled | RunStatus::Unknown => 0.0,
        RunStatus::Running | RunStatus::Failed | RunStatus::Killed => chance.between(0.15, 0.8),
    };
    (n as f64 * share) as usize
}

/// What a run that is still going on says of how far it is, when it has logged so many of `n` steps.
pub(super) fn progress(span: &Span, n_logged: usize, n: usize) -> Option<(&'static str, Vec<f64>)> {
    let done = |step: usize| step as f64 / n as f64;
    (span.status == RunStatus::Running).then(|| (Progress::METRIC, (1..=n_logged).map(done).collect()))
}
