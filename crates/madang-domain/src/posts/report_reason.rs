//! Why an item was reported or removed.

/// Why an item was reported or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportReason {
    /// Does not belong here.
    OffTopic,
    /// Insults, harassment.
    Abuse,
    /// Sexual content.
    Sexual,
    /// Advertising.
    Advertising,
    /// Fraud, or posing as somebody.
    FraudOrImpersonation,
    /// Somebody's personal data.
    PersonalInfo,
    /// Spam.
    Spam,
    /// Against the law.
    IllegalContent,
    /// Danger to oneself.
    SelfHarm,
}

impl ReportReason {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::OffTopic,
        Self::Abuse,
        Self::Sexual,
        Self::Advertising,
        Self::FraudOrImpersonation,
        Self::PersonalInfo,
        Self::Spam,
        Self::IllegalContent,
        Self::SelfHarm,
    ];

    /// The word of the contract and of the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OffTopic => "off_topic",
            Self::Abuse => "abuse",
            Self::Sexual => "sexual",
            Self::Advertising => "advertising",
            Self::FraudOrImpersonation => "fraud_or_impersonation",
            Self::PersonalInfo => "personal_info",
            Self::Spam => "spam",
            Self::IllegalContent => "illegal_content",
            Self::SelfHarm => "self_harm",
        }
    }

    /// The reason of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}
