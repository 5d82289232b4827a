//! Links that are marked while their page is on screen.

use leptos::prelude::*;

use super::place::Place;

/// The value of `aria-current` of a link: `page` while its page is on screen, or one below it unless it is `exact`.
/// What begins with `except` belongs to another link.
pub(super) fn current(
    href: Signal<String>,
    exact: bool,
    except: Option<String>,
) -> Memo<Option<&'static str>> {
    let place = Place::current();
    Memo::new(move |_| is_current(&place.path(), &href.read(), exact, except.as_deref()).then_some("page"))
}

fn is_current(path: &str, href: &str, exact: bool, except: Option<&str>) -> bool {
    let is_within = |place: &str| {
        let rest = path.trim_end_matches('/').strip_prefix(place.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || (!exact && rest.starts_with('/')))
    };
    is_within(href) && !except.is_some_and(is_within)
}

#[cfg(test)]
mod tests {
    use super::is_current;

    #[test]
    fn a_link_is_marked_for_its_page_and_those_below() {
        assert!(is_current("/projects/1/models/2", "/projects/1/models", false, None));
        assert!(is_current("/projects/1/models/", "/projects/1/models", true, None));
        assert!(is_current("/", "/", true, None));
        assert!(!is_current("/projects/1/models/2", "/projects/1/models", true, None));
        assert!(!is_current("/projects/1/modelsandmore", "/projects/1/models", false, None));
    }

    #[test]
    fn what_belongs_to_another_link_is_not_marked() {
        let except = Some("/projects/1/models/trained");
        assert!(!is_current("/projects/1/models/trained/2", "/projects/1/models", false, except));
        assert!(is_current("/projects/1/models/2", "/projects/1/models", false, except));
    }
}
