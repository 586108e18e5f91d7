//! The rules of the organisation.

mod landing;

pub(crate) use landing::{Landing, stands};
pub(super) use landing::{closes_a_circle, landing};

use crate::{
    access::{Place, with_those_above},
    language::Term,
    use_case::{Check, Problem},
};
use chrono::{Datelike, Days, Months, NaiveDate};
use entity::Role;
use std::ops::RangeInclusive;
use uuid::Uuid;

/// How many characters the code of a committee or department has.
const CODE_LENGTH: RangeInclusive<usize> = 2..=8;

/// For how long an auditor may be appointed at a time: the audit is of one year.
const AUDITOR_MONTHS: Months = Months::new(12);

/// Notes when a committee's or department's code is not two to eight capital letters and digits.
pub fn refuse_bad_code(check: &mut Check, path: &str, code: &str) {
    let well_formed = CODE_LENGTH.contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    check.require(well_formed, || {
        Problem::invalid(path, message!("organisation-bad-code"))
    });
}

/// Notes when a period ends before it begins.
pub(crate) fn refuse_reversed_period(check: &mut Check, valid_from: NaiveDate, valid_to: Option<NaiveDate>) {
    if let Some(valid_to) = valid_to {
        check.require(valid_to >= valid_from, || {
            Problem::invalid(
                "validTo",
                message!("organisation-period-reversed", valid_to, valid_from),
            )
        });
    }
}

/// What a role assignment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Municipality,
    Department(Uuid),
    Committee(Uuid),
}

impl Target {
    pub(crate) fn of(department_id: Option<Uuid>, committee_id: Option<Uuid>) -> Option<Self> {
        match (department_id, committee_id) {
            (None, None) => Some(Self::Municipality),
            (Some(id), None) => Some(Self::Department(id)),
            (None, Some(id)) => Some(Self::Committee(id)),
            (Some(_), Some(_)) => None,
        }
    }
}

/// Notes when a role is assigned for something that it is not a role of.
pub(super) fn refuse_wrong_target(check: &mut Check, role: Role, target: Target) {
    let (fits, path, message) = match role {
        Role::Coordinator | Role::Registrar | Role::Auditor | Role::Administrator => (
            target == Target::Municipality,
            "role",
            message!("organisation-role-of-municipality", role = Term::value(role)),
        ),
        Role::DepartmentController | Role::Performer | Role::DepartmentHead => (
            matches!(target, Target::Department(_)),
            "departmentId",
            message!("organisation-role-in-department", role = Term::value(role)),
        ),
        Role::CommitteeSecretary | Role::CommitteeMember => (
            matches!(target, Target::Committee(_)),
            "committeeId",
            message!("organisation-role-in-committee", role = Term::value(role)),
        ),
    };
    check.require(fits, || Problem::invalid(path, message));
}

/// Notes when an auditor is appointed without an end, or for longer than twelve months.
pub(super) fn refuse_endless_auditor(
    check: &mut Check,
    role: Role,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
) {
    let latest = valid_from
        .checked_add_months(AUDITOR_MONTHS)
        .and_then(|end| end.checked_sub_days(Days::new(1)));
    let bounded = valid_to.is_some_and(|end| latest.is_none_or(|latest| end <= latest));
    check.require(role != Role::Auditor || bounded, || {
        Problem::invalid("validTo", message!("organisation-auditor-end"))
    });
}

/// The day that the twelve months of a changed assignment count from: once it has begun, its beginning stays the
/// earliest that it has had.
pub(super) fn counted_from(before: NaiveDate, after: NaiveDate, today: NaiveDate) -> NaiveDate {
    if before <= today { before.min(after) } else { after }
}

/// Notes when the beginning of an auditor's assignment that has begun is put off: step by step it would never end.
pub(super) fn refuse_postponed_auditor(
    check: &mut Check,
    role: Role,
    before: NaiveDate,
    after: NaiveDate,
    today: NaiveDate,
) {
    check.require(
        role != Role::Auditor || after <= counted_from(before, after, today),
        || Problem::invalid("validFrom", message!("organisation-auditor-begun")),
    );
}

/// What waits for a second administrator is not changed meanwhile: they would approve something else than they saw.
///
/// # Errors
/// A problem `INVALID` when it is not in force.
pub(crate) fn refuse_waiting(in_force: bool) -> Result<(), Problem> {
    if in_force {
        Ok(())
    } else {
        Err(Problem::invalid("id", message!("organisation-not-in-force")))
    }
}

