//! How changes of many runs are worded.

use models::run::{BulkRunChange, BulkRunOutcome};

use crate::ui::format::integer;

/// So many runs: `1 run`, `2,000 runs`.
pub(super) fn runs(count: u64) -> String {
    format!("{} {}", integer(count), if count == 1 { "run" } else { "runs" })
}

/// What is being done: `Archiving`.
pub(super) fn doing(change: &BulkRunChange) -> &'static str {
    match change {
        BulkRunChange::AddLabels(_) => "Labelling",
        BulkRunChange::RemoveLabels(_) => "Taking labels from",
        BulkRunChange::Archive => "Moving to the bin",
        BulkRunChange::Restore => "Restoring",
        BulkRunChange::Delete => "Deleting",
        BulkRunChange::Cancel => "Cancelling",
    }
}

fn done(change: &BulkRunChange) -> &'static str {
    match change {
        BulkRunChange::AddLabels(_) => "labelled",
        BulkRunChange::RemoveLabels(_) => "without the labels now",
        BulkRunChange::Archive => "moved to the bin",
        BulkRunChange::Restore => "restored",
        BulkRunChange::Delete => "deleted",
        BulkRunChange::Cancel => "cancelled",
    }
}

/// What became of the runs: `3 runs archived; 1 was so already.`
pub(super) fn told(change: &BulkRunChange, outcome: &BulkRunOutcome) -> String {
    let mut text = format!("{} {}", runs(outcome.changed), done(change));
    match outcome.unchanged {
        0 => {}
        1 => text.push_str("; 1 was so already"),
        several => text.push_str(&format!("; {} were so already", integer(several))),
    }
    text.push('.');
    text
}

/// Why runs were refused, each reason once, with the first run that it was given for.
pub(super) fn refused(outcome: &BulkRunOutcome) -> String {
    let mut reasons: Vec<(&str, &str)> = Vec::new();
    for refusal in &outcome.refusals {
        if reasons.iter().all(|(reason, _)| *reason != refusal.reason) {
            reasons.push((&refusal.reason, &refusal.name));
        }
    }
    let reasons: Vec<String> = reasons.iter().map(|(reason, name)| format!("“{name}”: {reason}")).collect();
    format!("{} could not be changed. {}", runs(outcome.refused), reasons.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::id::RunId;

    #[test]
    fn an_outcome_is_told_in_numbers() {
        let mut outcome = BulkRunOutcome { changed: 1_234, unchanged: 1, ..BulkRunOutcome::default() };
        assert_eq!(told(&BulkRunChange::Archive, &outcome), "1,234 runs moved to the bin; 1 was so already.");
        outcome.refuse(RunId(uuid::Uuid::nil()), "a", "It has ended.");
        outcome.refuse(RunId(uuid::Uuid::nil()), "b", "It has ended.");
        assert_eq!(refused(&outcome), "2 runs could not be changed. “a”: It has ended.");
    }
}
