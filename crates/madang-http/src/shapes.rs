//! Shapes that several features answer.

use crate::problem::{denial_code, instant};
use crate::texts::{text, text_with_number};
use crate::viewer::Viewer;
use madang_domain::accounts::UserSummary as Member;
use madang_domain::ids::{BoardId, SchoolId};
use madang_domain::language::Language;
use madang_domain::media::{PostImage, Variant};
use madang_domain::permissions::Permission;
use madang_domain::posts;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A school, named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SchoolRef {
    id: Uuid,
    name: String,
}

/// A board, named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BoardRef {
    id: Uuid,
    name: String,
}

/// A post, named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PostRef {
    id: Uuid,
    #[schema(required)]
    title: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
}

/// That a request was taken up and goes on elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// What happens next, in the language of the answer.
    detail: String,
}

impl SchoolRef {
    pub(crate) fn new(id: SchoolId, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

impl BoardRef {
    pub(crate) fn new(id: BoardId, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

impl PostRef {
    pub(crate) fn new(post: &posts::PostRef) -> Self {
        Self { id: post.id.into(), title: post.title.clone(), created_at: instant(post.created_at) }
    }
}

impl Accepted {
    pub(crate) fn new(language: madang_domain::language::Language) -> Self {
        Self { detail: crate::texts::text(language, "accepted") }
    }
}

/// For each act that is not open to the caller, the code that it would answer.
pub(crate) type Cannot = BTreeMap<&'static str, &'static str>;

/// Foretells the refusals among these acts.
pub(crate) fn cannot<const N: usize>(acts: [(&'static str, Permission); N]) -> Cannot {
    let refused = acts.into_iter().filter_map(|(act, permission)| Some((act, permission.err()?)));
    refused.map(|(act, denial)| (act, denial_code(denial).as_str())).collect()
}

/// A user as others see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UserSummary {
    id: Uuid,
    nickname: String,
    #[schema(required)]
    image_url: Option<String>,
}

impl UserSummary {
    pub(crate) fn new(member: &Member, viewer: &Viewer) -> Self {
        Self {
            id: member.id.into(),
            nickname: member.nickname.clone(),
            image_url: member.image.map(|image| viewer.media_url(image, Variant::Full)),
        }
    }
}

/// What stands in the place of a name, for whoever has none to show.
pub(crate) fn label(author: &posts::Author, language: Language) -> Option<String> {
    match author {
        posts::Author::Named(_) => None,
        posts::Author::Anonymous { number: None } => Some(text(language, "anonymous-author")),
        posts::Author::Anonymous { number: Some(number) } => {
            Some(text_with_number(language, "anonymous-numbered", (*number).into()))
        }
        posts::Author::Opener => Some(text(language, "anonymous")),
        posts::Author::Withdrawn => Some(text(language, "withdrawn-user")),
    }
}

/// Who wrote an item, as far as others may know.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Author {
    kind: AuthorKind,
    /// Only of a named author.
    #[schema(required)]
    id: Option<Uuid>,
    /// Only of a named author.
    #[schema(required)]
    nickname: Option<String>,
    /// Only of a named author.
    #[schema(required)]
    image_url: Option<String>,
    /// What stands in the place of a name, in the language of the answer.
    #[schema(required)]
    label: Option<String>,
    /// Which of the anonymous writers of the thread; null for the thread's own author.
    #[schema(required)]
    number: Option<u32>,
    /// Whether the author of the item is openly the author of its post.
    is_post_author: bool,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AuthorKind {
    Named,
    Anonymous,
    Withdrawn,
}

impl Author {
    /// The author of a post.
    pub(crate) fn of_post(author: &posts::Author, viewer: &Viewer) -> Self {
        Self::new(author, true, viewer)
    }

    /// The author of an item; `is_post_author` as ANON-2 has it.
    pub(crate) fn new(author: &posts::Author, is_post_author: bool, viewer: &Viewer) -> Self {
        let language = viewer.language();
        let nobody = Self {
            kind: AuthorKind::Withdrawn,
            id: None,
            nickname: None,
            image_url: None,
            label: None,
            number: None,
            is_post_author,
        };
        match author {
            posts::Author::Named(member) => Self {
                kind: AuthorKind::Named,
                id: Some(member.id.into()),
                nickname: Some(member.nickname.clone()),
                image_url: member.image.map(|image| viewer.media_url(image, Variant::Full)),
                ..nobody
            },
            posts::Author::Anonymous { number } => Self {
                kind: AuthorKind::Anonymous,
                label: label(author, language),
                number: *number,
                ..nobody
            },
            posts::Author::Opener => {
                Self { kind: AuthorKind::Anonymous, label: label(author, language), ..nobody }
            }
            posts::Author::Withdrawn => Self { label: label(author, language), ..nobody },
        }
    }

    /// What to call the author: the nickname or the label.
    pub(crate) fn name(&self) -> &str {
        self.nickname.as_deref().or(self.label.as_deref()).unwrap_or_default()
    }
}

/// An image of an item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Media {
    id: Uuid,
    url: String,
    thumb_url: String,
    width: u32,
    height: u32,
    /// `image/jpeg` or `image/png`.
    content_type: &'static str,
    #[schema(required)]
    caption: Option<String>,
}

impl Media {
    pub(crate) fn new(image: &PostImage, viewer: &Viewer) -> Self {
        Self {
            id: image.id.into(),
            url: viewer.media_url(image.id, Variant::Full),
            thumb_url: viewer.media_url(image.id, Variant::Thumb),
            width: image.width,
            height: image.height,
            content_type: image.kind.content_type(),
            caption: image.caption.clone(),
        }
    }
}
