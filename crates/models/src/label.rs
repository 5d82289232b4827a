//! Labels: what people sort projects and repositories by.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

use crate::id::LabelId;
use crate::lenient;
use crate::page::Listed;
use crate::text::{LabelColor, LabelName, LabelScope, LabelValue};

/// A label. With a value it is a tag in MLflow's sense, without it a plain label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Label {
    /// Identifies the label.
    pub label_id: LabelId,
    /// What the name is a choice of, such as `problem-type`.
    pub scope: String,
    /// The name, such as `Clustering`; unique in its scope together with the value.
    pub name: String,
    /// The value of a tag; `null` for a plain label.
    pub value: Option<String>,
    /// Its colour, `#rrggbb`; absent when the console is to choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Counts its changes.
    #[serde(default)]
    pub version: i64,
    /// How many projects, repositories, experiments and runs have it; only in the list of all labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<u64>,
}

impl Label {
    /// The label as it is written and compared with: `problem-type: Clustering`, with a value `weather: ERA5 = 2024`.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { scope, name, .. } = self;
        self.value
            .as_ref()
            .map_or_else(|| format!("{scope}: {name}"), |value| format!("{scope}: {name} = {value}"))
    }
}

impl Listed for Label {
    const PROPERTY: &'static str = "labels";
}

/// Makes a label. The scope `search` is refused, because `/labels/search` is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewLabel {
    /// What the name is a choice of.
    pub scope: LabelScope,
    /// The name.
    pub name: LabelName,
    /// The value of a tag; absent or `null` for a plain label.
    #[serde(default)]
    pub value: Option<LabelValue>,
    /// Its colour, `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<LabelColor>,
}

/// Changes a label wherever it is used; what is absent stays, and `null` removes where there can be nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LabelPatch {
    /// What the name is a choice of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<LabelScope>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<LabelName>,
    /// The value of a tag; `null` makes it a plain label.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub value: Option<Option<LabelValue>>,
    /// Its colour, `#rrggbb`; `null` leaves it to the console.
    #[serde(default, deserialize_with = "lenient::changed", skip_serializing_if = "Option::is_none")]
    pub color: Option<Option<LabelColor>>,
}

/// Puts one label in the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MergeLabel {
    /// The label that stays.
    pub into: LabelId,
}

/// Which labels are wanted, in the query of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase")]
pub struct LabelSearch {
    /// Only labels of this scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub scope: Option<String>,
    /// A text that the name or the value contains, whatever the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(max_length = 250))]
    pub search_string: Option<String>,
}

impl NewLabel {
    /// The scope whose list could not be read: its path is that of the search.
    pub const RESERVED_SCOPE: &'static str = "search";

    /// Why the scope cannot be used; `None` when it can.
    #[must_use]
    pub fn why_not_scope(&self) -> Option<&'static str> {
        self.scope.why_not_label()
    }
}

impl LabelScope {
    /// Why labels cannot have this scope; `None` when they can.
    #[must_use]
    pub fn why_not_label(&self) -> Option<&'static str> {
        (self.as_str() == NewLabel::RESERVED_SCOPE).then_some("choose another scope; `search` is reserved")
    }
}

/// A label as a request names it: by its id, or by scope, name and value; then it is made if there is none yet.
///
/// On the wire the id is a text. A whole [`Label`], as the 2022 interface sends it, counts by its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LabelReference {
    /// A label that exists.
    Id(LabelId),
    /// The label that reads so.
    Named(NewLabel),
}

impl LabelReference {
    /// How many labels an object may have.
    pub const MAX_PER_OBJECT: usize = 100;

    /// A label in the query of a URL: its id, `scope:name`, or as JSON, as the 2022 interface sends it.
    ///
    /// # Errors
    /// What to write instead.
    pub fn in_query(text: &str) -> Result<Self, String> {
        let named = |(scope, name): (&str, &str)| serde_json::json!({"scope": scope, "name": name});
        let value = if text.starts_with('{') {
            serde_json::from_str(text).map_err(|error| error.to_string())?
        } else if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        } else {
            text.split_once(':').map(named).ok_or("use a label's UUID, or `scope:name`")?
        };
        Self::deserialize(&value).map_err(|error| error.to_string())
    }
}

impl Serialize for LabelReference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => id.serialize(serializer),
            Self::Named(label) => label.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for LabelReference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let id = if value.is_object() { value.get("labelId") } else { Some(&value) };
        match id.filter(|id| !id.is_null()) {
            Some(id) => LabelId::deserialize(id).map(Self::Id),
            None => NewLabel::deserialize(value).map(Self::Named),
        }
        .map_err(|error| {
            D::Error::custom(format!("expected a label's UUID, or its `scope` and `name`: {error}"))
        })
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for LabelReference {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{OneOfBuilder, Ref};
        OneOfBuilder::new()
            .item(<LabelId as utoipa::PartialSchema>::schema())
            .item(Ref::from_schema_name("NewLabel"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for LabelReference {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        schemas.push(("NewLabel".to_owned(), <NewLabel as utoipa::PartialSchema>::schema()));
        <NewLabel as utoipa::ToSchema>::schemas(schemas);
    }
}

/// Reads the labels of a request: at most 100; `null` is none.
///
/// # Errors
/// When there are more, or one is not readable.
pub fn references<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LabelReference>, D::Error> {
    changed_references(deserializer).map(Option::unwrap_or_default)
}

/// Reads the labels of a patch: absent and `null` leave them as they are.
///
/// # Errors
/// As for [`references`].
pub fn changed_references<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<LabelReference>>, D::Error> {
    let labels = Option::<Vec<LabelReference>>::deserialize(deserializer)?;
    match labels {
        Some(labels) if labels.len() > LabelReference::MAX_PER_OBJECT => Err(D::Error::custom(format!(
            "use at most {} labels; there are {}",
            LabelReference::MAX_PER_OBJECT,
            labels.len()
        ))),
        labels => Ok(labels),
    }
}
