//! What endpoints speak: requests are translated to it, and answers from it.

mod address;
mod answer;
mod kserve;
mod lenient_json;
mod request;

pub(super) use answer::read;
pub use request::has_too_many_values;
pub(super) use request::{in_mlflow, request};
