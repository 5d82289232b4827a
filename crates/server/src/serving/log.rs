//! Keeps what the processes of a deployment print, and tells of its end.

use models::run::LogDirection;

use super::tend::{Broken, Tending};
use super::words;
use crate::jobs::Executor as _;
use crate::store::{LogWanted, ServingRecord};

impl Tending {
    /// Keeps what was printed; gives how much is kept.
    pub(super) async fn keep_output(&self, reference: &str, mut sent: u64) -> Result<u64, Broken> {
        loop {
            let bytes = self.host.executor.output(reference, sent).await?;
            if bytes.is_empty() {
                return Ok(sent);
            }
            sent = self.store().append_serving_log(self.id, self.host.tender.owner, sent, bytes).await?;
        }
    }

    /// The reason, with the last lines of the log.
    pub(super) async fn with_log(&self, serving: &ServingRecord, reason: &str) -> Result<String, Broken> {
        let length = self.store().serving_log_length(serving.project_id, self.id).await?;
        let wanted = LogWanted {
            from: length.total_lines.saturating_sub(words::LINES) + 1,
            direction: LogDirection::Next,
            count: words::LINES,
            text: None,
            ignore_case: false,
            levels: Vec::new(),
        };
        let log = self.store().serving_log_lines(serving.project_id, self.id, wanted).await?;
        let lines: Vec<String> = log.lines.into_iter().map(|line| line.text).collect();
        Ok(words::with_log(reason, &lines))
    }
}
