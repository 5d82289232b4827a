//! Reads what published clients send where it is not quite what is meant; nothing in here writes.
//!
//! The functions are for `#[serde(deserialize_with = "…")]`. Those for patches give an outer `Option` that says
//! whether the field was sent: pair them with `#[serde(default)]`.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::{fmt::Display, str::FromStr};

use crate::id;

/// An object whose keys are not known beforehand.
pub type JsonObject = serde_json::Map<String, Value>;

/// An id that can stand for its object, and under which keys the object carries it, in order of preference.
pub trait Identifies: FromStr<Err: Display> {
    /// The keys, such as `userId`.
    const KEYS: &'static [&'static str];
}

macro_rules! identifies {
    ($($id:ident: $($key:literal),+;)+) => {
        $(impl Identifies for id::$id {
            const KEYS: &'static [&'static str] = &[$($key),+];
        })+
    };
}

identifies! {
    UserId: "userId";
    UserGroupId: "userGroupId", "groupId";
    OrganizationId: "organizationId";
    ProjectId: "projectId";
    CodeRepositoryId: "codeRepositoryId";
    DataRepositoryId: "dataRepositoryId";
    ExperimentRepositoryId: "experimentRepositoryId", "experimentId";
    ModelRepositoryId: "modelRepositoryId";
    SavedModelId: "modelId", "trainedModelRepositoryId", "trainedModelId";
    RunId: "runId";
    LabelId: "labelId";
    ConnectionId: "connectionId";
}

/// An id that may be absent: `null`, an empty text and `None`, which is how Python spells an absent id as text, all
/// mean that there is none. An object stands for the id that it carries.
///
/// # Errors
/// When a text is no UUID, or an object carries no id.
pub fn optional_id<'de, D: Deserializer<'de>, T: Identifies>(deserializer: D) -> Result<Option<T>, D::Error> {
    id_in(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// As [`optional_id`], for a patch: absent leaves the id as it is, `null` removes it.
///
/// # Errors
/// As for [`optional_id`].
pub fn changed_id<'de, D: Deserializer<'de>, T: Identifies>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    optional_id(deserializer).map(Some)
}

/// Ids, or the objects that they identify; `null` is none.
///
/// # Errors
/// When an item is neither.
pub fn ids<'de, D: Deserializer<'de>, T: Identifies>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let values = Option::<Vec<Value>>::deserialize(deserializer)?.unwrap_or_default();
    values
        .iter()
        .map(|value| {
            id_in(value)?.ok_or_else(|| format!("expected a UUID or an object with `{}`", T::KEYS[0]))
        })
        .collect::<Result<_, String>>()
        .map_err(D::Error::custom)
}

/// As [`ids`], for a patch: absent and `null` leave the list as it is.
///
/// # Errors
/// As for [`ids`].
pub fn changed_ids<'de, D: Deserializer<'de>, T: Identifies>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let list = Option::<Value>::deserialize(deserializer)?;
    list.map(ids).transpose().map_err(D::Error::custom)
}

/// The field of a patch: absent leaves it as it is, `null` removes it.
///
/// # Errors
/// Those of `T`.
pub fn changed<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A field for which `null` means the same as its absence.
///
/// # Errors
/// Those of `T`.
pub fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// An object, or a text that holds one in JSON; `null` and an empty text are none.
///
/// # Errors
/// When it is something else.
pub fn optional_object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<JsonObject>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::Object(object) => Ok(Some(object)),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => serde_json::from_str(&text)
            .map_err(|_| D::Error::custom("expected an object, or a text that holds an object in JSON")),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(D::Error::custom("expected an object")),
    }
}

/// As [`optional_object`], for a patch.
///
/// # Errors
/// As for [`optional_object`].
pub fn changed_object<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<JsonObject>>, D::Error> {
    optional_object(deserializer).map(Some)
}

/// One of something, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let items = if value.is_array() {
            Vec::deserialize(value)
        } else {
            T::deserialize(value).map(|one| vec![one])
        };
        items.map(Self).map_err(D::Error::custom)
    }
}

fn id_in<T: Identifies>(value: &Value) -> Result<Option<T>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() || text == "None" => Ok(None),
        Value::String(text) => {
            let quoted = || text.chars().take(40).collect::<String>();
            text.parse().map(Some).map_err(|error| format!("`{}` is no id: {error}", quoted().escape_debug()))
        }
        Value::Object(object) => match T::KEYS.iter().find_map(|key| object.get(*key)) {
            Some(id) if !id.is_object() => id_in(id),
            Some(_) | None => Err(format!("the object has no `{}`", T::KEYS[0])),
        },
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err(format!("expected a UUID or an object with `{}`", T::KEYS[0]))
        }
    }
}

