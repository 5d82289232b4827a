//! What somebody else has changed of a view, in words.

use models::query::{Field, SortKey};
use models::run_view::RunView;

use crate::features::runs::table::columns::title;
use crate::widgets::differences;

/// What differs between two versions of a view, in sentences.
pub(super) fn changes(before: &RunView, now: &RunView) -> Vec<String> {
    let of = |view: &RunView| {
        let query = &view.table.query;
        (
            view.name.clone(),
            query.filter.clone(),
            names(&query.group_by),
            order(&query.sort),
            names(&query.columns),
        )
    };
    let (before, now) = (of(before), of(now));
    differences([
        ("name", before.0, now.0),
        ("filter", before.1, now.1),
        ("grouping", before.2, now.2),
        ("order", before.3, now.3),
        ("choice of columns", before.4, now.4),
    ])
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(title).collect::<Vec<_>>().join(", ")
}

fn order(keys: &[SortKey]) -> String {
    let key =
        |key: &SortKey| format!("{}{}", title(&key.field), if key.descending { ", descending" } else { "" });
    keys.iter().map(key).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn view(table: Value) -> RunView {
        let id = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
        let view = json!({
            "viewId": id, "name": "Best", "table": table, "isShared": true, "owner": {"userId": id, "name": "ann"},
            "createdAt": 0, "updatedAt": 0, "version": 1,
        });
        let Ok(view) = serde_json::from_value(view) else { panic!("a view") };
        view
    }

    #[test]
    fn what_differs_is_told_by_the_names_of_columns() {
        let before = view(json!({"filter": "status = 'FAILED'", "groupBy": ["data"]}));
        let now = view(json!({"groupBy": ["data"], "sort": [{"field": "metrics.loss", "descending": true}]}));
        assert_eq!(
            changes(&before, &now),
            ["The filter is empty now.", "The order is now “loss, descending”."]
        );
    }
}
