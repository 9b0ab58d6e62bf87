//! One request, one unit of work: liveness, the caller's state, the input, the repeat, the use case, the answer.

use super::idempotency::{Repeat, once};
use super::{Call, Core, Parsed, Visit};
use crate::access::{Access, Who};
use crate::answer::Answer;
use crate::problem::{Code, Problem};
use crate::proof::Proof;
use crate::reply::Reply;
use madang_domain::ctx::{Ctx, Moment};
use madang_domain::store::UnitOfWork;

/// What admits a caller, in a form that travels to the store's threads.
#[derive(Clone)]
struct Gate {
    proof: Proof,
    who: Who,
    moment: Moment,
}

impl Gate {
    /// The first statement of each unit: who asks, and whether the row is theirs at all.
    fn admit(&self, uow: &mut dyn UnitOfWork) -> Result<Ctx, Problem> {
        let actor = self.proof.authenticate(uow, &self.moment)?;
        self.who.admit(&actor)?;
        Ok(self.moment.clone().acting(actor))
    }
}

impl Call {
    fn gate(&self) -> Result<Gate, Problem> {
        match (self.core.route.access, self.core.proof.clone()) {
            (Access::Caller(who), Some(proof)) => Ok(Gate { proof, who, moment: self.core.moment.clone() }),
            _ => Err(Code::AuthenticationRequired.into()),
        }
    }

    /// Runs `work` in one read unit.
    ///
    /// # Errors
    /// The first failing step: 401, the caller's state, the refused input, or what `work` answers.
    pub async fn read<I, T, E>(
        &self,
        input: Parsed<I>,
        work: impl Fn(&mut dyn UnitOfWork, &Ctx, &I) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: Into<Problem>,
    {
        let gate = self.gate()?;
        let bearer = gate.proof.bearer();
        let unit = move |uow: &mut dyn UnitOfWork| {
            let ctx = gate.admit(uow)?;
            let input = input.as_ref().map_err(Problem::clone)?;
            work(uow, &ctx, input).map_err(Into::into)
        };
        let store = &self.core.api.store;
        let done = match bearer {
            Some(bearer) => store.read_for(bearer, unit).await,
            None => store.read(unit).await,
        };
        done.map_err(|problem| self.core.refine(problem))
    }

    /// Runs `work` in one write unit and answers with `answer`. An `Idempotency-Key` is honoured where the route
    /// offers it: `answer` is then made, and kept, inside the unit.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub async fn write<I, T, E>(
        &self,
        input: Parsed<I>,
        work: impl Fn(&mut dyn UnitOfWork, &Ctx, &I) -> Result<T, E> + Send + 'static,
        answer: impl Fn(&Reply, T) -> Answer + Send + 'static,
    ) -> Result<Answer, Problem>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: Into<Problem>,
    {
        let gate = self.gate()?;
        let caller = gate.proof.user().to_string();
        let (input, repeat) = match self.core.with_repeat(input, &caller) {
            Ok(both) => both,
            Err(refusal) => return self.refuse(gate, refusal).await,
        };
        let reply = self.core.reply();
        let unit = move |uow: &mut dyn UnitOfWork| {
            let ctx = gate.admit(uow)?;
            once(uow, &ctx, repeat.as_ref(), &reply, &|uow| {
                work(uow, &ctx, &input).map(|done| answer(&reply, done)).map_err(Into::into)
            })
        };
        self.core.api.store.write(unit).await.map_err(|problem| self.core.refine(problem))
    }

    /// Runs `work` in one write unit and hands its value out, for handlers that do more after it: hash, or sign tokens.
    /// No `Idempotency-Key` is honoured.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub async fn change<I, T, E>(
        &self,
        input: Parsed<I>,
        work: impl Fn(&mut dyn UnitOfWork, &Ctx, &I) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: Into<Problem>,
    {
        let gate = self.gate()?;
        let unit = move |uow: &mut dyn UnitOfWork| {
            let ctx = gate.admit(uow)?;
            let input = input.as_ref().map_err(Problem::clone)?;
            work(uow, &ctx, input).map_err(Into::into)
        };
        self.core.api.store.write(unit).await
    }

    /// A request whose input is refused writes nothing, but a dead session is told first.
    async fn refuse(&self, gate: Gate, refusal: Problem) -> Result<Answer, Problem> {
        let unit = move |uow: &mut dyn UnitOfWork| gate.admit(uow).and(Err(refusal.clone()));
        self.core.api.store.read(unit).await
    }
}

impl Visit {
    /// Runs `work` in one read unit.
    ///
    /// # Errors
    /// The refused input, or what `work` answers.
    pub async fn read<I, T, E>(
        &self,
        input: Parsed<I>,
        work: impl Fn(&mut dyn UnitOfWork, &Moment, &I) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: Into<Problem>,
    {
        let (input, moment) = (input?, self.core.moment.clone());
        self.core.api.store.read(move |uow| work(uow, &moment, &input).map_err(Into::into)).await
    }

    /// Runs `work` in one write unit and answers with `answer`; see [`Call::write`].
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub async fn write<I, T, E>(
        &self,
        input: Parsed<I>,
        work: impl Fn(&mut dyn UnitOfWork, &Moment, &I) -> Result<T, E> + Send + 'static,
        answer: impl Fn(&Reply, T) -> Answer + Send + 'static,
    ) -> Result<Answer, Problem>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: Into<Problem>,
    {
        let (input, repeat) = self.core.with_repeat(input, "")?;
        let (moment, reply) = (self.core.moment.clone(), self.core.reply());
        let unit = move |uow: &mut dyn UnitOfWork| {
            once(uow, &moment, repeat.as_ref(), &reply, &|uow| {
                work(uow, &moment, &input).map(|done| answer(&reply, done)).map_err(Into::into)
            })
        };
        self.core.api.store.write(unit).await
    }
}

impl Visit {
    /// Runs `work` in one write unit and hands its value out; see [`Call::change`].
    ///
    /// # Errors
    /// The refused input, or what `work` answers.
    pub async fn change<I, T, E>(
        &self,
        input: Parsed<I>,
        work: impl Fn(&mut dyn UnitOfWork, &Moment, &I) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        I: Send + 'static,
        T: Send + 'static,
        E: Into<Problem>,
    {
        let (input, moment) = (input?, self.core.moment.clone());
        self.core.api.store.write(move |uow| work(uow, &moment, &input).map_err(Into::into)).await
    }
}

impl Core {
    /// The input together with the idempotency key: both are judged in the same step.
    pub(super) fn with_repeat<I>(&self, input: Parsed<I>, caller: &str) -> Parsed<(I, Option<Repeat>)> {
        match (input, self.repeat(caller)) {
            (Ok(input), Ok(repeat)) => Ok((input, repeat)),
            (Err(input), Err(key)) => Err(input.and(&key)),
            (Err(problem), Ok(_)) | (Ok(_), Err(problem)) => Err(problem),
        }
    }
}
