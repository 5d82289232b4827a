//! The filter that is applied, as chips and facets see it: the same as in the line, changed through the address.

use leptos::prelude::*;
use models::query::{Filter, ParseError, parse};

use crate::features::runs::address::Address;
use crate::ui::Toasts;
use crate::widgets::UrlHistory;

/// The filter that is applied. A handle.
#[derive(Clone, Copy)]
pub(super) struct Applied {
    /// Where it stands.
    pub(super) address: Address,
    /// The filter; the one that all runs pass while the address holds none that can be read.
    pub(super) filter: Memo<Filter>,
    toasts: Toasts,
}

impl Applied {
    pub(super) fn follow(address: Address) -> Self {
        let filter = Memo::new(move |_| parse(&address.url.read().filter).unwrap_or_else(|_| Filter::all()));
        Self { address, filter, toasts: Toasts::current() }
    }

    /// The conditions that all must hold.
    pub(super) fn conditions(self) -> Vec<Filter> {
        self.filter.get().conditions()
    }

    /// Applies another filter, written as the language prints it.
    ///
    /// # Errors
    /// When it would be longer or deeper than a filter may be; the old one then stays.
    pub(super) fn change(self, change: impl FnOnce(Filter) -> Filter) -> Result<(), ParseError> {
        let text = change(self.filter.get_untracked()).to_string();
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
