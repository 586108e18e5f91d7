use super::*;
use crate::use_case::Failure;
use sea_orm::Iterable;

fn problems(check: Check) -> Vec<Problem> {
    match check.into_failure() {
        Failure::Problems(problems) => problems,
        other => panic!("{other:?}"),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_year_only_moves_forward_one_step_at_a_time() {
    let phases: Vec<ControlYearPhase> = ControlYearPhase::iter().collect();
    for (place, from) in phases.iter().enumerate() {
        for (aim, to) in phases.iter().enumerate() {
            let step = refuse_step(*from, *to, next_phases(*from));
            assert_eq!(step.is_ok(), aim == place + 1, "{from:?} {to:?}");
        }
    }
}

#[test]
fn a_plan_is_proposed_then_adopted_or_referred_back_then_closed() {
    use ControlPlanStatus::{Adopted, Closed, Draft, Proposed};
    let steps = [
        (Draft, Proposed),
        (Proposed, Adopted),
        (Proposed, Draft),
        (Adopted, Closed),
    ];
    for from in ControlPlanStatus::iter() {
        for to in ControlPlanStatus::iter() {
            let step = refuse_step(from, to, next_statuses(from));
            assert_eq!(step.is_ok(), steps.contains(&(from, to)), "{from:?} {to:?}");
        }
    }
    let refused = refuse_step(Proposed, Closed, next_statuses(Proposed)).unwrap_err();
    assert_eq!(
        refused.kind,
        ProblemKind::IllegalTransition {
            from: "PROPOSED".to_owned(),
            allowed: vec!["ADOPTED".to_owned(), "DRAFT".to_owned()],
        }
    );
}

#[test]
fn a_plan_is_adopted_with_a_date_that_has_been() {
    use ControlPlanStatus::{Adopted, Proposed};
    let today = day("2017-02-01");
    for (to, adopted_on, fine) in [
        (Adopted, Some(day("2017-01-25")), true),
        (Adopted, Some(today), true),
        (Adopted, Some(day("2017-02-02")), false),
        (Adopted, None, false),
        (Proposed, None, true),
        (Proposed, Some(day("2017-01-25")), false),
    ] {
        let mut check = Check::new();
        refuse_bad_adoption(&mut check, to, adopted_on, today);
        assert_eq!(problems(check).is_empty(), fine, "{to:?} {adopted_on:?}");
    }
}

#[test]
fn who_writes_and_moves_a_plan() {
    let (department, committee) = (Uuid::now_v7(), Uuid::now_v7());
    let mut plan = control_plan::Model {
        municipality_id: Uuid::now_v7(),
        id: Uuid::now_v7(),
        control_year_id: Uuid::now_v7(),
        scope: ControlScope::Department,
        committee_id: committee,
        department_id: Some(department),
        status: ControlPlanStatus::Draft,
        plan_version: 1,
        valid_from: None,
        adopted_on: None,
        supersedes_id: None,
        proposed_by: None,
        version: 1,
        created_at: chrono::DateTime::UNIX_EPOCH,
    };
    let own = Place::Department(department);
    let recorded = (Right::DecisionRecord, Place::Committee(committee));
    for (to, expected) in [
        (ControlPlanStatus::Proposed, (Right::ControlPlanPropose, own)),
        (ControlPlanStatus::Adopted, recorded),
        (ControlPlanStatus::Draft, recorded),
        (ControlPlanStatus::Closed, (Right::ControlPlanWrite, own)),
    ] {
        assert_eq!(moving(&plan, to), expected, "{to:?}");
    }
    plan.department_id = None;
    for scope in ControlScope::iter() {
        plan.scope = scope;
        for to in [ControlPlanStatus::Proposed, ControlPlanStatus::Closed] {
            assert_eq!(moving(&plan, to), (Right::SharedPlanWrite, PLACE), "{scope:?} {to:?}");
        }
        assert_eq!(moving(&plan, ControlPlanStatus::Adopted), recorded);
    }
}

#[test]
fn a_value_nobody_stated_is_likelihood_times_consequence() {
    assert_eq!(risk_value(Some(3), Some(4)), Some(12));
    assert_eq!(risk_value(Some(3), None), None);
    assert_eq!(risk_value(None, None), None);
}

#[test]
fn likelihood_and_consequence_are_on_the_scale() {
    for (number, maximum, fine) in [
        (Some(4), Some(4), true),
        (Some(5), Some(4), false),
        (Some(0), Some(4), false),
        (Some(0), None, false),
        (Some(100), None, true),
        (None, Some(4), true),
    ] {
        let mut check = Check::new();
        refuse_off_scale(&mut check, "likelihood", number, maximum);
        assert_eq!(problems(check).is_empty(), fine, "{number:?} of {maximum:?}");
    }
}

#[test]
fn a_risk_has_the_highest_level_that_it_reaches() {
    let level = |from_value, label: &str| risk_level::Model {
        municipality_id: Uuid::nil(),
        id: Uuid::nil(),
        control_year_id: Uuid::nil(),
        label: label.to_owned(),
        from_value,
        colour: None,
        created_at: chrono::DateTime::UNIX_EPOCH,
    };
    let levels = [level(9, "hög"), level(4, "medel")];
    let label = |value| level_of(value, &levels).map(|level| level.label.as_str());
    assert_eq!(label(3), None);
    assert_eq!(label(4), Some("medel"));
    assert_eq!(label(8), Some("medel"));
    assert_eq!(label(16), Some("hög"));
}

#[test]
fn a_maximum_holds_what_was_judged_and_the_levels() {
    for (maximum, judged, level, found) in [
        (Some(4), Some(4), Some(16), 0),
        (Some(4), Some(5), Some(17), 2),
        (Some(4), None, None, 0),
        (None, Some(5), Some(17), 0),
    ] {
        let mut check = Check::new();
        refuse_narrow_maximum(&mut check, "maximum", maximum, judged, level);
        assert_eq!(problems(check).len(), found, "{maximum:?} {judged:?} {level:?}");
    }
}

#[test]
fn scales_have_levels_and_each_once() {
    let mut check = Check::new();
    refuse_bad_length(&mut check, 0);
    refuse_bad_length(&mut check, 3);
    refuse_bad_length(&mut check, 21);
    refuse_repetition(&mut check, "levels", "code", &["G", "R", "G"]);
    let found = problems(check);
    let paths: Vec<String> = found.iter().map(|problem| problem.path.join(".")).collect();
    assert_eq!(paths, ["levels", "levels", "levels.2.code"]);
}

#[test]
fn years_are_of_our_time() {
    for (year, fine) in [(1900, true), (2200, true), (1899, false), (2201, false), (-1, false)] {
        assert_eq!(parse_year(year).is_ok(), fine, "{year}");
    }
}

#[test]
fn a_day_is_taken_to_the_year() {
    for (today, nearest) in [
        ("2016-12-20", "2017-01-01"),
        ("2017-05-01", "2017-05-01"),
        ("2018-02-15", "2017-12-31"),
    ] {
        assert_eq!(day_within(2017, day(today)), day(nearest));
    }
}

#[test]
fn points_get_the_numbers_after_the_last_or_none_of_them_does() {
    assert_eq!(next_numbers(message!("planning-the-plan"), [], 2), Ok(1..=2));
    assert_eq!(next_numbers(message!("planning-the-plan"), [3, 7], 1), Ok(8..=8));
    assert_eq!(
        next_numbers(message!("planning-the-plan"), [LAST_NUMBER - 1], 1),
        Ok(LAST_NUMBER..=LAST_NUMBER)
    );
    assert!(next_numbers(message!("planning-the-plan"), [3, 7], 0).is_ok_and(|numbers| numbers.is_empty()));
    let refused = next_numbers(message!("planning-the-plan"), [LAST_NUMBER - 1], 2);
    assert!(refused.is_err_and(|problem| problem.kind == ProblemKind::Limit));
}

#[test]
fn work_has_begun_where_the_plan_is_for() {
    let [point, other, here, there] = [(); 4].map(|()| Uuid::now_v7());
    let begun = HashSet::from([(point, here)]);
    assert!(work_has_begun(&begun, point, Some(here)));
    assert!(work_has_begun(&begun, point, None));
    assert!(!work_has_begun(&begun, point, Some(there)));
    assert!(!work_has_begun(&begun, other, None));
}