/// A longer period of reading confidential content takes two administrators, as its granting did.
///
/// # Errors
/// A problem `SEPARATION_OF_DUTIES` when the period `after` has a day that is not in the one `before`.
pub(crate) fn refuse_wider_period(
    confidential: bool,
    before: (NaiveDate, Option<NaiveDate>),
    after: (NaiveDate, Option<NaiveDate>),
) -> Result<(), Problem> {
    let later_end = match (before.1, after.1) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => after > before,
    };
    if confidential && (after.0 < before.0 || later_end) {
        return Err(Problem::separation(message!("organisation-wider-period")));
    }
    Ok(())
}

/// Nobody moves what they hold a role in: a role reaches what is below its unit, and an executive board's everything.
///
/// # Errors
/// A problem `SEPARATION_OF_DUTIES` when one of the units `held` is among the units that the change `reaches`.
pub(super) fn refuse_own_unit(held: &[Uuid], reaches: &[Uuid]) -> Result<(), Problem> {
    if held.iter().any(|unit| reaches.contains(unit)) {
        Err(Problem::separation(message!("organisation-own-unit")))
    } else {
        Ok(())
    }
}

/// A unit, the one that it is to belong to, and all from which that is reached. `heirs` has each unit with one from which
/// it is reached.
pub(super) fn reaching(heirs: &[(Uuid, Option<Uuid>)], id: Uuid, heir: Option<Uuid>) -> Vec<Uuid> {
    let above = heir.map(|heir| with_those_above(heirs, heir));
    std::iter::once(id).chain(above.into_iter().flatten()).collect()
}

/// A unit that has followed anything up stays where it is: whoever holds a role above it reads what is confidential of it,
/// which takes two administrators to give.
///
/// # Errors
/// A problem `INVALID` when it has.
pub(super) fn refuse_moving(has_followed_up: bool) -> Result<(), Problem> {
    if has_followed_up {
        return Err(Problem::invalid(
            "parentId",
            message!("organisation-department-followed-up"),
        ));
    }
    Ok(())
}

/// A closed control year keeps its organisation. `closed` is the last one that is closed.
///
/// # Errors
/// A problem `INVALID` when `day` is in it or before.
pub(super) fn refuse_before_closed_year(path: &str, day: NaiveDate, closed: Option<i32>) -> Result<(), Problem> {
    match closed.filter(|closed| day.year() <= *closed) {
        Some(closed) => Err(Problem::invalid(
            path,
            message!("organisation-closed-year", year = closed),
        )),
        None => Ok(()),
    }
}

/// Notes when `parent` is `id` itself or stands below it. `parents` has each unit with the one above it.
pub(super) fn refuse_cycle(check: &mut Check, parents: &[(Uuid, Option<Uuid>)], id: Uuid, parent: Option<Uuid>) {
    let mut above = parent;
    // No chain is longer than there are units, also if what is stored were a ring.
    for _ in 0..=parents.len() {
        if above == Some(id) {
            check.add(Problem::invalid("parentId", message!("organisation-part-of-itself")));
            return;
        }
        above = above.and_then(|above| {
            parents
                .iter()
                .find(|(unit, _)| *unit == above)
                .and_then(|(_, parent)| *parent)
        });
    }
}

