//! Runs one unit on a connection, surviving its panic.

use super::Settings;
use super::job::Job;
use crate::connection::Conn;
use crate::errors::Fault;
use crate::liveness::{Known, Touched};
use crate::statements::noting;
use crate::unit_of_work::DieselUnitOfWork;
use madang_domain::store::{Access, Outcome, StoreError};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a unit did.
pub(crate) struct Ran {
    /// What it wants; a unit that went on after a failed statement is rolled back whatever it wants.
    pub(crate) outcome: Outcome,
    /// The gravest fault of its statements.
    pub(crate) fault: Option<Fault>,
    /// What the store has to say in place of the unit's own value.
    pub(crate) error: Option<StoreError>,
    /// Whose standing it has changed.
    pub(crate) touched: Touched,
}

/// A unit panicked: the connection may be in any state.
pub(crate) struct Panicked(String);

impl Panicked {
    pub(crate) fn into_error(self) -> StoreError {
        StoreError::internal(format!("a unit of work panicked: {}", self.0))
    }
}

/// Runs the job's unit within whatever transaction is open.
pub(crate) fn run_unit(conn: &mut Conn, job: &mut Job, settings: &Settings) -> Result<Ran, Panicked> {
    let Job { access, unit, bearer, standing, .. } = job;
    let access = *access;
    let known = match (bearer, standing, &settings.liveness) {
        (Some(bearer), Some(standing), _) => Known::One(*bearer, *standing),
        (_, _, Some(copy)) if access == Access::Read => Known::Copy(copy.begin_reading()),
        _ => Known::Nothing,
    };
    let mut uow = DieselUnitOfWork::new(conn, access, known);
    // The unit is not used again after a panic, and the connection is cleaned by the caller.
    let outcome =
        noting(settings.statements.as_ref(), access, || catch_unwind(AssertUnwindSafe(|| unit(&mut uow))));
    let outcome = outcome.map_err(|payload| Panicked(message(&*payload)))?;
    let fault = uow.fault();
    // On PostgreSQL such a transaction is lost already and its COMMIT would silently roll back.
    let swallowed = fault.is_some() && outcome == Outcome::Commit;
    let error = swallowed.then(|| StoreError::internal("a unit went on after a failed statement"));
    Ok(Ran {
        outcome: if swallowed { Outcome::RollBack } else { outcome },
        fault,
        error,
        touched: uow.into_touched(),
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}
