//! Login.
//!
//! The door runs it in steps around the hash, which no unit of work waits for: [`begin_log_in`] in a read unit says what
//! to compare with, real or not; the hash pool compares, always once; [`finish_log_in`] in a write unit judges. A refusal
//! is an outcome and no error, because the failure it counts must be kept.

use crate::appeal_ban::find_running_ban;
use crate::login_keys::{KnownDevice, LoginKeys};
use crate::open_session::{NewSession, SignedIn, open_session};
use crate::passwords::Verdict;
use crate::prove_address::add_link;
use crate::refresh_tokens::RefreshTokens;
use crate::throttle::Target;
use chrono::TimeDelta;
use madang_domain::accounts::{AccountState, Email, LinkPurpose, LogInName, Me, PasswordHash, User};
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::fold::name_key;
use madang_domain::ids::UserId;
use madang_domain::outbox::LinkSecret;
use madang_domain::sanctions::OwnSanction;
use madang_domain::store::{StoreError, UnitOfWork};
use std::net::IpAddr;

/// Longer names belong to nobody.
const NAME_MAX: usize = 254;

/// Who wants to log in, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInAttempt {
    /// The folded name as typed: what failures are counted under.
    identifier: String,
    /// What to look for; `None` for a text that nobody's name can be.
    name: Option<LogInName>,
    /// The client's address.
    pub address: IpAddr,
    /// The value of the device cookie, if one was sent.
    pub device_cookie: Option<String>,
}

/// What the hash pool is to compare the password with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInChallenge {
    /// The stored password; `None` when there is no such account.
    pub stored: Option<PasswordHash>,
    /// Whether any imported password is left.
    pub imported_left: bool,
    user: Option<UserId>,
    epoch: i64,
    device: Option<KnownDevice>,
}

/// Whether a login goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogInStart {
    /// It does: hash now.
    Challenge(LogInChallenge),
    /// Too many failures before it.
    Throttled {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
}

/// An attempt whose password has been compared.
#[derive(Debug)]
pub struct FinishLogIn {
    /// The attempt.
    pub attempt: LogInAttempt,
    /// What it was compared with.
    pub challenge: LogInChallenge,
    /// What the hash pool found.
    pub verdict: Verdict,
    /// The session to be opened.
    pub session: NewSession,
}

/// How a login ended.
#[derive(Clone, Debug)]
pub enum LogInOutcome {
    /// Logged in.
    SignedIn(Box<SignedIn>),
    /// Refused, for whatever cause (AUTH-1).
    InvalidCredentials,
    /// The right password of a banned account (AUTH-3).
    AccountDisabled {
        /// When the ban ends; `None` has no end.
        until: Option<Timestamp>,
        /// The ban, and what lets its subject appeal; `None` for a state that no sanction tells of.
        ban: Option<Box<(OwnSanction, LinkSecret)>>,
    },
    /// Too many failures, some of them while this attempt was hashed.
    Throttled {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
}

impl LogInAttempt {
    /// An attempt under `name`: a username, or an address that has been proven.
    pub fn new(name: &str, address: IpAddr, device_cookie: Option<String>) -> Self {
        let short = name.chars().count() <= NAME_MAX;
        let parsed = if !short {
            None
        } else if name.contains(['@', '＠']) {
            Email::parse(name).ok().map(|email| LogInName::Email(email.key()))
        } else {
            let key = name_key(name.trim());
            key.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(LogInName::Username(key))
        };
        let identifier = match &parsed {
            Some(LogInName::Username(key) | LogInName::Email(key)) => key.clone(),
            None => name.to_owned(),
        };
        Self { identifier, name: parsed, address, device_cookie }
    }

    fn target(&self, user: Option<UserId>, device: Option<KnownDevice>) -> Target<'_> {
        Target { identifier: &self.identifier, user, address: self.address, device }
    }
}

/// Says what to compare the password with, or that the name must wait. Does the same work for real and unreal names.
pub fn begin_log_in(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    attempt: &LogInAttempt,
) -> Result<LogInStart, StoreError> {
    let found = match &attempt.name {
        Some(name) => uow.accounts().find_for_log_in(name)?,
        None => None,
    };
    let epoch = found.as_ref().map_or(0, |found| found.user.epoch);
    let (user, stored) = found.map(|found| (found.user.id, found.password)).unzip();
    let device = user.and_then(|user| keys.known_device(attempt.device_cookie.as_deref()?, user));
    if let Some(retry_after) = attempt.target(user, device).wait(uow, moment, keys)? {
        return Ok(LogInStart::Throttled { retry_after });
    }
    let imported_left = uow.accounts().exists_imported_password()?;
    Ok(LogInStart::Challenge(LogInChallenge { stored, imported_left, user, epoch, device }))
}

/// Judges the attempt and opens a session, or counts the failure.
pub fn finish_log_in(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    tokens: &RefreshTokens,
    finish: &FinishLogIn,
) -> Result<LogInOutcome, StoreError> {
    let FinishLogIn { attempt, challenge, verdict, session } = finish;
    let target = attempt.target(challenge.user, challenge.device);
    if let Some(retry_after) = target.wait(uow, moment, keys)? {
        return Ok(LogInOutcome::Throttled { retry_after });
    }
    let user = match verdict {
        Verdict::Right { replacement } => unchanged(uow, challenge, replacement.as_ref())?,
        Verdict::Wrong => None,
    };
    let Some(user) = user else {
        target.fail(uow, moment, keys)?;
        return Ok(LogInOutcome::InvalidCredentials);
    };
    if user.state_at(moment.now) == AccountState::Banned {
        return Ok(LogInOutcome::AccountDisabled {
            until: user.state_until,
            ban: find_ban(uow, moment, &user)?,
        });
    }
    target.succeed(uow, keys)?;
    let session = open_session(uow, moment, tokens, user.id, session)?;
    let me = Me::find(uow, moment, user.id)?;
    let device_cookie = challenge.device.is_none().then(|| keys.device_cookie(moment, user.id));
    Ok(LogInOutcome::SignedIn(Box::new(SignedIn { me, session, device_cookie })))
}

/// The ban that holds the user off, with a token for one appeal; tokens given before are dead.
fn find_ban(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    user: &User,
) -> Result<Option<Box<(OwnSanction, LinkSecret)>>, StoreError> {
    let Some(ban) = find_running_ban(uow, moment, user.id)? else { return Ok(None) };
    let (token, _) = add_link(uow, moment, user, LinkPurpose::Appeal, &user.email)?;
    Ok(Some(Box::new((OwnSanction::new(moment, user.role(), ban), token))))
}

/// The user, held, if the password has not been changed since it was compared. Its outdated form is replaced, unless a
/// parallel login has done so.
fn unchanged(
    uow: &mut dyn UnitOfWork,
    challenge: &LogInChallenge,
    replacement: Option<&PasswordHash>,
) -> Result<Option<User>, StoreError> {
    let (Some(id), Some(compared)) = (challenge.user, &challenge.stored) else { return Ok(None) };
    let user = uow.accounts().find_for_change(id)?.filter(|user| user.epoch == challenge.epoch);
    if let (Some(user), Some(new)) = (&user, replacement) {
        uow.accounts().save_password(user.id, compared, new)?;
    }
    Ok(user)
}
