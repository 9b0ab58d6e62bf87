//! Statistics.

use super::{Code, Problem};
use madang_domain::stats::CountDaysError;

impl From<CountDaysError> for Problem {
    fn from(error: CountDaysError) -> Self {
        match error {
            CountDaysError::Caller(state) => state.into(),
            CountDaysError::NotFound => Code::NotFound.into(),
            CountDaysError::Days(code) => Self::field("to", code),
            CountDaysError::Store(error) => error.into(),
        }
    }
}
