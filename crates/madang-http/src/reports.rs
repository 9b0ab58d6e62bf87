//! Reports of members, and the cases that staff decide.

mod create_report;
mod decide_case;
mod find_case;
mod list_cases;
mod list_reports;
mod response;

pub(crate) use response::{CaseResponse, ReportResponse};

use crate::route::Route;
use madang_domain::removals::TargetKind;
use madang_domain::text::TextRule;

/// The rule of reasons and notes.
pub(crate) const REASON: TextRule = TextRule::lines(1, 1000);

/// The contract's words of [`ReportReason`](madang_domain::posts::ReportReason).
pub(crate) const REASONS: &[&str] = &[
    "off_topic",
    "abuse",
    "sexual",
    "advertising",
    "fraud_or_impersonation",
    "personal_info",
    "spam",
    "illegal_content",
    "self_harm",
];

/// The contract's words of what can be reported.
const REPORTABLE: &[&str] = &["post", "comment", "message", "review", "exam_info", "user"];

/// The kinds that members may report.
pub(crate) fn reportable(word: &str) -> Option<TargetKind> {
    TargetKind::from_word(word).filter(|kind| REPORTABLE.contains(&kind.as_str()))
}

/// The kinds that staff may remove.
pub(crate) fn removable(word: &str) -> Option<TargetKind> {
    let kind = TargetKind::from_word(word)?;
    match kind {
        TargetKind::Post | TargetKind::Comment | TargetKind::Review | TargetKind::ExamInfo => Some(kind),
        TargetKind::Board | TargetKind::Message | TargetKind::User => None,
    }
}

/// The routes of reports and cases.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        create_report::route(),
        list_reports::route(),
        list_cases::route(),
        find_case::route(),
        decide_case::route(),
    ]
}
