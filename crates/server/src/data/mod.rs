//! The folder in which the server keeps what is not in the database.

mod folder;
mod key;
mod lock;
mod open;

pub use key::{add_key, delete_older_keys};
pub use lock::{Held, Lock};
pub use open::{Opened, open};
