//! What runs and deployments printed.

use models::download::DownloadLink;
use models::id::{ProjectId, RunId};
use models::run::{LogLines, LogLinesQuery, LogSearchQuery};

use super::{Query, Topic, Write, read_when, write};
use crate::api::{self, ApiError};

pub use crate::api::logs::Log;

/// Some lines of a log; nothing is asked while there is no request.
pub fn lines(request: impl Fn() -> Option<(Log, LogLinesQuery)> + Send + Sync + 'static) -> Query<LogLines> {
    let topic = |(log, _): &(Log, LogLinesQuery)| match *log {
        Log::Run(project, run) => Topic::RunLog(project, run),
        Log::Deployment(project, _) => Topic::DeploymentLogs(project),
    };
    read_when(topic, api::logs::lines, request)
}

/// Finds the number of the first line with a text; goes on at the other end when there is none up to the end.
pub fn find() -> Write<(ProjectId, RunId, LogSearchQuery), Option<u64>> {
    write(|_| Vec::new(), found)
}

/// Gets a link to all that a run printed.
pub fn file() -> Write<(ProjectId, RunId), DownloadLink> {
    write(|_| Vec::new(), api::logs::file)
}

async fn found((project, run, query): (ProjectId, RunId, LogSearchQuery)) -> Result<Option<u64>, ApiError> {
    let mut is_second_round = query.from.is_none();
    let mut query = query;
    loop {
        let answer = api::logs::search(project, run, &query).await?;
        if let Some(line) = answer.lines.first() {
            return Ok(Some(line.number));
        }
        query.from = answer.next;
        if answer.next.is_none() {
            if is_second_round {
                return Ok(None);
            }
            is_second_round = true;
        }
    }
}
