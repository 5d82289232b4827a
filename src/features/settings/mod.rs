//! What a person sets for herself: who she is, how she signs in, her tokens, her connections, how she pays, what she sees.

mod appearance;
mod conflict;
mod connections;
mod discard;
mod me;
mod page;
mod payment;
mod payment_draft;
mod profile;
mod security;
mod tokens;

pub(crate) use page::Settings;
