//! Doing what a schedule says: the time is noted, the run made and the next time set in one transaction.

use models::connection::Connection as Shown;
use models::deployment::PredictionRequest;
use models::id::{DeploymentId, ProjectId, ScheduleId, UserId};
use models::permission::Action;
use models::run::{AddRun, RunStatus};
use models::schedule::{FireOutcome, ScheduleFire};
use models::time::UnixMillis;

use super::due::{DueSchedule, Scheduled, what_of};
use super::fires::{self, NewFire};
use super::news::publish;
use super::{deployments, write};
use crate::store::{
    Connection, ExecutorKind, Once, Sql, Store, StoreError, access, connections, idempotency, owned,
    run_data, runs,
};

/// What is done about a schedule whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The time for which it acts; `None` where it lets the time pass.
    pub at: Option<UnixMillis>,
    /// More about that, for people.
    pub message: Option<String>,
    /// A time that is let pass, and why.
    pub skipped: Option<(UnixMillis, String)>,
    /// Its next time; `None` where there is none any more.
    pub next: Option<UnixMillis>,
    /// When this is done.
    pub now: UnixMillis,
}

/// Says what executes a run with the connection that it names; `None` where it is kept for others to execute.
pub trait ChooseExecutor:
    Fn(&AddRun, Option<&Shown>) -> Result<Option<ExecutorKind>, StoreError> + Send + 'static
{
}

impl<F> ChooseExecutor for F where
    F: Fn(&AddRun, Option<&Shown>) -> Result<Option<ExecutorKind>, StoreError> + Send + 'static
{
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fired {
    /// Nothing: another server was faster, or the schedule was changed meanwhile.
    Elsewhere,
    /// The time was let pass, as the schedule says.
    Skipped,
    /// A run was made.
    Run,
    /// The time is noted; now the deployed model is to be asked.
    Prediction,
}

impl Store {
    /// Acts for a time of a schedule, once over all servers.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Invalid`] or [`StoreError::NotFound`] when what it says cannot be done, and
    /// then nothing was done.
    pub async fn fire_schedule(
        &self,
        due: DueSchedule,
        firing: Firing,
        executors: impl ChooseExecutor,
    ) -> Result<Fired, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if !advance(connection, &due, firing.next).await? {
                    return Ok(Fired::Elsewhere);
                }
                note_skipped(connection, &due, &firing).await?;
                publish(connection, due.project_id);
                let Some(at) = firing.at else { return Ok(Fired::Skipped) };
                let fire = new_fire(due.schedule_id, at, firing.now, FireOutcome::Started, firing.message);
                if !fires::note(connection, fire).await? {
                    return Ok(Fired::Elsewhere);
                }
                require_maker(connection, &due).await?;
                match due.what {
                    Scheduled::Run(add) => {
                        let by = (due.project_id, due.user_id);
                        let door = connections::named(connection, due.user_id, add.connection_id).await?;
                        let executor = executors(&add, door.as_ref())?;
                        start(connection, by, (due.schedule_id, &due.name), at, (*add, executor)).await?;
                        Ok(Fired::Run)
                    }
                    Scheduled::Prediction(..) => Ok(Fired::Prediction),
                    Scheduled::Unreadable => Err(unreadable()),
                }
            })
        })
        .await
    }

    /// Notes that what a schedule says could not be done, and puts it to rest.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn refuse_schedule(
        &self,
        due: DueSchedule,
        firing: Firing,
        reason: String,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if !advance(connection, &due, None).await? {
                    return Ok(());
                }
                note_skipped(connection, &due, &firing).await?;
                let sql = Sql::new(
                    "UPDATE schedules SET is_paused = TRUE, problem = $1, updated_at = $2, version = version + 1 \
                     WHERE schedule_id = $3",
                );
                connection.execute(sql.with(reason.as_str()).with(firing.now).with(due.schedule_id)).await?;
                if matches!(due.what, Scheduled::Prediction(..)) {
                    deployments::pause(connection, due.schedule_id).await?;
                    owned::publish(connection, due.project_id);
                }
                let at = firing.at.unwrap_or(due.due_at);
                let fire = new_fire(due.schedule_id, at, firing.now, FireOutcome::Refused, Some(reason));
                fires::note(connection, fire).await?;
                publish(connection, due.project_id);
                Ok(())
            })
        })
        .await
    }

    /// Acts for a schedule now, in the name of `user`; its times stay as they are. Where it asks a deployed model, that is
    /// to be asked now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the project has none with this id; as [`Store::add_run`] else.
    pub async fn fire_by_hand(
        &self,
        project: ProjectId,
        id: ScheduleId,
        user: UserId,
        once: Option<Once>,
        now: UnixMillis,
        executors: impl ChooseExecutor,
    ) -> Result<(ScheduleFire, Option<(DeploymentId, PredictionRequest)>), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(before) = idempotency::answer_before(connection, once.as_ref()).await? {
                    return Ok((before, None));
                }
                let (name, what) = what_of(connection, project, id).await?;
                let fire = new_fire(id, now, now, FireOutcome::Started, None);
                if !fires::note(connection, NewFire { is_manual: true, ..fire }).await? {
                    return Err(StoreError::Conflict("It was started this very moment.".to_owned()));
                }
                let asked = match what {
                    Scheduled::Run(add) => {
                        write::check_connection(connection, user, &add, "connectionId").await?;
                        let door = connections::named(connection, user, add.connection_id).await?;
                        let executor = executors(&add, door.as_ref())?;
                        start(connection, (project, user), (id, &name), now, (*add, executor)).await?;
                        None
                    }
                    Scheduled::Prediction(deployment, request) => Some((deployment, request)),
                    Scheduled::Unreadable => return Err(unreadable()),
                };
                publish(connection, project);
                let fire = fires::one(connection, project, id, now).await?;
                idempotency::keep_answer(connection, once, &fire).await?;
                Ok((fire, asked))
            })
        })
        .await
    }
}

