//! What the tests share: empty databases, a server over them, people who use it, and their requests.

mod answer;
mod app;
mod call;
pub(crate) mod connection;
mod database;
mod deployed;
pub(crate) mod executing;
pub(crate) mod git_host;
mod person;
pub(crate) mod unicore_answers;
pub(crate) mod unicore_site;
mod upstream;
pub(crate) mod wheel;

pub(crate) use answer::Answer;
pub(crate) use app::{TestApp, on_each_app};
pub(crate) use call::Call;
pub(crate) use database::{on_each_database, on_two_servers};
pub(crate) use deployed::Deployed;
pub(crate) use person::{PASSWORD, Person};
pub(crate) use unicore_site::UnicoreSite;
pub(crate) use upstream::Upstream;
