//! What a model takes and gives, as its file `MLmodel` says it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::deployment::PredictionRequest;
use crate::macros::open_enum;

open_enum! {
    /// The type of what a model takes or gives, as MLflow spells it.
    SignatureType {
        /// True or false.
        Boolean = "boolean",
        /// A whole number of 32 bits.
        Integer = "integer",
        /// A whole number of 64 bits.
        Long = "long",
        /// A number of 32 bits.
        Float = "float",
        /// A number of 64 bits.
        Double = "double",
        /// A text.
        Text = "string",
        /// Bytes, in base 64.
        Binary = "binary",
        /// A moment, in ISO 8601.
        Datetime = "datetime",
        /// An object.
        Object = "object",
        /// A list.
        Array = "array",
        /// An object from names to values of one type.
        Map = "map",
        /// Anything.
        Any = "any",
        /// An array of numbers with a shape.
        Tensor = "tensor",
    }
}

/// What a model takes and gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModelSignature {
    /// Why nothing is known of what it takes; `null` when it is known.
    pub problem: Option<String>,
    /// What it takes: columns or tensors.
    pub inputs: Vec<SignatureField>,
    /// What it gives.
    pub outputs: Vec<SignatureField>,
    /// What goes along once for all rows.
    pub params: Vec<SignatureParameter>,
    /// A request that whoever logged the model gave as an example; `null` when there is none, or it is long.
    pub input_example: Option<PredictionRequest>,
}

/// A column or a tensor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignatureField {
    /// Its name; `null` where there is only one and nobody named it.
    pub name: Option<String>,
    /// Its type; `type` on the wire.
    #[serde(rename = "type")]
    pub kind: SignatureType,
    /// Whether it must be given.
    pub required: bool,
    /// The type of the numbers of a tensor, such as `float32`.
    pub dtype: Option<String>,
    /// The shape of a tensor; -1 stands for any length.
    pub shape: Vec<i64>,
}

/// What goes along with a request once for all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignatureParameter {
    /// Its name.
    pub name: String,
    /// Its type; `type` on the wire.
    #[serde(rename = "type")]
    pub kind: SignatureType,
    /// What it is where the request does not say it.
    #[serde(default)]
    pub default: Value,
    /// The shape where it is a list; -1 stands for any length.
    pub shape: Vec<i64>,
}

impl ModelSignature {
    /// Whether it takes tables: columns that all have a name.
    #[must_use]
    pub fn takes_columns(&self) -> bool {
        let is_column = |field: &SignatureField| field.name.is_some() && field.kind != SignatureType::Tensor;
        !self.inputs.is_empty() && self.inputs.iter().all(is_column)
    }
}
