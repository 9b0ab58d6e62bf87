//! The ports of accounts.

use crate::accounts::{
    AccountQuery, AccountState, BucketKey, Email, LinkPurpose, LoginBucket, Member, OneTimeLink,
    PasswordHash, User,
};
use crate::ctx::Timestamp;
use crate::ids::UserId;
use crate::paging::Page;
use crate::store::StoreError;
use crate::text::FieldError;

/// A user who is about to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// The user.
    pub user: User,
    /// The hashed password.
    pub password: PasswordHash,
    /// The keyed hash of the address, when that proves the enrolment at once.
    pub enrolment: Option<EnrolmentProof>,
}

/// A keyed hash of the address that proved an enrolment (ACC-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnrolmentProof(pub [u8; 32]);

/// A user with the hash that a login must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInRecord {
    /// The live user.
    pub user: User,
    /// The stored password.
    pub password: PasswordHash,
}

/// By what a user is looked up at login.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LogInName {
    /// The key of a username.
    Username(String),
    /// The key of an address; only a proven one finds its holder.
    Email(String),
}

/// Which names of an account to be are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenNames {
    /// The username.
    pub username: bool,
    /// The nickname.
    pub nickname: bool,
}

impl TakenNames {
    /// The fields to refuse.
    pub fn refusals(self) -> impl Iterator<Item = (&'static str, FieldError)> {
        [("username", self.username), ("nickname", self.nickname)]
            .into_iter()
            .filter_map(|(field, is_taken)| is_taken.then_some((field, FieldError::Taken)))
    }
}

/// Who has proven an address and not been purged since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressHolder {
    /// A live account.
    Live(Box<User>),
    /// A withdrawn account.
    Withdrawn {
        /// When its row is erased and the address free again.
        purge_at: Option<Timestamp>,
    },
}

/// Somebody who has withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnUser {
    /// The user.
    pub user: User,
    /// What proved the enrolment.
    pub enrolment: Option<EnrolmentProof>,
    /// When the row is erased; `None` once it has been.
    pub purge_at: Option<Timestamp>,
}

