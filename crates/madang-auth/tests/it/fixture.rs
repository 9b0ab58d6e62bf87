//! A school, keys, and people who sign up and log in as the door would let them.

use chrono::TimeDelta;
use madang_auth::keys::KeyRing;
use madang_auth::log_in::{FinishLogIn, LogInAttempt, LogInOutcome, LogInStart, begin_log_in, finish_log_in};
use madang_auth::login_keys::LoginKeys;
use madang_auth::open_session::{NewSession, SignedIn};
use madang_auth::passwords::{Attempt, HasherSettings, Password, PasswordHasher};
use madang_auth::refresh_tokens::{PresentedRefresh, RefreshTokens};
use madang_auth::sign_up::{SignUp, SignUpError, sign_up};
use madang_auth::verify_email::{EmailVerified, VerifyEmailError, verify_email};
use madang_domain::accounts::{Email, Nickname, PasswordHash, User, Username};
use madang_domain::actor::Actor;
use madang_domain::audit::{AuditEntry, AuditFilter};
use madang_domain::ctx::{Ctx, Moment};
use madang_domain::ids::{SchoolId, UserId};
use madang_domain::language::Language;
use madang_domain::outbox::{Letter, LinkSecret, Mail, Task};
use madang_domain::paging::{FeedOrder, FeedRequest, From};
use madang_domain::schools::{EmailDomain, School, SchoolSettings};
use madang_domain::sessions::{AuthenticateError, Delivery, Session, authenticate};
use madang_domain::store::{StoreError, UnitOfWork};
use madang_testkit::{TestDatabase, TestStore, World};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const PASSWORD: &str = "correct horse battery";

/// Where most attempts come from, and another network.
pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 1));
pub(crate) const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 9, 1));

pub(crate) struct Fixture {
    pub(crate) world: World,
    pub(crate) store: TestStore,
    pub(crate) keys: LoginKeys,
    pub(crate) tokens: RefreshTokens,
    pub(crate) hasher: PasswordHasher,
    /// The school Hanbit with the mail domain `hanbit.test`, which admits other domains too.
    pub(crate) school: SchoolId,
    _folder: TempDir,
}

pub(crate) fn fixture() -> Fixture {
    fixture_on(TestDatabase::sqlite_memory())
}

pub(crate) fn fixture_on(database: TestDatabase) -> Fixture {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let ring = Arc::new(KeyRing::open(&folder.path().join("keys.json"), &world.entropy).unwrap());
    let settings = HasherSettings { bcrypt_cost: 4, pbkdf2_max_iterations: 2_000_000, test_mode: true };
    let fixture = Fixture {
        store: database.store(),
        keys: LoginKeys::new(Arc::clone(&ring)),
        tokens: RefreshTokens::new(Arc::clone(&ring)),
        hasher: PasswordHasher::new(ring, settings).unwrap(),
        school: Uuid::from_u128(7).into(),
        world,
        _folder: folder,
    };
    fixture.add_school(fixture.school, "Hanbit", "hanbit.test", false);
    fixture
}

impl Fixture {
    pub(crate) fn add_school(&self, id: SchoolId, name: &str, domain: &str, domains_only: bool) {
        let settings = SchoolSettings {
            email_domains: vec![EmailDomain::parse(domain).unwrap()],
            domains_only,
            ..SchoolSettings::named(name)
        };
        let now = self.world.now();
        self.write(move |uow| uow.schools().add(id, &settings, now));
    }

