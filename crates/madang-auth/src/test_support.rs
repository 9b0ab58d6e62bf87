//! What the tests of this crate share.

use crate::keys::KeyRing;
use chrono::{DateTime, TimeDelta};
use madang_domain::ctx::{Entropy, Moment, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// Bytes that differ each time, the same in each run.
#[derive(Default)]
pub(crate) struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let n =
                self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&n.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// An instant, `seconds` after the first second of 2026.
pub(crate) fn at(seconds: i64) -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap() + TimeDelta::seconds(seconds)
}

/// A moment at [`at`].
pub(crate) fn moment(seconds: i64) -> Moment {
    Moment::new(at(seconds), Arc::default(), Arc::new(Counting::default()))
}

/// Fresh keys in a folder of their own.
pub(crate) fn ring() -> (TempDir, Arc<KeyRing>) {
    let folder = tempfile::tempdir().unwrap();
    let ring = KeyRing::open(&folder.path().join("keys.json"), &Counting::default()).unwrap();
    (folder, Arc::new(ring))
}

/// Changes the keys file as JSON and reads it again.
pub(crate) fn edit_keys(
    folder: &TempDir,
    edit: impl FnOnce(&mut serde_json::Value),
) -> Result<(), crate::keys::KeysError> {
    let path = folder.path().join("keys.json");
    let mut json = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    edit(&mut json);
    std::fs::write(&path, serde_json::to_vec(&json).unwrap()).unwrap();
    crate::keys::read(&path).map(drop)
}
