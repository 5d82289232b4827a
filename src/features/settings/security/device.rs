//! What a browser calls itself, in words.

/// Browsers by what only they say of themselves; those that name others as well come first.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems by what they are called; those whose name holds another's come first.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// How much of an unknown name is shown, in characters.
const MOST: usize = 60;

/// The browser and the system behind a `User-Agent`: `Firefox on Linux`.
pub(super) fn device(agent: &str) -> String {
    let known = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) => name.to_owned(),
        (None, _) if agent.trim().is_empty() => "Unknown device".to_owned(),
        (None, _) => agent.chars().take(MOST).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_told_apart() {
        for (agent, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/17.5 Safari/605.1",
                "Safari on macOS",
            ),
        ] {
            assert_eq!(device(agent), words);
        }
    }

    #[test]
    fn what_is_unknown_is_shown_as_it_is() {
        assert_eq!(device("python-requests/2.32"), "python-requests/2.32");
        assert_eq!(device(" "), "Unknown device");
        assert_eq!(device(&"x".repeat(500)).len(), 60);
    }
}
