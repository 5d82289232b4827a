//! Where something comes from and what was made of it: the way from code and data to deployments and back.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

use crate::time::UnixMillis;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $text:literal),+ $(,)?) => {
        /// The kinds of things that come from each other, sources before what is made of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "camelCase")]
        pub enum LineageKind {
            $($(#[$doc])* $kind),+
        }

        impl LineageKind {
            /// All kinds: what is made of something comes after it.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The spelling on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $text),+
                }
            }
        }
    };
}

kinds! {
    /// A code repository.
    Code = "code",
    /// A data repository.
    Data = "data",
    /// An experiment.
    Experiment = "experiment",
    /// The definition of a model.
    Model = "model",
    /// A run.
    Run = "run",
    /// A saved model.
    SavedModel = "savedModel",
    /// A deployment.
    Deployment = "deployment",
}

/// Names a thing by its kind and id; `run:0190a5b2-…` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LineageReference {
    /// The kind.
    pub kind: LineageKind,
    /// The id.
    pub id: Uuid,
}

impl fmt::Display for LineageReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind.as_str(), self.id)
    }
}

impl FromStr for LineageReference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once(':').and_then(|(kind, id)| {
            let kind = LineageKind::ALL.iter().find(|known| known.as_str() == kind)?;
            Some(Self { kind: *kind, id: id.parse().ok()? })
        });
        parts.ok_or_else(|| {
            let kinds: Vec<_> = LineageKind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("use `<kind>:<id>`, where the kind is one of {}", kinds.join(", "))
        })
    }
}

impl TryFrom<String> for LineageReference {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<LineageReference> for String {
    fn from(reference: LineageReference) -> Self {
        reference.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for LineageReference {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .examples(["run:0190a5b2-c3d4-4e5f-8a9b-cdef01234567"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for LineageReference {}

/// A thing, what it comes from, and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Lineage {
    /// The thing that was asked for; to walk on, ask for another node.
    pub of: LineageReference,
    /// The thing, all that it comes from and all that was made of it; sources come first, the newest of a kind first.
    pub nodes: Vec<LineageNode>,
    /// What was made of what; both ends are among the nodes.
    pub edges: Vec<LineageEdge>,
    /// Whether older things were left out, because there are more than 500.
    pub truncated: bool,
}

impl Lineage {
    /// How many nodes there are at most.
    pub const MAX_NODES: usize = 500;
}

/// A thing in a lineage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LineageNode {
    /// Names it.
    pub node: LineageReference,
    /// Its kind, once more for those who do not take `node` apart.
    pub kind: LineageKind,
    /// What it is called.
    pub name: String,
    /// Its address or its commit, where it has one.
    pub detail: Option<String>,
    /// The state of a run, a saved model or a deployment.
    pub status: Option<String>,
    /// When it was made; when a run began.
    pub at: UnixMillis,
}

/// That one thing was made of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LineageEdge {
    /// The source.
    pub from: LineageReference,
    /// What was made of it.
    pub to: LineageReference,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_kind_and_id() {
        let text = "savedModel:0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
        assert_eq!(text.parse::<LineageReference>().unwrap().to_string(), text);
        for wrong in ["", "run", "run:7", "model", "runs:0190a5b2-c3d4-4e5f-8a9b-cdef01234567"] {
            assert!(wrong.parse::<LineageReference>().unwrap_err().contains("savedModel"), "{wrong}");
        }
    }
}
