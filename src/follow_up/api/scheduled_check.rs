use super::Check;
use crate::{
    follow_up::{
        rules::{ScheduledCheckState, fulfils, scheduled_state},
        store::{self, FollowUpRow},
    },
    graphql::limits::{expected, list_cost},
    graphql::{PartialDate, Result, Row},
    planning::TimesOfPoint,
};
use async_graphql::SimpleObject;
use entity::control_point;

/// A check that is planned in a follow-up: at one of its control point's scheduled times.
#[derive(Clone, SimpleObject)]
pub struct ScheduledCheck {
    /// The time.
    pub(crate) time: PartialDate,
    /// How it stands today. Null when a check that is withheld from you may have been performed in the time.
    pub(crate) state: Option<ScheduledCheckState>,
    /// The checks that were performed in the time, as far as it is stated when: those whose period has a day in common with
    /// it.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(crate) checks: Vec<Check>,
}

impl ScheduledCheck {
    /// Those of a follow-up, in the order of their times.
    pub(super) async fn all(follow_up: &Row<FollowUpRow>, point: &Row<control_point::Model>) -> Result<Vec<Self>> {
        let times = point.many(TimesOfPoint).await?;
        if times.is_empty() {
            return Ok(Vec::new());
        }
        let checks = follow_up.many(store::ChecksOfFollowUp).await?;
        let unknown = checks.iter().any(|check| !check.is_readable());
        let today = follow_up.reader().today();
        Ok(times
            .iter()
            .map(|time| {
                let window = (time.earliest, time.latest);
                let performed = checks.iter().filter(|row| {
                    // What is stated of days after it was registered had not been done.
                    let stated = row.content().and_then(|check| {
                        let latest = check.performed_latest?.min(check.created_at.date_naive());
                        Some((check.performed_earliest?, latest))
                    });
                    stated.is_some_and(|stated| fulfils(stated, window))
                });
                let checks: Vec<Check> = performed.map(|row| Check::of(row.clone(), follow_up)).collect();
                let done = match checks.is_empty() {
                    true if unknown => None,
                    empty => Some(!empty),
                };
                Self {
                    time: PartialDate::stated(time.earliest, time.latest, &time.text),
                    state: scheduled_state(window, done, today),
                    checks,
                }
            })
            .collect())
    }
}
