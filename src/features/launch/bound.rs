//! Fields that show and change one value of the YAML. The text is the truth; both ways are kept in step.

use leptos::prelude::*;

use super::system::{About, at, from_text, to_text};
use super::yaml::{self, Fields, YamlError};

/// The YAML of a backend config: the text, and what it says. A handle.
#[derive(Clone, Copy)]
pub(super) struct Config {
    /// The text as it is typed.
    pub(super) text: RwSignal<String>,
    /// What it says, or why it cannot be read.
    pub(super) read: Memo<Result<Fields, YamlError>>,
    /// What it said when it could be read last.
    pub(super) last: Memo<Fields>,
}

impl Config {
    pub(super) fn of(text: RwSignal<String>) -> Self {
        let read = Memo::new(move |_| yaml::read(&text.read()));
        let last = Memo::new(move |before: Option<&Fields>| match &*read.read() {
            Ok(config) => config.clone(),
            Err(_) => before.cloned().unwrap_or_default(),
        });
        Self { text, read, last }
    }

    /// Sets a value, or takes it out. While the text cannot be read it stays as it is.
    pub(super) fn set(self, path: &[&str], value: Option<&serde_json::Value>) {
        if self.read.read_untracked().is_ok() {
            self.text.update(|text| *text = yaml::change(text, path, value));
        }
    }

    /// A value as it is typed: what is typed goes into the text, and what changes there is shown.
    pub(super) fn bound(self, about: About) -> RwSignal<String> {
        let About { path, shape, .. } = about;
        let now = move |config: &Fields| to_text(at(config, path), shape);
        // Blanks and empty lines that are being typed make no other value.
        let meant = move |text: &str| to_text(from_text(text, shape).as_ref(), shape);
        let typed = RwSignal::new(self.last.with_untracked(now));
        Effect::new(move || {
            let said = self.last.with(now);
            if typed.with_untracked(|typed| meant(typed) != said) {
                typed.set(said);
            }
        });
        Effect::new(move |before: Option<String>| {
            let text = typed.get();
            let is_new = before.is_some_and(|before| before != text);
            if is_new && self.last.with_untracked(now) != meant(&text) {
                self.set(path, from_text(&text, shape).as_ref());
            }
            text
        });
        typed
    }
}
