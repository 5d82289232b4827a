//! Breaks off bodies that arrive too slowly.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// How often the rate is checked.
const WINDOW: Duration = Duration::from_secs(10);
/// How many bytes must arrive in a window: 1 KiB a second.
const MIN_BYTES: usize = 10 * 1024;

/// A body that ends with an error when it arrives too slowly.
#[derive(Debug)]
pub struct SteadyBody<B> {
    inner: B,
    window: Option<Pin<Box<Sleep>>>,
    n_bytes: usize,
}

impl<B> SteadyBody<B> {
    /// Watches a body from the first time that it is read.
    pub fn new(inner: B) -> Self {
        Self { inner, window: None, n_bytes: 0 }
    }
}

/// A body arrived too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body arrives too slowly")]
pub(super) struct TooSlow;

impl<B: Body<Data = Bytes> + Unpin> Body for SteadyBody<B>
where
    B::Error: Into<axum::BoxError>,
{
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(context) {
            if let Some(Ok(frame)) = &frame {
                self.n_bytes += frame.data_ref().map_or(0, Bytes::len);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let this = &mut *self;
        let window = this.window.get_or_insert_with(|| Box::pin(sleep(WINDOW)));
        loop {
            ready!(window.as_mut().poll(context));
            if this.n_bytes < MIN_BYTES {
                return Poll::Ready(Some(Err(TooSlow.into())));
            }
            this.n_bytes = 0;
            window.as_mut().reset(Instant::now() + WINDOW);
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt as _, StreamBody};
    use std::convert::Infallible;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_broken_off() {
        assert!(arrive(1, Duration::from_secs(1)).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_flows_arrives() {
        assert_eq!(arrive(2048, Duration::from_secs(1)).await.unwrap(), 60 * 2048);
    }

    /// How many bytes arrive of 60 pieces, one in each `pause`.
    async fn arrive(piece: usize, pause: Duration) -> Result<usize, axum::BoxError> {
        let pieces = futures_util::stream::unfold(0, |n| async move {
            sleep(pause).await;
            (n < 60).then(|| (Ok::<_, Infallible>(Frame::data(Bytes::from(vec![0; piece]))), n + 1))
        });
        let body = SteadyBody::new(Box::pin(StreamBody::new(pieces)));
        body.collect().await.map(|collected| collected.to_bytes().len())
    }
}
