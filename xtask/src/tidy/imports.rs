//! Checks the table of imports against what each file names.

use super::finding::Finding;
use super::import_table::{MAY_USE, MUST_NOT_NAME, SENDERS, SENDING};
use super::source::Source;
use super::tokens::{self, Token};

/// A path in a file, resolved: `crate::…` for own modules, else as written.
struct Named {
    segments: Vec<String>,
    line: usize,
}

impl Named {
    fn text(&self) -> String {
        self.segments.join("::")
    }

    fn starts_with(&self, path: &str) -> bool {
        let mut own = self.segments.iter();
        path.split("::").all(|segment| own.next().is_some_and(|found| found == segment))
    }
}

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_product_code() {
        return Vec::new();
    }
    let tokens = tokens::of(&source.text).unwrap_or_default();
    let module = module_of(&source.path);
    let named = paths(&tokens, &module);
    let findings = named.iter().filter_map(|named| {
        let message =
            forbidden_name(&source.path, named).or_else(|| forbidden_layer(&source.path, &module, named))?;
        Some(Finding::new(&source.path, named.line, message))
    });
    let mut findings: Vec<Finding> = findings.collect();
    findings.dedup();
    findings
}

fn forbidden_name(path: &str, named: &Named) -> Option<String> {
    if path.starts_with("src/")
        && named.starts_with(SENDING)
        && !SENDERS.iter().any(|sender| path.starts_with(sender))
    {
        return Some(format!(
            "`{SENDING}` is for {} alone. Add what is missing there.",
            SENDERS.join(" and ")
        ));
    }
    let rules = MUST_NOT_NAME.iter().filter(|(part, _)| path.starts_with(part));
    let (part, name) = rules
        .flat_map(|(part, names)| names.iter().map(move |name| (part, name)))
        .find(|(_, name)| named.starts_with(name))?;
    Some(format!(
        "`{part}` must not name `{name}` (here `{}`). Move this code to the layer that may.",
        named.text()
    ))
}

fn forbidden_layer(path: &str, module: &[String], named: &Named) -> Option<String> {
    if !path.starts_with("src/") || !named.starts_with("crate") {
        return None;
    }
    let own = module.first()?; // `lib.rs` and `main.rs` may name everything
    let used = named.segments.get(1)?;
    if used == own {
        return (own == "features").then(|| other_feature(module, named)).flatten();
    }
    let Some((_, allowed)) = MAY_USE.iter().find(|(layer, _)| layer == own) else {
        return Some(format!(
            "`{own}` has no row in the table of imports. Give it one, or put the file into a layer."
        ));
    };
    if allowed.iter().any(|path| named.starts_with(&format!("crate::{path}"))) {
        return None;
    }
    let allowed =
        if allowed.is_empty() { "nothing".to_owned() } else { format!("`{}`", allowed.join("`, `")) };
    let name = named.text();
    Some(format!(
        "`{own}` may use {allowed} of this crate, not `{name}`. Pass it in, or move the code up a layer."
    ))
}

fn other_feature(module: &[String], named: &Named) -> Option<String> {
    let (own, used) = (module.get(1)?, named.segments.get(2)?);
    (own != used).then(|| {
        format!("The feature `{own}` must not name the feature `{used}`. Move what both need to `widgets` or `ui`.")
    })
}

/// The module that a file holds, below the root of its crate.
fn module_of(path: &str) -> Vec<String> {
    let below = path.split_once("src/").map_or(path, |(_, below)| below).trim_end_matches(".rs");
    let mut segments: Vec<String> = below.split('/').map(str::to_owned).collect();
    if segments.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        segments.pop();
    }
    segments
}

/// All paths that a file names, in imports, in code and in macros.
fn paths(tokens: &[Token], module: &[String]) -> Vec<Named> {
    let mut named = Vec::new();
    let mut inline: Vec<(usize, String)> = Vec::new(); // modules inside the file, and their depth
    for (at, token) in tokens.iter().enumerate() {
        if token.is("}") {
            inline.retain(|(depth, _)| token.depth > *depth);
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        if let [Some(keyword), Some(open)] = [before, tokens.get(at + 1)]
            && keyword.is("mod")
            && open.is("{")
        {
            inline.push((token.depth, token.text().to_owned()));
            continue;
        }
        let imported = before.is_some_and(|before| before.is("use"));
        let begins =
            token.is_name && !before.is_some_and(|before| before.is("::") && !starts_globally(tokens, at));
        let continues = tokens.get(at + 1).is_some_and(|next| next.is("::"));
        if begins && (imported || continues) {
            let inside: Vec<String> =
                module.iter().cloned().chain(inline.iter().map(|(_, name)| name.clone())).collect();
            read(tokens, at, &inside, Vec::new(), &mut named);
        }
    }
    named
}

/// Whether the `::` before a name begins its path, as in `::models::Run`.
fn starts_globally(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|before| tokens.get(before));
    !before.is_some_and(|before| before.is(">") || before.is_name && !before.is("use"))
}