/// Users. Without another word a method sees live users only: those who have not withdrawn.
pub trait AccountRepository {
    /// The live user.
    fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The live user, whose row no other unit changes until this one ends: what every change of a user begins with.
    fn find_for_change(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The live user of a username's key.
    fn find_by_username(&mut self, key: &str) -> Result<Option<User>, StoreError>;

    /// The live user of a login name, with the password.
    fn find_for_log_in(&mut self, name: &LogInName) -> Result<Option<LogInRecord>, StoreError>;

    /// The password of a live user.
    fn find_password(&mut self, id: UserId) -> Result<Option<PasswordHash>, StoreError>;

    /// The live user with the school's name.
    fn find_member(&mut self, id: UserId) -> Result<Option<Member>, StoreError>;

    /// The user with the school's name, withdrawn or not. For admins.
    fn find_member_with_withdrawn(&mut self, id: UserId) -> Result<Option<Member>, StoreError>;

    /// One page of users, withdrawn ones included. For admins. `now` decides which restrictions and bans are running.
    fn list_members_with_withdrawn(
        &mut self,
        query: &AccountQuery,
        now: Timestamp,
    ) -> Result<Page<Member>, StoreError>;

    /// Which of a new account's names are taken, by withdrawn users too. Names not given are not. Both are looked up at one
    /// moment, so that a parallel sign-up is seen whole or not at all (CON-6).
    fn find_taken_names(
        &mut self,
        username_key: Option<&str>,
        nickname_key: Option<&str>,
    ) -> Result<TakenNames, StoreError>;

    /// Whether a nickname's key is taken by somebody other than `except`, by a withdrawn user too.
    fn exists_nickname(&mut self, key: &str, except: Option<UserId>) -> Result<bool, StoreError>;

    /// Who has proven an address.
    fn find_holder(&mut self, email: &Email) -> Result<Option<AddressHolder>, StoreError>;

    /// Whether `proof` stands for the enrolment of a live user other than `except`.
    fn exists_enrolment(&mut self, proof: EnrolmentProof, except: UserId) -> Result<bool, StoreError>;

    /// Whether any imported password is left that nobody has logged in with.
    fn exists_imported_password(&mut self) -> Result<bool, StoreError>;

    /// How many live admins there are.
    fn count_admins(&mut self) -> Result<i64, StoreError>;

    /// Adds a user. Whoever looked before whether the names are free may rely on it: a unit that loses the race for one is
    /// run again, and then sees who has it.
    fn add(&mut self, user: &NewUser) -> Result<(), StoreError>;

    /// Writes everything that [`User`] holds but id and username, of a user found by
    /// [`find_for_change`](Self::find_for_change). For nicknames and proven addresses the word on [`add`](Self::add) holds.
    fn save(&mut self, user: &User) -> Result<(), StoreError>;

    /// Keeps or clears what proved the enrolment; the word on [`add`](Self::add) holds.
    fn save_enrolment(&mut self, id: UserId, proof: Option<EnrolmentProof>) -> Result<(), StoreError>;

    /// Replaces the password while it is still `old`; `false` when it is not.
    fn save_password(
        &mut self,
        id: UserId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool, StoreError>;

    /// Withdraws a live user found by [`find_for_change`](Self::find_for_change), to be erased at `purge_at`. Links mailed
    /// before are dead.
    fn mark_withdrawn(&mut self, id: UserId, now: Timestamp, purge_at: Timestamp) -> Result<(), StoreError>;

    /// The withdrawn user, erased or not, whose row no other unit changes until this one ends.
    fn find_withdrawn_for_change(&mut self, id: UserId) -> Result<Option<WithdrawnUser>, StoreError>;

    /// Makes a withdrawn user live again, in `state`; the word on [`add`](Self::add) holds.
    fn restore_withdrawn(
        &mut self,
        id: UserId,
        state: AccountState,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// At most `limit` withdrawn users who are to be erased at `now`.
    fn list_purgeable(&mut self, now: Timestamp, limit: u32) -> Result<Vec<UserId>, StoreError>;

    /// At most `limit` live guests who signed up before `before`, and whose address and enrolment are unproven.
    fn list_unproven(&mut self, before: Timestamp, limit: u32) -> Result<Vec<UserId>, StoreError>;

    /// Erases what tells who a withdrawn user was, and every row that was private to them. What others see of them stays
    /// under a bare row.
    fn erase(&mut self, id: UserId) -> Result<(), StoreError>;
}

/// One-time links of mails.
pub trait LinkRepository {
    /// Adds a link; an older one of the same user and purpose is erased.
    fn add(&mut self, link: &OneTimeLink) -> Result<(), StoreError>;

    /// The unused link of a secret's digest, dead by time or epoch or not.
    fn find(&mut self, digest: &[u8; 32]) -> Result<Option<OneTimeLink>, StoreError>;

    /// Uses a link up; `false` when that has happened already or it has expired at `now`.
    fn mark_used(&mut self, digest: &[u8; 32], now: Timestamp) -> Result<bool, StoreError>;

    /// When the newest link of this purpose was made, used or not.
    fn find_newest(&mut self, user: UserId, purpose: LinkPurpose) -> Result<Option<Timestamp>, StoreError>;

    /// Erases the user's links of this purpose.
    fn delete(&mut self, user: UserId, purpose: LinkPurpose) -> Result<(), StoreError>;

    /// Erases what expired before `before`; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}

/// Failed logins.
pub trait LoginBucketRepository {
    /// The bucket of a key.
    fn find(&mut self, key: BucketKey) -> Result<Option<LoginBucket>, StoreError>;

    /// Counts one more failure at `now` and answers the bucket. A window that began before `over_before` is replaced by a
    /// new one.
    fn bump_failures(
        &mut self,
        key: BucketKey,
        now: Timestamp,
        over_before: Timestamp,
    ) -> Result<LoginBucket, StoreError>;

    /// Refuses every attempt until `until`.
    fn save_wait(&mut self, key: BucketKey, until: Timestamp) -> Result<(), StoreError>;

    /// Empties a bucket.
    fn delete(&mut self, key: BucketKey) -> Result<(), StoreError>;

    /// Erases the buckets whose window began before `before`; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}
