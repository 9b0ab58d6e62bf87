//! Settings that admins change.

use super::{Code, FieldProblem, Problem};
use madang_domain::site_settings::ChangeSettingsError;

impl From<ChangeSettingsError> for Problem {
    fn from(error: ChangeSettingsError) -> Self {
        match error {
            ChangeSettingsError::PreconditionFailed => Code::PreconditionFailed.into(),
            ChangeSettingsError::Refused(refused) => {
                let fields = refused.into_iter().map(|refused| FieldProblem::new(refused.key, refused.error));
                Self::fields(fields.collect())
            }
            ChangeSettingsError::Store(error) => error.into(),
        }
    }
}
