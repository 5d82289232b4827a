//! The JSON of `models::run_view`.

use models::permission::Role;
use models::run_view::{NewRunView, OpeningView, RunTableSetup, RunView, RunViewPatch, RunViews};
use serde_json::{Value, json};

use crate::support::{ID, OTHER_ID, is_mended, is_refused, read, travels, user, with};

fn table() -> Value {
    json!({
        "filter": "metrics.loss < 0.2", "groupBy": ["data"], "sort": [{"field": "metrics.loss", "descending": true}],
        "columns": ["status", "metrics.loss"], "onlyDiffering": true, "hideEmpty": false, "inBin": false,
        "pinned": ["status"], "sparklines": ["metrics.loss"],
        "widths": [{"field": "metrics.loss", "width": 90}], "scales": [{"field": "metrics.loss", "descending": false}],
        "kept": [ID], "baseline": OTHER_ID,
    })
}

fn view() -> Value {
    json!({
        "viewId": ID, "name": "Best", "table": table(), "isShared": true, "owner": user(), "createdAt": 1,
        "updatedAt": 2, "version": 3,
    })
}

#[test]
fn a_table_keeps_what_this_version_does_not_know() {
    let later = with(table(), json!({"density": "compact", "charts": {"metrics": ["loss"]}}));
    travels::<RunTableSetup>(later);
}

#[test]
fn what_a_table_does_not_say_is_the_usual() {
    let usual = json!({
        "filter": "", "groupBy": [], "sort": [], "columns": [], "onlyDiffering": false, "hideEmpty": false, "inBin": false,
        "pinned": [], "widths": [], "sparklines": [],
        "scales": [], "kept": [], "baseline": null,
    });
    is_mended::<RunTableSetup>(json!({}), usual);
    assert_eq!(read::<RunTableSetup>(json!({})), RunTableSetup::default());
}

#[test]
fn a_table_that_cannot_be_kept_says_why() {
    let why_not = |changes: Value| {
        let table: RunTableSetup = read(with(table(), changes));
        table.why_not().map(|(field, message)| format!("{field}: {message}"))
    };
    assert_eq!(why_not(json!({})), None);
    let filter = why_not(json!({"filter": "metrics.loss <"})).unwrap();
    assert!(filter.starts_with("filter: "), "{filter}");
    let many: Vec<_> = (0..9).map(|n| format!("params.{n}")).collect();
    assert_eq!(why_not(json!({"groupBy": many})).unwrap(), "groupBy: name at most 8 fields");
    assert_eq!(why_not(json!({"kept": vec![ID; 6]})).unwrap(), "kept: name at most 5");
    let long = why_not(json!({"note": "x".repeat(RunTableSetup::MAX_BYTES)})).unwrap();
    assert_eq!(long, ": choose fewer columns; this is too much to be kept");
}

#[test]
fn views_travel_with_those_that_open_first() {
    travels::<RunView>(view());
    travels::<RunViews>(json!({"views": [view()], "defaultViewId": ID, "ownDefaultViewId": null}));
    travels::<OpeningView>(json!({"viewId": null}));
}

#[test]
fn a_view_is_saved_and_changed() {
    is_mended::<NewRunView>(
        json!({"name": " Best ", "table": table()}),
        json!({"name": "Best", "table": table(), "isShared": false}),
    );
    is_refused::<NewRunView>(json!({"name": " ", "table": {}}), "enter a value; blanks alone do not count");
    is_refused::<NewRunView>(json!({"name": "x".repeat(101), "table": {}}), "shorten it to 100 characters");
    travels::<RunViewPatch>(json!({"name": "Best", "isShared": true}));
    travels::<RunViewPatch>(json!({}));
}

#[test]
fn ones_own_choice_opens_before_that_of_everybody() {
    let other = with(view(), json!({"viewId": OTHER_ID, "name": "Other"}));
    let opening = |own: Value, all: Value| {
        let views: RunViews =
            read(json!({"views": [view(), other], "ownDefaultViewId": own, "defaultViewId": all}));
        views.opening().map(|view| view.name.clone())
    };
    assert_eq!(opening(json!(OTHER_ID), json!(ID)).as_deref(), Some("Other"));
    assert_eq!(opening(json!(null), json!(ID)).as_deref(), Some("Best"));
    let unseen = "22222222-2222-4333-8444-555555555555";
    assert_eq!(opening(json!(unseen), json!(ID)).as_deref(), Some("Best"), "one that she does not see");
    assert_eq!(opening(json!(null), json!(null)), None);
}

#[test]
fn a_shared_view_is_changed_by_its_owner_and_by_who_maintains_the_project() {
    let (ann, ben) = (ID.parse().unwrap(), OTHER_ID.parse().unwrap());
    let shared: RunView = read(view());
    let own: RunView = read(with(view(), json!({"isShared": false})));
    assert_eq!(shared.why_not_change(ann, Role::Researcher), None);
    assert_eq!(shared.why_not_change(ben, Role::Maintainer), None);
    let refused = shared.why_not_change(ben, Role::Researcher).unwrap();
    assert!(refused.starts_with("ann shares this view"), "{refused}");
    assert!(shared.why_not_change(ann, Role::Reporter).is_some());
    assert_eq!(own.why_not_change(ann, Role::Reporter), None);
    assert!(own.why_not_change(ann, Role::Guest).is_some());
    assert_eq!(own.why_not_share(ann, Role::Researcher), None);
    assert_eq!(
        shared.why_not_share(ben, Role::Owner).as_deref(),
        Some("Only ann can share this view or take it back.")
    );
}
