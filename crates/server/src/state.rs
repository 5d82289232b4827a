//! What all requests share.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::FromRef;
use models::id::{DeploymentId, UserId};
use tokio_util::sync::CancellationToken;

use crate::auth::{Keys, Passwords};
use crate::blobs::Rooms;
use crate::egress::Egress;
use crate::git::Mirrors;
use crate::http::{Measures, Places, Streams, Turns};
use crate::secrets::Safe;
use crate::settings::Settings;
use crate::store::{ServingHost, Store};

/// What all requests share. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    settings: Settings,
    keys: Keys,
    passwords: Passwords,
    egress: Egress,
    mirrors: Mirrors,
    measures: Measures,
    streams: Streams,
    rooms: Rooms,
    predictions: Places<DeploymentId>,
    askers: Places<UserId>,
    questions: Turns<UserId>,
    serving: OnceLock<ServingHost>,
    is_warming_up: AtomicBool,
    shutdown: CancellationToken,
}

impl AppState {
    /// Nothing is served yet.
    #[must_use]
    pub fn new(store: Store, settings: Settings, keys: Keys) -> Self {
        let egress = Egress::new(settings.allow_egress.clone());
        Self(Arc::new(Inner {
            egress,
            mirrors: Mirrors::new(settings.data.join("code")),
            store,
            rooms: Rooms::new(settings.quota),
            settings,
            keys,
            passwords: Passwords::default(),
            measures: Measures::default(),
            streams: Streams::default(),
            predictions: Places::new(8, 32),
            // One person with several slow endpoints leaves places to others.
            askers: Places::new(8, usize::MAX),
            questions: Turns::new(3, 64),
            serving: OnceLock::new(),
            is_warming_up: AtomicBool::new(false),
            shutdown: CancellationToken::new(),
        }))
    }

    /// What is kept.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What the operator decided.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The folder that holds what is not in the database.
    #[must_use]
    pub fn data(&self) -> &PathBuf {
        &self.0.settings.data
    }

    /// The keys that sign what the server gives away and takes back.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// Seals and opens the secrets that are kept.
    #[must_use]
    pub fn safe(&self) -> Safe {
        Safe::new(self.keys())
    }

    /// The way out to other servers.
    #[must_use]
    pub fn egress(&self) -> &Egress {
        &self.0.egress
    }

    /// The copies of code repositories.
    #[must_use]
    pub fn mirrors(&self) -> &Mirrors {
        &self.0.mirrors
    }

    /// Hashes and checks passwords.
    #[must_use]
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// Counts and times what happens.
    #[must_use]
    pub fn measures(&self) -> &Measures {
        &self.0.measures
    }

    /// The room that projects have for artifacts and images.
    #[must_use]
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// The event streams that are open.
    #[must_use]
    pub fn streams(&self) -> &Streams {
        &self.0.streams
    }

    /// The predictions that are asked for just now.
    #[must_use]
    pub fn predictions(&self) -> &Places<DeploymentId> {
        &self.0.predictions
    }

    /// The predictions that people ask for just now, by who asks.
    #[must_use]
    pub fn askers(&self) -> &Places<UserId> {
        &self.0.askers
    }

    /// What of this server serves deployed models; `None` where nothing does.
    #[must_use]
    pub fn serving(&self) -> Option<&ServingHost> {
        self.0.serving.get()
    }

    /// Says what of this server serves deployed models, once.
    pub fn serve_models(&self, host: ServingHost) {
        // What was said first stays.
        let _ = self.0.serving.set(host);
    }

    /// Whether first questions take long as yet, so that others are better sent elsewhere.
    #[must_use]
    pub fn is_warming_up(&self) -> bool {
        self.0.is_warming_up.load(Ordering::Relaxed)
    }

    /// Notes whether first questions take long as yet.
    pub fn set_warming_up(&self, is_warming_up: bool) {
        self.0.is_warming_up.store(is_warming_up, Ordering::Relaxed);
    }

    /// Cancelled as soon as the server shall end.
    #[must_use]
    pub fn shutdown(&self) -> &CancellationToken {
        &self.0.shutdown
    }
}

impl FromRef<AppState> for Turns<UserId> {
    /// The questions about many runs that are answered just now.
    fn from_ref(state: &AppState) -> Self {
        state.0.questions.clone()
    }
}

impl FromRef<AppState> for Store {
    fn from_ref(state: &AppState) -> Self {
        state.store().clone()
    }
}
