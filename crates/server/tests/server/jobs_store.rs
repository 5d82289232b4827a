//! The queue of jobs and its leases, with several servers over one database.

use crate::fixture::{Fixture, add_user};
use crate::support::{on_each_database, on_two_servers};
use models::run::{AddRun, JobExecutor, JobState, RunStatus};
use models::time::UnixMillis;
use serde_json::json;
use server::auth::sha256;
use server::clock;
use server::store::{
    ExecutorKind, JobEnd, JobNote, JobRecord, NewToken, Prepared, Requeued, Room, RunChange, Store,
    StoreError, Tender,
};
use std::collections::HashSet;
use uuid::Uuid;

const LOCAL: ExecutorKind = ExecutorKind::Local;

fn tender(place: Uuid) -> Tender {
    Tender { place, owner: Uuid::new_v4() }
}

fn room(free: u64) -> Room {
    Room { free, of_one: None }
}

async fn submit(fixture: &Fixture, n_runs: usize) {
    for n in 0..n_runs {
        let id = fixture.experiment.repository.experiment_repository_id;
        let add: AddRun =
            serde_json::from_value(json!({"name": n.to_string(), "experimentRepositoryId": id})).unwrap();
        fixture.store.submit_run(fixture.project, fixture.user, add, LOCAL, None).await.unwrap();
    }
}

async fn take_one(store: &Store, tender: Tender) -> JobRecord {
    store.take_jobs(tender, LOCAL, room(1)).await.unwrap().pop().unwrap()
}

fn end() -> JobEnd {
    JobEnd { status: RunStatus::Failed, at: clock::now(), message: "Exit code 3.".to_owned() }
}

#[tokio::test]
async fn jobs_are_taken_in_their_order_and_end_with_their_token() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        submit(&fixture, 2).await;
        let here = tender(Uuid::new_v4());
        let first = take_one(&store, here).await;
        assert_eq!(store.run_by_id(first.run_id).await.unwrap().name, "0");
        assert_eq!((first.state, first.attempt), (JobState::Submitting, 1));
        let token = || NewToken {
            secret_hash: sha256(&Uuid::new_v4().to_string()),
            user_id: fixture.user,
            name: "Run 0".to_owned(),
            scopes: Vec::new(),
            project_id: None,
            expires_at: UnixMillis(i64::MAX),
        };
        for _ in 0..2 {
            let prepared = Prepared { commit: "a".repeat(40), parameters: Vec::new(), token: token() };
            store.prepare_job(first.number, here.owner, prepared).await.unwrap();
        }
        assert_eq!(store.api_tokens(fixture.user).await.unwrap().total_records, 1, "the older one is gone");
        store.start_job(first.number, here.owner, "x".to_owned(), Some(UnixMillis(7))).await.unwrap();
        for (sent, bytes) in [(0, "one\n"), (0, "one\n"), (4, "two\n")] {
            store.append_job_log(first.number, here.owner, sent, bytes.into()).await.unwrap();
        }
        assert_eq!(store.run_log(fixture.project, first.run_id).await.unwrap(), "one\ntwo\n");
        store.end_job(first.number, here.owner, end()).await.unwrap();
        let run = store.run(fixture.project, first.run_id).await.unwrap();
        assert_eq!((run.status, run.start_time), (RunStatus::Failed, Some(UnixMillis(7))));
        assert_eq!(run.job.unwrap().message.as_deref(), Some("Exit code 3."));
        assert_eq!(store.api_tokens(fixture.user).await.unwrap().total_records, 0);
        assert!(matches!(store.end_job(first.number, here.owner, end()).await, Err(StoreError::Stale)));
        assert_eq!(store.run_by_id(take_one(&store, here).await.run_id).await.unwrap().name, "1");
    })
    .await;
}

