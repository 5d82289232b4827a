//! Where artifacts lie that are named by address: `<experiment>/<run>/artifacts/<path>`, or
//! `<experiment>/models/<model>/artifacts/<path>`.

use models::id::RunId;
use models::permission::Action;
use uuid::Uuid;

use super::caller::Caller;
use super::error::{TrackingError, or_missing};
use super::wire::model_id;
use crate::services::artifact_path;
use crate::store::{ArtifactOwner, ArtifactPlace};

/// An address in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    experiment: i64,
    owner: Owner,
    /// The way to the artifact; empty for the root.
    path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Run(RunId),
    Model(Uuid),
}

impl Caller {
    /// The place that an address names, and the way from there, when the caller may do this in its project.
    pub(super) async fn place(
        &self,
        address: &str,
        action: Action,
    ) -> Result<(ArtifactPlace, String), TrackingError> {
        let missing = || TrackingError::missing(format!("There are no artifacts at {address}"));
        let Address { experiment, owner, path } = read(address)?.ok_or_else(missing)?;
        let (project, found, owner) = match owner {
            Owner::Run(id) => {
                let run = self.store.run_by_id(id).await.map_err(or_missing(missing))?;
                (run.project_id, run.experiment_number, ArtifactOwner::Run(id))
            }
            Owner::Model(id) => {
                let (project, model) = self.store.logged_model(id).await.map_err(or_missing(missing))?;
                (project, model.experiment_number, ArtifactOwner::Model(id, model.run))
            }
        };
        if found != experiment {
            return Err(missing());
        }
        self.require(project, action, missing).await?;
        Ok((ArtifactPlace { project, experiment, owner }, path))
    }
}

/// The parts of an address; `None` when it is none of ours.
fn read(address: &str) -> Result<Option<Address>, TrackingError> {
    let address = address.trim_end_matches('/');
    artifact_path(address).map_err(|reason| TrackingError::invalid(format!("Invalid path: {reason}")))?;
    let mut parts = address.split('/');
    let mut next = || parts.next().unwrap_or_default();
    let Ok(experiment) = next().parse() else { return Ok(None) };
    let owner = match next() {
        "models" => model_id(next()).map(Owner::Model),
        run => run.parse().ok().map(Owner::Run),
    };
    let is_artifacts = next() == "artifacts";
    let path = parts.collect::<Vec<_>>().join("/");
    Ok(owner.filter(|_| is_artifacts).map(|owner| Address { experiment, owner, path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0190a5b2c3d44e5f8a9bcdef01234567";

    #[test]
    fn an_address_names_a_run_or_a_model() {
        let run = Owner::Run(ID.parse().unwrap());
        check(&format!("7/{ID}/artifacts/a/b.txt"), Some((7, run, "a/b.txt")));
        check(&format!("7/{ID}/artifacts"), Some((7, run, "")));
        check(&format!("7/{ID}/artifacts/"), Some((7, run, "")));
        let model = Owner::Model(ID.parse().unwrap());
        check(&format!("7/models/m-{ID}/artifacts/MLmodel"), Some((7, model, "MLmodel")));
    }

    #[test]
    fn other_addresses_name_nothing() {
        for address in
            ["7", "x/y", &format!("x/{ID}/artifacts"), &format!("7/{ID}/other/a"), "7/models/x/artifacts"]
        {
            check(address, None);
        }
    }

    #[test]
    fn no_address_leads_elsewhere() {
        for address in
            ["", "/", "../7", &format!("7/{ID}/artifacts/../x"), &format!("7/{ID}/artifacts/%2e%2e/x")]
        {
            assert!(read(address).is_err(), "{address}");
        }
    }

    #[track_caller]
    fn check(address: &str, expected: Option<(i64, Owner, &str)>) {
        let expected =
            expected.map(|(experiment, owner, path)| Address { experiment, owner, path: path.to_owned() });
        assert_eq!(read(address), Ok(expected));
    }
}
