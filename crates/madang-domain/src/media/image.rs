//! What is known of a picture without looking at its files.

use crate::ids::MediaId;

/// How a stored picture is encoded. Everything that comes in is encoded anew as one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageKind {
    /// Photographs.
    Jpeg,
    /// Drawings, and whatever is partly transparent.
    Png,
}

/// In which size a picture is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// As it was uploaded, profile pictures excepted, which are small.
    Full,
    /// For lists.
    Thumb,
}

/// What a picture turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageFacts {
    /// How it is encoded.
    pub kind: ImageKind,
    /// Pixels from left to right, of the full variant.
    pub width: u32,
    /// Pixels from top to bottom, of the full variant.
    pub height: u32,
    /// The size of the full variant.
    pub bytes: u64,
}

/// An image of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostImage {
    /// The id, that of its upload.
    pub id: MediaId,
    /// How it is encoded.
    pub kind: ImageKind,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// What the author says about it; one line.
    pub caption: Option<String>,
}

impl ImageKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Jpeg, Self::Png];

    /// The word of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

impl Variant {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Full, Self::Thumb];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Thumb => "thumb",
        }
    }

    /// The variant of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.as_str() == word)
    }
}
