//! Files that are on their way to the server.

use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use models::id::{ProjectId, SavedModelId};
use web_sys::File;

use super::{Cache, Topic, write};
use crate::api::{self, ApiError};

/// How far a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum UploadState {
    /// None was sent, or it was stopped.
    Idle,
    /// It is on its way.
    Sending {
        /// The bytes that have gone.
        sent: u64,
        /// All its bytes.
        total: u64,
    },
    /// The server has kept it.
    Done,
    /// It was not kept.
    Failed(ApiError),
}

/// Uploads the container image of a saved model; ends with where it was made. A handle.
#[derive(Clone, Copy)]
pub struct ImageUpload {
    /// How far it is.
    pub state: RwSignal<UploadState>,
    model: (ProjectId, SavedModelId),
    cache: Cache,
    handle: StoredValue<Option<AbortHandle>>,
}

impl ImageUpload {
    /// An upload that has not begun.
    #[must_use]
    pub fn of(project: ProjectId, model: SavedModelId) -> Self {
        let upload = Self {
            state: RwSignal::new(UploadState::Idle),
            model: (project, model),
            cache: Cache::current(),
            handle: StoredValue::new(None),
        };
        let handle = upload.handle;
        on_cleanup(move || end(handle));
        upload
    }

    /// Sends a file, in the place of one that is being sent.
    pub fn begin(self, file: File) {
        end(self.handle);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count below 2^53")]
        let total = file.size() as u64;
        self.state.set(UploadState::Sending { sent: 0, total });
        let on_sent = move |sent: u64| {
            // The page may have been left. What goes beside the bytes of the file is no part of it.
            let _ = self.state.try_set(UploadState::Sending { sent: sent.min(total), total });
        };
        let model = self.model;
        let (sending, handle) =
            abortable(async move { api::serving::upload_image(model, &file, on_sent).await });
        self.handle.set_value(Some(handle));
        spawn_local(async move {
            if let Ok(outcome) = sending.await {
                write::settle(self.cache, outcome.as_ref().err(), &[Topic::Repositories(self.model.0)], &[]);
                let _ = self.state.try_set(outcome.map_or_else(UploadState::Failed, |()| UploadState::Done));
            }
        });
    }

    /// Stops it; nothing is kept then.
    pub fn cancel(self) {
        end(self.handle);
        self.state.set(UploadState::Idle);
    }
}

fn end(handle: StoredValue<Option<AbortHandle>>) {
    if let Some(handle) = handle.try_get_value().flatten() {
        handle.abort();
    }
}