#[tokio::test]
async fn what_is_executed_is_what_was_submitted() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        submit(&fixture, 1).await;
        let job = take_one(&store, tender(Uuid::new_v4())).await;
        let code = json!({"codeRepositoryName": "other", "uri": "https://git.example/other"});
        let code = store
            .create_code_repository(fixture.project, serde_json::from_value(code).unwrap())
            .await
            .unwrap();
        let of_git = [
            ("mlflow.source.git.repoURL", "https://git.example/other"),
            ("mlflow.source.git.commit", "0123456789abcdef0123456789abcdef01234567"),
        ];
        fixture.log(job.run_id, crate::fixture::tags(&of_git)).await;
        let add = json!({
            "name": "another", "mlflowRunId": job.run_id, "codeRepositoryId": code.code_repository_id,
            "experimentRepositoryId": fixture.experiment.repository.experiment_repository_id,
        });
        let add: AddRun = serde_json::from_value(add).unwrap();
        let linked = store.add_run(fixture.project, fixture.user, RunStatus::Scheduled, add, None).await;
        assert!(matches!(linked, Err(StoreError::Conflict(_))), "{linked:?}");
        let run = store.run(fixture.project, job.run_id).await.unwrap();
        assert_eq!((run.code_repository, run.commit, run.name.as_str()), (None, None, "0"));
    })
    .await;
}

#[tokio::test]
async fn what_a_program_tells_of_its_end_counts_where_it_ended_well() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        submit(&fixture, 3).await;
        let here = tender(Uuid::new_v4());
        let (done, at) = (RunStatus::Finished, clock::now());
        for (told, ended, expected) in [
            (RunStatus::Failed, done, RunStatus::Failed),
            (RunStatus::Finished, RunStatus::Failed, RunStatus::Failed),
            (RunStatus::Running, done, done),
        ] {
            let job = take_one(&store, here).await;
            store.start_job(job.number, here.owner, "x".to_owned(), Some(at)).await.unwrap();
            let change = RunChange { status: Some(told), ..RunChange::default() };
            let run = store.update_active_run(job.run_id, change).await.unwrap();
            assert_eq!(run.status, RunStatus::Running, "the job decides");
            let end = JobEnd { status: ended, at, message: "Exit code.".to_owned() };
            store.end_job(job.number, here.owner, end).await.unwrap();
            assert_eq!(store.run_by_id(job.run_id).await.unwrap().status, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_failed_attempt_waits_and_is_told() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        submit(&fixture, 1).await;
        let here = tender(Uuid::new_v4());
        let job = take_one(&store, here).await;
        let later = UnixMillis(clock::now().0 + 60_000);
        store
            .requeue_job(job.number, here.owner, later, Requeued::Failed("The host is away.".to_owned()))
            .await
            .unwrap();
        assert!(store.take_jobs(here, LOCAL, room(1)).await.unwrap().is_empty());
        let told = store.run(fixture.project, job.run_id).await.unwrap().job.unwrap();
        assert_eq!((told.state, told.position, told.attempt), (JobState::Queued, Some(1), 1));
        assert_eq!(told.message.as_deref(), Some("The host is away."));
        let again = store.job(job.number).await.unwrap();
        assert_eq!((again.failures, again.lease_owner), (1, None));
    })
    .await;
}

#[tokio::test]
async fn a_lease_is_taken_over_by_those_who_hold_the_folder() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        submit(&fixture, 1).await;
        let (here, elsewhere) = (tender(Uuid::new_v4()), tender(Uuid::new_v4()));
        let job = take_one(&store, here).await;
        let next = tender(here.place);
        assert!(store.adopt_jobs(next, LOCAL).await.unwrap().is_empty(), "its lease has not ended");
        store.release_leases(here).await.unwrap();
        assert!(store.adopt_jobs(elsewhere, LOCAL).await.unwrap().is_empty(), "the folder is another one");
        let adopted = store.adopt_jobs(next, LOCAL).await.unwrap();
        assert_eq!(adopted.iter().map(|own| own.number).collect::<Vec<_>>(), [job.number]);
        let late = store.start_job(job.number, here.owner, "x".to_owned(), Some(UnixMillis(7))).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        store.start_job(job.number, next.owner, "x".to_owned(), Some(UnixMillis(7))).await.unwrap();
        let last = tender(here.place);
        store.void_leases(last).await.unwrap();
        let adopted = store.adopt_jobs(last, LOCAL).await.unwrap();
        let is_alone = !store.read().await.unwrap().is_postgres();
        assert_eq!(adopted.len(), usize::from(is_alone), "with SQLite nobody else can be at work");
    })
    .await;
}

