//! The JSON of `models::label`.

use models::label::{Label, LabelPatch, LabelReference, MergeLabel, NewLabel};
use serde_json::json;

use crate::support::{ID, is_mended, is_refused, label, read, travels};

#[test]
fn a_label_travels_with_and_without_a_value() {
    travels::<Label>(
        json!({"labelId": ID, "scope": "problem-type", "name": "Clustering", "value": null, "version": 1}),
    );
    travels::<Label>(
        json!({"labelId": ID, "scope": "weather-model", "name": "ICON", "value": "2.6", "version": 2}),
    );
    travels::<Label>(json!({
        "labelId": ID, "scope": "a", "name": "b", "value": null, "color": "#1f77b4", "version": 1, "usage": 3,
    }));
}

#[test]
fn a_label_is_changed_and_merged() {
    travels::<LabelPatch>(json!({"scope": "a", "name": "b", "value": null, "color": null}));
    travels::<LabelPatch>(json!({"value": "c", "color": "#1f77b4"}));
    is_refused::<LabelPatch>(json!({"color": "#12345g"}), "enter a colour such as `#1f77b4`");
    travels::<MergeLabel>(json!({"into": ID}));
}

#[test]
fn a_new_label_has_scope_name_and_perhaps_a_value() {
    is_mended::<NewLabel>(
        json!({"scope": " a ", "name": "b"}),
        json!({"scope": "a", "name": "b", "value": null}),
    );
    is_refused::<NewLabel>(json!({"scope": "", "name": "b"}), "enter a value; blanks alone do not count");
    is_refused::<NewLabel>(json!({"name": "b"}), "missing field `scope`");
}

#[test]
fn a_label_of_a_query_has_three_spellings() {
    let named = LabelReference::in_query("problem-type:Clustering").unwrap();
    assert_eq!(LabelReference::in_query(r#"{"scope":"problem-type","name":"Clustering"}"#), Ok(named));
    assert_eq!(LabelReference::in_query(ID), Ok(LabelReference::Id(ID.parse().unwrap())));
    assert_eq!(LabelReference::in_query("x"), Err("use a label's UUID, or `scope:name`".to_owned()));
    assert!(LabelReference::in_query("{").is_err() && LabelReference::in_query(":x").is_err());
}

#[test]
fn the_scope_search_is_reserved() {
    let reserved: NewLabel = read(json!({"scope": "search", "name": "b"}));
    assert_eq!(reserved.why_not_scope(), Some("choose another scope; `search` is reserved"));
}

#[test]
fn a_label_is_named_by_its_id_or_by_what_it_reads() {
    travels::<LabelReference>(json!(ID));
    is_mended::<LabelReference>(label(), json!(ID));
    travels::<LabelReference>(json!({"scope": "a", "name": "b", "value": "c"}));
    is_refused::<LabelReference>(json!({"name": "b"}), "expected a label's UUID, or its `scope` and `name`");
    is_refused::<LabelReference>(json!(7), "expected a label's UUID, or its `scope` and `name`");
}
