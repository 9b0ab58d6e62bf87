//! Notices: what happened that concerns a person. Read by that person alone (VIS-5).
//!
//! Who is told is found inside the store by what the person wrote, so that no use case learns who stands behind a label.

mod follow;
mod list_notifications;
mod mark_read;
mod notice;
mod repository;
mod tell;
mod tell_board;

pub use crate::accounts::NotificationKind;
pub use follow::{Event, Follower, Look, Pulse, Since, feel_pulse, look, position};
pub use list_notifications::{count_unread, list_notifications};
pub use mark_read::{MarkReadError, mark_all_read, mark_read};
pub use notice::{
    NewNotice, NoticeActor, NoticeFilter, NoticeTarget, NoticeView, Recipient, TargetKind, Unread,
};
pub use repository::NotificationRepository;
pub use tell::{tell_of_comment, tell_of_hot, tell_of_message, tell_of_offer};
pub use tell_board::{NoticeRound, tell_of_board_notice, tell_on};
