//! How much a report counts (RPT-2).

use crate::policy::ModerationPolicy;
use crate::posts::ReportReason;

/// The least and the most that a report counts.
const BOUNDS: (i64, i64) = (25, 150);

/// What puts a case on top of the queue, above any sum of weights (RPT-5).
const URGENT: i64 = 1_000_000_000;

/// The weight of a report by somebody of whose earlier reports so many were upheld and dismissed.
pub(crate) fn weight(policy: &ModerationPolicy, upheld: i64, dismissed: i64) -> i64 {
    let gained = policy.weight_upheld.saturating_mul(upheld);
    let lost = policy.weight_dismissed.saturating_mul(dismissed);
    policy.weight_start.saturating_add(gained).saturating_sub(lost).clamp(BOUNDS.0, BOUNDS.1)
}

/// By how much a report moves its case up the queue.
pub(crate) fn lift(reason: ReportReason, weight: i64) -> i64 {
    match reason {
        ReportReason::SelfHarm => URGENT,
        _ => weight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rpt_2_a_report_weighs_by_what_became_of_earlier_ones() {
        let policy = ModerationPolicy::default();
        assert_eq!(weight(&policy, 0, 0), 100);
        assert_eq!(weight(&policy, 0, 1), 75);
        assert_eq!(weight(&policy, 0, 3), 25);
        assert_eq!(weight(&policy, 0, 9), 25);
        assert_eq!(weight(&policy, 2, 0), 120);
        assert_eq!(weight(&policy, 9, 0), 150);
        assert_eq!(weight(&policy, 2, 1), 95);
    }

    #[test]
    fn rpt_5_danger_to_oneself_comes_before_any_sum() {
        let policy = ModerationPolicy::default();
        let heaviest = weight(&policy, 99, 0);
        assert!(lift(ReportReason::SelfHarm, 25) > lift(ReportReason::Abuse, heaviest) * 1_000_000);
    }
}