    /// Runs one write unit that does not fail.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut dyn UnitOfWork) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.write_blocking(work).unwrap()
    }

    pub(crate) fn moment(&self) -> Moment {
        self.world.next_moment()
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.world.clock.advance(by);
    }

    pub(crate) fn hash(&self, password: &str) -> PasswordHash {
        self.hasher.hash(&Password::new(password.to_owned()), self.moment().random()).unwrap()
    }

    /// A sign-up of `name` with the address `name@domain`, past the hash.
    pub(crate) fn sign_up_command(&self, name: &str, domain: &str) -> SignUp {
        let accounts = &self.world.policy.accounts;
        SignUp {
            school: self.school,
            username: Username::parse(name, accounts).unwrap(),
            nickname: Nickname::parse(name, accounts).unwrap(),
            email: Email::parse(&format!("{name}@{domain}")).unwrap(),
            admission_year: 2026,
            password: self.hash(PASSWORD),
            language: Language::Korean,
            session: NewSession::default(),
        }
    }

    pub(crate) fn try_sign_up(&self, command: &SignUp) -> Result<SignedIn, SignUpError> {
        let (moment, keys, tokens, command) =
            (self.moment(), self.keys.clone(), self.tokens.clone(), command.clone());
        self.store.write_blocking(move |uow| sign_up(uow, &moment, &keys, &tokens, &command))
    }

    /// A guest whose address is `name@hanbit.test`.
    pub(crate) fn guest(&self, name: &str) -> SignedIn {
        self.try_sign_up(&self.sign_up_command(name, "hanbit.test")).unwrap()
    }

    /// A student: a guest who has opened the link.
    pub(crate) fn student(&self, name: &str) -> SignedIn {
        let signed_in = self.guest(name);
        let secret = secret(&self.mails().pop().unwrap());
        self.verify(&secret).unwrap();
        signed_in
    }

    pub(crate) fn verify(&self, secret: &LinkSecret) -> Result<EmailVerified, VerifyEmailError> {
        let (moment, keys, secret) = (self.moment(), self.keys.clone(), secret.clone());
        self.store.write_blocking(move |uow| verify_email(uow, &moment, &keys, &secret))
    }

    pub(crate) fn log_in(&self, name: &str, password: &str) -> LogInOutcome {
        self.log_in_as(name, password, HERE, None, NewSession::default())
    }

    /// The whole login as the door runs it; throttled at the start or at the end alike.
    pub(crate) fn log_in_as(
        &self,
        name: &str,
        password: &str,
        address: IpAddr,
        device_cookie: Option<String>,
        session: NewSession,
    ) -> LogInOutcome {
        let attempt = LogInAttempt::new(name, address, device_cookie);
        let (moment, keys, asked) = (self.moment(), self.keys.clone(), attempt.clone());
        let start = self
            .store
            .read_blocking::<_, StoreError, _>(move |uow| begin_log_in(uow, &moment, &keys, &asked))
            .unwrap();
        let challenge = match start {
            LogInStart::Challenge(challenge) => challenge,
            LogInStart::Throttled { retry_after } => return LogInOutcome::Throttled { retry_after },
        };
        let compared = Attempt {
            password: Password::new(password.to_owned()),
            stored: challenge.stored.clone(),
            imported_left: challenge.imported_left,
        };
        let verdict = self.hasher.check(&compared, self.world.moment().random()).unwrap();
        let finish = FinishLogIn { attempt, challenge, verdict, session };
        let (moment, keys, tokens) = (self.world.moment(), self.keys.clone(), self.tokens.clone());
        self.write(move |uow| finish_log_in(uow, &moment, &keys, &tokens, &finish))
    }

    /// A login that must succeed.
    pub(crate) fn must_log_in(&self, name: &str, password: &str) -> SignedIn {
        signed_in(self.log_in(name, password))
    }

    /// The refresh token of a session, as the client presents it.
    pub(crate) fn presented(&self, session: &Session) -> PresentedRefresh {
        let value = self.tokens.make(session.id, session.counter, session.key_id, &session.nonce).unwrap();
        self.tokens.parse(&value).unwrap()
    }

    pub(crate) fn authenticate(&self, session: &Session) -> Result<Actor, AuthenticateError> {
        let (moment, id, user) = (self.world.moment(), session.id, session.user);
        self.store.read_blocking(move |uow| authenticate(uow, &moment, id, user))
    }

    /// The context of a later request in the session.
    pub(crate) fn ctx(&self, session: &Session) -> Ctx {
        self.moment().acting(self.authenticate(session).unwrap())
    }

    /// The mails written since the last call, the oldest first.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        let now = self.world.now() + TimeDelta::days(1);
        self.write(move |uow| {
            let claimed = uow.outbox().claim(now, now, 100)?;
            let mut mails = Vec::new();
            for claim in claimed {
                let Task::Mail(mail) = claim.message.task;
                uow.outbox().done(claim.message.id)?;
                mails.push((claim.message.created_at, mail));
            }
            mails.sort_by_key(|(at, _)| *at);
            Ok(mails.into_iter().map(|(_, mail)| mail).collect())
        })
    }

    /// The words of the events in the audit log, the oldest first.
    pub(crate) fn events(&self) -> Vec<&'static str> {
        self.audit().iter().map(|entry| entry.action.as_str()).collect()
    }

    pub(crate) fn audit(&self) -> Vec<AuditEntry> {
        let request = FeedRequest { from: From::Start, limit: 100, order: FeedOrder::OldestFirst };
        self.write(move |uow| uow.audit().list_events(&AuditFilter::default(), &request)).items
    }

    pub(crate) fn user(&self, id: UserId) -> User {
        self.write(move |uow| uow.accounts().find(id)).unwrap()
    }

    /// Changes a user's row past every rule.
    pub(crate) fn edit(&self, id: UserId, edit: impl Fn(&mut User) + Send + 'static) {
        self.write(move |uow| {
            let mut user = uow.accounts().find_for_change(id)?.unwrap();
            edit(&mut user);
            uow.accounts().save(&user)
        });
    }

    pub(crate) fn member_count(&self) -> i64 {
        let id = self.school;
        let school: School = self.write(move |uow| uow.schools().find(id)).unwrap();
        school.member_count
    }
}

pub(crate) fn signed_in(outcome: LogInOutcome) -> SignedIn {
    match outcome {
        LogInOutcome::SignedIn(signed_in) => *signed_in,
        other => panic!("not logged in: {other:?}"),
    }
}

pub(crate) fn secret(mail: &Mail) -> LinkSecret {
    mail.letter.link().unwrap().0.clone()
}

pub(crate) fn kinds(mails: &[Mail]) -> Vec<&'static str> {
    mails.iter().map(|mail| Letter::kind(&mail.letter)).collect()
}

pub(crate) fn in_body() -> NewSession {
    NewSession { delivery: Delivery::Body, ..NewSession::default() }
}
