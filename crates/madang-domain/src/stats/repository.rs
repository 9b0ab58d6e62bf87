//! The port of statistics.

use crate::ctx::Timestamp;
use crate::ids::SchoolId;
use crate::store::StoreError;
use chrono::NaiveDate;

/// What is counted by its time of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Happened {
    /// Somebody signed up.
    SignUp,
    /// A post that is still there was written.
    Post,
    /// A comment that is still there was written.
    Comment,
    /// A message was written.
    Message,
    /// Something was reported.
    Report,
    /// Staff gave a sanction.
    Sanction,
    /// Somebody appealed.
    Appeal,
}

impl Happened {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::SignUp, Self::Post, Self::Comment, Self::Message, Self::Report, Self::Sanction, Self::Appeal];
}

/// How much of a kind happened in a quarter of an hour, which belongs to one day in every time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What.
    pub what: Happened,
    /// Its beginning.
    pub from: Timestamp,
    /// How often.
    pub count: i64,
}

/// Counts of what happened.
pub trait StatsRepository {
    /// What happened in `school`, or everywhere, from `from` to before `to`; one statement.
    fn list_tallies(
        &mut self,
        school: Option<SchoolId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Tally>, StoreError>;

    /// How many people were there on each day that is known, both ends included; one statement.
    fn list_active(
        &mut self,
        school: Option<SchoolId>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, i64)>, StoreError>;

    /// How many people of `school` logged in or refreshed since `since`.
    fn count_active(&mut self, school: SchoolId, since: Timestamp) -> Result<i64, StoreError>;

    /// Notes how many people were there on a day; a higher number that is noted already stays.
    fn save_active(&mut self, school: SchoolId, day: NaiveDate, users: i64) -> Result<(), StoreError>;
}
