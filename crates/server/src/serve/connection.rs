//! Serves one connection.

use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::http::{NetworkPeer, SteadyBody};

/// How long a new connection may stay silent. The timer for headers starts only with their first byte.
const FIRST_BYTE: Duration = Duration::from_secs(5);
/// How long a request's headers may take, and a connection be idle between two requests.
const HEADERS: Duration = Duration::from_secs(10);
const HEADER_BYTES: usize = 16 * 1024;
const MAX_HEADERS: usize = 100;

pub(super) async fn serve(stream: TcpStream, peer: IpAddr, router: Router, shutdown: CancellationToken) {
    if !has_spoken(&stream, &shutdown).await {
        return;
    }
    // Small answers go out at once. A connection that refuses this is served all the same.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(|body| Body::new(SteadyBody::new(body)));
        request.extensions_mut().insert(NetworkPeer(peer));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADERS);
    builder.max_buf_size(HEADER_BYTES).max_headers(MAX_HEADERS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Whether the client says something in time.
async fn has_spoken(stream: &TcpStream, shutdown: &CancellationToken) -> bool {
    let mut byte = [0];
    tokio::select! {
        spoken = tokio::time::timeout(FIRST_BYTE, stream.peek(&mut byte)) => matches!(spoken, Ok(Ok(1))),
        () = shutdown.cancelled() => false,
    }
}
