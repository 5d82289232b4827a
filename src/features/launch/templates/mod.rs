//! Templates of the form: what it holds, kept by name for oneself or for everybody in the project.

mod acts;
mod bar;
mod changes;
mod conflict;
mod delete;
mod draft;
mod link;
mod list_menu;
mod more_menu;
mod rename;
mod save;
#[cfg(test)]
mod tests;
mod update;

pub(super) use acts::Acts;
pub(super) use bar::TemplateBar;
pub(super) use draft::drafted;
