//! Values on their way into a statement.

use uuid::Uuid;

/// A value of a statement. The kind is known even of a missing value, because PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Uuid(Option<Uuid>),
    Text(Option<String>),
    Integer(Option<i64>),
    Real(Option<f64>),
    Boolean(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($variant:ident($type:ty)),+) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value)
            }
        }
    )+};
}

from!(Uuid(Uuid), Text(String), Integer(i64), Real(f64), Boolean(bool), Bytes(Vec<u8>));

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<models::time::UnixMillis> for Value {
    fn from(time: models::time::UnixMillis) -> Self {
        Self::Integer(Some(time.0))
    }
}

impl From<Option<models::time::UnixMillis>> for Value {
    fn from(time: Option<models::time::UnixMillis>) -> Self {
        Self::Integer(time.map(|time| time.0))
    }
}

macro_rules! from_ids {
    ($($type:ident),+ $(,)?) => {$(
        impl From<models::id::$type> for Value {
            fn from(id: models::id::$type) -> Self {
                Self::Uuid(Some(id.0))
            }
        }
        impl From<Option<models::id::$type>> for Value {
            fn from(id: Option<models::id::$type>) -> Self {
                Self::Uuid(id.map(|id| id.0))
            }
        }
    )+};
}

from_ids!(
    PredictionId,
    RunViewId,
    RunTemplateId,
    ScheduleId,
    UserId,
    UserGroupId,
    OrganizationId,
    ProjectId,
    CodeRepositoryId,
    DataRepositoryId,
    ExperimentRepositoryId,
    ModelRepositoryId,
    SavedModelId,
    DeploymentId,
    RunId,
    LabelId,
    ConnectionId,
    PaymentInfoId,
    ApiTokenId,
    SessionId,
    InvitationId,
    AuditEventId,
);
