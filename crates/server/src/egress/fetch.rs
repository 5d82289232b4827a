//! A request to another server, and its answer.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue, LOCATION};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use url::Position;

use super::guard::{connect, unhurried};
use super::{Egress, EgressError, Target, filter, tls};

/// How many bytes the headers of an answer may have.
const MAX_HEADERS: usize = 16 * 1024;

/// How long an answer may take and how large it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For everything, from resolving the name to the last byte.
    pub total: Duration,
    /// For the body, in bytes; 0 where it is not read at all.
    pub body: usize,
}

/// A request to be sent. Of the caller's own headers none goes along.
#[derive(Debug, Clone)]
pub struct Outbound {
    /// The method.
    pub method: Method,
    /// Where it goes.
    pub target: Target,
    /// All its headers but `Host`.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// What the other server answered; a redirection is an answer like others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// Length and kind of the body.
    pub headers: HeaderMap,
    /// Where something was made, as `201 Created` says. Nobody goes there by himself, and it is passed on to nobody.
    pub created: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl Egress {
    /// Sends a request over a new connection, and reads the answer.
    ///
    /// # Errors
    /// [`EgressError::Failed`], whatever failed.
    pub async fn fetch(&self, outbound: Outbound, limits: Limits) -> Result<Reply, EgressError> {
        let result = tokio::time::timeout(limits.total, self.exchange(outbound, limits.body)).await;
        unhurried(result.unwrap_or(Err(EgressError::Failed))).await
    }

    async fn exchange(&self, outbound: Outbound, limit: usize) -> Result<Reply, EgressError> {
        let target = &outbound.target;
        let stream = connect(&target.place, target.is_allowed).await?;
        if target.secure {
            let stream = tls::secured(self.connector.as_ref(), &target.place.host, stream).await?;
            send(stream, outbound, limit).await
        } else {
            send(stream, outbound, limit).await
        }
    }
}

async fn send(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    outbound: Outbound,
    limit: usize,
) -> Result<Reply, EgressError> {
    let mut builder = http1::Builder::new();
    builder.max_headers(100).max_buf_size(MAX_HEADERS);
    let handshake = builder.handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|_| EgressError::Failed)?;
    // Ends with this function, also when that is broken off.
    let mut tasks = JoinSet::new();
    tasks.spawn(connection);
    let request = request(outbound).ok_or(EgressError::Failed)?;
    read(sender.send_request(request).await.map_err(|_| EgressError::Failed)?, limit).await
}

fn request(outbound: Outbound) -> Option<Request<Full<Bytes>>> {
    let url = &outbound.target.url;
    let host = HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort]).ok()?;
    let mut request = Request::new(Full::new(outbound.body));
    *request.method_mut() = outbound.method;
    *request.uri_mut() = url[Position::BeforePath..Position::AfterQuery].parse().ok()?;
    *request.headers_mut() = outbound.headers;
    request.headers_mut().insert(HOST, host);
    Some(request)
}

async fn read(response: Response<Incoming>, limit: usize) -> Result<Reply, EgressError> {
    let (parts, body) = response.into_parts();
    let body = match limit {
        0 => Bytes::new(),
        _ => Limited::new(body, limit).collect().await.map_err(|_| EgressError::Failed)?.to_bytes(),
    };
    let made = parts.headers.get(LOCATION).filter(|_| parts.status == StatusCode::CREATED);
    let created = made.and_then(|place| place.to_str().ok()).map(str::to_owned);
    Ok(Reply { status: parts.status, headers: filter::kept(&parts.headers), created, body })
}
