//! Password, sessions, and what was done with the secrets.

mod audit;
mod audit_words;
mod device;
mod page;
mod password;
mod sessions;

pub(super) use page::Security;