/// Sets the next time, if the schedule is as it was read. Of two servers that try, one succeeds.
async fn advance(
    connection: &mut Connection,
    due: &DueSchedule,
    next: Option<UnixMillis>,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE schedules SET next_due_at = $1 WHERE schedule_id = $2 AND next_due_at = $3 AND version = $4 \
         AND NOT is_paused",
    );
    let sql = sql.with(next).with(due.schedule_id).with(due.due_at).with(due.version);
    Ok(connection.execute(sql).await? > 0)
}

async fn note_skipped(
    connection: &mut Connection,
    due: &DueSchedule,
    firing: &Firing,
) -> Result<(), StoreError> {
    let Some((at, message)) = firing.skipped.clone() else { return Ok(()) };
    let fire = new_fire(due.schedule_id, at, firing.now, FireOutcome::Skipped, Some(message));
    fires::note(connection, fire).await.map(drop)
}

fn new_fire(
    schedule: ScheduleId,
    due_at: UnixMillis,
    now: UnixMillis,
    outcome: FireOutcome,
    message: Option<String>,
) -> NewFire {
    NewFire { schedule, due_at, now, outcome, is_manual: false, message }
}

/// Makes the run of a time, with the name of the schedule as a tag by which its runs are found.
async fn start(
    connection: &mut Connection,
    (project, user): (ProjectId, UserId),
    (schedule, name): (ScheduleId, &str),
    at: UnixMillis,
    (add, executor): (AddRun, Option<ExecutorKind>),
) -> Result<(), StoreError> {
    let run = runs::add_within(connection, (project, user), RunStatus::Scheduled, add, executor).await?;
    run_data::set_tags(connection, &run, &[("mantik.schedule", name)]).await?;
    fires::note_run(connection, schedule, at, run.id).await
}

/// Refuses what the one in whose name it is done may not do any more.
async fn require_maker(connection: &mut Connection, due: &DueSchedule) -> Result<(), StoreError> {
    let action = match due.what {
        Scheduled::Run(_) | Scheduled::Unreadable => Action::SubmitRuns,
        Scheduled::Prediction(..) => Action::AskModels,
    };
    let sql = Sql::new("SELECT name, is_disabled FROM users WHERE user_id = $1").with(due.user_id);
    let row = connection.fetch_one(sql).await?;
    let (name, is_disabled): (String, bool) = (row.get("name")?, row.get("is_disabled")?);
    let role = access::role_in(connection, due.project_id, due.user_id).await?;
    if !is_disabled && role.is_some_and(|role| role.why_not(action).is_none()) {
        return Ok(());
    }
    let remedy = match due.what {
        Scheduled::Run(_) | Scheduled::Unreadable => "Whoever may and resumes it has it act in her own name.",
        Scheduled::Prediction(..) => "Whoever may can add the deployment anew.",
    };
    Err(StoreError::Conflict(format!(
        "It acts in the name of {name}, who may not do this in the project any more. {remedy}"
    )))
}

fn unreadable() -> StoreError {
    StoreError::Conflict("This version cannot read what it does. Edit it and say it anew.".to_owned())
}
