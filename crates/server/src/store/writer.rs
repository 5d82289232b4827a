//! Writes to SQLite: one connection, one commit for all that waits.
//!
//! Each commit costs an fsync, so writes that arrive together share one: each runs in a savepoint of its own, fails
//! on its own, and is acknowledged only after the commit that makes it durable.

use tokio::sync::{mpsc, oneshot};

use super::{Changes, Connection, StoreError, handle::Work};

/// How many writes share a commit at most.
const BATCH: usize = 256;
/// How many writes may wait before those who ask have to wait for a place.
const QUEUE: usize = 1024;

/// Tells the one who asked, once the commit has succeeded or failed.
type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs a write; gives whether it succeeded, and what to call after the commit.
type Job =
    Box<dyn for<'c> FnOnce(&'c mut Connection) -> futures_util::future::BoxFuture<'c, (bool, Reply)> + Send>;

/// Hands writes to the task that owns the writing connection.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the task; it ends when the last `Writer` is gone.
    pub(super) fn start(connection: Connection, changes: Changes) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        tokio::spawn(serve(connection, queue, changes));
        Self { jobs }
    }

    /// Runs `work` in a transaction; returns once it is durable.
    pub(super) async fn write<T: Send + 'static>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let result = work(connection).await;
                let succeeded = result.is_ok();
                let reply: Reply = Box::new(move |commit| {
                    // The one who asked may have gone away; the write stands all the same.
                    let _ = sender.send(result.and_then(|value| commit.map(|()| value)));
                });
                (succeeded, reply)
            })
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Unavailable)?;
        receiver.await.map_err(|_| StoreError::Unavailable)?
    }
}

async fn serve(mut connection: Connection, mut queue: mpsc::Receiver<Job>, changes: Changes) {
    while let Some(first) = queue.recv().await {
        let mut replies = Vec::new();
        let commit = run_batch(&mut connection, first, &mut queue, &mut replies).await;
        let happened = connection.take_events();
        if let Err(error) = &commit {
            tracing::error!(%error, n_writes = replies.len(), "a commit failed");
            let _ = connection.execute("ROLLBACK").await;
        } else {
            happened.into_iter().for_each(|event| changes.tell(event));
        }
        for reply in replies {
            reply(commit.as_ref().map(drop).map_err(StoreError::again));
        }
    }
}

async fn run_batch(
    connection: &mut Connection,
    first: Job,
    queue: &mut mpsc::Receiver<Job>,
    replies: &mut Vec<Reply>,
) -> Result<(), StoreError> {
    connection.execute("BEGIN IMMEDIATE").await?;
    let mut next = Some(first);
    while let Some(job) = next {
        replies.push(run_job(connection, job).await?);
        next = if replies.len() < BATCH { queue.try_recv().ok() } else { None };
    }
    connection.execute("COMMIT").await.map(drop)
}

async fn run_job(connection: &mut Connection, job: Job) -> Result<Reply, StoreError> {
    let n_events = connection.n_events();
    connection.execute("SAVEPOINT job").await?;
    let (succeeded, reply) = job(connection).await;
    if !succeeded {
        connection.forget_events(n_events);
        connection.execute("ROLLBACK TO job").await?;
    }
    connection.execute("RELEASE job").await?;
    Ok(reply)
}
