//! Own SQL types, so that each database keeps its native column, and the values that go into them.
//!
//! Reading needs nothing: rows hold the domain's ids and [`Timestamp`]s directly. Writing and comparing say
//! [`uid`] and [`at`], because Diesel does not let foreign types be expressions.

use chrono::{DateTime, TimeDelta};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, SqlType};
use diesel::sqlite::Sqlite;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{
    AppealId, AuditId, BlobId, BlockId, BoardId, CaseId, CommentId, ExportId, LeadId, LinkId, LogId, MediaId,
    MessageId, MessageThreadId, NotificationId, OutboxId, PersonalTokenId, PostId, ReportId, SanctionId,
    SchoolId, SessionId, TermId, UserId,
};
use uuid::Uuid;

#[cfg(feature = "postgres")]
use diesel::pg::Pg;
#[cfg(feature = "postgres")]
use std::io::Write;

/// An id: `uuid` on PostgreSQL, `BLOB` of 16 bytes on SQLite.
#[derive(Clone, Copy, Debug, Default, SqlType, diesel::query_builder::QueryId)]
#[cfg_attr(feature = "postgres", diesel(postgres_type(oid = 2950, array_oid = 2951)))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct Uid;

/// An instant: `timestamptz` on PostgreSQL, `INTEGER` of microseconds since 1970 on SQLite.
#[derive(Clone, Copy, Debug, Default, SqlType, diesel::query_builder::QueryId)]
#[cfg_attr(feature = "postgres", diesel(postgres_type(oid = 1184, array_oid = 1185)))]
#[diesel(sqlite_type(name = "Long"))]
pub struct Instant;

/// An id on its way into the database; made by [`uid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, AsExpression)]
#[diesel(sql_type = Uid)]
pub struct UidValue(Uuid);

/// An instant on its way into the database; made by [`at`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, AsExpression)]
#[diesel(sql_type = Instant)]
pub struct InstantValue(i64);

/// `id` as a value of a [`Uid`] column.
pub(crate) fn uid(id: impl Into<Uuid>) -> UidValue {
    UidValue(id.into())
}

/// `instant` as a value of an [`Instant`] column.
pub(crate) fn at(instant: Timestamp) -> InstantValue {
    InstantValue(instant.timestamp_micros())
}

impl ToSql<Uid, Sqlite> for UidValue {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(serialize::IsNull::No)
    }
}

impl ToSql<Instant, Sqlite> for InstantValue {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(serialize::IsNull::No)
    }
}

#[cfg(feature = "postgres")]
impl ToSql<Uid, Pg> for UidValue {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(serialize::IsNull::No)
    }
}

#[cfg(feature = "postgres")]
impl ToSql<Instant, Pg> for InstantValue {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let since_2000 = self.0.checked_sub(PG_EPOCH).ok_or("the instant is out of range")?;
        out.write_all(&since_2000.to_be_bytes())?;
        Ok(serialize::IsNull::No)
    }
}

/// Microseconds from 1970 to 2000, where PostgreSQL counts from.
#[cfg(feature = "postgres")]
const PG_EPOCH: i64 = 946_684_800_000_000;

impl FromSql<Instant, Sqlite> for Timestamp {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        from_micros(<i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?)
    }
}

#[cfg(feature = "postgres")]
impl FromSql<Instant, Pg> for Timestamp {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let since_2000 = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
        from_micros(since_2000.checked_add(PG_EPOCH).ok_or("the instant is out of range")?)
    }
}

fn from_micros(micros: i64) -> deserialize::Result<Timestamp> {
    DateTime::UNIX_EPOCH
        .checked_add_signed(TimeDelta::microseconds(micros))
        .ok_or_else(|| "the instant is out of range".into())
}

/// Reads a [`Uid`] column as this type.
macro_rules! from_uid {
    ($($id:ty),* $(,)?) => {$(
        impl FromSql<Uid, Sqlite> for $id {
            fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Self::from(Uuid::from_slice(value.read_blob())?))
            }
        }

        #[cfg(feature = "postgres")]
        impl FromSql<Uid, Pg> for $id {
            fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Self::from(Uuid::from_slice(value.as_bytes())?))
            }
        }
    )*};
}

/// Lets rows hold these types.
macro_rules! queryable {
    ($($id:ty),* $(,)?) => {
        $(
            impl<DB: Backend> Queryable<Uid, DB> for $id
            where
                $id: FromSql<Uid, DB>,
            {
                type Row = Self;

                fn build(row: Self) -> deserialize::Result<Self> {
                    Ok(row)
                }
            }
        )*
    };
}

/// Diesel has the second half for `Uuid` itself, as long as it knows PostgreSQL.
macro_rules! ids {
    ($($id:ty),* $(,)?) => {
        from_uid!(Uuid, $($id),*);
        queryable!($($id),*);
        #[cfg(not(feature = "postgres"))]
        queryable!(Uuid);
    };
}

ids!(
    AppealId,
    AuditId,
    BlobId,
    BlockId,
    BoardId,
    CaseId,
    CommentId,
    ExportId,
    LeadId,
    LinkId,
    LogId,
    MediaId,
    MessageId,
    MessageThreadId,
    NotificationId,
    OutboxId,
    PersonalTokenId,
    PostId,
    ReportId,
    SanctionId,
    SchoolId,
    SessionId,
    TermId,
    UserId
);
