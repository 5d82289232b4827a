//! Whether a site of UNICORE would take a run.

use models::audit::AuditAction;
use models::backend_config::{self, ComputeSystem};
use models::run::{AddRun, RunFinding};
use serde_json::Value;

use super::open_site;
use crate::error::Error;
use crate::state::AppState;
use crate::store::Actor;
use crate::unicore::{Site, SiteError};

const ADDRESS: &str = "backendConfig.UnicoreApiUrl";
const CONNECTION: &str = "connectionId";
const QUEUE: &str = "backendConfig.Resources.Queue";

/// Asks the site with the connection of the run: whether it answers, takes the credentials, and has the queue.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn site_findings(
    state: &AppState,
    actor: Actor,
    run: &AddRun,
) -> Result<Vec<RunFinding>, Error> {
    let (Some(config), Some(connection)) = (&run.backend_config, run.connection_id) else {
        return Ok(Vec::new());
    };
    let Ok((config, _)) = backend_config::check(&Value::Object(config.clone())) else {
        return Ok(Vec::new());
    };
    let ComputeSystem::Unicore { api_url } = &config.system else { return Ok(Vec::new()) };
    let mut findings = Vec::new();
    if state.settings().public_url.is_none() {
        let message = "this server does not know where it is reached from outside, so what the run logs may not arrive; its \
                       operator can say so with --public-url";
        findings.push(RunFinding::warning(ADDRESS, message));
    }
    match open_site(state, actor, connection, api_url, AuditAction::ConnectionTested).await {
        Ok((_, site)) => findings.extend(asked(&site, &config.resources.queue).await),
        Err(Error::Invalid(problems)) => findings.extend(problems.into_iter().map(RunFinding::from)),
        Err(error) => return Err(error),
    }
    Ok(findings)
}

/// How many queues of a site are named.
const MOST_QUEUES: usize = 20;

async fn asked(site: &Site, queue: &str) -> Option<RunFinding> {
    if let Err(error) = site.check_role().await {
        return Some(of_error(site, &error));
    }
    // Who is known may still not see the machines; then the queue is seen when the run is submitted.
    let Ok(Some(queues)) = site.queues().await else { return None };
    let named: Vec<&str> = queues.iter().take(MOST_QUEUES).map(String::as_str).collect();
    let message = format!("the site has no queue of this name; it has {}", named.join(", "));
    (!queues.iter().any(|own| own == queue)).then(|| RunFinding::error(QUEUE, message))
}

fn of_error(site: &Site, error: &SiteError) -> RunFinding {
    let host = site.host();
    match error {
        SiteError::Denied => {
            let message = format!(
                "{host} refuses these credentials; enter login name and password or the token anew in your settings, or choose \
                 another connection"
            );
            RunFinding::error(CONNECTION, message)
        }
        // A run that is submitted meanwhile waits until the site is back.
        SiteError::Unanswered => {
            let message = format!(
                "{host} does not answer just now; the run would wait until it does. Check the address"
            );
            RunFinding::warning(ADDRESS, message)
        }
        SiteError::Missing | SiteError::Odd => {
            let message = format!(
                "there is a server at {host}, but no UNICORE at this path; such an address ends with /rest/core"
            );
            RunFinding::error(ADDRESS, message)
        }
        SiteError::Refused(_) | SiteError::Failed(_) => {
            let message = format!("{host} {error}; the run would wait until it takes jobs");
            RunFinding::warning(ADDRESS, message)
        }
    }
}