/// Lets an older spelling stand for a newer one: moves what is under `old` to `new`, where nothing is yet.
pub(crate) fn rename(fields: &mut JsonObject, old: &str, new: &str) {
    if let Some(value) = fields.remove(old) {
        fields.entry(new).or_insert(value);
    }
}

/// The field that cannot be read, before the message: what was read into memory first knows no places any more. It is
/// the one without which the same error does not come.
pub(crate) fn located(
    fields: &Value,
    error: &serde_json::Error,
    still: impl Fn(&Value) -> Option<serde_json::Error>,
) -> String {
    const MOST_FIELDS: usize = 64;
    let message = error.to_string();
    let names_it_already = message.starts_with("missing field ") || message.starts_with("unknown field ");
    let candidates = fields.as_object().filter(|fields| !names_it_already && fields.len() <= MOST_FIELDS);
    let is_cause = |name: &&String| {
        let mut others = fields.clone();
        others.as_object_mut().map(|others| others.remove(*name));
        still(&others).is_none_or(|other| other.to_string() != message)
    };
    match candidates.and_then(|fields| fields.keys().find(is_cause)) {
        Some(name) => format!("field `{name}`: {message}"),
        None => message,
    }
}

/// Deserializes a type that derives serde's traits with `remote = "Self"` after `$reshape` has mended its fields.
///
/// Aliases do not suffice where a client may send the older and the newer spelling at once, as one does that sends an
/// answer back: serde takes that for a duplicate.
macro_rules! reshaped {
    ($name:ident, $reshape:expr) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut fields =
                    <$crate::lenient::JsonObject as serde::Deserialize>::deserialize(deserializer)?;
                let reshape: fn(&mut $crate::lenient::JsonObject) = $reshape;
                reshape(&mut fields);
                let fields = serde_json::Value::Object(fields);
                $name::deserialize(&fields).map_err(|error| {
                    let still = |fields: &serde_json::Value| $name::deserialize(fields).err();
                    serde::de::Error::custom($crate::lenient::located(&fields, &error, still))
                })
            }
        }
    };
}

pub(crate) use reshaped;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ConnectionId, SavedModelId};

    const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

    #[test]
    fn an_absent_id_has_three_spellings() {
        for spelling in ["null", r#""""#, r#""None""#] {
            check::<ConnectionId>(spelling, Ok(None));
        }
    }

    #[test]
    fn an_object_stands_for_its_id() {
        let expected = Ok(Some(ID.parse().unwrap()));
        check::<SavedModelId>(&format!(r#"{{"modelId":"{ID}","name":"x"}}"#), expected);
        check::<SavedModelId>(&format!(r#"{{"trainedModelRepositoryId":"{ID}"}}"#), expected);
        check::<SavedModelId>(r#"{"name":"x"}"#, Err("the object has no `modelId`"));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        check::<ConnectionId>("7", Err("expected a UUID or an object with `connectionId`"));
        let nonsense = optional_id::<_, ConnectionId>(Value::from("x")).unwrap_err().to_string();
        assert!(nonsense.starts_with("`x` is no id: "), "{nonsense}");
    }

    #[test]
    fn a_list_may_mix_ids_and_objects() {
        let list = serde_json::json!([ID, {"connectionId": ID}]);
        assert_eq!(ids::<_, ConnectionId>(list).unwrap().len(), 2);
        assert!(ids::<_, ConnectionId>(serde_json::json!([null])).is_err());
        assert_eq!(changed_ids::<_, ConnectionId>(Value::Null).unwrap(), None);
    }

    #[test]
    fn an_object_may_come_as_text() {
        let expected: JsonObject = serde_json::from_str(r#"{"a":1}"#).unwrap();
        assert_eq!(optional_object(Value::from(r#"{"a":1}"#)).unwrap(), Some(expected));
        assert_eq!(optional_object(Value::from("")).unwrap(), None);
        assert!(optional_object(Value::from("[1]")).is_err());
    }

    #[track_caller]
    fn check<T: Identifies + PartialEq + std::fmt::Debug>(json: &str, expected: Result<Option<T>, &str>) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(optional_id(value).map_err(|error| error.to_string()), expected.map_err(str::to_owned));
    }
}
