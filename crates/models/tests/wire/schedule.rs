//! The JSON of `models::schedule`.

use models::schedule::{
    FireOutcome, MissedTimes, NewSchedule, Schedule, ScheduleFire, SchedulePatch, SchedulePreview,
    SchedulePreviewRequest,
};
use serde_json::{Value, json};

use crate::support::{ID, OTHER_ID, is_mended, is_refused, read, travels, user, with};

fn request() -> Value {
    json!({
        "name": "nightly", "experimentRepositoryId": ID, "mlflowRunId": null, "codeRepositoryId": OTHER_ID,
        "branch": "main", "commit": null, "modelRepositoryId": null, "dataRepositoryId": null, "dataBranch": null,
        "dataCommit": null, "connectionId": null, "computeBudgetAccount": null, "mlflowMlprojectFilePath": null,
        "entryPoint": "train", "mlflowParameters": {"alpha": 0.1}, "backendConfig": {},
    })
}

fn fire() -> Value {
    json!({
        "dueAt": 5, "firedAt": 6, "outcome": "STARTED", "isManual": false,
        "run": {"runId": ID, "name": "nightly", "status": "SCHEDULED"}, "message": null,
    })
}

fn schedule() -> Value {
    json!({
        "scheduleId": ID, "name": "Nightly", "request": request(), "deployment": null, "cronString": "0 2 * * *",
        "timeZone": "Europe/Berlin", "sentence": "At 02:00 every day, Europe/Berlin", "paused": false, "problem": null,
        "missedTimes": "SKIP", "nextTimes": [7, 8], "lastFire": fire(), "user": user(), "createdAt": 1, "updatedAt": 2,
        "version": 3,
    })
}

#[test]
fn a_schedule_travels_with_its_next_times_and_what_came_of_the_last() {
    travels::<Schedule>(schedule());
    let deployment = json!({"deploymentId": ID, "name": "Forecast"});
    let resting = json!({"request": null, "deployment": deployment, "paused": true, "problem": "no role", "nextTimes": [],
        "lastFire": null, "missedTimes": "ALL"});
    travels::<Schedule>(with(schedule(), resting));
    travels::<ScheduleFire>(with(
        fire(),
        json!({"run": null, "message": "4 times passed", "outcome": "SKIPPED"}),
    ));
    assert_eq!(travels::<FireOutcome>(json!("ASKED")), FireOutcome::Unknown("ASKED".to_owned()));
}

#[test]
fn a_new_schedule_is_in_utc_and_passes_over_what_is_missed_unless_it_says_so() {
    let given = json!({"name": "Nightly", "request": request(), "cronString": "0 2 * * *"});
    let usual = json!({"timeZone": "UTC", "paused": false, "missedTimes": "SKIP"});
    is_mended::<NewSchedule>(given.clone(), with(given.clone(), usual));
    travels::<NewSchedule>(with(
        given,
        json!({"timeZone": "Europe/Berlin", "paused": true, "missedTimes": "ONCE"}),
    ));
    let text = json!({"name": "Nightly", "request": request(), "cronString": "every night"});
    is_refused::<NewSchedule>(text, "enter five fields");
}

#[test]
fn who_says_anew_what_is_done_or_when_takes_it_over() {
    let takes_over = |patch: Value| travels::<SchedulePatch>(patch).takes_over();
    for patch in [
        json!({"request": request()}),
        json!({"cronString": "0 3 * * *"}),
        json!({"timeZone": "UTC"}),
        json!({"paused": false}),
    ] {
        assert!(takes_over(patch.clone()), "{patch}");
    }
    for patch in
        [json!({"name": "Other"}), json!({"paused": true}), json!({"missedTimes": "ONCE"}), json!({})]
    {
        assert!(!takes_over(patch.clone()), "{patch}");
    }
}

#[test]
fn a_preview_is_asked_for_and_answered() {
    is_mended::<SchedulePreviewRequest>(
        json!({"cronString": " 0 2 * * 1 "}),
        json!({"cronString": "0 2 * * 1", "timeZone": "UTC"}),
    );
    travels::<SchedulePreview>(json!({"sentence": "At 02:00 every Monday, UTC", "nextTimes": [1]}));
    assert_eq!(read::<MissedTimes>(json!("ONCE")), MissedTimes::Once);
}
