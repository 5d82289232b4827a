//! The first bytes of a file.

use std::pin::pin;

use futures::future::{Either, select};
use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use web_sys::AbortController;

use super::address::{Query, on_server};
use super::exchange::{AbortOnDrop, Failure};
use super::retry;
use crate::api::ApiError;

/// How long a part may take, in milliseconds: several MiB over a slow line.
const TIMEOUT_MS: u32 = 60_000;

/// The status of an answer with a part of the bytes, and of one that there are no such bytes: the file is empty.
const PARTIAL: u16 = 206;
const NOWHERE: u16 = 416;

/// The first bytes of a file, and how many it has in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many bytes the file has.
    pub total: u64,
}

impl FilePart {
    /// Whether these are all bytes of the file.
    pub fn is_whole(&self) -> bool {
        self.bytes.len() as u64 >= self.total
    }
}

/// Reads the first bytes of the file at `path`, at most `most` of them. What may pass by itself is tried again.
///
/// # Errors
/// As the server answers.
pub(crate) async fn part(path: &str, query: &Query, most: u64) -> Result<FilePart, ApiError> {
    let path = query.behind(path);
    let mut tries = 0;
    loop {
        let failure = match exchange(&path, most).await {
            Ok(part) => return Ok(part),
            Err(failure) => failure,
        };
        tries += 1;
        match retry::pause(&failure.error, tries, failure.retry_after, js_sys::Math::random()) {
            Some(pause_ms) => TimeoutFuture::new(pause_ms).await,
            None => return Err(failure.error),
        }
    }
}

async fn exchange(path: &str, most: u64) -> Result<FilePart, Failure> {
    let guard = AbortOnDrop(AbortController::new().ok());
    let answer = pin!(answer(path, most, &guard));
    match select(answer, TimeoutFuture::new(TIMEOUT_MS)).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => Err(ApiError::TimedOut.into()),
    }
}

async fn answer(path: &str, most: u64, guard: &AbortOnDrop) -> Result<FilePart, Failure> {
    let signal = guard.0.as_ref().map(AbortController::signal);
    let request = RequestBuilder::new(&on_server(path))
        .header("Range", &format!("bytes=0-{}", most.saturating_sub(1)))
        .abort_signal(signal.as_ref());
    let response = request.send().await.map_err(|_| ApiError::Offline)?;
    match response.status() {
        NOWHERE => Ok(FilePart { bytes: Vec::new(), total: 0 }),
        status @ 400.. => {
            let retry_after = response.headers().get("retry-after").and_then(|text| text.trim().parse().ok());
            let body = response.text().await.map_err(|_| ApiError::Offline)?;
            Err(Failure { error: ApiError::from_answer(status, retry_after, &body), retry_after })
        }
        _ => read(&response, most).await,
    }
}

async fn read(response: &Response, most: u64) -> Result<FilePart, Failure> {
    let range = response.headers().get("content-range").filter(|_| response.status() == PARTIAL);
    let mut bytes = response.binary().await.map_err(|_| ApiError::Offline)?;
    let total = range.and_then(|range| total(&range)).unwrap_or(bytes.len() as u64);
    bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(FilePart { bytes, total })
}

/// How many bytes the file has, as `bytes 0-99/1234` says.
fn total(range: &str) -> Option<u64> {
    range.rsplit_once('/')?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn a_range_says_how_long_the_file_is() {
        assert_eq!(total("bytes 0-99/1234"), Some(1234));
        assert_eq!(total("bytes */0"), Some(0));
        assert_eq!(total("bytes 0-99/*"), None);
    }
}
