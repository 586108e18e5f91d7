use chrono::NaiveDate;
use entity::department_succession;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Where the work of a department goes on after a reorganisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Landing {
    /// With this department: itself, where nothing has changed.
    On(Uuid),
    /// With one of several, among which it was divided: which one somebody has to say.
    Among(BTreeSet<Uuid>),
}

/// Whether a department carries on its own work, by where the work of each department goes on.
pub(crate) fn stands(department: Uuid, landings: &HashMap<Uuid, Landing>) -> bool {
    landings.get(&department) == Some(&Landing::On(department))
}

/// Where the work of `department` goes on as of a day, through as many successions as there are.
pub(in crate::organisation) fn landing(
    department: Uuid,
    successions: &[department_succession::Model],
    on: NaiveDate,
) -> Landing {
    let mut seen = BTreeSet::from([department]);
    let mut open = vec![department];
    let mut last = BTreeSet::new();
    while let Some(present) = open.pop() {
        let heirs: Vec<Uuid> = successions
            .iter()
            .filter(|row| row.department_id == present && row.valid_from <= on)
            .map(|row| row.successor_id)
            .collect();
        if heirs.is_empty() {
            last.insert(present);
        }
        open.extend(heirs.into_iter().filter(|heir| seen.insert(*heir)));
    }
    let mut lasting = last.iter();
    match (lasting.next(), lasting.next()) {
        (Some(one), None) => Landing::On(*one),
        (None, _) => Landing::On(department),
        _ => Landing::Among(last),
    }
}

/// Whether a department would end up as its own successor.
pub(in crate::organisation) fn closes_a_circle(
    department: Uuid,
    successor: Uuid,
    successions: &[department_succession::Model],
) -> bool {
    let mut seen = BTreeSet::from([successor]);
    let mut open = vec![successor];
    while let Some(present) = open.pop() {
        if present == department {
            return true;
        }
        let heirs = successions.iter().filter(|row| row.department_id == present);
        open.extend(heirs.map(|row| row.successor_id).filter(|heir| seen.insert(*heir)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn succession(department_id: Uuid, successor_id: Uuid, from: &str) -> department_succession::Model {
        department_succession::Model {
            municipality_id: Uuid::nil(),
            id: Uuid::now_v7(),
            department_id,
            successor_id,
            valid_from: day(from),
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn work_goes_on_with_the_last_successor_as_of_the_day() {
        let [first, second, third] = [(); 3].map(|()| Uuid::now_v7());
        let successions = [
            succession(first, second, "2018-01-01"),
            succession(second, third, "2019-01-01"),
        ];
        for (on, expected) in [("2017-12-31", first), ("2018-01-01", second), ("2019-06-01", third)] {
            assert_eq!(landing(first, &successions, day(on)), Landing::On(expected), "{on}");
        }
        assert_eq!(landing(third, &successions, day("2019-06-01")), Landing::On(third));
    }

    #[test]
    fn work_that_was_divided_lands_nowhere_by_itself() {
        let [whole, one, other] = [(); 3].map(|()| Uuid::now_v7());
        let successions = [
            succession(whole, one, "2018-01-01"),
            succession(whole, other, "2018-01-01"),
        ];
        assert_eq!(
            landing(whole, &successions, day("2018-01-01")),
            Landing::Among(BTreeSet::from([one, other]))
        );
    }

    #[test]
    fn no_department_succeeds_itself_however_far_round() {
        let [first, second, third] = [(); 3].map(|()| Uuid::now_v7());
        let successions = [
            succession(first, second, "2018-01-01"),
            succession(second, third, "2019-01-01"),
        ];
        assert!(closes_a_circle(third, first, &successions));
        assert!(closes_a_circle(second, first, &successions));
        assert!(!closes_a_circle(first, third, &successions));
    }
}
