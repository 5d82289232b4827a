//! What is wrong with a form, whoever found it: the draft itself or the server.

use leptos::prelude::*;
use models::problem::FieldErrors;

use crate::api::ApiError;
use crate::queries::Write;

/// What is wrong with a form.
#[derive(Clone, Copy)]
pub struct FormErrors {
    found: RwSignal<FieldErrors>,
    refused: Signal<Option<ApiError>>,
}

impl FormErrors {
    /// The errors of a form that is sent by `write`.
    pub fn of<A, T>(write: Write<A, T>) -> Self
    where
        A: Send + Sync + 'static,
        T: Clone + Send + Sync + 'static,
    {
        let refused = move || if write.pending().get() { None } else { write.value().get()?.err() };
        Self { found: RwSignal::new(FieldErrors::default()), refused: Signal::derive(refused) }
    }

    /// Turns a draft into what can be sent; `None`, and the fields say why, when it cannot.
    pub fn check<D, R: TryFrom<D, Error = FieldErrors>>(self, draft: D) -> Option<R> {
        match R::try_from(draft) {
            Ok(request) => {
                self.found.set(FieldErrors::default());
                Some(request)
            }
            Err(errors) => {
                self.found.set(errors);
                None
            }
        }
    }

    /// What is wrong with `field`.
    #[must_use]
    pub fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let own = self.found.read().get(field).map(sentence);
            own.or_else(|| self.refused.get()?.field_errors().get(field).map(sentence))
        })
    }

    /// What is wrong with the form as a whole; names the refused fields that are not among `shown`.
    #[must_use]
    pub fn summary(self, shown: &'static [&'static str]) -> Signal<Option<String>> {
        Signal::derive(move || {
            if !self.found.read().is_empty() {
                return Some("Some fields need attention.".to_owned());
            }
            let error = self.refused.get()?;
            let fields = error.field_errors();
            let hidden = fields.iter().filter(|(field, _)| !shown.contains(field));
            let hidden: Vec<_> = hidden.map(|(field, error)| format!("{field}: {error}")).collect();
            Some(if hidden.is_empty() {
                error.to_string()
            } else {
                format!("{error} {}.", hidden.join("; "))
            })
        })
    }
}

/// The contract words errors as parts of a sentence.
pub fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if error.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn an_error_reads_as_a_sentence() {
        assert_eq!(sentence("enter a value"), "Enter a value.");
        assert_eq!(sentence("The name is taken."), "The name is taken.");
    }
}
