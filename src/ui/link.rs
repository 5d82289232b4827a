//! Links inside text, and out of the console.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// A link to a page of the console.
#[component]
pub fn Link(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <a class="link" href=move || href.get()>{children()}</a> }
}

/// A link out of the console, in a new tab. Its host stands beside the text, so that nobody is led astray; an
/// address that is not `http` or `https` is shown as text, not linked.
#[component]
pub fn ExternalLink(
    /// The whole address.
    #[prop(into)]
    href: String,
    /// The text; the host stands beside it unless the text holds it.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let Some(host) = web_host(&href).map(str::to_owned) else {
        return view! { <span class="external-link">{text}</span> }.into_any();
    };
    let beside = (!text.contains(&host)).then(|| view! { <span class="external-link-host">{host}</span> });
    view! {
        <a class="external-link" href=href target="_blank" rel="noopener noreferrer nofollow">
            <span>{text}</span>
            {beside}
            <Icon name=IconName::External/>
            <span class="visually-hidden">" (opens in a new tab)"</span>
        </a>
    }
    .into_any()
}

/// The host of a web address, with its port; `None` for any other scheme and for addresses that hide a
/// name or password before the host.
pub fn web_host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    (!host.is_empty() && !host.contains('@')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::web_host;

    #[test]
    fn the_host_is_what_stands_before_the_path() {
        assert_eq!(web_host("https://git.example.org:8443/a/b?c"), Some("git.example.org:8443"));
        assert_eq!(web_host("HTTP://example.org"), Some("example.org"));
    }

    #[test]
    fn only_web_addresses_have_a_host() {
        assert_eq!(web_host("javascript://example.org/%0aalert(1)"), None);
        assert_eq!(web_host("git@example.org:a/b"), None);
        assert_eq!(web_host("https:///nowhere"), None);
    }

    #[test]
    fn a_name_before_the_host_is_not_trusted() {
        assert_eq!(web_host("https://example.org@evil.example/"), None);
        assert_eq!(web_host("https://example.org\\@evil.example/"), Some("example.org"));
    }
}
