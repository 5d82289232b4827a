//! The filter that is applied, as chips and facets see it: the same as in the line, changed through the address.

use leptos::prelude::*;
use models::query::{Filter, ParseError, parse};

use crate::features::runs::address::Address;
use crate::ui::Toasts;
use crate::widgets::UrlHistory;

/// Why nothing but the line itself may change the filter while its text cannot be read: the text would be lost.
const UNFINISHED: &str = "finish or clear the text in the filter line first";

/// The filter that is applied. A handle.
#[derive(Clone, Copy)]
pub(super) struct Applied {
    /// Where it stands.
    pub(super) address: Address,
    /// The filter; the one that all runs pass while the address holds none that can be read.
    pub(super) filter: Memo<Filter>,
    /// Why it cannot be changed now but in the line, as a sentence; `None` while it can.
    pub(super) unfinished: Memo<Option<String>>,
    /// What stands in the line.
    draft: RwSignal<String>,
    toasts: Toasts,
}

impl Applied {
    /// Follows the address; `draft` is what stands in the line, which must not be lost.
    pub(super) fn follow(address: Address, draft: RwSignal<String>) -> Self {
        let filter = Memo::new(move |_| parse(&address.url.read().filter).unwrap_or_else(|_| Filter::all()));
        let unfinished = Memo::new(move |_| {
            parse(&draft.read())
                .is_err()
                .then(|| "Finish or clear the text in the filter line first.".to_owned())
        });
        Self { address, filter, unfinished, draft, toasts: Toasts::current() }
    }

    /// The conditions that all must hold.
    pub(super) fn conditions(self) -> Vec<Filter> {
        self.filter.get().conditions()
    }

    /// Applies another filter, written as the language prints it. It begins with what stands in the line, so that
    /// what was typed last is part of it.
    ///
    /// # Errors
    /// When the text in the line cannot be read, or the filter would be longer or deeper than one may be; the old one
    /// then stays, and so does the text.
    pub(super) fn change(self, change: impl FnOnce(Filter) -> Filter) -> Result<(), ParseError> {
        let typed = parse(&self.draft.read_untracked())
            .map_err(|error| ParseError { message: UNFINISHED.to_owned(), ..error })?;
        let text = change(typed).to_string();
        parse(&text)?;
        self.address.change(UrlHistory::Push, |url| url.filter = text);
        Ok(())
    }

    /// As [`Self::change`], for what is pressed rather than filled in: says aloud why the old filter stays.
    pub(super) fn change_or_tell(self, change: impl FnOnce(Filter) -> Filter) {
        if let Err(error) = self.change(change) {
            self.toasts.failure(format!("The filter stays as it is: {}.", error.message), None);
        }
    }
}
