//! Labels of the whole platform.

use models::id::LabelId;
use models::label::{Label, LabelPatch, LabelSearch, NewLabel};
use models::page::{Page, PageQuery};

use super::{Query, Topic, Write, read, write};
use crate::api;

/// A page of the labels that fit, by scope and name.
pub fn search(wanted: impl Fn() -> (LabelSearch, PageQuery) + Send + Sync + 'static) -> Query<Page<Label>> {
    read(|_| Topic::Labels, api::labels::search, wanted)
}

/// A page of the labels that fit, each with how much has it; for administrators.
pub fn list(wanted: impl Fn() -> (LabelSearch, PageQuery) + Send + Sync + 'static) -> Query<Page<Label>> {
    read(|_| Topic::Labels, api::labels::list, wanted)
}

/// Makes a label.
pub fn create() -> Write<NewLabel, ()> {
    write(|_| changed(), api::labels::create)
}

/// Changes a label wherever it is used.
pub fn change() -> Write<(LabelId, i64, LabelPatch), ()> {
    write(|_| changed(), api::labels::change)
}

/// Gives whatever has the first label the second instead, and deletes the first.
pub fn merge() -> Write<(LabelId, LabelId), ()> {
    write(|_| changed(), api::labels::merge)
}

/// Deletes a label; whatever has it has it no more.
pub fn delete() -> Write<LabelId, ()> {
    write(|_| changed(), api::labels::delete)
}

fn changed() -> Vec<Topic> {
    vec![Topic::Labels, Topic::Projects]
}
