//! Whether what serves a model answers, and where.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use hyper::{HeaderMap, Method};
use models::id::DeploymentId;

use crate::AppState;
use crate::egress::{Limits, Outbound, Target, listener};
use crate::jobs::local::{MODEL_MARK, holds_socket};

/// How long an answer may take.
const PATIENCE: Limits = Limits { total: Duration::from_secs(5), body: 0 };

/// A port of this machine that nobody has just now. Should somebody take it before, what serves the model ends, and is
/// started again with another one.
pub(super) fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Whether MLflow's `/ping` says on this port that all is well.
pub(super) async fn answers(state: &AppState, port: u16) -> bool {
    let Some(target) = Target::on_this_machine(port, "/ping") else { return false };
    let outbound =
        Outbound { method: Method::GET, target, headers: HeaderMap::new(), body: bytes::Bytes::new() };
    let reply = state.egress().fetch(outbound, PATIENCE).await;
    reply.is_ok_and(|reply| reply.status.is_success())
}

/// The socket on a port, if a process of the deployment has it: another program may have been faster.
pub(super) async fn own_socket(id: DeploymentId, port: u16) -> Option<u64> {
    let look = move || listener(port).filter(|inode| holds_socket(&format!("{MODEL_MARK}={id}"), *inode));
    tokio::task::spawn_blocking(look).await.ok().flatten()
}
