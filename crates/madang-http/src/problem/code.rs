//! Every error code of the contract with its status.

use actix_web::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $slug:literal, $status:literal;)*) => {
        /// The machine-readable code of a failure; never varies with the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it stands in bodies.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The code as it stands in `type` and in `/problems/{slug}`.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            fn status_number(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// Syntax of JSON, header or query.
    MalformedRequest = "malformed_request", "malformed-request", 400;
    /// Values refused; `errors` names each.
    ValidationFailed = "validation_failed", "validation-failed", 400;
    /// A query parameter or lookup that is not offered.
    UnknownParameter = "unknown_parameter", "unknown-parameter", 400;
    /// A cursor that is changed, cut, or of another list.
    InvalidCursor = "invalid_cursor", "invalid-cursor", 400;
    /// A one-time link that does not work (any more).
    LinkInvalid = "link_invalid", "link-invalid", 400;
    /// No credential.
    AuthenticationRequired = "authentication_required", "authentication-required", 401;
    /// A token that is not ours.
    InvalidToken = "invalid_token", "invalid-token", 401;
    /// A genuine token past its end.
    TokenExpired = "token_expired", "token-expired", 401;
    /// A genuine token of an ended session.
    SessionRevoked = "session_revoked", "session-revoked", 401;
    /// Login refused, whatever the cause.
    InvalidCredentials = "invalid_credentials", "invalid-credentials", 401;
    /// A refresh token that does not work (any more).
    RefreshInvalid = "refresh_invalid", "refresh-invalid", 401;
    /// Visible, but not this caller's to do.
    Forbidden = "forbidden", "forbidden", 403;
    /// The e-mail link is still unopened.
    EmailUnverified = "email_unverified", "email-unverified", 403;
    /// The enrolment is unproven.
    EnrolmentUnverified = "enrolment_unverified", "enrolment-unverified", 403;
    /// A banned account, right password.
    AccountDisabled = "account_disabled", "account-disabled", 403;
    /// A restriction is running.
    AccountRestricted = "account_restricted", "account-restricted", 403;
    /// A personal token on a session-only row.
    SessionRequired = "session_required", "session-required", 403;
    /// The password asked for confirmation is wrong.
    ReauthenticationFailed = "reauthentication_failed", "reauthentication-failed", 403;
    /// A cookie route called from a foreign page.
    CsrfRejected = "csrf_rejected", "csrf-rejected", 403;
    /// The act on one's own item makes no sense.
    OwnItem = "own_item", "own-item", 403;
    /// The item, its post or its parent is hidden.
    ItemHidden = "item_hidden", "item-hidden", 403;
    /// The author has paused comments.
    CommentsLocked = "comments_locked", "comments-locked", 403;
    /// Older than the like age limit.
    TargetTooOld = "target_too_old", "target-too-old", 403;
    /// The recipient cannot be reached.
    RecipientUnavailable = "recipient_unavailable", "recipient-unavailable", 403;
    /// Staff acting on an own item or on oneself.
    ConflictOfInterest = "conflict_of_interest", "conflict-of-interest", 403;
    /// No such path or object, for this caller.
    NotFound = "not_found", "not-found", 404;
    /// Not offered on this path.
    MethodNotAllowed = "method_not_allowed", "method-not-allowed", 405;
    /// The first request with this key still runs.
    IdempotencyInProgress = "idempotency_in_progress", "idempotency-in-progress", 409;
    /// Another account has proven this address.
    EmailInUse = "email_in_use", "email-in-use", 409;
    /// A withdrawn account holds the address.
    RejoinTooSoon = "rejoin_too_soon", "rejoin-too-soon", 409;
    /// The nickname was changed too recently.
    NicknameCooldown = "nickname_cooldown", "nickname-cooldown", 409;
    /// The user manages a board.
    ManagesBoard = "manages_board", "manages-board", 409;
    /// No admin would be left.
    LastAdmin = "last_admin", "last-admin", 409;
    /// A maximum is reached.
    LimitReached = "limit_reached", "limit-reached", 409;
    /// A file that is not there yet, or not any more.
    NotReady = "not_ready", "not-ready", 409;
    /// Something is still inside.
    NotEmpty = "not_empty", "not-empty", 409;
    /// The board is not quiet yet.
    BoardActive = "board_active", "board-active", 409;
    /// The same text as the previous post.
    DuplicateText = "duplicate_text", "duplicate-text", 409;
    /// A question that somebody else has commented on.
    QuestionLocked = "question_locked", "question-locked", 409;
    /// A promotion post in its frozen time.
    EditFrozen = "edit_frozen", "edit-frozen", 409;
    /// The like exists.
    AlreadyLiked = "already_liked", "already-liked", 409;
    /// The caller has reported this before.
    AlreadyReported = "already_reported", "already-reported", 409;
    /// The case is closed, or the item removed already.
    AlreadyDecided = "already_decided", "already-decided", 409;
    /// One appeal per sanction.
    AlreadyAppealed = "already_appealed", "already-appealed", 409;
    /// The time for an appeal is over, or the sanction was lifted.
    AppealClosed = "appeal_closed", "appeal-closed", 409;
    /// The like helped to make the post hot or one of the best.
    LikeLocked = "like_locked", "like-locked", 409;
    /// Nothing to restore, or nowhere to.
    NotRestorable = "not_restorable", "not-restorable", 409;
    /// An own request is already open.
    RequestPending = "request_pending", "request-pending", 409;
    /// `If-Match` does not match.
    PreconditionFailed = "precondition_failed", "precondition-failed", 412;
    /// The body is over its limit.
    PayloadTooLarge = "payload_too_large", "payload-too-large", 413;
    /// The content type is not offered.
    UnsupportedMediaType = "unsupported_media_type", "unsupported-media-type", 415;
    /// The same idempotency key with another body.
    IdempotencyKeyReused = "idempotency_key_reused", "idempotency-key-reused", 422;
    /// An admin change without `If-Match`.
    PreconditionRequired = "precondition_required", "precondition-required", 428;
    /// Too many requests.
    RateLimited = "rate_limited", "rate-limited", 429;
    /// More event streams than one user may have.
    TooManyStreams = "too_many_streams", "too-many-streams", 429;
    /// A posting interval is running.
    PostCooldown = "post_cooldown", "post-cooldown", 429;
    /// A fault of the server.
    InternalError = "internal_error", "internal-error", 500;
    /// A queue is full.
    ServiceBusy = "service_busy", "service-busy", 503;
    /// The database is unreachable, or the server is shutting down.
    ServiceUnavailable = "service_unavailable", "service-unavailable", 503;
}

impl Code {
    /// The status that goes with the code.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.status_number()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The code of a slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.slug() == slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_the_codes_with_dashes() {
        for code in Code::ALL {
            assert_eq!(code.slug(), code.as_str().replace('_', "-"));
            assert!(code.status().is_client_error() || code.status().is_server_error());
            assert_eq!(Code::from_slug(code.slug()), Some(*code));
        }
    }
}
