//! The way to the models that this server serves itself. Nobody can enter an address that leads there: the server knows
//! the port, and asks it for the deployment alone to which it belongs.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, PoisonError, RwLock};

use models::id::DeploymentId;
use url::{Host, Url};

use super::{HostPort, Target};

/// The models that this server serves itself. Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Served(Arc<RwLock<HashMap<DeploymentId, Listener>>>);

/// What listens on a port of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Listener {
    port: u16,
    /// Tells the socket from one that another program may open there later.
    inode: u64,
}

impl Served {
    /// Says where a deployment answers: the socket that [`listener`] tells of.
    pub fn put(&self, deployment: DeploymentId, port: u16, inode: u64) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(deployment, Listener { port, inode });
    }

    /// Says that a deployment does not answer any more.
    pub fn remove(&self, deployment: DeploymentId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&deployment);
    }

    /// Whether it is known where a deployment answers.
    #[must_use]
    pub fn has(&self, deployment: DeploymentId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(&deployment)
    }

    /// A path of what answers for a deployment; `None` where this server does not serve it, or its socket is gone.
    #[must_use]
    pub fn target(&self, deployment: DeploymentId, path: &str) -> Option<Target> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let Listener { port, inode } = all.get(&deployment).copied()?;
        drop(all);
        (listener(port) == Some(inode)).then(|| Target::on_this_machine(port, path)).flatten()
    }
}

impl Target {
    /// A path of a program on this machine.
    #[must_use]
    pub fn on_this_machine(port: u16, path: &str) -> Option<Self> {
        let url = Url::parse(&format!("http://127.0.0.1:{port}")).ok()?.join(path).ok()?;
        let place = HostPort { host: Host::Ipv4(Ipv4Addr::LOCALHOST), port };
        Some(Self { url, place, secure: false, is_allowed: true })
    }
}

/// The number of the socket that listens on a port of `127.0.0.1`; `None` where there is none. Known on Linux alone.
#[must_use]
pub fn listener(port: u16) -> Option<u64> {
    listener_in(&std::fs::read_to_string("/proc/net/tcp").ok()?, port)
}

fn listener_in(table: &str, port: u16) -> Option<u64> {
    const LISTENS: &str = "0A";
    let wanted = format!("0100007F:{port:04X}");
    table.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let is_wanted = fields.get(1) == Some(&wanted.as_str()) && fields.get(3) == Some(&LISTENS);
        if is_wanted { fields.get(9)?.parse().ok() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn a_socket_that_listens_is_found_in_the_table() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
             0: 0100007F:1F9A 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0 100 0 0 10 0\n\
             1: 0100007F:1F9B 0100007F:1F9A 01 00000000:00000000 00:00000000 00000000     0        0 4343 1 0 20 4 30 10 -1\n\
             2: 00000000:1F9C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4444 1 0 100 0 0 10 0\n";
        assert_eq!([0x1F9A, 0x1F9B, 0x1F9C].map(|port| listener_in(table, port)), [Some(4242), None, None]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_port_leads_to_the_socket_that_was_told_alone() {
        let (served, id) = (Served::default(), DeploymentId(uuid::Uuid::from_u128(1)));
        assert_eq!(served.target(id, "/invocations"), None);
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = socket.local_addr().unwrap().port();
        served.put(id, port, listener(port).unwrap());
        let target = served.target(id, "/invocations").unwrap();
        assert_eq!(target.url.as_str(), format!("http://127.0.0.1:{port}/invocations"));
        served.put(id, port, listener(port).unwrap() + 1);
        assert_eq!(served.target(id, "/invocations"), None, "another program has the port now");
        served.remove(id);
        assert!(!served.has(id));
    }
}
