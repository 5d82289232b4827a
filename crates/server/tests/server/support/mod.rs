//! What the tests share: empty databases, a server over them, people who use it, and their requests.

mod answer;
mod app;
mod call;
pub(crate) mod connection;
mod database;
pub(crate) mod executing;
pub(crate) mod git_host;
mod person;
pub(crate) mod serving;
mod upstream;

pub(crate) use answer::Answer;
pub(crate) use app::{TestApp, on_each_app};
pub(crate) use call::Call;
pub(crate) use database::{on_each_database, on_two_servers};
pub(crate) use person::{PASSWORD, Person};
pub(crate) use upstream::Upstream;
