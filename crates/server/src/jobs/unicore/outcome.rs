//! What a site says of a job, as an executor tells it.

use models::time::UnixMillis;

use crate::jobs::{Cause, Exit, Observed, Waiting};
use crate::unicore::{Job, JobStatus};

/// Where a job is.
pub(super) fn observed(job: &Job, now: UnixMillis) -> Observed {
    match job.status {
        JobStatus::Ready | JobStatus::Undefined => Observed::Waiting(Waiting::default()),
        JobStatus::Queued => {
            let words = Some(job.message.trim_end_matches('.')).filter(|words| !words.is_empty());
            let message = words.map(|words| format!("The site says: {words}."));
            Observed::Waiting(Waiting { queue: job.queue.clone(), since: Some(since(job, now)), message })
        }
        JobStatus::Running => Observed::Running,
        JobStatus::Successful => Observed::Ended(exit(job, now, None, Some(job.exit_code.unwrap_or(0)))),
        JobStatus::Failed => {
            let words = if job.message.is_empty() { job.log.clone() } else { job.message.clone() };
            Observed::Ended(exit(job, now, Some(Cause::Machine(words)), job.exit_code))
        }
    }
}

/// Since when it waits; a clock of a site that goes ahead is not believed.
fn since(job: &Job, now: UnixMillis) -> UnixMillis {
    job.submitted_at.filter(|at| at.0 <= now.0).unwrap_or(now)
}

fn exit(job: &Job, now: UnixMillis, cause: Option<Cause>, code: Option<i32>) -> Exit {
    // One that was so short that nobody saw it.
    let began = job
        .took
        .filter(|_| code.is_some())
        .map(|seconds| UnixMillis(now.0.saturating_sub(seconds.max(0).saturating_mul(1000))));
    let cause = cause.or_else(|| (code != Some(0)).then(|| Cause::Machine(job.message.clone())));
    Exit { began, at: now, code, signal: None, cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(status: JobStatus) -> Job {
        Job {
            status,
            message: String::new(),
            exit_code: None,
            queue: Some("devel".to_owned()),
            submitted_at: Some(UnixMillis(5)),
            took: Some(2),
            folder: None,
            log: "last".to_owned(),
            tags: None,
        }
    }

    #[test]
    fn each_status_has_its_meaning() {
        let of = |job: &Job| observed(job, UnixMillis(10_000));
        assert_eq!(of(&job(JobStatus::Ready)), Observed::Waiting(Waiting::default()));
        let Observed::Waiting(waiting) = of(&job(JobStatus::Queued)) else { panic!() };
        assert_eq!((waiting.queue.as_deref(), waiting.since), (Some("devel"), Some(UnixMillis(5))));
        assert_eq!(of(&job(JobStatus::Running)), Observed::Running);
        let Observed::Ended(exit) = of(&job(JobStatus::Successful)) else { panic!() };
        assert_eq!((exit.code, exit.cause, exit.began), (Some(0), None, Some(UnixMillis(8_000))));
        let Observed::Ended(exit) = of(&job(JobStatus::Failed)) else { panic!() };
        assert_eq!((exit.code, exit.cause), (None, Some(Cause::Machine("last".to_owned()))));
        let failed = Job { exit_code: Some(3), message: "Failed".to_owned(), ..job(JobStatus::Failed) };
        let Observed::Ended(exit) = of(&failed) else { panic!() };
        assert_eq!((exit.code, exit.cause), (Some(3), Some(Cause::Machine("Failed".to_owned()))));
    }
}
