//! The keys in force, exchanged as a whole while requests run.

use super::Keys;
use super::file::{self, KeysError, MadeKeys};
use arc_swap::ArcSwap;
use madang_domain::ctx::Entropy;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The keys in force. A reload exchanges them for everybody at once; whoever holds an older generation finishes with it.
#[derive(Debug)]
pub struct KeyRing {
    path: PathBuf,
    current: ArcSwap<Keys>,
}

impl KeyRing {
    /// Reads the keys file at `path`, or makes it when there is none.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or made, others can read it, or its content is refused.
    pub fn open(path: &Path, entropy: &dyn Entropy) -> Result<Self, KeysError> {
        let keys = match file::make(path, entropy)? {
            MadeKeys::Made | MadeKeys::Present => file::read(path)?,
        };
        Ok(Self { path: path.to_owned(), current: ArcSwap::from_pointee(keys) })
    }

    /// The keys in force.
    pub fn current(&self) -> Arc<Keys> {
        self.current.load_full()
    }

    /// Reads the file again. On an error the keys in force stay.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn reload(&self) -> Result<(), KeysError> {
        self.current.store(Arc::new(file::read(&self.path)?));
        Ok(())
    }
}
