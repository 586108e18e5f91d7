use std::collections::VecDeque;
use uuid::Uuid;

/// A unit and every unit from which it is reached: what it is part of, and what carries on its work, to the end.
///
/// `heirs` has each unit with another that reaches it, or with none; a unit may be there several times.
pub(crate) fn with_those_above(heirs: &[(Uuid, Option<Uuid>)], id: Uuid) -> Vec<Uuid> {
    let mut found = vec![id];
    let mut open = VecDeque::from([id]);
    while let Some(unit) = open.pop_front() {
        for (_, heir) in heirs.iter().filter(|(of, _)| *of == unit) {
            // What is stored may be a ring.
            if let Some(heir) = heir.filter(|heir| !found.contains(heir)) {
                found.push(heir);
                open.push_back(heir);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_above_a_unit_are_found_to_the_top() {
        let [top, middle, bottom, other] = [(); 4].map(|()| Uuid::now_v7());
        let parents = [(bottom, Some(middle)), (middle, Some(top)), (top, None), (other, None)];
        assert_eq!(with_those_above(&parents, bottom), [bottom, middle, top]);
        assert_eq!(with_those_above(&parents, other), [other]);
        let ring = [(top, Some(bottom)), (bottom, Some(top))];
        assert_eq!(with_those_above(&ring, top), [top, bottom]);
    }

    #[test]
    fn what_is_part_of_a_unit_whose_work_goes_on_elsewhere_is_reached_from_there() {
        let [section, merged, successor, other] = [(); 4].map(|()| Uuid::now_v7());
        let heirs = [
            (section, Some(merged)),
            (merged, None),
            (merged, Some(successor)),
            (merged, Some(other)),
        ];
        assert_eq!(with_those_above(&heirs, section), [section, merged, successor, other]);
    }
}