/// A host name as it is compared: in lower case, and without the dot of the root.
pub(crate) fn normal_host(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// Whether a text is a host name (RFC 1123, section 2.1).
pub(super) fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// Where the organisation is kept.
pub(crate) const PLACE: Place = Place::Municipality;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::use_case::Failure;

    fn problems(check: Check) -> Vec<String> {
        match check.finish() {
            Ok(()) => Vec::new(),
            Err(Failure::Problems(problems)) => problems
                .into_iter()
                .map(|problem| problem.message.in_english())
                .collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn codes_are_short_capitals_and_digits() {
        for good in ["KS", "KSF", "BUN2", "ABCDEFGH"] {
            let mut check = Check::new();
            refuse_bad_code(&mut check, "code", good);
            assert!(problems(check).is_empty(), "{good}");
        }
        for bad in ["", "K", "ksf", "KS F", "ÅÄÖ", "ABCDEFGHI"] {
            let mut check = Check::new();
            refuse_bad_code(&mut check, "code", bad);
            assert_eq!(problems(check).len(), 1, "{bad}");
        }
    }

    #[test]
    fn an_auditor_is_appointed_for_a_year_at_most() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (end, allowed) in [
            (Some(day("2018-12-31")), true),
            (Some(day("2019-01-01")), false),
            (None, false),
        ] {
            let mut check = Check::new();
            refuse_endless_auditor(&mut check, Role::Auditor, day("2018-01-01"), end);
            assert_eq!(problems(check).is_empty(), allowed, "{end:?}");
        }
    }

    #[test]
    fn an_auditors_months_count_from_the_first_beginning() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (first, later, today) = (day("2018-01-02"), day("2018-06-01"), day("2018-02-15"));
        assert_eq!(counted_from(first, later, today), first);
        assert_eq!(counted_from(later, first, today), first);
        assert_eq!(counted_from(later, day("2018-07-01"), today), day("2018-07-01"));
        for (role, before, after, refused) in [
            (Role::Auditor, first, later, true),
            (Role::Auditor, first, first, false),
            (Role::Auditor, later, day("2018-07-01"), false),
            (Role::Registrar, first, later, false),
        ] {
            let mut check = Check::new();
            refuse_postponed_auditor(&mut check, role, before, after, today);
            assert_eq!(!problems(check).is_empty(), refused, "{role:?} {before} {after}");
        }
    }

    #[test]
    fn a_confidential_period_is_only_made_shorter() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (first, second, last) = (day("2018-01-01"), day("2018-06-01"), day("2018-12-31"));
        for (before, after, wider) in [
            ((first, None), (first, Some(last)), false),
            ((first, Some(last)), (second, Some(second)), false),
            ((first, Some(last)), (first, None), true),
            ((first, Some(second)), (first, Some(last)), true),
            ((second, None), (first, None), true),
        ] {
            assert_eq!(
                refuse_wider_period(true, before, after).is_err(),
                wider,
                "{before:?} {after:?}"
            );
            assert_eq!(refuse_wider_period(false, before, after), Ok(()));
        }
    }

    #[test]
    fn a_change_reaches_the_unit_and_all_that_it_comes_under() {
        let [top, middle, unit, other] = [(); 4].map(|()| Uuid::now_v7());
        let parents = [(unit, Some(other)), (middle, Some(top)), (top, None), (other, None)];
        let reached = reaching(&parents, unit, Some(middle));
        assert_eq!(reached, [unit, middle, top]);
        assert_eq!(reaching(&parents, unit, None), [unit]);
        for held in [unit, middle, top] {
            assert!(refuse_own_unit(&[other, held], &reached).is_err());
        }
        assert_eq!(refuse_own_unit(&[other], &reached), Ok(()));
        assert_eq!(refuse_own_unit(&[], &reached), Ok(()));
    }

    #[test]
    fn a_closed_year_keeps_its_organisation() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (from, closed, fits) in [
            ("2017-12-31", Some(2017), false),
            ("2016-01-01", Some(2017), false),
            ("2018-01-01", Some(2017), true),
            ("2017-07-01", None, true),
        ] {
            let refused = refuse_before_closed_year("validFrom", day(from), closed);
            assert_eq!(refused.is_ok(), fits, "{from} {closed:?}");
        }
    }

    #[test]
    fn hosts_are_compared_without_case_and_root() {
        assert_eq!(normal_host("Kontroll.Example.ORG."), "kontroll.example.org");
        for good in [
            "localhost",
            "kontroll.example.org",
            "xn--mjlby-kua.example",
            "10-0.example",
        ] {
            assert!(is_host(good), "{good}");
        }
        for bad in ["", "a..b", "-a.example", "mjölby.example", "a.example:80", "a b"] {
            assert!(!is_host(bad), "{bad}");
        }
    }

    #[test]
    fn each_role_has_its_kind_of_target() {
        let id = Uuid::now_v7();
        for (role, target, fits) in [
            (Role::Coordinator, Target::Municipality, true),
            (Role::Coordinator, Target::Department(id), false),
            (Role::DepartmentHead, Target::Department(id), true),
            (Role::DepartmentHead, Target::Municipality, false),
            (Role::CommitteeMember, Target::Committee(id), true),
            (Role::CommitteeMember, Target::Department(id), false),
        ] {
            let mut check = Check::new();
            refuse_wrong_target(&mut check, role, target);
            assert_eq!(problems(check).is_empty(), fits, "{role:?} {target:?}");
        }
    }
}
