//! Repeated requests: one effect for one `Idempotency-Key` (X-5, CON-11).

use super::{Call, Core, Parsed, Visit};
use crate::answer::Answer;
use crate::problem::{Code, Problem};
use crate::reply::Reply;
use actix_web::http::header::{HeaderName, HeaderValue};
use madang_domain::ctx::Moment;
use madang_domain::idempotency::{KeptAnswer, RequestKey};
use madang_domain::store::{Outcome, UnitOfWork};
use madang_domain::text::FieldError;
use sha2::{Digest, Sha256};

const HEADER: &str = "Idempotency-Key";

/// A request that may come again: what identifies it, and what it says.
#[derive(Clone, Copy, Debug)]
pub struct RepeatKey {
    /// Caller, method, path and key.
    pub request: RequestKey,
    /// SHA-256 of the body.
    pub body_digest: [u8; 32],
}

pub(super) type Repeat = RepeatKey;

/// What a claimed key says about the request at hand.
#[derive(Debug)]
pub enum Replay {
    /// It is the first: do it, then keep or release.
    First,
    /// It was answered: with these kept bytes.
    Kept(Vec<u8>),
}

impl RepeatKey {
    /// Claims the key within `uow`.
    ///
    /// # Errors
    /// `idempotency_key_reused` for another body, `idempotency_in_progress` while the first is not finished.
    pub fn claim(&self, uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<Replay, Problem> {
        let until = moment.now + moment.policy.idempotency.keep;
        let kept = uow.idempotency().claim(self.request, self.body_digest, moment.now, until)?;
        self.judge(kept)
    }

    /// What [`claim`](Self::claim) would say; claims nothing.
    ///
    /// # Errors
    /// As [`claim`](Self::claim).
    pub(crate) fn look(&self, uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<Replay, Problem> {
        let kept = uow.idempotency().find(self.request, moment.now)?;
        self.judge(kept)
    }

    fn judge(&self, kept: Option<KeptAnswer>) -> Result<Replay, Problem> {
        match kept {
            None => Ok(Replay::First),
            Some(kept) if kept.body_digest != self.body_digest => Err(Code::IdempotencyKeyReused.into()),
            Some(kept) => kept.answer.map(Replay::Kept).ok_or(Code::IdempotencyInProgress.into()),
        }
    }
}

impl Core {
    pub(super) fn repeat(&self, caller: &str) -> Parsed<Option<Repeat>> {
        if !self.route.is_repeatable() {
            return Ok(None);
        }
        let mut values = self.request.headers().get_all(HEADER);
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(Code::MalformedRequest.into());
        }
        let key = value.as_bytes();
        if !(1..=255).contains(&key.len()) || !key.iter().all(u8::is_ascii_graphic) {
            return Err(Problem::field(HEADER, FieldError::Invalid));
        }
        let parts =
            [caller.as_bytes(), self.route.method.as_str().as_bytes(), self.request.path().as_bytes(), key];
        let mut request = Sha256::new();
        for part in parts {
            request.update((part.len() as u64).to_be_bytes());
            request.update(part);
        }
        let body_digest = Sha256::digest(&self.body).into();
        Ok(Some(RepeatKey { request: RequestKey(request.finalize().into()), body_digest }))
    }
}

impl Call {
    /// The input with the idempotency key of the request, for handlers that need more than one unit: both are judged in the
    /// same step.
    pub fn with_repeat<I>(&self, input: Parsed<I>) -> Parsed<(I, Option<RepeatKey>)> {
        let caller = self.core.proof.as_ref().map(|proof| proof.user().to_string());
        self.core.with_repeat(input, &caller.unwrap_or_default())
    }
}

impl Visit {
    /// The idempotency key of the request, for handlers that need more than one unit.
    pub fn repeat_key(&self) -> Parsed<Option<RepeatKey>> {
        self.core.repeat("")
    }
}

/// Runs `work` unless the key of `repeat` has been answered before. A refusal is kept as well; what `work` wrote before
/// it refused is undone, while the claim stays.
pub(super) fn once(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    repeat: Option<&Repeat>,
    reply: &Reply,
    work: &dyn Fn(&mut dyn UnitOfWork) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    let Some(repeat) = repeat else { return work(uow) };
    if let Replay::Kept(bytes) = repeat.claim(uow, moment)? {
        return replayed(&bytes);
    }
    let mut result = None;
    uow.part(&mut |uow| {
        let done = work(uow);
        let outcome = if done.is_ok() { Outcome::Commit } else { Outcome::RollBack };
        result = Some(done);
        outcome
    })?;
    let answer = match result {
        Some(Ok(answer)) => answer,
        Some(Err(problem)) if is_kept(&problem) => reply.problem(&problem),
        Some(Err(problem)) => return Err(problem),
        None => return Err(Problem::internal("the part was not run")),
    };
    match answer.to_kept() {
        Some(bytes) if !answer.is_secret() => uow.idempotency().keep(repeat.request, &bytes)?,
        _ => uow.idempotency().release(repeat.request)?,
    }
    Ok(answer)
}

/// The answer kept as `bytes`, marked as replayed.
fn replayed(bytes: &[u8]) -> Result<Answer, Problem> {
    let answer = Answer::from_kept(bytes).ok_or_else(|| Problem::internal("a kept answer is unreadable"))?;
    Ok(answer.with(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true")))
}

/// Refusals that would be the same again; the others are worth another try.
fn is_kept(problem: &Problem) -> bool {
    !matches!(problem.code().status().as_u16(), 401 | 429 | 500..)
}
