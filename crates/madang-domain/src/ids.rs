//! Every id, alphabetically. An id is a UUID of one kind: content ids are ordered by time (version 7), ids of people,
//! sessions and secrets are random (version 4), because a time-ordered id would tell when somebody signed up.

use uuid::Uuid;

/// A typed id.
pub trait Id: Copy + Eq + From<Uuid> + Into<Uuid> {
    /// Whether fresh ids of this kind are ordered by their time of creation.
    const ORDERED: bool;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $ordered:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl Id for $name {
            const ORDERED: bool = $ordered;
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// What somebody says against a sanction.
    AppealId: true;
    /// A row of the audit log.
    AuditId: true;
    /// The files of a picture; no answer shows it.
    BlobId: false;
    /// That somebody blocks somebody.
    BlockId: true;
    /// A board.
    BoardId: true;
    /// A case that staff decide.
    CaseId: true;
    /// A comment.
    CommentId: true;
    /// An export of somebody's data.
    ExportId: false;
    /// A contact that somebody keeps.
    LeadId: true;
    /// A one-time link of a mail.
    LinkId: false;
    /// A row of the moderation log.
    LogId: true;
    /// A picture. Random, because a time-ordered id would tell when its uploader was there.
    MediaId: false;
    /// A message between two people.
    MessageId: true;
    /// What two people write to each other.
    MessageThreadId: true;
    /// An event that people are told of.
    NotificationId: true;
    /// A message of the outbox.
    OutboxId: true;
    /// A personal access token.
    PersonalTokenId: false;
    /// A post.
    PostId: true;
    /// A report of a member.
    ReportId: true;
    /// What staff imposed on a member.
    SanctionId: true;
    /// A school.
    SchoolId: true;
    /// A login session (one refresh token family).
    SessionId: false;
    /// A term of a school.
    TermId: true;
    /// A user.
    UserId: false;
}
