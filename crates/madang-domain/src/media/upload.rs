//! A picture that nothing uses yet.

use super::ImageFacts;
use crate::ctx::Timestamp;
use crate::ids::{BlobId, MediaId, UserId};
use crate::policy::MediaPolicy;

/// What a picture is uploaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To stand in a post.
    Post,
    /// To be the picture of its owner.
    Profile,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Post, Self::Profile];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Profile => "profile",
        }
    }

    /// The purpose of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }
}

/// An upload, which only its owner knows of (VIS-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The id, random: it tells nothing about when or by whom.
    pub id: MediaId,
    /// What its files are called.
    pub blob: BlobId,
    /// Whose it is.
    pub owner: UserId,
    /// What for.
    pub purpose: Purpose,
    /// What it is.
    pub image: ImageFacts,
    /// When it came.
    pub created_at: Timestamp,
}

impl Upload {
    /// When it is erased unless something uses it (MED-3).
    pub fn expires_at(&self, policy: &MediaPolicy) -> Timestamp {
        self.created_at + policy.unattached
    }
}
