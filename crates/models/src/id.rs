//! Ids: UUIDs, each with the type of what it identifies; lower-case with hyphens on the wire.

use crate::macros::ids;

ids! {
    /// Identifies a person; also the `sub` of her access tokens.
    UserId,
    /// Identifies a group of users.
    UserGroupId,
    /// Identifies an organization.
    OrganizationId,
    /// Identifies a project.
    ProjectId,
    /// Identifies a code repository of a project.
    CodeRepositoryId,
    /// Identifies a data repository of a project.
    DataRepositoryId,
    /// Identifies an experiment repository: Mantik's side of an MLflow experiment.
    ExperimentRepositoryId,
    /// Identifies the definition of an untrained model.
    ModelRepositoryId,
    /// Identifies a saved, that is trained, model.
    SavedModelId,
    /// Identifies a deployment of a saved model.
    DeploymentId,
    /// Identifies a run. Its 32 hexadecimal digits without hyphens are the run's MLflow id.
    RunId,
    /// Identifies a label.
    LabelId,
    /// Identifies a connection: one person's credentials for one outside system.
    ConnectionId,
    /// Identifies a person's payment information.
    PaymentInfoId,
    /// Identifies an API token; not its secret.
    ApiTokenId,
    /// Identifies a session; not its secret.
    SessionId,
    /// Identifies an invitation.
    InvitationId,
    /// Identifies something that was done.
    AuditEventId,
    /// Identifies a saved view of the table of runs.
    RunViewId,
    /// Identifies a template of the form that starts runs.
    RunTemplateId,
    /// Identifies a schedule.
    ScheduleId,
    /// Identifies a prediction that a deployment was asked for.
    PredictionId,
}

impl RunId {
    /// The run's id as MLflow spells it: 32 hexadecimal digits.
    #[must_use]
    pub fn mlflow(self) -> String {
        self.0.simple().to_string()
    }

    /// The first seven digits, enough to tell runs apart on a screen.
    #[must_use]
    pub fn short(self) -> String {
        self.mlflow().chars().take(7).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_id_reads_both_spellings_and_writes_hyphens() {
        let hyphenless: RunId = "0190a5b2c3d44e5f8a9bcdef01234567".parse().unwrap();
        let hyphenated: RunId = "0190A5B2-C3D4-4E5F-8A9B-CDEF01234567".parse().unwrap();
        assert_eq!(hyphenless, hyphenated);
        assert_eq!(hyphenless.to_string(), "0190a5b2-c3d4-4e5f-8a9b-cdef01234567");
        assert_eq!(hyphenless.mlflow(), "0190a5b2c3d44e5f8a9bcdef01234567");
    }
}
