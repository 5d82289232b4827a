//! Going through a long list page by page.

use leptos::prelude::*;

use super::button::IconButton;
use super::format::integer;
use super::icon::IconName;

/// Says which part of the list is on screen, of how many, and goes to the parts beside it.
#[component]
pub fn Pagination(
    /// The page on screen; the first is 0.
    page: RwSignal<u64>,
    /// Lines a page; at least 1.
    #[prop(into)]
    size: Signal<u64>,
    /// Lines in the whole list; the true number.
    #[prop(into)]
    total: Signal<u64>,
) -> impl IntoView {
    let last = Signal::derive(move || total.get().saturating_sub(1) / size.get().max(1));
    let at_start = Signal::derive(move || (page.get() == 0).then(|| "This is the first page.".to_owned()));
    let at_end =
        Signal::derive(move || (page.get() >= last.get()).then(|| "This is the last page.".to_owned()));
    view! {
        <nav class="pagination" aria-label="Pages">
            <span class="pagination-range" role="status">{move || range(page.get(), size.get(), total.get())}</span>
            <IconButton
                label="Previous page"
                icon=IconName::ChevronLeft
                disabled_reason=at_start
                on_click=move |_| page.update(|page| *page = page.saturating_sub(1))
            />
            <IconButton
                label="Next page"
                icon=IconName::ChevronRight
                disabled_reason=at_end
                on_click=move |_| page.update(|page| *page += 1)
            />
        </nav>
    }
}

/// The lines of a page among all, counted from 1: `51 – 100 of 12,408`.
pub fn range(page: u64, size: u64, total: u64) -> String {
    if total == 0 {
        return "0 of 0".to_owned();
    }
    let first = page.saturating_mul(size).saturating_add(1).min(total);
    let last = first.saturating_add(size.saturating_sub(1)).min(total);
    format!("{} – {} of {}", integer(first), integer(last), integer(total))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_page_tells_its_lines_and_the_true_total() {
        assert_eq!(range(0, 50, 12_408), "1 – 50 of 12,408");
        assert_eq!(range(248, 50, 12_408), "12,401 – 12,408 of 12,408");
        assert_eq!(range(0, 50, 0), "0 of 0");
        assert_eq!(range(9, 50, 3), "3 – 3 of 3");
    }
}
