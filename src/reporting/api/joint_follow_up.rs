use super::{JointCell, JointPoint, MissingFollowUp, joint_cell::Secrets};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Reader, Right},
    follow_up::{FollowUp, FollowUpRow},
    graphql::{Result, Row},
    organisation::Department,
    planning::{ControlPoint, RatingLevel, ReportingOccasion, organisation_day},
    reporting::{
        rules::{JointCellState, cell_state, trend},
        store::{CellRow, CellSecrets, JointFrame, ReadFor, cells, columns, joint_frame},
    },
};
use async_graphql::SimpleObject;
use entity::{control_point, department, rating_level};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The shared points (kommungemensamma) of a year across the departments at an occasion, and what is missing. It covers
/// the departments that you see: somebody of a department sees their own column alone.
#[derive(Clone, SimpleObject)]
pub struct JointFollowUp {
    /// The control year.
    year: i32,
    /// The occasion.
    occasion: ReportingOccasion,
    /// The columns: the departments and companies that answer to a committee on the occasion's due date, in the
    /// municipality's order, those that you see. Somebody of a department sees their own column alone.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    departments: Vec<Department>,
    /// The rows: one for each shared point, in the order of the shared plan.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    points: Vec<JointPoint>,
    /// Who has not begun what, although the due date has passed: of `departments` alone, those that you see.
    #[graphql(complexity = "list_cost(expected::MISSING, child_complexity)")]
    missing: Vec<MissingFollowUp>,
    /// Whether every cell is reported or not applicable: of `departments` alone, those that you see. Where you see one
    /// department, it says nothing of the others.
    complete: bool,
}

impl JointFollowUp {
    /// Whether the reader sees joint follow-ups at all.
    pub(super) fn is_open_to(reader: &Reader) -> bool {
        let reach = reader.reach(Right::JointFollowUpRead);
        reach.everywhere || reach.every_committee || !reach.departments.is_empty()
    }

    /// The joint follow-up of a year at an occasion; `None` when the year has no such occasion.
    pub(super) async fn read(reader: &Arc<Reader>, year: i32, occasion: Option<&str>) -> Result<Option<Self>> {
        let Some(frame) = joint_frame(reader, year, occasion).await? else {
            return Ok(None);
        };
        let reach = reader.reach(Right::JointFollowUpRead);
        let all = reach.everywhere || reach.every_committee;
        let on = organisation_day(frame.occasion.due_on, year);
        let columns = columns(reader, on, (!all).then_some(reach.departments)).await?;
        let ids: Vec<Uuid> = columns.iter().map(|column| column.id).collect();
        let cells = cells(reader, ReadFor::Reader, &frame, &ids).await?;
        Ok(Some(
            Matrix::of(reader, year, frame, columns, cells).assembled(reader, year),
        ))
    }
}

/// What a joint follow-up is put together from.
struct Matrix {
    occasion: ReportingOccasion,
    departments: Vec<Row<department::Model>>,
    points: Vec<Row<control_point::Model>>,
    cells: HashMap<(Uuid, Uuid), Answer>,
}

/// A cell's part of the answer.
struct Answer {
    state: JointCellState,
    follow_up: Option<FollowUp>,
    rating: Option<Row<rating_level::Model>>,
    trend: Option<entity::Trend>,
    open_findings: i32,
    secrets: CellSecrets,
}

impl Matrix {
    fn of(
        reader: &Arc<Reader>,
        year: i32,
        frame: JointFrame,
        columns: Vec<department::Model>,
        cells: Vec<CellRow>,
    ) -> Self {
        let due_on = frame.occasion.due_on;
        let points: Vec<_> = frame.points.into_iter().map(|planned| planned.point).collect();
        // Read together, so that what is asked for of them is read together too.
        let mut follow_ups = together(reader, &cells, |cell| {
            let (follow_up, number) = cell.follow_up.clone()?;
            Some(FollowUpRow {
                point: points.iter().find(|point| point.id == cell.point_id)?.clone(),
                follow_up,
                number,
                year,
            })
        });
        let mut ratings = together(reader, &cells, |cell| cell.rating.clone());
        let cells = cells
            .into_iter()
            .map(|cell| {
                let key = (cell.department_id, cell.point_id);
                let state = cell_state(cell.exempt, cell.status, due_on, reader.today());
                let reported = state == JointCellState::Reported;
                let rank = cell.rating.as_ref().map(|rating| rating.rank);
                let answer = Answer {
                    state,
                    follow_up: follow_ups.remove(&key).map(FollowUp::from),
                    rating: ratings.remove(&key).filter(|_| reported),
                    trend: trend(cell.stated_trend, rank, cell.rank_before).filter(|_| reported),
                    open_findings: i32::try_from(cell.open_findings).unwrap_or(i32::MAX),
                    // What is not reported yet is not shown, so that nothing of it is read.
                    secrets: CellSecrets {
                        assessment: cell.secrets.assessment.filter(|_| reported),
                        before: cell.secrets.before.filter(|_| reported),
                        findings: cell.secrets.findings,
                    },
                };
                (key, answer)
            })
            .collect();
        Self {
            occasion: ReportingOccasion::single(reader, frame.occasion),
            departments: Row::all(reader, columns),
            points: Row::all(reader, points),
            cells,
        }
    }

    fn assembled(mut self, reader: &Arc<Reader>, year: i32) -> JointFollowUp {
        let mut points = Vec::with_capacity(self.points.len());
        let mut missing = Vec::new();
        let mut complete = true;
        for point in &self.points {
            let mut row = Vec::with_capacity(self.departments.len());
            let mut ratings = Vec::new();
            for department in &self.departments {
                let Some(answer) = self.cells.remove(&(department.id, point.id)) else {
                    continue;
                };
                complete &= matches!(answer.state, JointCellState::Reported | JointCellState::NotApplicable);
                if answer.state == JointCellState::Missing {
                    missing.push(MissingFollowUp {
                        department: department.clone().into(),
                        point: point.clone().into(),
                    });
                }
                ratings.extend(answer.rating.as_deref().cloned());
                row.push(JointCell {
                    department: department.clone().into(),
                    state: answer.state,
                    follow_up: answer.follow_up,
                    rating: answer.rating.map(RatingLevel::from),
                    trend: answer.trend,
                    open_findings: answer.open_findings,
                    secrets: Secrets {
                        reader: Arc::clone(reader),
                        of: answer.secrets,
                    },
                });
            }
            points.push(JointPoint::of(reader, ControlPoint::from(point.clone()), row, ratings));
        }
        JointFollowUp {
            year,
            occasion: self.occasion,
            departments: self.departments.into_iter().map(Department::from).collect(),
            points,
            missing,
            complete,
        }
    }
}

/// What some cells have one of, as rows that were read together, by cell.
fn together<M>(
    reader: &Arc<Reader>,
    cells: &[CellRow],
    part: impl Fn(&CellRow) -> Option<M>,
) -> HashMap<(Uuid, Uuid), Row<M>> {
    let (keys, rows): (Vec<_>, Vec<_>) = cells
        .iter()
        .filter_map(|cell| Some(((cell.department_id, cell.point_id), part(cell)?)))
        .unzip();
    keys.into_iter().zip(Row::all(reader, rows)).collect()
}
