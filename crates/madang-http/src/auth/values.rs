//! What several bodies hold, and what a browser says about itself.

use crate::call::Visit;
use crate::cookies::{CookieName, Cookies};
use crate::extract::{Faults, Node, value};
use crate::problem::Problem;
use actix_web::http::header;
use chrono::Datelike;
use madang_auth::open_session::{NewSession, device_label};
use madang_auth::passwords::Password;
use madang_domain::ctx::Timestamp;
use madang_domain::sessions::Delivery;
use madang_domain::text::FieldError;

/// The first year in which anybody may have been admitted.
const FIRST_YEAR: i64 = 1950;

/// A password, exactly as sent.
pub(crate) fn password(node: Node) -> Result<Password, Faults> {
    value::secret(node).map(Password::new)
}

/// A year of admission; whether it is too far ahead depends on the moment, see [`check_admission_year`].
pub(crate) fn admission_year(node: Node) -> Result<i32, Faults> {
    let year = value::integer(FIRST_YEAR..=9999)(node)?;
    i32::try_from(year).map_err(|_| FieldError::MaxValue.into())
}

/// Refuses a year after the next one.
pub(crate) fn check_admission_year(year: i32, now: Timestamp) -> Result<(), FieldError> {
    if year > now.year() + 1 { Err(FieldError::MaxValue) } else { Ok(()) }
}

/// The session that a visitor asks for, and the one that the browser's cookie names, which ends (AUTH-12).
///
/// # Errors
/// `malformed_request` when the refresh cookie is sent twice.
pub(super) fn new_session(visit: &Visit, delivery: Option<Delivery>) -> Result<NewSession, Problem> {
    let cookie = Cookies::of(visit.api()).read(CookieName::Refresh, visit.headers())?;
    let agent = visit.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Ok(NewSession {
        delivery: delivery.unwrap_or_default(),
        device_label: agent.and_then(device_label),
        browser: cookie.and_then(|value| visit.api().identity.refresh.parse(value).ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn acc_1_years_run_from_1950_to_the_next() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        assert_eq!(admission_year(Node::Int(1949)), Err(FieldError::MinValue.into()));
        assert_eq!(admission_year(Node::Int(10_000)), Err(FieldError::MaxValue.into()));
        assert_eq!(admission_year(Node::Int(1950)), Ok(1950));
        assert_eq!(check_admission_year(2027, now), Ok(()));
        assert_eq!(check_admission_year(2028, now), Err(FieldError::MaxValue));
    }
}
