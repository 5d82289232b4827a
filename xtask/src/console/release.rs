//! Turns Trunk's output into what is shipped: one style sheet, small code, names by content, compressed copies.

use std::path::Path;

use anyhow::{Context, Result};

use super::split::{self, Split};
use super::{digest, fingerprint, page, precompress, styles};
use crate::workspace::Workspace;

/// Finishes `dist/`, and notes in its page of which sources it was made.
pub(super) fn finish(workspace: &Workspace, wasm_opt: Option<&Path>, fingerprint: &str) -> Result<()> {
    let dist = workspace.path("dist");
    let page = dist.join("index.html");
    let mut html = std::fs::read_to_string(&page)?;
    html = page::replace(&html, styles::join(&dist, &html)?);

    html = put_split(&dist, &html, split::run(workspace, wasm_opt)?)?;

    // Its hashed twin in `static` is the one that the page names.
    let copied_boot = dist.join("boot.js");
    if copied_boot.exists() {
        std::fs::remove_file(copied_boot)?;
    }
    std::fs::remove_file(&page)?;
    precompress::folder(&dist)?;
    // Last, because the fingerprint says that all else is done.
    let stamp = format!("<meta name=\"{}\" content=\"{fingerprint}\">", fingerprint::META);
    let place = page::meta(&html, "console-js").context("the page lost its script")?.place.start;
    std::fs::write(&page, page::replace(&html, vec![(place..place, stamp)]))?;
    precompress::file(&page)
}

/// The address that the page gives in a `<meta>`.
fn address(html: &str, meta: &str) -> Result<String> {
    let tag = page::meta(html, meta).with_context(|| format!("Trunk wrote no <meta name=\"{meta}\">"))?;
    Ok(tag.value("content").to_owned())
}

/// Puts the split console in the place of Trunk's script and code, and tells the page.
fn put_split(dist: &Path, html: &str, split: Split) -> Result<String> {
    let (script, code) = (address(html, "console-js")?, address(html, "console-wasm")?);
    for replaced in [&script, &code] {
        std::fs::remove_file(dist.join(replaced.trim_start_matches('/')))?;
    }
    let put = |name: &str, content: &[u8]| -> Result<String> {
        let address = format!("/static/{name}");
        std::fs::write(dist.join(address.trim_start_matches('/')), content)
            .with_context(|| format!("cannot write {address}"))?;
        Ok(address)
    };
    let new_code = put(&format!("console-{}.wasm", digest::name(&split.code)), &split.code)?;
    let script_name = format!("console-{}.js", digest::name(split.script.as_bytes()));
    let new_script = put(&script_name, split.script.as_bytes())?;
    for (name, part) in &split.parts {
        put(name, part)?;
    }
    let changes = page::tags(html, "link").into_iter().filter_map(|tag| {
        let preloaded = match tag.value("href") {
            href if href == script => module(&new_script, &split.script),
            href if href == code => format!(
                "<link rel=\"preload\" href=\"{new_code}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
            ),
            _ => return None,
        };
        Some((tag.place, preloaded))
    });
    let html = page::replace(html, changes.collect());
    Ok(html.replace(&script, &new_script).replace(&code, &new_code))
}

/// Has a script fetched early.
fn module(address: &str, content: &str) -> String {
    let integrity = digest::integrity(content.as_bytes());
    format!("<link rel=\"modulepreload\" href=\"{address}\" integrity=\"{integrity}\" crossorigin>")
}
