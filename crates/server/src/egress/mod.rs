//! Requests to other servers: one way out, which leads nowhere inside.
//!
//! The address is resolved once, each result must be one of the public internet, and the connection goes to that very
//! address. Redirects are not followed, and no proxy is asked. What the operator allows by host and port is exempt.

mod address;
mod fetch;
mod filter;
mod guard;
mod host_port;
mod served;
mod target;
mod tls;

pub use address::is_global;
pub use fetch::{Limits, Outbound, Reply};
pub use guard::Egress;
pub use host_port::HostPort;
pub use served::{Served, listener};
pub use target::{EgressError, Target};
