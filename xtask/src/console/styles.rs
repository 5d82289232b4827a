//! Joins the style sheets of the page into one, so that the first view takes one request for all of them.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};

use super::{digest, page};

/// Writes the joined sheet, removes the parts, and returns the change of the page.
pub(super) fn join(dist: &Path, html: &str) -> Result<Vec<(Range<usize>, String)>> {
    let links: Vec<_> =
        page::tags(html, "link").into_iter().filter(|tag| tag.value("rel") == "stylesheet").collect();
    let mut joined = String::new();
    for link in &links {
        let file = dist.join(link.value("href").trim_start_matches('/'));
        joined +=
            &std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        joined.push('\n');
        std::fs::remove_file(file)?;
    }
    let href = format!("/static/console-{}.css", digest::name(joined.as_bytes()));
    let integrity = digest::integrity(joined.as_bytes());
    std::fs::write(dist.join(href.trim_start_matches('/')), joined)?;
    let mut tag = format!("<link rel=\"stylesheet\" href=\"{href}\" integrity=\"{integrity}\">");
    // The first place gets the sheet, the others get nothing.
    Ok(links.into_iter().map(|link| (link.place, std::mem::take(&mut tag))).collect())
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::console::page;

    #[test]
    fn sheets_are_joined_in_the_order_of_the_page() {
        let dist = std::env::temp_dir().join(format!("mantik-styles-{}", std::process::id()));
        std::fs::create_dir_all(dist.join("static")).unwrap();
        std::fs::write(dist.join("static/b-1.css"), "b{}").unwrap();
        std::fs::write(dist.join("static/a-1.css"), "a{}").unwrap();
        let html = "<link rel=stylesheet href=/static/b-1.css>-<link rel=stylesheet href=/static/a-1.css>-<link rel=icon>";

        let changed = page::replace(html, join(&dist, html).unwrap());

        let links = page::tags(&changed, "link");
        assert_eq!(links.len(), 2, "{changed}");
        let sheet =
            std::fs::read_to_string(dist.join(links[0].value("href").trim_start_matches('/'))).unwrap();
        assert_eq!(sheet, "b{}\na{}\n");
        assert!(!dist.join("static/a-1.css").exists());
        std::fs::remove_dir_all(dist).unwrap();
    }
}
