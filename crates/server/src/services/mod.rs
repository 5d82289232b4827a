//! Rules that need more than one call of the store.

mod access_token;
mod artifact_paths;
mod client_tokens;
mod connection_test;
mod connections;
mod listen;
pub mod own_connection;
mod people;
mod prediction;
mod project_page;
mod rewrap;
mod run_names;
mod search;
mod sessions;
mod settings;
mod setup;
mod sign_in;
mod table_limits;

pub use access_token::{CarriesAccessToken, adopt_access_token};
pub use artifact_paths::{artifact_path, listing};
pub use client_tokens::{create_token_pair, refresh_access_token};
pub use connection_test::test_connection;
pub use connections::{change_connection, connection_with_secrets, create_connection};
pub use listen::{Listener, Message, listen};
pub use people::{change_password, change_user, create_user, end, replace_password_by_link};
pub use prediction::predict;
pub use project_page::project_page;
pub use rewrap::{Rewrapped, rewrap_all};
pub use run_names::unique_run_name;
pub use search::search;
pub use sessions::{Opened, open_session, open_session_by_link};
pub use settings::change_settings;
pub use setup::{create_setup_link, create_sign_in_link, set_up};
pub use sign_in::check_password;
pub use table_limits::{checked_groups, checked_runs};
