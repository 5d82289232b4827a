//! Signing in.

mod link;
mod sign_in;
mod sign_in_form;

pub(crate) use link::SignInByLink;
pub(crate) use sign_in::SignIn;
pub(crate) use sign_in_form::SignInForm;
