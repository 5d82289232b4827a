//! A site of UNICORE, asked in the name of somebody.

use std::time::Duration;

use bytes::Bytes;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RANGE, USER_AGENT};
use hyper::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::answer::last_id;
use super::{Job, SiteError};
use crate::egress::{Egress, Limits, Outbound, Reply};

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
/// How long a question may take, and how many bytes its answer may have.
const QUESTION: Limits = Limits { total: Duration::from_secs(20), body: 1024 * 1024 };
/// How long sending a file may take.
const UPLOAD: Limits = Limits { total: Duration::from_secs(600), body: 1024 * 1024 };
/// How long a part of a file may take. A site that does not know of parts sends it whole.
const DOWNLOAD: Limits = Limits { total: Duration::from_secs(60), body: 16 * 1024 * 1024 };

/// A site of UNICORE, asked in the name of somebody.
#[derive(Debug, Clone)]
pub struct Site {
    egress: Egress,
    base: Url,
    authorization: HeaderValue,
}

impl Site {
    /// The site whose REST API has this address, such as `https://…/JUWELS/rest/core`.
    ///
    /// # Errors
    /// Why it is not asked.
    pub fn new(egress: Egress, address: &str, authorization: HeaderValue) -> Result<Self, String> {
        let target = egress.target(address).map_err(|error| error.to_string())?;
        if !target.secure && !target.is_allowed {
            return Err("use https://; secrets are not sent where others can read along".to_owned());
        }
        let mut base = target.url;
        base.set_query(None);
        base.set_fragment(None);
        Ok(Self { egress, base, authorization })
    }

    /// Its host, for people.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    /// As whom it sees the caller.
    ///
    /// # Errors
    /// [`SiteError::Denied`] also where it answers whom it does not know; [`SiteError`]
    pub async fn check_role(&self) -> Result<(), SiteError> {
        let core = self.read(&[], &[]).await?;
        match core.pointer("/client/role/selected").and_then(Value::as_str) {
            Some("anonymous") => Err(SiteError::Denied),
            Some(_) => Ok(()),
            None => Err(SiteError::Odd),
        }
    }

    /// Makes a job that waits to be started; gives its id.
    ///
    /// # Errors
    /// [`SiteError`]; whether it was made all the same is known by its tag.
    pub async fn create(&self, description: &Value) -> Result<String, SiteError> {
        let body = description.to_string().into();
        let reply = self.send(Method::POST, &["jobs"], &[], (JSON, body), QUESTION).await?;
        reply.created.as_deref().and_then(last_id).ok_or(SiteError::Odd)
    }

    /// The jobs that have this tag.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn tagged(&self, tag: &str) -> Result<Vec<String>, SiteError> {
        let answer = self.read(&["jobs"], &[("tags", tag)]).await?;
        let jobs = answer.get("jobs").and_then(Value::as_array).ok_or(SiteError::Odd)?;
        Ok(jobs.iter().filter_map(Value::as_str).filter_map(last_id).collect())
    }

    /// What it tells of a job.
    ///
    /// # Errors
    /// [`SiteError::Missing`] when it knows no such job; [`SiteError`]
    pub async fn job(&self, id: &str) -> Result<Job, SiteError> {
        Job::read(&self.read(&["jobs", id], &[]).await?).ok_or(SiteError::Odd)
    }

    /// Starts a job.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn start(&self, id: &str) -> Result<(), SiteError> {
        self.act(id, "start").await
    }

    /// Has a job end.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn abort(&self, id: &str) -> Result<(), SiteError> {
        self.act(id, "abort").await
    }

    async fn act(&self, id: &str, action: &str) -> Result<(), SiteError> {
        let body = (JSON, json!({}).to_string().into());
        self.send(Method::POST, &["jobs", id, "actions", action], &[], body, QUESTION).await.map(drop)
    }

    /// Deletes a job with its folder.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn delete(&self, id: &str) -> Result<(), SiteError> {
        self.send(Method::DELETE, &["jobs", id], &[], (JSON, Bytes::new()), QUESTION).await.map(drop)
    }

    /// Writes a file into a storage.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn write(&self, storage: &str, name: &str, bytes: Bytes) -> Result<(), SiteError> {
        let path = ["storages", storage, "files", name];
        self.send(Method::PUT, &path, &[], (BYTES, bytes), UPLOAD).await.map(drop)
    }

    /// How many bytes a file in a storage has; `None` where there is none.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn size(&self, storage: &str, name: &str) -> Result<Option<u64>, SiteError> {
        match self.read(&["storages", storage, "files", name], &[]).await {
            Ok(file) => file.get("size").and_then(Value::as_u64).map(Some).ok_or(SiteError::Odd),
            Err(SiteError::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A part of a file in a storage: `most` bytes from `offset` on, or fewer.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn part(
        &self,
        storage: &str,
        name: &str,
        offset: u64,
        most: usize,
    ) -> Result<Bytes, SiteError> {
        let path = ["storages", storage, "files", name];
        let mut outbound = self.outbound(Method::GET, &path, &[], BYTES)?;
        let last = offset.saturating_add(most as u64).saturating_sub(1);
        let range = HeaderValue::from_str(&format!("bytes={offset}-{last}")).map_err(|_| SiteError::Odd)?;
        outbound.headers.insert(RANGE, range);
        let reply = self.fetch(outbound, DOWNLOAD).await?;
        let skipped = match reply.status {
            StatusCode::PARTIAL_CONTENT => 0,
            _ => usize::try_from(offset).unwrap_or(usize::MAX).min(reply.body.len()),
        };
        let bytes = reply.body.slice(skipped..);
        Ok(bytes.slice(..bytes.len().min(most)))
    }

    pub(super) async fn read(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Value, SiteError> {
        let outbound = self.outbound(Method::GET, path, query, JSON)?;
        let reply = self.fetch(outbound, QUESTION).await?;
        serde_json::from_slice(&reply.body).map_err(|_| SiteError::Odd)
    }

    async fn send(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        (kind, body): (&'static str, Bytes),
        limits: Limits,
    ) -> Result<Reply, SiteError> {
        let mut outbound = self.outbound(method, path, query, JSON)?;
        outbound.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        outbound.body = body;
        self.fetch(outbound, limits).await
    }

    fn outbound(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        wanted: &'static str,
    ) -> Result<Outbound, SiteError> {
        let mut url = self.base.clone();
        url.path_segments_mut().map_err(|()| SiteError::Odd)?.pop_if_empty().extend(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let target = self.egress.target(url.as_str()).map_err(|_| SiteError::Odd)?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static("mantik"));
        headers.insert(ACCEPT, HeaderValue::from_static(wanted));
        headers.insert(AUTHORIZATION, self.authorization.clone());
        Ok(Outbound { method, target, headers, body: Bytes::new() })
    }

    async fn fetch(&self, outbound: Outbound, limits: Limits) -> Result<Reply, SiteError> {
        let reply = self.egress.fetch(outbound, limits).await.map_err(|_| SiteError::Unanswered)?;
        if reply.status.is_success() { Ok(reply) } else { Err(SiteError::of(&reply)) }
    }
}
