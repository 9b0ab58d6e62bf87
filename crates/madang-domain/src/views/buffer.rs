//! Readings that are not written yet.

use super::View;
use crate::ids::UserId;
use crate::posts::SeenPost;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Most readings that wait; those beyond are not counted this time.
const WAITING_MAX: usize = 100_000;

/// Collects readings until they are taken to be written. A process that ends without notice loses what waits.
#[derive(Debug, Default)]
pub struct ViewBuffer(Mutex<HashSet<View>>);

impl ViewBuffer {
    /// Notes that `user` has read the post that `seen` shows, if that counts.
    pub fn note(&self, seen: &SeenPost, user: UserId) {
        if !seen.counts_as_reading() {
            return;
        }
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < WAITING_MAX {
            waiting.insert(View::new(seen.post.id, user));
        }
    }

    /// Takes what waits, ordered, so that two nodes that write at once go the same way through the posts.
    pub fn take(&self) -> Vec<View> {
        let waiting = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut views: Vec<View> = waiting.into_iter().collect();
        views.sort_unstable();
        views
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, views: &[View]) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = WAITING_MAX.saturating_sub(waiting.len());
        waiting.extend(views.iter().take(room));
    }
}
