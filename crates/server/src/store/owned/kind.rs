//! What differs between the kinds.

use models::id::{ProjectId, UserId};
use models::query::Attribute;
use models::usage::UsageSummary;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;
use std::hash::Hash;

use crate::store::{Column, Connection, Row, StoreError, Value};

/// An id that is stored and sent.
pub trait Identity:
    Copy + Eq + Hash + Send + Sync + Into<Value> + Column + Serialize + DeserializeOwned + 'static
{
}

impl<T> Identity for T where
    T: Copy + Eq + Hash + Send + Sync + Into<Value> + Column + Serialize + DeserializeOwned + 'static
{
}

/// A kind of thing that a project owns.
pub trait Owned: Sized + Send + Sync + 'static {
    /// Its id.
    type Id: Identity;
    /// Asks for a new one.
    type New: Send + Sync + 'static;
    /// Changes one.
    type Patch: Send + Sync + 'static;

    /// The table; it has the columns `project_id`, `name`, `updated_at` and `version`.
    const TABLE: &'static str;
    /// The column of the id.
    const ID: &'static str;
    /// The columns that a search looks through.
    const SEARCHED: &'static [&'static str];
    /// The order of lists.
    const ORDER: &'static str = "name";
    /// The attribute in which runs name it, if they do.
    const RUNS: Option<Attribute> = None;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// Counts its changes.
    fn version(&self) -> i64;

    /// Adds one to a project.
    fn insert(
        connection: &mut Connection,
        project: ProjectId,
        by: Option<UserId>,
        new: &Self::New,
    ) -> impl Future<Output = Result<Self::Id, StoreError>> + Send;

    /// Changes one that is of the version of `self`; gives how many were.
    fn update(
        &self,
        connection: &mut Connection,
        project: ProjectId,
        patch: &Self::Patch,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Reads rows of the table.
    fn read_all(
        connection: &mut Connection,
        rows: &[Row],
    ) -> impl Future<Output = Result<Vec<Self>, StoreError>> + Send;

    /// Adds what only a single one shows.
    fn complete(
        &mut self,
        _connection: &mut Connection,
    ) -> impl Future<Output = Result<(), StoreError>> + Send {
        async { Ok(()) }
    }

    /// Notes the runs that used it, where [`Owned::RUNS`] says how they name it.
    fn set_runs(&mut self, _runs: UsageSummary) {}
}
