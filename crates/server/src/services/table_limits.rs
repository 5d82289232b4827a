//! How much may be asked of the table of runs at once.

use models::page::PageQuery;
use models::query::RunQuery;
use models::run_table::{ColumnContentsRequest, GroupPageRequest, RunPageRequest};

use crate::store::StoreError;

/// The request, when its numbers are within their limits.
///
/// # Errors
/// [`StoreError::Invalid`] names what is too much.
pub fn checked_runs(request: &RunPageRequest) -> Result<&RunPageRequest, StoreError> {
    check(&request.query, request.within.len(), request.offset, request.limit)?;
    Ok(request)
}

/// The request, when its numbers are within their limits.
///
/// # Errors
/// [`StoreError::Invalid`] names what is too much.
pub fn checked_groups(request: &GroupPageRequest) -> Result<&GroupPageRequest, StoreError> {
    check(&request.query, request.within.len(), request.offset, request.limit)?;
    Ok(request)
}

/// The request, when it is within its limits.
///
/// # Errors
/// [`StoreError::Invalid`] names what is too much.
pub fn checked_contents(request: &ColumnContentsRequest) -> Result<&ColumnContentsRequest, StoreError> {
    check(&request.query, 0, 0, 1)?;
    Ok(request)
}

fn check(query: &RunQuery, n_within: usize, offset: u64, limit: u64) -> Result<(), StoreError> {
    let invalid = |field, message| Err(StoreError::Invalid { field, message });
    if let Some((name, reason)) = query.why_not() {
        let field = match name {
            "groupBy" => "query.groupBy",
            "sort" => "query.sort",
            _ => "query.columns",
        };
        return invalid(field, reason);
    }
    if n_within > RunQuery::MAX_GROUPS {
        return invalid("within", format!("name at most {} groups", RunQuery::MAX_GROUPS));
    }
    match (PageQuery { startindex: offset, pagelength: limit }).why_not() {
        Some(("startindex", reason)) => invalid("offset", reason),
        Some((_, reason)) => invalid("limit", reason),
        None => Ok(()),
    }
}
