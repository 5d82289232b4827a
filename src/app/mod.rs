//! The app: what all pages share, and which page is shown when.

mod account;
mod breadcrumb;
mod confirm;
mod frame;
mod guard;
mod heading;
mod invitations;
mod keys;
mod later;
mod navigation;
mod not_found;
mod pages;
mod palette;
mod parts;
mod parts_pages;
mod root;
mod sign_in_again;

pub use root::App;