#[tokio::test]
async fn a_job_that_another_machine_has_is_taken_over_by_any_server() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        let id = fixture.experiment.repository.experiment_repository_id;
        let add: AddRun = serde_json::from_value(json!({"name": "0", "experimentRepositoryId": id})).unwrap();
        let elsewhere = ExecutorKind::Unicore;
        fixture.store.submit_run(fixture.project, fixture.user, add, elsewhere, None).await.unwrap();
        let (here, there) = (tender(Uuid::new_v4()), tender(Uuid::new_v4()));
        assert!(
            store.take_jobs(here, LOCAL, room(9)).await.unwrap().is_empty(),
            "it is for another executor"
        );
        let job = store.take_jobs(here, elsewhere, room(9)).await.unwrap().pop().unwrap();
        store.start_job(job.number, here.owner, "x".to_owned(), None).await.unwrap();
        let run = store.run_by_id(job.run_id).await.unwrap();
        assert_eq!((run.status, run.start_time), (RunStatus::Scheduled, None), "the machine lets it wait");
        let note = JobNote {
            queue: Some("devel".to_owned()),
            queued_since: Some(UnixMillis(5)),
            ..JobNote::default()
        };
        for _ in 0..2 {
            store.note_job(job.number, here.owner, note.clone()).await.unwrap();
        }
        let noted = store.run_by_id(job.run_id).await.unwrap();
        assert_eq!(noted.version, run.version + 1, "what is known already changes nothing");
        store.release_leases(here).await.unwrap();
        assert_eq!(
            store.adopt_jobs(there, elsewhere).await.unwrap().len(),
            1,
            "nothing of it lies in a folder"
        );
        for at in [7, 8] {
            store.begin_job(job.number, there.owner, UnixMillis(at)).await.unwrap();
        }
        let run = store.run(fixture.project, job.run_id).await.unwrap();
        assert_eq!((run.status, run.start_time), (RunStatus::Running, Some(UnixMillis(7))));
        let told = run.job.unwrap();
        assert_eq!((told.executor, told.queue.as_deref()), (JobExecutor::Unicore, Some("devel")));
        assert_eq!(told.queued_since, None);
        assert!(matches!(store.note_job(job.number, here.owner, note).await, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_take_each_job_once() {
    on_two_servers(|here, there| async move {
        let fixture = Fixture::new(here.clone()).await;
        submit(&fixture, 60).await;
        let take = |store: Store| {
            tokio::spawn(async move {
                let own = tender(Uuid::new_v4());
                let mut taken = Vec::new();
                while taken.len() < 60 {
                    let jobs = store.take_jobs(own, LOCAL, room(3)).await.unwrap();
                    if jobs.is_empty() {
                        break;
                    }
                    taken.extend(jobs.into_iter().map(|job| job.number));
                    tokio::task::yield_now().await;
                }
                taken
            })
        };
        let tasks: Vec<_> =
            [&here, &there, &here, &there].into_iter().map(|store| take(store.clone())).collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.unwrap());
        }
        let rest = here.take_jobs(tender(Uuid::new_v4()), LOCAL, room(60)).await.unwrap();
        all.extend(rest.into_iter().map(|job| job.number));
        let distinct: HashSet<_> = all.iter().copied().collect();
        assert_eq!((all.len(), distinct.len()), (60, 60));
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_the_places_of_all() {
    on_each_database(|store| async move {
        let fixture = Fixture::new(store.clone()).await;
        submit(&fixture, 5).await;
        let bob = add_user(&store, "bob").await;
        submit(&Fixture { user: bob, store: store.clone(), ..fixture }, 3).await;
        let here = tender(Uuid::new_v4());
        let take = async |free| {
            let jobs = store.take_jobs(here, LOCAL, Room { free, of_one: Some(2) }).await.unwrap();
            jobs.into_iter().map(|job| job.number).collect::<Vec<_>>()
        };
        assert_eq!(take(1).await, [1]);
        assert_eq!(take(9).await, [2, 6, 7], "each has two");
        assert_eq!(take(9).await, [0; 0]);
        store.end_job(1, here.owner, end()).await.unwrap();
        assert_eq!(take(9).await, [3]);
        store.end_job(7, here.owner, end()).await.unwrap();
        assert_eq!(take(9).await, [8]);
    })
    .await;
}
