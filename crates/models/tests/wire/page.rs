//! The JSON of `models::page`.

use models::label::Label;
use models::page::{Page, PageQuery};
use serde_json::json;

use crate::support::{is_mended, is_refused, label, travels};

#[test]
fn a_page_has_its_total_in_two_spellings() {
    travels::<Page<Label>>(json!({"totalRecords": 12, "totalrecords": 12, "labels": [label()]}));
}

#[test]
fn a_page_of_2022_is_read() {
    is_mended::<Page<Label>>(
        json!({"totalrecords": 0, "labels": [], "more": 1}),
        json!({"totalRecords": 0, "totalrecords": 0, "labels": []}),
    );
    is_refused::<Page<Label>>(json!({"labels": []}), "missing field `totalRecords`");
    is_refused::<Page<Label>>(json!({"totalRecords": 0, "projects": []}), "missing field `labels`");
}

#[test]
fn a_page_is_asked_for_by_offset_and_length() {
    travels::<PageQuery>(json!({"startindex": 50, "pagelength": 200}));
    is_mended::<PageQuery>(
        json!({"startIndex": 50, "pageLength": 25}),
        json!({"startindex": 50, "pagelength": 25}),
    );
    is_mended::<PageQuery>(json!({}), json!({"startindex": 0, "pagelength": 50}));
}
