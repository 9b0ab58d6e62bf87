//! Ports whose implementation has not landed yet. Each owner removes the part that the own file takes over; the file
//! goes with the last of them.

#![allow(clippy::unimplemented, unused_variables, unused_imports, reason = "stands in until the owners' files land")]

use crate::unit_of_work::DieselUnitOfWork;
use madang_domain::store::StoreError;

mod accounts {
    use super::*;
    use madang_domain::accounts::{ AccountFilter, AccountOrdering, BucketKey, Email, LinkPurpose, LoginBucket, Member, OneTimeLink, PasswordHash, User, };
    use madang_domain::ctx::Timestamp;
    use madang_domain::ids::UserId;
    use madang_domain::paging::{Page, PageRequest};
    use madang_domain::store::StoreError;
    use madang_domain::accounts::*;
    impl madang_domain::accounts::AccountRepository for DieselUnitOfWork<'_> {
        fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> { unimplemented!() }
        fn find_for_change(&mut self, id: UserId) -> Result<Option<User>, StoreError> { unimplemented!() }
        fn find_by_username(&mut self, key: &str) -> Result<Option<User>, StoreError> { unimplemented!() }
        fn find_for_log_in(&mut self, name: &LogInName) -> Result<Option<LogInRecord>, StoreError> { unimplemented!() }
        fn find_password(&mut self, id: UserId) -> Result<Option<PasswordHash>, StoreError> { unimplemented!() }
        fn find_member(&mut self, id: UserId) -> Result<Option<Member>, StoreError> { unimplemented!() }
        fn find_member_with_withdrawn(&mut self, id: UserId) -> Result<Option<Member>, StoreError> { unimplemented!() }
        fn list_members_with_withdrawn( &mut self, filter: &AccountFilter, ordering: AccountOrdering, page: PageRequest, now: Timestamp, ) -> Result<Page<Member>, StoreError> { unimplemented!() }
        fn exists_username(&mut self, key: &str) -> Result<bool, StoreError> { unimplemented!() }
        fn exists_nickname(&mut self, key: &str, except: Option<UserId>) -> Result<bool, StoreError> { unimplemented!() }
        fn find_holder(&mut self, email: &Email) -> Result<Option<AddressHolder>, StoreError> { unimplemented!() }
        fn exists_enrolment(&mut self, proof: EnrolmentProof, except: UserId) -> Result<bool, StoreError> { unimplemented!() }
        fn exists_imported_password(&mut self) -> Result<bool, StoreError> { unimplemented!() }
        fn count_admins(&mut self) -> Result<i64, StoreError> { unimplemented!() }
        fn add(&mut self, user: &NewUser) -> Result<(), StoreError> { unimplemented!() }
        fn save(&mut self, user: &User) -> Result<(), StoreError> { unimplemented!() }
        fn save_enrolment(&mut self, id: UserId, proof: Option<EnrolmentProof>) -> Result<(), StoreError> { unimplemented!() }
        fn save_password( &mut self, id: UserId, old: &PasswordHash, new: &PasswordHash, ) -> Result<bool, StoreError> { unimplemented!() }
    }
    impl madang_domain::accounts::LinkRepository for DieselUnitOfWork<'_> {
        fn add(&mut self, link: &OneTimeLink) -> Result<(), StoreError> { unimplemented!() }
        fn find(&mut self, digest: &[u8; 32]) -> Result<Option<OneTimeLink>, StoreError> { unimplemented!() }
        fn mark_used(&mut self, digest: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> { unimplemented!() }
        fn find_newest(&mut self, user: UserId, purpose: LinkPurpose) -> Result<Option<Timestamp>, StoreError> { unimplemented!() }
        fn delete(&mut self, user: UserId, purpose: LinkPurpose) -> Result<(), StoreError> { unimplemented!() }
        fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> { unimplemented!() }
    }
    impl madang_domain::accounts::LoginBucketRepository for DieselUnitOfWork<'_> {
        fn find(&mut self, key: BucketKey) -> Result<Option<LoginBucket>, StoreError> { unimplemented!() }
        fn bump_failures( &mut self, key: BucketKey, now: Timestamp, over_before: Timestamp, ) -> Result<LoginBucket, StoreError> { unimplemented!() }
        fn save_wait(&mut self, key: BucketKey, until: Timestamp) -> Result<(), StoreError> { unimplemented!() }
        fn delete(&mut self, key: BucketKey) -> Result<(), StoreError> { unimplemented!() }
        fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> { unimplemented!() }
    }
}
mod audit {
    use super::*;
    use madang_domain::audit::{AuditAction, AuditEntry, ModerationAct};
    use madang_domain::filters::{OneOf, TimeTest};
    use madang_domain::ids::UserId;
    use madang_domain::paging::{Feed, FeedRequest};
    use madang_domain::store::StoreError;
    use madang_domain::audit::*;
    impl madang_domain::audit::AuditRepository for DieselUnitOfWork<'_> {
        fn add_event(&mut self, entry: &AuditEntry) -> Result<(), StoreError> { unimplemented!() }
        fn add_act(&mut self, act: &ModerationAct) -> Result<(), StoreError> { unimplemented!() }
        fn list_events( &mut self, filter: &AuditFilter, request: &FeedRequest, ) -> Result<Feed<AuditEntry>, StoreError> { unimplemented!() }
    }
}
mod sessions {
    use super::*;
    use madang_domain::accounts::AccountState;
    use madang_domain::ctx::Timestamp;
    use madang_domain::ids::{SchoolId, SessionId, UserId};
    use madang_domain::paging::{Page, PageRequest};
    use madang_domain::sessions::{RevokeReason, Session};
    use madang_domain::store::StoreError;
    use madang_domain::sessions::*;
    impl madang_domain::sessions::SessionRepository for DieselUnitOfWork<'_> {
        fn find_standing(&mut self, id: SessionId, user: UserId) -> Result<Option<Standing>, StoreError> { unimplemented!() }
        fn find(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> { unimplemented!() }
        fn add(&mut self, session: &Session) -> Result<(), StoreError> { unimplemented!() }
        fn rotate( &mut self, id: SessionId, counter: i64, key_id: u8, now: Timestamp, idle_at: Timestamp, ) -> Result<Option<Session>, StoreError> { unimplemented!() }
        fn list_live( &mut self, user: UserId, now: Timestamp, page: PageRequest, ) -> Result<Page<Session>, StoreError> { unimplemented!() }
        fn end( &mut self, id: SessionId, user: UserId, now: Timestamp, reason: RevokeReason, ) -> Result<bool, StoreError> { unimplemented!() }
        fn end_all( &mut self, user: UserId, except: Option<SessionId>, now: Timestamp, reason: RevokeReason, ) -> Result<usize, StoreError> { unimplemented!() }
        fn end_oldest(&mut self, user: UserId, keep: usize, now: Timestamp) -> Result<usize, StoreError> { unimplemented!() }
        fn renew(&mut self, session: &Session) -> Result<(), StoreError> { unimplemented!() }
        fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> { unimplemented!() }
    }
}
