//! Who asks, by what proof, and what she may do.

mod access;
mod api_token;
mod authenticate;
mod authorization;
mod authorize;
pub mod cookie;
mod guard;
mod hash;
mod jwt;
mod keys;
mod passwords;
mod signed_in;
mod throttle;
mod ticket;

pub use access::Access;
pub use api_token::new_api_token;
pub use authenticate::authenticate;
pub use authorize::{AskedTogether, Guard, authorize};
pub use guard::{Routes, small};
pub use hash::sha256;
pub use jwt::{Claims, read_access_token, write_access_token};
pub use keys::{Keys, Subkey, Versions};
pub use passwords::Passwords;
pub use signed_in::{Credential, SignedIn};
pub use throttle::Throttle;
pub use ticket::{AskedBy, Downloadable, Ticket};
