//! What the pages of this server may load and run.

use super::Site;

/// Who reads an answer, and hence what a browser may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentPolicy {
    /// The console's page and its files.
    Page,
    /// The reference of the API, whose scripts lie beside it.
    Reference,
    /// Data.
    Data,
}

/// The path under which the console's scripts lie; artifacts of users never lie there.
const SCRIPTS: &str = "/static/";

impl ContentPolicy {
    /// The policy for what is at `path`.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let below = |folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if below("/api/docs") {
            Self::Reference
        } else if matches!(path, "/tracking" | "/tracking/") {
            Self::Page
        } else if below("/api") || below("/tracking") || matches!(path, "/health" | "/ready" | "/metrics") {
            Self::Data
        } else {
            Self::Page
        }
    }

    /// The header `Content-Security-Policy`.
    #[must_use]
    pub fn header(self, site: Option<&Site>) -> String {
        let mut policy = match self {
            Self::Data => return "default-src 'none'; frame-ancestors 'none'; sandbox".to_owned(),
            Self::Page => format!(
                "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
                 font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'none'; \
                 form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
                 require-trusted-types-for 'script'; trusted-types default; report-to csp",
                site.map_or_else(|| "'none'".to_owned(), scripts)
            ),
            Self::Reference => "default-src 'none'; script-src 'self'; style-src 'self'; \
                 img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                .to_owned(),
        };
        if site.is_some_and(|site| site.secure) {
            policy.push_str("; upgrade-insecure-requests");
        }
        policy
    }
}

/// Where scripts may come from. A policy cannot name an address other than 127.0.0.1, so there the whole site has to do.
fn scripts(site: &Site) -> String {
    let is_address = site.host.starts_with('[') || site.host.parse::<std::net::Ipv4Addr>().is_ok();
    if is_address && site.host != "127.0.0.1" {
        return "'self'".to_owned();
    }
    let scheme = if site.secure { "https://" } else { "" };
    format!("{scheme}{}{SCRIPTS}", site.authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_come_from_one_folder_alone() {
        let local =
            Site { authority: "localhost:8090".to_owned(), host: "localhost".to_owned(), secure: false };
        let policy = ContentPolicy::Page.header(Some(&local));
        assert!(policy.contains("script-src localhost:8090/static/ 'wasm-unsafe-eval';"), "{policy}");
        assert!(
            !policy.contains("upgrade-insecure-requests") && !policy.contains("unsafe-inline"),
            "{policy}"
        );
        let public = Site { authority: "a.example".to_owned(), host: "a.example".to_owned(), secure: true };
        let policy = ContentPolicy::Page.header(Some(&public));
        assert!(
            policy.contains("script-src https://a.example/static/ ")
                && policy.ends_with("upgrade-insecure-requests")
        );
    }

    #[test]
    fn data_is_never_a_page() {
        for path in ["/api", "/api/projects", "/tracking/api/2.0/mlflow/runs/get", "/health"] {
            assert_eq!(ContentPolicy::of(path), ContentPolicy::Data, "{path}");
        }
        for path in ["/", "/projects/1", "/apiary", "/tracking/", "/static/boot-1.js"] {
            assert_eq!(ContentPolicy::of(path), ContentPolicy::Page, "{path}");
        }
    }
}
