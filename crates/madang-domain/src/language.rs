//! The languages that the server speaks to people.

/// A language of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Korean.
    Korean,
    /// English, for everyone who asked for nothing else.
    #[default]
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Korean, Self::English];

    /// The tag of RFC 5646: `ko` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    /// The language of a tag written exactly as [`tag`](Self::tag) writes it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}
