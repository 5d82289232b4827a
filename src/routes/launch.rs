//! The addresses of the form that starts a run, by what it begins with.

use models::id::{ProjectId, RunId, RunTemplateId};
use models::repository::RepositoryKind;
use uuid::Uuid;

use super::pages::RunLeg;
use super::percent::encode;
use super::route::Route;

impl Route {
    /// The form with the values of a run; `change` is what is to be another.
    #[must_use]
    pub fn launch_from(project: ProjectId, run: RunId, change: Option<RunLeg>) -> String {
        let change = change.map(|leg| format!("&change={}", leg.word())).unwrap_or_default();
        format!("{}?from={}{change}", Self::Launch(project), run.mlflow())
    }

    /// The form with the values of the last run that used a repository, and with that repository.
    #[must_use]
    pub fn launch_with(project: ProjectId, kind: RepositoryKind, id: Uuid) -> String {
        format!("{}?{}={id}", Self::Launch(project), kind.segment())
    }

    /// The form as a template fills it.
    #[must_use]
    pub fn launch_template(project: ProjectId, template: RunTemplateId) -> String {
        format!("{}?template={template}", Self::Launch(project))
    }

    /// The form with the values of the last run that fits `filter`, a text in the query language.
    #[must_use]
    pub fn launch_like(project: ProjectId, filter: &str) -> String {
        format!("{}?like={}", Self::Launch(project), encode(filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_told_what_it_begins_with() {
        let id = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";
        let (Ok(project), Ok(run), Ok(data), Ok(template)) = (id.parse(), id.parse(), id.parse(), id.parse())
        else {
            panic!("an id")
        };
        let form = format!("/projects/{id}/runs/new");
        let run_id = id.replace('-', "");
        assert_eq!(
            Route::launch_from(project, run, Some(RunLeg::Data)),
            format!("{form}?from={run_id}&change=data")
        );
        assert_eq!(Route::launch_from(project, run, None), format!("{form}?from={run_id}"));
        assert_eq!(Route::launch_with(project, RepositoryKind::Data, data), format!("{form}?data={id}"));
        assert_eq!(Route::launch_template(project, template), format!("{form}?template={id}"));
        assert_eq!(Route::launch_like(project, "code = 'a'"), format!("{form}?like=code%20%3D%20%27a%27"));
    }
}
