//! What a site tells of a job.

use models::time::UnixMillis;
use serde_json::Value;

use super::error::line;

/// How many of the last lines of a job's log are passed on.
const LAST: usize = 5;

/// Where a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStatus {
    /// It was made; it waits to be started, or has just been.
    Ready,
    /// It waits in the queue of the machine.
    Queued,
    /// It is being executed.
    Running,
    /// It has ended well.
    Successful,
    /// It has ended otherwise.
    Failed,
    /// The site does not say.
    Undefined,
}

/// What a site tells of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Where it is.
    pub status: JobStatus,
    /// More about that in the site's words; may be empty.
    pub message: String,
    /// The status of its command, once it has ended.
    pub exit_code: Option<i32>,
    /// The queue, as the site calls it.
    pub queue: Option<String>,
    /// When it was made.
    pub submitted_at: Option<UnixMillis>,
    /// How long it was executed, in seconds.
    pub took: Option<i64>,
    /// The id of the storage that is its folder.
    pub folder: Option<String>,
    /// The last lines of what the site did for it.
    pub log: String,
    /// Its tags; `None` where the site does not tell of any.
    pub tags: Option<Vec<String>>,
}

impl Job {
    /// Reads an answer; `None` where it does not tell of a job.
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let status = match answer.get("status")?.as_str()? {
            "STAGINGIN" | "READY" => JobStatus::Ready,
            "QUEUED" => JobStatus::Queued,
            "RUNNING" | "STAGINGOUT" => JobStatus::Running,
            "SUCCESSFUL" => JobStatus::Successful,
            "FAILED" => JobStatus::Failed,
            _ => JobStatus::Undefined,
        };
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(line);
        let folder = answer.pointer("/_links/workingDirectory/href").and_then(Value::as_str);
        Some(Self {
            status,
            message: text("statusMessage").filter(|message| message != "N/A").unwrap_or_default(),
            exit_code: answer.get("exitCode").and_then(number).and_then(|code| code.try_into().ok()),
            queue: text("queue").filter(|queue| !queue.is_empty() && queue != "N/A"),
            submitted_at: text("submissionTime").as_deref().and_then(moment),
            took: answer.pointer("/consumedTime/main").and_then(number),
            folder: folder.and_then(last_id),
            log: last_lines(answer.get("log")),
            tags: answer.get("tags").and_then(Value::as_array).map(|tags| texts(tags)),
        })
    }

    /// Whether it says itself that it has this tag. What a list of jobs says counts for nothing: a site may pass over what
    /// it is asked to select by.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.as_ref().is_some_and(|tags| tags.iter().any(|own| own == tag))
    }
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Numbers come as such or as text.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A moment such as `2026-05-04T12:00:00+0200`.
fn moment(text: &str) -> Option<UnixMillis> {
    let parsed = jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", text).or_else(|_| text.parse());
    parsed.ok().map(|at: jiff::Timestamp| UnixMillis(at.as_millisecond()))
}

/// The id at the end of an address; `None` where it has characters that ids do not have.
pub(super) fn last_id(address: &str) -> Option<String> {
    let last = address.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let is_id = !last.is_empty() && last.len() <= 200 && !last.starts_with('.') && last.chars().all(is_plain);
    is_id.then(|| last.to_owned())
}

fn last_lines(log: Option<&Value>) -> String {
    let lines: Vec<String> = match log {
        Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).map(line).collect(),
        Some(Value::String(text)) => text.lines().map(line).collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => Vec::new(),
    };
    lines.get(lines.len().saturating_sub(LAST)..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_job_is_read_as_sites_spell_it() {
        let job = Job::read(&json!({
            "status": "FAILED", "statusMessage": "Failed: exit code 3", "exitCode": "3", "queue": "devel",
            "submissionTime": "1970-01-01T02:00:01+0200", "consumedTime": {"main": "12", "queued": "N/A"},
            "log": ["a", "b", "c", "d", "e", "f"], "tags": ["one", 2, "two"],
            "_links": {"workingDirectory": {"href": "https://inner.example.org/SITE/rest/core/storages/1f-uspace"}},
        }));
        let job = job.unwrap();
        assert_eq!((job.status, job.exit_code, job.took), (JobStatus::Failed, Some(3), Some(12)));
        assert_eq!((job.submitted_at, job.folder.as_deref()), (Some(UnixMillis(1000)), Some("1f-uspace")));
        assert_eq!((job.queue.as_deref(), job.log.as_str()), (Some("devel"), "b\nc\nd\ne\nf"));
        assert!(job.has_tag("two") && !job.has_tag("tw"));
        let job = Job::read(&json!({"status": "STAGINGIN", "exitCode": 0, "queue": "N/A"})).unwrap();
        assert!(job.tags.is_none() && !job.has_tag("two"));
        assert_eq!((job.status, job.exit_code, job.queue), (JobStatus::Ready, Some(0), None));
        assert_eq!(Job::read(&json!({"role": "user"})), None);
    }

    #[test]
    fn an_id_leads_nowhere_else() {
        assert_eq!(last_id("https://x/rest/core/jobs/2d-0/"), Some("2d-0".to_owned()));
        for odd in ["https://x/jobs/..", "https://x/jobs/a%2f..", "a b", "", "https://x/jobs/a@b"] {
            assert_eq!(last_id(odd), None, "{odd}");
        }
    }
}