/// Reads a path, and each branch of its braces, and returns the index after it.
fn read(
    tokens: &[Token],
    mut at: usize,
    module: &[String],
    mut path: Vec<String>,
    named: &mut Vec<Named>,
) -> usize {
    let line = tokens.get(at).map_or(1, |token| token.line);
    while let Some(token) = tokens.get(at) {
        if token.is("{") {
            let end = tokens::after_group(tokens, at);
            at += 1;
            while at + 1 < end {
                at = read(tokens, at, module, path.clone(), named).max(at + 1);
                while at + 1 < end && !tokens.get(at).is_some_and(|token| token.is(",")) {
                    at += 1; // `as name`
                }
                at += 1;
            }
            return end;
        }
        if !token.is_name && !token.is("*") {
            break;
        }
        path.push(token.text().to_owned());
        at += 1;
        if !tokens.get(at).is_some_and(|next| next.is("::")) {
            break;
        }
        at += 1;
    }
    if !path.is_empty() {
        named.push(Named { segments: resolve(&path, module), line });
    }
    at
}

fn resolve(path: &[String], module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = path;
    let mut relative = false;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "self" => {}
            "super" => {
                base.pop();
            }
            _ => break,
        }
        relative = true;
        rest = others;
    }
    if !relative {
        return path.to_vec();
    }
    std::iter::once("crate".to_owned()).chain(base).chain(rest.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::source::source;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&source(path, text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_design_system_knows_no_other_layer_and_no_domain() {
        assert_eq!(
            lines("src/ui/a.rs", "use crate::queries::runs;\nuse models::Run;\nuse leptos::prelude::*;"),
            [1, 2]
        );
        assert!(lines("src/ui/a.rs", "use crate::ui::icon;\nuse super::form::field;").is_empty());
    }

    #[test]
    fn a_group_is_seen_branch_by_branch() {
        let text = "use crate::{\n    ui::{Button, table::Table},\n    api::{runs, ApiError},\n};";
        assert_eq!(lines("src/widgets/a.rs", text), [3]);
    }

    #[test]
    fn a_path_in_a_macro_is_seen() {
        assert_eq!(lines("src/features/runs/a.rs", "view! {\n <A b=crate::api::runs::list/> }"), [2]);
    }

    #[test]
    fn a_path_through_super_is_seen() {
        assert_eq!(lines("src/features/runs/a.rs", "use super::super::data::B;\nuse super::list::C;"), [1]);
        assert_eq!(
            lines(
                "src/features/runs/a.rs",
                "mod tests {\n use super::*;\n use super::super::super::data::B; }"
            ),
            [3]
        );
    }

    #[test]
    fn a_module_inside_a_file_ends_with_its_brace() {
        let text = "mod tests { use super::*; }\nuse super::ui::Button;";
        assert_eq!(lines("src/routes.rs", text), [2]);
    }

    #[test]
    fn a_feature_does_not_name_another() {
        assert_eq!(lines("src/features/runs/a.rs", "use crate::features::{data::B, runs::C};"), [1]);
        assert!(lines("src/features/runs/a.rs", "use crate::features::runs::C;").is_empty());
    }

    #[test]
    fn views_know_how_a_call_fails_and_nothing_else_of_the_api() {
        assert!(lines("src/features/runs/a.rs", "use crate::api::ApiError;").is_empty());
        assert_eq!(lines("src/features/runs/a.rs", "use crate::api;"), [1]);
    }

    #[test]
    fn one_module_sends_requests() {
        assert!(lines("src/api/http/verbs.rs", "use gloo_net::http::Request;").is_empty());
        assert_eq!(lines("src/api/runs.rs", "use gloo_net::http::Request;"), [1]);
        assert_eq!(lines("src/app.rs", "fn a() { ::gloo_net::b() }"), [1]);
    }

    #[test]
    fn a_new_layer_needs_a_row() {
        assert_eq!(lines("src/helpers.rs", "use crate::ui::Button;"), [1]);
    }

    #[test]
    fn the_server_keeps_sql_and_http_apart() {
        assert_eq!(lines("crates/server/src/routes/runs.rs", "fn a() { sqlx::query(\"\") }"), [1]);
        assert_eq!(
            lines("crates/server/src/store/runs.rs", "use axum::Json;\nuse crate::routes::runs;"),
            [1, 2]
        );
        assert!(
            lines("crates/server/src/store/runs.rs", "use sqlx::Row;\nuse crate::error::Error;").is_empty()
        );
    }

    #[test]
    fn a_module_named_like_a_crate_is_not_that_crate() {
        assert!(lines("src/ui/a.rs", "fn a() { b::models::list() }").is_empty());
    }
}
