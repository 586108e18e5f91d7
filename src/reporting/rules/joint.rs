use crate::follow_up;
use chrono::NaiveDate;
use entity::{FollowUpStatus, Trend};
use serde::{Deserialize, Serialize};

/// How one department's work on one shared point stands in a joint follow-up.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JointCellState {
    /// The department is exempt from the point (undantagen).
    NotApplicable,
    /// Not begun, and the occasion is not past its due date (ej förfallen).
    NotDue,
    /// Begun at the occasion and not yet reviewed (påbörjad). It is not missing.
    Started,
    /// Its assessment at the occasion is reviewed (rapporterad).
    Reported,
    /// Not begun, although the occasion's due date has passed (saknas).
    Missing,
}

/// The state of a cell: of a department that is exempt or not, and of its assessment at the occasion, if there is one.
pub(in crate::reporting) fn cell_state(
    exempt: bool,
    assessment: Option<FollowUpStatus>,
    due_on: Option<NaiveDate>,
    today: NaiveDate,
) -> JointCellState {
    match assessment {
        _ if exempt => JointCellState::NotApplicable,
        Some(FollowUpStatus::Reviewed) => JointCellState::Reported,
        Some(FollowUpStatus::InProgress | FollowUpStatus::Assessed) => JointCellState::Started,
        None | Some(FollowUpStatus::NotStarted) if due_on.is_some_and(|due| due < today) => JointCellState::Missing,
        None | Some(FollowUpStatus::NotStarted) => JointCellState::NotDue,
    }
}

/// The development since the year before: as the assessor stated it, or else by rank on the scale, where 1 is best.
pub(in crate::reporting) fn trend(stated: Option<Trend>, rank: Option<i32>, before: Option<i32>) -> Option<Trend> {
    stated.or_else(|| Some(follow_up::trend(rank?, before?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_missing_only_when_nothing_was_begun_in_time() {
        use FollowUpStatus::{Assessed, InProgress, NotStarted, Reviewed};
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let due = Some(day("2018-01-31"));
        let (on_time, late) = (day("2018-01-31"), day("2018-02-01"));
        for (exempt, assessment, due, today, state) in [
            (true, None, due, late, JointCellState::NotApplicable),
            (true, Some(Reviewed), due, late, JointCellState::NotApplicable),
            (false, Some(Reviewed), due, late, JointCellState::Reported),
            (false, Some(Assessed), due, late, JointCellState::Started),
            (false, Some(InProgress), due, late, JointCellState::Started),
            (false, Some(NotStarted), due, late, JointCellState::Missing),
            (false, None, due, late, JointCellState::Missing),
            (false, None, due, on_time, JointCellState::NotDue),
            (false, None, None, late, JointCellState::NotDue),
            (false, Some(NotStarted), due, on_time, JointCellState::NotDue),
        ] {
            assert_eq!(cell_state(exempt, assessment, due, today), state, "{assessment:?}");
        }
    }

    #[test]
    fn a_trend_is_stated_or_else_by_rank() {
        assert_eq!(trend(Some(Trend::Worsened), Some(1), Some(2)), Some(Trend::Worsened));
        assert_eq!(trend(None, Some(1), Some(2)), Some(Trend::Improved));
        assert_eq!(trend(None, Some(2), Some(2)), Some(Trend::Unchanged));
        assert_eq!(trend(None, Some(3), Some(2)), Some(Trend::Worsened));
        assert_eq!(trend(None, Some(3), None), None);
        assert_eq!(trend(None, None, Some(2)), None);
    }
}
