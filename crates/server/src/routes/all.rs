//! All routes of the REST API.

use super::{
    activity, all_runs, api_tokens, artifacts, audit, client_tokens, code, comparison, connections,
    csp_report, data, deployments, deployments_served, downloads, events, experiments, groups, invitations,
    labels, lineage, markdown, members, metrics, model_images, model_repositories, model_signatures,
    my_invitations, organizations, predictions, projects, projects_of_user, run_bookkeeping, run_bulk,
    run_check, run_logs, run_table, run_templates, run_views, runs, saved_models, schedules, search, session,
    settings, setup, sparklines, usage, user_sessions, users,
};
use crate::AppState;
use crate::auth::Routes;

/// All routes of the REST API, each with its guard.
pub fn all(state: &AppState) -> Routes {
    Routes::new(state)
        .merge(setup::routes(state))
        .merge(session::routes(state))
        .merge(client_tokens::routes(state))
        .merge(users::routes(state))
        .merge(api_tokens::routes(state))
        .merge(user_sessions::routes(state))
        .merge(my_invitations::routes(state))
        .merge(groups::routes(state))
        .merge(organizations::routes(state))
        .merge(invitations::routes(state))
        .merge(settings::routes(state))
        .merge(connections::routes(state))
        .merge(audit::routes(state))
        .merge(projects::routes(state))
        .merge(projects_of_user::routes(state))
        .merge(labels::routes(state))
        .merge(members::routes(state))
        .merge(activity::routes(state))
        .merge(lineage::routes(state))
        .merge(code::routes(state))
        .merge(data::routes(state))
        .merge(model_repositories::routes(state))
        .merge(saved_models::routes(state))
        .merge(model_images::routes(state))
        .merge(model_signatures::routes(state))
        .merge(deployments::routes(state))
        .merge(deployments_served::routes(state))
        .merge(predictions::routes(state))
        .merge(usage::routes(state))
        .merge(experiments::routes(state))
        .merge(runs::routes(state))
        .merge(run_check::routes(state))
        .merge(run_bookkeeping::routes(state))
        .merge(run_logs::routes(state))
        .merge(run_bulk::routes(state))
        .merge(run_table::routes(state))
        .merge(all_runs::routes(state))
        .merge(run_views::routes(state))
        .merge(run_templates::routes(state))
        .merge(schedules::routes(state))
        .merge(metrics::routes(state))
        .merge(comparison::routes(state))
        .merge(sparklines::routes(state))
        .merge(artifacts::routes(state))
        .merge(downloads::routes(state))
        .merge(search::routes(state))
        .merge(events::routes(state))
        .merge(markdown::routes(state))
        .merge(csp_report::routes(state))
}

/// The routes of the REST API that receive bodies which may last.
pub fn streams(state: &AppState) -> Routes {
    model_images::streams(state)
}
