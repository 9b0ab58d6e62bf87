//! What a user may set for themselves.

use crate::language::Language;

/// The kinds of notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotificationKind {
    /// Somebody commented on the user's post.
    Comment,
    /// Somebody replied to the user's comment.
    Reply,
    /// A message arrived.
    Message,
    /// A friend request arrived.
    FriendRequest,
    /// A friend request was accepted.
    FriendAccepted,
    /// The user's post became hot.
    Hot,
    /// A favourite board has a new notice.
    BoardNotice,
    /// A board is offered to the user.
    BoardTransfer,
    /// A report of the user was decided.
    ReportResult,
    /// A sanction of the user began or ended.
    Sanction,
    /// An appeal of the user was decided.
    AppealResult,
    /// A lecture in a timetable of the user changed.
    LectureChanged,
    /// An item of the user was hidden.
    ItemHidden,
    /// A case waits for a moderator.
    ModerationCase,
    /// A word to everyone.
    SiteNotice,
}

impl NotificationKind {
    /// All of them, in the contract's order.
    pub const ALL: [Self; 15] = [
        Self::Comment,
        Self::Reply,
        Self::Message,
        Self::FriendRequest,
        Self::FriendAccepted,
        Self::Hot,
        Self::BoardNotice,
        Self::BoardTransfer,
        Self::ReportResult,
        Self::Sanction,
        Self::AppealResult,
        Self::LectureChanged,
        Self::ItemHidden,
        Self::ModerationCase,
        Self::SiteNotice,
    ];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Reply => "reply",
            Self::Message => "message",
            Self::FriendRequest => "friend_request",
            Self::FriendAccepted => "friend_accepted",
            Self::Hot => "hot",
            Self::BoardNotice => "board_notice",
            Self::BoardTransfer => "board_transfer",
            Self::ReportResult => "report_result",
            Self::Sanction => "sanction",
            Self::AppealResult => "appeal_result",
            Self::LectureChanged => "lecture_changed",
            Self::ItemHidden => "item_hidden",
            Self::ModerationCase => "moderation_case",
            Self::SiteNotice => "site_notice",
        }
    }

    /// Whether it may be switched off (NOT-1).
    pub const fn is_optional(self) -> bool {
        !matches!(self, Self::Sanction | Self::AppealResult | Self::SiteNotice)
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A user's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of mails and notices.
    pub language: Language,
    /// Whether named users may begin a message thread.
    pub accept_messages: bool,
    /// Whether anonymous authors may begin one.
    pub accept_anonymous_messages: bool,
    /// Whether friend requests are taken.
    pub accept_friend_requests: bool,
    /// Whether free time is shared without sharing timetables.
    pub share_free_time: bool,
    /// The notices that are switched off; sorted, without repetition.
    pub notify_off: Vec<NotificationKind>,
}

impl Settings {
    /// The settings of a new account.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            accept_messages: true,
            accept_anonymous_messages: true,
            accept_friend_requests: true,
            share_free_time: false,
            notify_off: Vec::new(),
        }
    }

    /// Whether notices of this kind are on.
    pub fn notifies(&self, kind: NotificationKind) -> bool {
        !kind.is_optional() || !self.notify_off.contains(&kind)
    }

    /// Switches notices of one kind.
    pub fn set_notify(&mut self, kind: NotificationKind, on: bool) {
        self.notify_off.retain(|off| *off != kind);
        if !on {
            self.notify_off.push(kind);
            self.notify_off.sort_unstable();
        }
    }
}

/// A change of settings; `None` leaves a setting as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsPatch {
    /// See [`Settings::language`].
    pub language: Option<Language>,
    /// See [`Settings::accept_messages`].
    pub accept_messages: Option<bool>,
    /// See [`Settings::accept_anonymous_messages`].
    pub accept_anonymous_messages: Option<bool>,
    /// See [`Settings::accept_friend_requests`].
    pub accept_friend_requests: Option<bool>,
    /// See [`Settings::share_free_time`].
    pub share_free_time: Option<bool>,
    /// Kinds to be switched on or off.
    pub notify: Vec<(NotificationKind, bool)>,
}

impl SettingsPatch {
    /// Changes `settings`.
    pub fn apply(&self, settings: &mut Settings) {
        let set = |slot: &mut bool, value: Option<bool>| *slot = value.unwrap_or(*slot);
        settings.language = self.language.unwrap_or(settings.language);
        set(&mut settings.accept_messages, self.accept_messages);
        set(&mut settings.accept_anonymous_messages, self.accept_anonymous_messages);
        set(&mut settings.accept_friend_requests, self.accept_friend_requests);
        set(&mut settings.share_free_time, self.share_free_time);
        for (kind, on) in &self.notify {
            settings.set_notify(*kind, *on);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_changes_only_what_it_names() {
        let mut settings = Settings::new(Language::Korean);
        let patch = SettingsPatch {
            accept_messages: Some(false),
            notify: vec![(NotificationKind::Hot, false), (NotificationKind::Comment, false)],
            ..SettingsPatch::default()
        };
        patch.apply(&mut settings);
        patch.apply(&mut settings);
        assert_eq!(settings.notify_off, [NotificationKind::Comment, NotificationKind::Hot]);
        assert!(!settings.accept_messages && settings.accept_friend_requests);
        SettingsPatch { notify: vec![(NotificationKind::Hot, true)], ..SettingsPatch::default() }
            .apply(&mut settings);
        assert!(settings.notifies(NotificationKind::Hot) && settings.language == Language::Korean);
    }

    #[test]
    fn words_lead_back_to_their_kind() {
        for kind in NotificationKind::ALL {
            assert_eq!(NotificationKind::from_word(kind.as_str()), Some(kind));
        }
    }
}
