//! Metric values and their histories.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::time::UnixMillis;

/// A double that survives JSON: NaN and the infinities travel as `"NaN"`, `"Infinity"` and `"-Infinity"`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct MetricValue(pub f64);

impl Serialize for MetricValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() {
            serializer.serialize_f64(self.0)
        } else if self.0.is_nan() {
            serializer.serialize_str("NaN")
        } else if self.0 > 0.0 {
            serializer.serialize_str("Infinity")
        } else {
            serializer.serialize_str("-Infinity")
        }
    }
}

impl<'de> Deserialize<'de> for MetricValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Spelling {
            Number(f64),
            Text(String),
        }
        match Spelling::deserialize(deserializer)? {
            Spelling::Number(number) => Ok(Self(number)),
            Spelling::Text(text) => match text.as_str() {
                "NaN" | "nan" => Ok(Self(f64::NAN)),
                "Infinity" | "inf" => Ok(Self(f64::INFINITY)),
                "-Infinity" | "-inf" => Ok(Self(f64::NEG_INFINITY)),
                other => other.parse().map(Self).map_err(|_| {
                    D::Error::custom(format!(
                        "`{other}` is no number; use a number, NaN, Infinity or -Infinity"
                    ))
                }),
            },
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for MetricValue {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{ObjectBuilder, OneOfBuilder, Type};
        let names = ["NaN", "Infinity", "-Infinity"];
        OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::Number))
            .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for MetricValue {}

/// The latest value of a metric of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Metric {
    /// The metric's name, 1 to 250 characters.
    pub key: String,
    /// The value that was logged last.
    pub value: MetricValue,
    /// The step it was logged at.
    pub step: i64,
    /// When it was logged.
    pub timestamp: UnixMillis,
}

/// Which histories are wanted, and how fine.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HistoryRequest {
    /// The metrics' names, at most 100; each counts once.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub keys: Vec<String>,
    /// How many points of each metric to give at most, 2 to 5000: about as many as the chart has pixels.
    #[cfg_attr(feature = "openapi", schema(minimum = 2, maximum = 5000))]
    pub points: u32,
    /// The steps that are of interest, both ends included; all when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<(i64, i64)>,
}

impl HistoryRequest {
    /// How many histories may be asked for at once.
    pub const MAX_KEYS: usize = 100;
    /// The finest that may be asked for.
    pub const MAX_POINTS: u32 = 5000;
    /// How many points all histories together may have.
    pub const MAX_TOTAL: u64 = 200_000;
    /// How many histories of all runs together may be asked for.
    pub const MAX_HISTORIES: usize = 1000;

    /// Why it is too much, with the name of the property; `None` when it is not.
    #[must_use]
    pub fn why_not(&self) -> Option<(&'static str, String)> {
        Self::why_not_of_runs(&self.keys, self.points, 1)
    }

    /// Why it is too much to ask for these metrics of so many runs, with the name of the property; `None` when it is not.
    #[must_use]
    pub(crate) fn why_not_of_runs(
        keys: &[String],
        points: u32,
        n_runs: usize,
    ) -> Option<(&'static str, String)> {
        let n_histories = keys.len().saturating_mul(n_runs);
        if keys.len() > Self::MAX_KEYS {
            return Some(("keys", format!("name at most {} metrics", Self::MAX_KEYS)));
        }
        if n_histories > Self::MAX_HISTORIES {
            let most = Self::MAX_HISTORIES;
            return Some(("keys", format!("ask for at most {most} metrics of all runs together")));
        }
        if !(2..=Self::MAX_POINTS).contains(&points) {
            return Some(("points", format!("use a number from 2 to {}", Self::MAX_POINTS)));
        }
        (n_histories as u64 * u64::from(points) > Self::MAX_TOTAL).then(|| {
            let most = Self::MAX_TOTAL;
            ("points", format!("ask for at most {most} points of all metrics and runs together"))
        })
    }
}

/// The history of one metric, thinned out so that no extreme is lost.
///
/// Steps are cut into as many buckets as points were asked for; each bucket with values gives one entry in each
/// column. Where there are fewer values than that, each value is its own bucket and low, high and last agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MetricHistory {
    /// The metric's name.
    pub key: String,
    /// How many values were logged within the asked steps.
    pub n_values: u64,
    /// How many of them are NaN or infinite; they are in no bucket.
    pub n_not_finite: u64,
    /// The step of each bucket's last value, ascending.
    pub steps: Vec<i64>,
    /// When each bucket's last value was logged.
    pub timestamps: Vec<UnixMillis>,
    /// The least value of each bucket, rounded down to seven significant digits where it is not the greatest too.
    pub low: Vec<f64>,
    /// The greatest value of each bucket, rounded up to seven significant digits where it is not the least too.
    pub high: Vec<f64>,
    /// The last value of each bucket.
    pub last: Vec<f64>,
    /// The entries, by their place, right before which there is nothing but values that are not finite, so that no line
    /// may lead to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<u32>,
}
