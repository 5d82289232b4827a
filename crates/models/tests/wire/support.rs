//! How the tests read and write.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
pub(crate) const OTHER_ID: &str = "11111111-2222-4333-8444-555555555555";

/// `json` is read, and written again exactly so.
#[track_caller]
pub(crate) fn travels<T: Serialize + DeserializeOwned>(json: Value) -> T {
    let value = read(json.clone());
    assert_eq!(write(&value), json);
    value
}

/// `json` is read, and written as `canonical`.
#[track_caller]
pub(crate) fn is_mended<T: Serialize + DeserializeOwned>(json: Value, canonical: Value) {
    assert_eq!(write(&read::<T>(json)), canonical);
}

/// `json` is refused with a message that has `message` in it.
#[track_caller]
pub(crate) fn is_refused<T: DeserializeOwned>(json: Value, message: &str) {
    let refusal = serde_json::from_value::<T>(json).err().unwrap().to_string();
    assert!(refusal.contains(message), "{refusal}");
}

#[track_caller]
pub(crate) fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

pub(crate) fn write(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// `object` with `changes` in place of its own fields.
pub(crate) fn with(mut object: Value, changes: Value) -> Value {
    let fields = object.as_object_mut().unwrap();
    fields.extend(changes.as_object().unwrap().clone());
    object
}

/// `object` without `key`.
pub(crate) fn without(mut object: Value, key: &str) -> Value {
    object.as_object_mut().unwrap().remove(key).unwrap();
    object
}

pub(crate) fn user() -> Value {
    json!({"userId": ID, "name": "ann"})
}

pub(crate) fn label() -> Value {
    json!({"labelId": ID, "scope": "problem-type", "name": "Clustering", "value": null, "version": 1})
}
