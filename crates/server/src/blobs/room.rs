//! How much of the disk each project may take.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::Stream;
use models::id::ProjectId;

use super::{Blob, BlobError, Blobs};
use crate::store::Store;

/// How long a count is believed: other servers, and deletions, change what a project has.
const FRESH: Duration = Duration::from_secs(60);

/// The room that projects have for their artifacts and images.
#[derive(Debug)]
pub struct Rooms {
    most: Option<u64>,
    projects: Mutex<HashMap<ProjectId, Kept>>,
}

/// What a project has.
#[derive(Debug)]
struct Kept {
    bytes: u64,
    counted: Instant,
    /// How many bytes may still be added by what is arriving.
    arriving: u64,
}

/// Room for what is arriving, given back when this goes away.
#[derive(Debug)]
pub struct Room<'r> {
    rooms: &'r Rooms,
    project: ProjectId,
    bytes: u64,
    /// Whether there is no more.
    is_rest: bool,
    filled: u64,
}

/// How large what arrives will be.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// It was said beforehand.
    Exactly(u64),
    /// It was not said, and it may have at most so many bytes.
    AtMost(u64),
}

impl Rooms {
    /// Each project may have `most` bytes, or as many as there is room for.
    #[must_use]
    pub fn new(most: Option<u64>) -> Self {
        Self { most, projects: Mutex::default() }
    }

    /// Makes room in a project for what is about to arrive. What several servers take at once can exceed what is allowed
    /// by as much as arrives within a minute.
    ///
    /// # Errors
    /// [`BlobError::OverQuota`] when there is too little, counted anew; [`BlobError::Uncounted`]
    pub async fn take(
        &self,
        store: &Store,
        project: ProjectId,
        expected: Expected,
    ) -> Result<Room<'_>, BlobError> {
        let Some(most) = self.most else {
            let (Expected::Exactly(bytes) | Expected::AtMost(bytes)) = expected;
            return Ok(Room { rooms: self, project, bytes, is_rest: false, filled: 0 });
        };
        if let Some(room) = self.try_take(project, expected, most, false) {
            return Ok(room);
        }
        let bytes = store.stored_bytes(project).await.map_err(BlobError::Uncounted)?;
        self.note(project, bytes);
        self.try_take(project, expected, most, true).ok_or(BlobError::OverQuota { limit: most })
    }

    fn try_take(&self, project: ProjectId, expected: Expected, most: u64, in_part: bool) -> Option<Room<'_>> {
        let mut projects = self.lock();
        let kept = projects.get_mut(&project).filter(|kept| in_part || kept.counted.elapsed() < FRESH)?;
        let free = most.saturating_sub(kept.bytes.saturating_add(kept.arriving));
        let bytes = match expected {
            Expected::Exactly(bytes) => bytes,
            Expected::AtMost(bytes) if in_part => bytes.min(free).max(1),
            Expected::AtMost(bytes) => bytes,
        };
        if bytes > free {
            return None;
        }
        kept.arriving += bytes;
        Some(Room { rooms: self, project, bytes, is_rest: in_part && bytes == free, filled: 0 })
    }

    fn note(&self, project: ProjectId, bytes: u64) {
        let mut projects = self.lock();
        projects.retain(|_, kept| kept.arriving > 0 || kept.counted.elapsed() < FRESH);
        let arriving = projects.get(&project).map_or(0, |kept| kept.arriving);
        projects.insert(project, Kept { bytes, counted: Instant::now(), arriving });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ProjectId, Kept>> {
        self.projects.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room<'_> {
    /// Keeps what arrives.
    ///
    /// # Errors
    /// [`BlobError`]; nothing remains then.
    pub async fn receive<E>(
        &self,
        blobs: &Blobs,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<Blob, BlobError> {
        match (blobs.write(body, self.bytes).await, self.rooms.most) {
            (Err(BlobError::TooLarge { .. }), Some(limit)) if self.is_rest => {
                Err(BlobError::OverQuota { limit })
            }
            (received, _) => received,
        }
    }

    /// What was received is named by the project from now on.
    pub fn fill(mut self, bytes: u64) {
        self.filled = bytes;
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        if let Some(kept) = self.rooms.lock().get_mut(&self.project) {
            kept.arriving = kept.arriving.saturating_sub(self.bytes);
            kept.bytes = kept.bytes.saturating_add(self.filled);
        }
    }
}
