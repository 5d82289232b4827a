//! Lists in pages: how one is asked for, and how it answers.

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, marker::PhantomData};

/// Which part of a list is asked for, in the query of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct PageQuery {
    /// How many records to pass over: a record offset, not a page number.
    #[serde(default, alias = "startIndex")]
    #[cfg_attr(feature = "openapi", param(minimum = 0, maximum = 1_000_000_000))]
    pub startindex: u64,
    /// How many records to give at most, 1 to 200.
    #[serde(default = "PageQuery::default_length", alias = "pageLength")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub pagelength: u64,
}

impl PageQuery {
    /// The longest page.
    pub const MAX_LENGTH: u64 = 200;
    /// The farthest offset.
    pub const MAX_START: u64 = 1_000_000_000;

    /// The page of this number, counted from 0, of pages of this length; the farthest one there can be for more.
    #[must_use]
    pub fn nth(number: u64, length: u64) -> Self {
        Self { startindex: number.saturating_mul(length).min(Self::MAX_START), pagelength: length }
    }

    fn default_length() -> u64 {
        50
    }

    /// Why these numbers cannot be used, with the name of the parameter; `None` when they can.
    #[must_use]
    pub fn why_not(self) -> Option<(&'static str, String)> {
        if !(1..=Self::MAX_LENGTH).contains(&self.pagelength) {
            return Some(("pagelength", format!("use a number from 1 to {}", Self::MAX_LENGTH)));
        }
        (self.startindex > Self::MAX_START)
            .then(|| ("startindex", format!("use a number from 0 to {}", Self::MAX_START)))
    }
}

impl Default for PageQuery {
    /// The first fifty records.
    fn default() -> Self {
        Self { startindex: 0, pagelength: Self::default_length() }
    }
}

/// What a list of something is called on the wire.
pub trait Listed {
    /// The name of the property that holds the items, such as `projects`.
    const PROPERTY: &'static str;
}

/// One page of a list, and how many records match in all.
///
/// On the wire the items stand under [`Listed::PROPERTY`], and the total under `totalRecords` as well as under
/// `totalrecords`, the spelling of the 2022 interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// How many records match, on all pages together.
    pub total_records: u64,
    /// The records of this page, in order.
    pub items: Vec<T>,
}

impl<T> Page<T> {
    /// Turns each item into another.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page { total_records: self.total_records, items: self.items.into_iter().map(convert).collect() }
    }
}

impl<T: Serialize + Listed> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("totalRecords", &self.total_records)?;
        map.serialize_entry("totalrecords", &self.total_records)?;
        map.serialize_entry(T::PROPERTY, &self.items)?;
        map.end()
    }
}

impl<'de, T: Deserialize<'de> + Listed> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PageVisitor(PhantomData))
    }
}

struct PageVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Listed> Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object with `totalRecords` and `{}`", T::PROPERTY)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page<T>, A::Error> {
        let (mut total, mut items) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            if key == "totalRecords" || key == "totalrecords" {
                total = Some(map.next_value()?);
            } else if key == T::PROPERTY {
                items = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Page {
            total_records: total.ok_or_else(|| A::Error::missing_field("totalRecords"))?,
            items: items.ok_or_else(|| A::Error::missing_field(T::PROPERTY))?,
        })
    }
}

#[cfg(feature = "openapi")]
impl<T: Listed + utoipa::ToSchema> utoipa::__dev::ComposeSchema for Page<T> {
    fn compose(
        _: Vec<utoipa::openapi::RefOr<utoipa::openapi::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Ref, Type};
        let total = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        ObjectBuilder::new()
            .property("totalRecords", total())
            .required("totalRecords")
            .property("totalrecords", total())
            .required("totalrecords")
            .property(T::PROPERTY, ArrayBuilder::new().items(Ref::from_schema_name(T::name())))
            .required(T::PROPERTY)
            .into()
    }
}

#[cfg(feature = "openapi")]
impl<T: Listed + utoipa::ToSchema> utoipa::ToSchema for Page<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        // The document adds the name of the items.
        "Page".into()
    }

    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        schemas.push((T::name().into_owned(), <T as utoipa::PartialSchema>::schema()));
        T::schemas(schemas);
    }
}
