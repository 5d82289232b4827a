//! The JSON of `models::metric` and `models::event`.

use models::event::Event;
use models::metric::{HistoryRequest, Metric, MetricHistory};
use serde_json::json;

use crate::support::{ID, is_mended, is_refused, travels};

#[test]
fn values_beyond_numbers_travel_as_words() {
    for value in [json!(0.25), json!("NaN"), json!("Infinity"), json!("-Infinity")] {
        travels::<Metric>(json!({"key": "loss", "value": value, "step": 3, "timestamp": 1}));
    }
    is_mended::<Metric>(
        json!({"key": "loss", "value": "-inf", "step": 3, "timestamp": 1}),
        json!({"key": "loss", "value": "-Infinity", "step": 3, "timestamp": 1}),
    );
    is_refused::<Metric>(
        json!({"key": "loss", "value": "much", "step": 3, "timestamp": 1}),
        "`much` is no number; use a number, NaN, Infinity or -Infinity",
    );
}

#[test]
fn a_value_is_read_to_its_last_bit() {
    for (text, value) in [("0.9814814814814815", 53.0 / 54.0), ("0.1", 0.1), ("5e-324", f64::from_bits(1))] {
        let body = format!(r#"{{"key":"accuracy","value":{text},"step":0,"timestamp":1}}"#);
        let read: Metric = serde_json::from_str(&body).unwrap();
        assert_eq!(read.value.0.to_bits(), f64::to_bits(value), "{text}");
    }
}

#[test]
fn a_history_is_asked_for_and_told_by_column() {
    travels::<HistoryRequest>(json!({"keys": ["loss"], "points": 500}));
    travels::<HistoryRequest>(json!({"keys": ["loss"], "points": 500, "steps": [10, 20]}));
    travels::<MetricHistory>(json!({
        "key": "loss", "nValues": 3, "nNotFinite": 1, "steps": [1, 2], "timestamps": [10, 20],
        "low": [0.5, 0.25], "high": [1.5, 0.25], "last": [0.5, 0.25], "gaps": [1],
    }));
}

#[test]
fn an_event_says_what_to_read_again() {
    travels::<Event>(json!({"projectId": ID, "topic": "runData", "runId": ID}));
    travels::<Event>(json!({"projectId": ID, "topic": "project"}));
}
