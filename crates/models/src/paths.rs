//! Every path of the REST API, once: the pattern that the server routes by, and the function that fills it in.

use crate::id::{
    ApiTokenId, CodeRepositoryId, ConnectionId, DataRepositoryId, DeploymentId, ExperimentRepositoryId,
    InvitationId, LabelId, ModelRepositoryId, OrganizationId, PredictionId, ProjectId, RunId, RunTemplateId,
    RunViewId, SavedModelId, ScheduleId, SessionId, UserGroupId, UserId,
};

macro_rules! paths {
    ($($(#[$doc:meta])* $constant:ident $function:ident($($argument:ident: $type:ty),*) $pattern:literal;)+) => {$(
        $(#[$doc])*
        pub const $constant: &str = $pattern;

        $(#[$doc])*
        #[must_use]
        pub fn $function($($argument: $type),*) -> String {
            format!($pattern)
        }
    )+};
}

paths! {
    /// Whether the server waits for its first user; makes that user.
    SETUP setup() "/api/setup";
    /// Who is signed in; sign in; sign out.
    SESSION session() "/api/session";
    /// Confirm with the password that it is the person herself.
    SESSION_CONFIRMATION session_confirmation() "/api/session/confirmation";
    /// Sign in with a one-time link.
    SESSION_LINK session_link() "/api/session/link";
    /// Several questions at once.
    TOGETHER together() "/api/together";
    /// What changed, as server-sent events.
    EVENTS events() "/api/events";
    /// What a browser refused under its content security policy.
    CSP_REPORT csp_report() "/api/csp-report";
    /// Turns Markdown into a document.
    MARKDOWN markdown() "/api/markdown";
    /// One search over everything that a person may see.
    SEARCH search() "/api/search";
    /// What a download link leads to.
    DOWNLOAD download(ticket: &str, name: &str) "/api/downloads/{ticket}/{name}";
    /// Makes the token pair of the `mantik` client.
    TOKENS_CREATE tokens_create() "/api/mantik/tokens/create";
    /// Renews an access token of the `mantik` client.
    TOKENS_REFRESH tokens_refresh() "/api/mantik/tokens/refresh";

    /// All users.
    USERS users() "/api/users";
    /// Finds users by name.
    USERS_SEARCH users_search() "/api/users/search";
    /// A user.
    USER user(user: UserId) "/api/users/{user}";
    /// Ends that a person may not sign in.
    USER_ENABLE user_enable(user: UserId) "/api/users/{user}/enable";
    /// Makes a one-time link by which a person signs in.
    USER_LINK user_link(user: UserId) "/api/users/{user}/link";
    /// A user's password.
    USER_PASSWORD user_password(user: UserId) "/api/users/{user}/password";
    /// A user's sessions.
    USER_SESSIONS user_sessions(user: UserId) "/api/users/{user}/sessions";
    /// A session.
    USER_SESSION user_session(user: UserId, session: SessionId) "/api/users/{user}/sessions/{session}";
    /// The invitations that wait for a user's answer.
    USER_INVITATIONS user_invitations(user: UserId) "/api/users/{user}/invitations";
    /// Accepts an invitation.
    USER_INVITATION_ACCEPT user_invitation_accept(user: UserId, invitation: InvitationId) "/api/users/{user}/invitations/{invitation}/accept";
    /// Rejects an invitation.
    USER_INVITATION_REJECT user_invitation_reject(user: UserId, invitation: InvitationId) "/api/users/{user}/invitations/{invitation}/reject";
    /// A user's API tokens.
    USER_TOKENS user_tokens(user: UserId) "/api/users/{user}/tokens";
    /// An API token.
    USER_TOKEN user_token(user: UserId, token: ApiTokenId) "/api/users/{user}/tokens/{token}";
    /// A user's settings.
    USER_SETTINGS user_settings(user: UserId) "/api/users/{user}/settings";
    /// A user's connections.
    USER_CONNECTIONS user_connections(user: UserId) "/api/users/{user}/settings/connections";
    /// A connection.
    USER_CONNECTION user_connection(user: UserId, connection: ConnectionId) "/api/users/{user}/settings/connections/{connection}";
    /// Tries a connection out.
    USER_CONNECTION_TEST user_connection_test(user: UserId, connection: ConnectionId) "/api/users/{user}/settings/connections/{connection}/test";
    /// What was done with a user's secrets and settings.
    USER_AUDIT user_audit(user: UserId) "/api/users/{user}/audit";
    /// All groups, or one's own.
    GROUPS groups() "/api/groups";
    /// Finds groups by name.
    GROUPS_SEARCH groups_search() "/api/groups/search";
    /// A group.
    GROUP group(group: UserGroupId) "/api/groups/{group}";
    /// Takes the caller out of a group.
    GROUP_LEAVE group_leave(group: UserGroupId) "/api/groups/{group}/leave";
    /// The invitations to a group.
    GROUP_INVITATIONS group_invitations(group: UserGroupId) "/api/groups/{group}/invitations";
    /// An invitation to a group.
    GROUP_INVITATION group_invitation(group: UserGroupId, invitation: InvitationId) "/api/groups/{group}/invitations/{invitation}";
    /// All organizations, or one's own.
    ORGANIZATIONS organizations() "/api/organizations";
    /// Finds organizations by name.
    ORGANIZATIONS_SEARCH organizations_search() "/api/organizations/search";
    /// An organization.
    ORGANIZATION organization(organization: OrganizationId) "/api/organizations/{organization}";
    /// Takes the caller out of an organization.
    ORGANIZATION_LEAVE organization_leave(organization: OrganizationId) "/api/organizations/{organization}/leave";
    /// The invitations to an organization.
    ORGANIZATION_INVITATIONS organization_invitations(organization: OrganizationId) "/api/organizations/{organization}/invitations";
    /// An invitation to an organization.
    ORGANIZATION_INVITATION organization_invitation(organization: OrganizationId, invitation: InvitationId) "/api/organizations/{organization}/invitations/{invitation}";
    /// All labels.
    LABELS labels() "/api/labels";
    /// Finds labels by scope and text.
    LABELS_SEARCH labels_search() "/api/labels/search";
    /// A label; read by a scope instead of an id, the labels of that scope.
    LABEL label(label: LabelId) "/api/labels/{label}";
    /// Puts a label in the place of another.
    LABEL_MERGE label_merge(label: LabelId) "/api/labels/{label}/merge";

    /// The projects that the caller may see; creates one.
    PROJECTS projects() "/api/projects";
    /// A project.
    PROJECT project(project: ProjectId) "/api/projects/{project}";
    /// The projects in which a person has a role.
    PROJECTS_OF_USER projects_of_user(user: UserId) "/api/projects/user/{user}";
    /// Finds projects, as the 2022 interface asked for it.
    PROJECTS_OF_USER_SEARCH projects_of_user_search(user: UserId) "/api/projects/user/{user}/search";
    /// What something comes from, and what was made of it.
    PROJECT_LINEAGE project_lineage(project: ProjectId) "/api/projects/{project}/lineage";
    /// How many runs began, day by day.
    PROJECT_ACTIVITY project_activity(project: ProjectId) "/api/projects/{project}/activity";
    /// Who was given a role in a project.
    PROJECT_MEMBERS project_members(project: ProjectId) "/api/projects/{project}/members";
    /// A person's role in a project.
    PROJECT_MEMBER project_member(project: ProjectId, user: UserId) "/api/projects/{project}/members/{user}";
    /// A group's role in a project.
    PROJECT_GROUP project_group(project: ProjectId, group: UserGroupId) "/api/projects/{project}/groups/{group}";
    /// An organization's role in a project.
    PROJECT_ORGANIZATION project_organization(project: ProjectId, organization: OrganizationId) "/api/projects/{project}/organizations/{organization}";
    /// Who owns a project.
    PROJECT_OWNER project_owner(project: ProjectId) "/api/projects/{project}/owner";
    /// Who may see a project, and why.
    PROJECT_ACCESS project_access(project: ProjectId) "/api/projects/{project}/access";
    /// The invitations to a project.
    PROJECT_INVITATIONS project_invitations(project: ProjectId) "/api/projects/{project}/invitations";
    /// An invitation to a project.
    PROJECT_INVITATION project_invitation(project: ProjectId, invitation: InvitationId) "/api/projects/{project}/invitations/{invitation}";
    /// A project's code repositories.
    CODE code(project: ProjectId) "/api/projects/{project}/code";
    /// A project's code repositories, each with the runs that used it.
    CODE_USAGE code_usage(project: ProjectId) "/api/projects/{project}/code/usage";
    /// A code repository.
    CODE_REPOSITORY code_repository(project: ProjectId, code: CodeRepositoryId) "/api/projects/{project}/code/{code}";
    /// What a code repository holds at a commit: its entry points.
    CODE_CONTENTS code_contents(project: ProjectId, code: CodeRepositoryId) "/api/projects/{project}/code/{code}/entry-points";
    /// A project's data repositories.
    DATA data(project: ProjectId) "/api/projects/{project}/data";
    /// A project's data repositories, each with the runs that used it.
    DATA_USAGE data_usage(project: ProjectId) "/api/projects/{project}/data/usage";
    /// A data repository.
    DATA_REPOSITORY data_repository(project: ProjectId, data: DataRepositoryId) "/api/projects/{project}/data/{data}";
    /// A project's experiments.
    EXPERIMENTS experiments(project: ProjectId) "/api/projects/{project}/experiments";
    /// A project's experiments, each with its runs.
    EXPERIMENTS_USAGE experiments_usage(project: ProjectId) "/api/projects/{project}/experiments/usage";
    /// An experiment.
    EXPERIMENT experiment(project: ProjectId, experiment: ExperimentRepositoryId) "/api/projects/{project}/experiments/{experiment}";
    /// A name for a run that no run of the experiment has.
    EXPERIMENT_RUN_NAME experiment_run_name(project: ProjectId, experiment: ExperimentRepositoryId) "/api/projects/{project}/experiments/{experiment}/unique-mlflow-run-name";
    /// A project's model definitions.
    MODELS models(project: ProjectId) "/api/projects/{project}/models";
    /// A project's model definitions, each with the runs that trained it.
    MODELS_USAGE models_usage(project: ProjectId) "/api/projects/{project}/models/usage";
    /// A model definition.
    MODEL_REPOSITORY model_repository(project: ProjectId, model: ModelRepositoryId) "/api/projects/{project}/models/{model}";
    /// A project's saved models.
    SAVED_MODELS saved_models(project: ProjectId) "/api/projects/{project}/models/trained";
    /// A saved model.
    SAVED_MODEL saved_model(project: ProjectId, model: SavedModelId) "/api/projects/{project}/models/trained/{model}";
    /// What a saved model takes and gives.
    SAVED_MODEL_SIGNATURE saved_model_signature(project: ProjectId, model: SavedModelId) "/api/projects/{project}/models/trained/{model}/signature";
    /// The container image of a saved model: a link to it, and where it is uploaded.
    SAVED_MODEL_IMAGE saved_model_image(project: ProjectId, model: SavedModelId) "/api/projects/{project}/models/trained/{model}/docker";
    /// Ask for the container image of a saved model.
    SAVED_MODEL_IMAGE_BUILD saved_model_image_build(project: ProjectId, model: SavedModelId) "/api/projects/{project}/models/trained/{model}/docker/build";
    /// A project's deployments.
    DEPLOYMENTS deployments(project: ProjectId) "/api/projects/{project}/deployments";
    /// A deployment.
    DEPLOYMENT deployment(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}";
    /// Ask a deployment for a prediction.
    DEPLOYMENT_PREDICT deployment_predict(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/predict";
    /// What a deployment was asked for lately.
    DEPLOYMENT_PREDICTIONS deployment_predictions(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/predictions";
    /// A prediction that a deployment was asked for.
    DEPLOYMENT_PREDICTION deployment_prediction(project: ProjectId, deployment: DeploymentId, prediction: PredictionId) "/api/projects/{project}/deployments/{deployment}/predictions/{prediction}";
    /// Start what serves a deployment.
    DEPLOYMENT_START deployment_start(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/start";
    /// Stop what serves a deployment.
    DEPLOYMENT_STOP deployment_stop(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/stop";
    /// The states that a deployment came to.
    DEPLOYMENT_HISTORY deployment_history(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/history";
    /// Some lines of what the processes of a deployment printed.
    DEPLOYMENT_LOGS_LINES deployment_logs_lines(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/logs/lines";
    /// The ways of deploying that the server itself has.
    DEPLOYMENT_MODES deployment_modes(project: ProjectId) "/api/projects/{project}/deployments/modes";
    /// Where the images of a deployment can be had.
    DEPLOYMENT_DOWNLOAD deployment_download(project: ProjectId, deployment: DeploymentId) "/api/projects/{project}/deployments/{deployment}/download";

    /// A page of the table of runs of all projects that the caller may see.
    ALL_RUNS_SEARCH all_runs_search() "/api/runs/search";
    /// A page of groups of runs of all projects that the caller may see.
    ALL_RUNS_GROUPS all_runs_groups() "/api/runs/groups";
    /// What the runs of all projects that the caller may see have logged.
    ALL_RUNS_KEYS all_runs_keys() "/api/runs/keys";
    /// What columns hold over all runs that match, of all projects that the caller may see.
    ALL_RUNS_COLUMNS all_runs_columns() "/api/runs/columns";
    /// The courses of metrics of some runs, of projects that the caller may see, as small as a cell.
    ALL_RUNS_SPARKLINES all_runs_sparklines() "/api/runs/sparklines";
    /// Changes many runs, of several projects.
    ALL_RUNS_BULK all_runs_bulk() "/api/runs/bulk";
    /// A link to a file of runs of several projects.
    ALL_RUNS_EXPORT all_runs_export() "/api/runs/export";

    /// A project's runs; creates one.
    RUNS runs(project: ProjectId) "/api/projects/{project}/runs";
    /// A page of the table of runs.
    RUNS_SEARCH runs_search(project: ProjectId) "/api/projects/{project}/runs/search";
    /// A page of groups of runs.
    RUNS_GROUPS runs_groups(project: ProjectId) "/api/projects/{project}/runs/groups";
    /// What the project's runs have logged.
    RUNS_KEYS runs_keys(project: ProjectId) "/api/projects/{project}/runs/keys";
    /// What columns hold over all runs that match.
    RUNS_COLUMNS runs_columns(project: ProjectId) "/api/projects/{project}/runs/columns";
    /// Whether a run could be started as it is asked for.
    RUNS_CHECK runs_check(project: ProjectId) "/api/projects/{project}/runs/check";
    /// What is known of some of the project's runs, side by side.
    RUNS_COMPARE runs_compare(project: ProjectId) "/api/projects/{project}/runs/compare";
    /// Histories of metrics of some of the project's runs.
    RUNS_METRICS runs_metrics(project: ProjectId) "/api/projects/{project}/runs/metrics";
    /// The courses of metrics of some of the project's runs, as small as a cell.
    RUNS_SPARKLINES runs_sparklines(project: ProjectId) "/api/projects/{project}/runs/sparklines";
    /// Changes many of the project's runs.
    RUNS_BULK runs_bulk(project: ProjectId) "/api/projects/{project}/runs/bulk";
    /// A link to a file of runs.
    RUNS_EXPORT runs_export(project: ProjectId) "/api/projects/{project}/runs/export";
    /// A project's saved views of the table of runs; saves one.
    VIEWS views(project: ProjectId) "/api/projects/{project}/views";
    /// The view that opens first for everybody in a project.
    VIEWS_DEFAULT views_default(project: ProjectId) "/api/projects/{project}/views/default";
    /// The view that opens first for the caller.
    VIEWS_OWN_DEFAULT views_own_default(project: ProjectId) "/api/projects/{project}/views/default/own";
    /// A saved view.
    VIEW view(project: ProjectId, view: RunViewId) "/api/projects/{project}/views/{view}";
    /// A project's templates of the form that starts runs; saves one.
    RUN_TEMPLATES run_templates(project: ProjectId) "/api/projects/{project}/run-templates";
    /// A template of the form that starts runs.
    RUN_TEMPLATE run_template(project: ProjectId, template: RunTemplateId) "/api/projects/{project}/run-templates/{template}";
    /// A project's schedules; makes one.
    SCHEDULES schedules(project: ProjectId) "/api/projects/{project}/schedules";
    /// What a schedule would mean.
    SCHEDULES_PREVIEW schedules_preview(project: ProjectId) "/api/projects/{project}/schedules/preview";
    /// A schedule.
    SCHEDULE schedule(project: ProjectId, schedule: ScheduleId) "/api/projects/{project}/schedules/{schedule}";
    /// Does what a schedule does, now.
    SCHEDULE_RUN schedule_run(project: ProjectId, schedule: ScheduleId) "/api/projects/{project}/schedules/{schedule}/run";
    /// What came of the times of a schedule.
    SCHEDULE_FIRES schedule_fires(project: ProjectId, schedule: ScheduleId) "/api/projects/{project}/schedules/{schedule}/fires";
    /// A run.
    RUN run(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}";
    /// What a run has logged.
    RUN_DATA run_data(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/data";
    /// Ends a run that has not ended.
    RUN_CANCEL run_cancel(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/cancel";
    /// The state of a run, on its own.
    RUN_STATUS run_status(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/status";
    /// The machine that a run ran on.
    RUN_INFRASTRUCTURE run_infrastructure(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/infrastructure";
    /// The notebook that a run was started from.
    RUN_NOTEBOOK_SOURCE run_notebook_source(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/notebook-source";
    /// What a run printed.
    RUN_LOGS run_logs(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/logs";
    /// Appends to what a run printed.
    RUN_LOGS_APPEND run_logs_append(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/logs/append";
    /// Some lines of what a run printed.
    RUN_LOGS_LINES run_logs_lines(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/logs/lines";
    /// Looks for a text in what a run printed.
    RUN_LOGS_SEARCH run_logs_search(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/logs/search";
    /// A link to what a run printed, as a file.
    RUN_LOGS_FILE run_logs_file(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/logs/file";
    /// Histories of a run's metrics.
    RUN_METRICS run_metrics(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/metrics";
    /// The artifacts in a folder of a run.
    RUN_FILES run_files(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/files";
    /// The bytes of an artifact; its path is the query's `path`.
    RUN_FILE run_file(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/file";
    /// A link to all artifacts of a run, as a ZIP archive.
    RUN_ARTIFACTS run_artifacts(project: ProjectId, run: RunId) "/api/projects/{project}/runs/{run}/artifacts";
}

/// Where the MLflow REST API is mounted; what `MLFLOW_TRACKING_URI` ends with.
pub const TRACKING: &str = "/tracking";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_filled_in() {
        let project = ProjectId(uuid::Uuid::nil());
        let run = RunId(uuid::Uuid::max());
        assert_eq!(RUN, "/api/projects/{project}/runs/{run}");
        assert_eq!(
            super::run(project, run),
            "/api/projects/00000000-0000-0000-0000-000000000000/runs/ffffffff-ffff-ffff-ffff-ffffffffffff"
        );
    }
}
