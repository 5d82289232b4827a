//! Who is signed in.

use models::session::{Confirmation, Session, Setup, SetupState, SignIn, SignInByLink};

use super::{Query, Topic, Write, read, write};
use crate::api;

/// Who is signed in; the answer is `None` when nobody is.
pub fn current() -> Query<Option<Session>> {
    read(|()| Topic::Session, api::session::get, || ())
}

/// Whether the server waits for its first user.
pub fn setup_state() -> Query<SetupState> {
    read(|()| Topic::Setup, api::session::setup_state, || ())
}

/// Signs in with a name and a password.
pub fn sign_in() -> Write<SignIn, ()> {
    write(|_| vec![Topic::Session], api::session::sign_in)
}

/// Confirms with the password that it is the person herself.
pub fn confirm() -> Write<Confirmation, ()> {
    write(|_| Vec::new(), api::session::confirm)
}

/// Signs in with a one-time link.
pub fn sign_in_by_link() -> Write<SignInByLink, ()> {
    write(|_| vec![Topic::Session], api::session::sign_in_by_link)
}

/// Signs out.
pub fn sign_out() -> Write<(), ()> {
    write(|()| vec![Topic::Session], api::session::sign_out)
}

/// Makes the first user.
pub fn set_up() -> Write<Setup, ()> {
    write(|_| vec![Topic::Session, Topic::Setup], api::session::set_up)
}
