//! Reports of members, and the cases that staff decide (RPT). A case collects what is said of one target until it is
//! decided; who reported is told to nobody.

mod case;
mod close_case;
mod create_report;
mod decide_case;
mod find_case;
mod flag;
mod list_cases;
mod list_own_reports;
mod report;
mod repository;
mod tell;
mod weight;

pub use case::{CaseReach, CaseView, NewCase, Outcome, SeenCase};
pub use close_case::Verdict;
pub use create_report::{CreateReport, CreateReportError, create_report};
pub use decide_case::{DecideCase, DecideCaseError, decide_case};
pub use find_case::{FindCaseError, find_case};
pub use list_cases::{ListCasesError, list_cases};
pub use list_own_reports::list_own_reports;
pub use report::{NewReport, Report, ReportStatus};
pub use repository::{CaseFilter, CaseKey, CaseQuery, ReportFilter, ReportRepository};

pub(crate) use close_case::close_case;
pub(crate) use flag::{flag_comment, flag_post};
