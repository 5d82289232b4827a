//! Hashes and checks passwords, a few at a time: each takes 19 MiB of memory and tens of milliseconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::Error;

/// How many may wait for their turn.
const QUEUE: usize = 32;

/// The hash of a password that nobody knows: checked for users that do not exist, so that they take as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$8kx1vQ0bS0q2Jm3s6cVYtA$Yw0n0o0m5S3jQm6h8cWm0mJ2m8lqkq2mJcQxv0b1nYw";

/// Hashes and checks passwords. All clones are one.
#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    n_waiting: Arc<AtomicUsize>,
}

impl Default for Passwords {
    fn default() -> Self {
        let n_cores = available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(n_cores)), n_waiting: Arc::default() }
    }
}

impl Passwords {
    /// The hash of a password, in PHC form.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when too many wait.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        self.in_turn(move || {
            let hash = argon2()?.hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(Error::internal)
        })
        .await
    }

    /// Whether `password` is the one that was hashed. Without a hash the answer is no, after the same time.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when too many wait.
    pub async fn is_right(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        self.in_turn(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&hash).map_err(Error::internal)?;
            Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let waiting = Waiting::enter(&self.n_waiting).ok_or(Error::Unavailable)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        drop(waiting);
        // The turn lasts as long as the work, even when the one who asked goes away.
        tokio::task::spawn_blocking(move || (work(), turn).0).await.map_err(Error::internal)?
    }
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(19_456, 2, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A place in the queue; given back when dropped.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn enter(n_waiting: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(n_waiting));
        (n_waiting.fetch_add(1, Ordering::Relaxed) < QUEUE).then_some(place)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.is_right("correct horse".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.is_right("correct horsf".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.is_right(String::new(), None).await.unwrap());
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_is_told_to_come_back() {
        let passwords = Passwords::default();
        let tries = (0..200).map(|_| passwords.is_right("x".to_owned(), None));
        let results = futures_util::future::join_all(tries).await;
        assert!(results.contains(&Err(Error::Unavailable)));
        assert!(results.contains(&Ok(false)));
    }
}
