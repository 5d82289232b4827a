//! How changes of many runs are worded.

use models::label::LabelReference;
use models::run::{BulkRunChange, BulkRunOutcome, LabelChange, RunSelection};

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

/// What takes the change back, run by run, each time with the runs that it is for; `None` when it cannot be taken back.
pub(super) fn undoing(
    change: &BulkRunChange,
    outcome: &BulkRunOutcome,
) -> Option<Vec<(RunSelection, BulkRunChange)>> {
    let undo: fn(LabelReference) -> BulkRunChange = match change {
        BulkRunChange::Archive => {
            let are_all_known =
                u64::try_from(outcome.changed_runs.len()).is_ok_and(|known| known == outcome.changed);
            let archived = RunSelection::Runs(outcome.changed_runs.clone());
            return (outcome.changed > 0 && are_all_known).then(|| vec![(archived, BulkRunChange::Restore)]);
        }
        BulkRunChange::AddLabels(_) => |label| BulkRunChange::RemoveLabels(vec![label]),
        BulkRunChange::RemoveLabels(_) => |label| BulkRunChange::AddLabels(vec![label]),
        BulkRunChange::Restore | BulkRunChange::Delete | BulkRunChange::Cancel => return None,
    };
    // Only those that got a label lose it again: others may have had it before.
    let back = |moved: &LabelChange| {
        (RunSelection::Runs(moved.run_ids.clone()), undo(LabelReference::Id(moved.label_id)))
    };
    (outcome.changed > 0 && outcome.knows_labels()).then(|| outcome.changed_labels.iter().map(back).collect())
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
    use models::id::{LabelId, RunId};

    #[test]
    fn who_had_a_label_before_keeps_it_when_it_is_taken_back() {
        let id = uuid::Uuid::from_u128;
        let (one, two) = (RunId(id(1)), RunId(id(2)));
        let moved = |label: u128, run_ids: Vec<RunId>| LabelChange { label_id: LabelId(id(label)), run_ids };
        let mut outcome = BulkRunOutcome {
            changed: 2,
            changed_labels: vec![moved(7, vec![two]), moved(8, vec![one, two])],
            ..BulkRunOutcome::default()
        };
        let steps = undoing(&BulkRunChange::AddLabels(Vec::new()), &outcome).unwrap();
        let label = LabelReference::Id(LabelId(id(7)));
        assert_eq!(steps[0], (RunSelection::Runs(vec![two]), BulkRunChange::RemoveLabels(vec![label])));
        assert_eq!(steps.len(), 2);
        outcome.changed = 3;
        assert_eq!(undoing(&BulkRunChange::AddLabels(Vec::new()), &outcome), None, "not all are known");
        assert_eq!(undoing(&BulkRunChange::Cancel, &outcome), None);
    }

    #[test]
    fn an_outcome_is_told_in_numbers() {
        let mut outcome = BulkRunOutcome { changed: 1_234, unchanged: 1, ..BulkRunOutcome::default() };
        assert_eq!(told(&BulkRunChange::Archive, &outcome), "1,234 runs moved to the bin; 1 was so already.");
        outcome.refuse(RunId(uuid::Uuid::nil()), "a", "It has ended.");
        outcome.refuse(RunId(uuid::Uuid::nil()), "b", "It has ended.");
        assert_eq!(refused(&outcome), "2 runs could not be changed. “a”: It has ended.");
    }
}
