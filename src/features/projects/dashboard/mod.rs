//! A project's dashboard: what is going on, what it is about, who and what belongs to it.

mod activity;
mod belongings;
mod edit;
mod members;
mod menu;
mod page;

pub(crate) use page::ProjectDashboard;
