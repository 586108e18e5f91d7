//! The rules of administration.

use crate::{
    access::{Invariant, Policy, Right, Rule},
    language::{Argument, Term},
    use_case::{Check, Problem, ProblemKind},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{AccessChangeStatus, Role};
use sea_orm::Iterable;

/// The longest that a token is valid.
const LONGEST_TOKEN: TimeDelta = TimeDelta::days(366);

/// The longest that a token goes on working beside the one that replaces it, in hours.
pub(super) const LONGEST_OVERLAP: i32 = 24 * 7;

/// A change that was decided is not decided again.
///
/// # Errors
/// A problem `ILLEGAL_TRANSITION` when it does not wait any more.
pub(super) fn refuse_decided(from: AccessChangeStatus, to: AccessChangeStatus) -> Result<(), Problem> {
    if from == AccessChangeStatus::Pending {
        return Ok(());
    }
    Err(Problem::transition("id", Term::value(from), Term::value(to), []))
}

/// A service account keeps no users and no policy: nobody could be held responsible.
///
/// # Errors
/// A problem `INVALID` when the right is one of these.
pub(super) fn refuse_managing(right: Right) -> Result<(), Problem> {
    match right {
        Right::UserManage | Right::PolicyManage => Err(Problem::invalid(
            "right",
            message!("administration-service-manages-nothing"),
        )),
        _ => Ok(()),
    }
}

/// A token ends, within a year.
pub(super) fn refuse_wrong_end(check: &mut Check, expires_at: DateTime<Utc>, now: DateTime<Utc>) {
    check.require(expires_at > now && expires_at <= now + LONGEST_TOKEN, || {
        Problem::invalid(
            "expiresAt",
            message!("administration-token-end", days = LONGEST_TOKEN.num_days()),
        )
    });
}

/// When a token that is replaced stops working: as before, or after the overlap if that is earlier.
pub(super) fn overlap_end(expires_at: DateTime<Utc>, now: DateTime<Utc>, hours: i32) -> DateTime<Utc> {
    expires_at.min(now + TimeDelta::hours(hours.into()))
}

/// Notes everything that a policy would break of what no policy can loosen.
pub(super) fn refuse_broken_invariants(check: &mut Check, policy: &Policy) {
    for invariant in Invariant::ALL {
        let broken = invariant.broken_by(policy);
        check.require(broken.is_empty(), || {
            Problem::new(
                ProblemKind::Invariant(invariant),
                "rules",
                message!(
                    "access-invariant-broken",
                    invariant = Term::value(invariant),
                    rules = Argument::Messages(broken, "; ")
                ),
            )
        });
    }
}

/// Notes a rule that is there twice: a slip that would hide another.
pub(super) fn refuse_repeated_rules(check: &mut Check, rules: &[Rule]) {
    for (index, rule) in rules.iter().enumerate() {
        check.require(!rules[..index].contains(rule), || {
            Problem::duplicate(
                &format!("rules.{index}"),
                message!("administration-rule-repeated", rule = rule.to_string()),
            )
        });
    }
}

/// The roles that have a right in `after` that they have not in `before`.
pub(super) fn gaining(before: &Policy, after: &Policy) -> Vec<Role> {
    let gains = |role: &Role| {
        Right::ALL
            .into_iter()
            .any(|right| after.allows(*role, right) && !before.allows(*role, right))
    };
    Role::iter().filter(gains).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::use_case::Failure;

    fn rule(role: Role, right: Right) -> Rule {
        Rule { role, right }
    }

    #[test]
    fn only_what_waits_is_decided() {
        use AccessChangeStatus::{Approved, Pending, Rejected};
        assert_eq!(refuse_decided(Pending, Approved), Ok(()));
        let refusal = refuse_decided(Rejected, Approved).unwrap_err();
        assert_eq!(
            refusal.message.in_english(),
            "It is REJECTED and cannot become APPROVED: it stays there."
        );
    }

    #[test]
    fn a_token_ends_within_a_year() {
        let now = DateTime::UNIX_EPOCH;
        for (days, fits) in [(-1, false), (0, false), (1, true), (366, true), (367, false)] {
            let mut check = Check::new();
            refuse_wrong_end(&mut check, now + TimeDelta::days(days), now);
            assert_eq!(check.finish().is_ok(), fits, "{days}");
        }
    }

    #[test]
    fn a_replaced_token_never_works_longer_than_it_would_have() {
        let now = DateTime::UNIX_EPOCH;
        let (soon, late) = (now + TimeDelta::hours(1), now + TimeDelta::days(90));
        assert_eq!(overlap_end(soon, now, 24), soon);
        assert_eq!(overlap_end(late, now, 24), now + TimeDelta::hours(24));
        assert_eq!(overlap_end(late, now, 0), now);
    }

    #[test]
    fn a_broken_invariant_is_refused_by_name_with_the_rule() {
        let mut check = Check::new();
        refuse_broken_invariants(
            &mut check,
            &Policy::of([
                rule(Role::Administrator, Right::UserManage),
                rule(Role::Administrator, Right::PolicyManage),
                rule(Role::Administrator, Right::FollowUpRead),
            ]),
        );
        let Err(Failure::Problems(problems)) = check.finish() else {
            panic!("nothing was refused");
        };
        assert_eq!(
            problems[0].message.in_english(),
            "ADMINISTRATOR_READS_NO_CONTENT: p, ADMINISTRATOR, follow_up, read."
        );
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn who_gains_is_who_may_more() {
        let before = Policy::of([rule(Role::Registrar, Right::CaseFileRead)]);
        let after = Policy::of([rule(Role::Coordinator, Right::CaseFileRead)]);
        assert_eq!(gaining(&before, &after), [Role::Coordinator]);
        assert_eq!(gaining(&before, &before), []);
    }
}
