//! Assessing and reviewing.

use super::{
    arm::{Arm, Told, by_another, column, has, none, same},
    of_follow_up, readable,
};
use crate::access::{Reader, Right};
use entity::{
    FollowUpStatus, WorkItemKind, assessment, control_point, follow_up, follow_up_performer, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

const INNER: JoinType = JoinType::InnerJoin;

pub(super) fn arms(reader: &Reader, user_id: Uuid) -> Vec<SelectStatement> {
    let mut arms = Vec::new();
    if has(reader, Right::AssessmentAssess) {
        arms.push(assess(reader));
        arms.push(reassess(reader));
    }
    if has(reader, Right::AssessmentReview) {
        arms.push(review(reader, user_id));
    }
    if has(reader, Right::FollowUpStart) {
        arms.push(assign(reader));
    }
    arms
}

/// Follow-ups that the reader is to assess at an occasion of a year that is not closed.
fn assess(reader: &Reader) -> SelectStatement {
    use assessment::Column;
    let sent_back = Condition::all()
        .add(Column::Status.eq(FollowUpStatus::InProgress))
        .add(Column::SentBackReason.is_null());
    Arm::from(reader, follow_up::Entity)
        .join(
            INNER,
            reporting_occasion::Entity,
            reporting_occasion::Column::ControlYearId,
            follow_up::Column::ControlYearId,
        )
        .of_open_year()
        .join_on(
            JoinType::LeftJoin,
            assessment::Entity,
            Condition::all()
                .add(same(Column::FollowUpId, follow_up::Column::Id))
                .add(same(Column::OccasionId, reporting_occasion::Column::Id)),
        )
        .not_exempt()
        .filter(
            Condition::any()
                .add(Column::Status.is_null())
                .add(Column::Status.eq(FollowUpStatus::NotStarted))
                .add(sent_back),
        )
        .filter(of_follow_up(reader, Right::AssessmentAssess))
        .selecting(
            WorkItemKind::Assess,
            Told {
                subject: column(follow_up::Column::Id),
                marked: Some(Condition::all().add(Column::SecrecyGround.is_not_null())),
                ..at_occasion()
            },
        )
}

/// Assessments that the reviewer sent back.
fn reassess(reader: &Reader) -> SelectStatement {
    use assessment::Column;
    made(reader)
        .not_exempt()
        .filter(
            Condition::all()
                .add(Column::Status.eq(FollowUpStatus::InProgress))
                .add(Column::SentBackReason.is_not_null()),
        )
        .filter(of_follow_up(reader, Right::AssessmentAssess))
        .selecting(WorkItemKind::Reassess, of_assessment())
}

/// Assessments by somebody else that the reader is to review.
fn review(reader: &Reader, user_id: Uuid) -> SelectStatement {
    use assessment::Column;
    made(reader)
        .filter(Condition::all().add(Column::Status.eq(FollowUpStatus::Assessed)))
        .filter(by_another(Column::AssessedBy, user_id))
        .filter(of_follow_up(reader, Right::AssessmentReview))
        .selecting(WorkItemKind::Review, of_assessment())
}

/// Follow-ups that nobody is assigned to.
fn assign(reader: &Reader) -> SelectStatement {
    use follow_up_performer::Column;
    let assigned = Query::select()
        .expr(Expr::cust("1"))
        .from(follow_up_performer::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::FollowUpId, follow_up::Column::Id))
        .to_owned();
    Arm::from(reader, follow_up::Entity)
        .of_open_year()
        .not_exempt()
        .filter(Condition::all().not().add(Expr::exists(assigned)))
        .filter(of_follow_up(reader, Right::FollowUpStart))
        .selecting(
            WorkItemKind::AssignPerformers,
            Told {
                due_on: none("date"),
                subject: column(follow_up::Column::Id),
                occasion: column(follow_up::Column::Id),
                label: none("text"),
                ..at_occasion()
            },
        )
}

/// Assessments of years that are not closed, whose content the reader may see.
fn made(reader: &Reader) -> Arm<'_> {
    use assessment::Column;
    Arm::from(reader, assessment::Entity)
        .join(INNER, follow_up::Entity, follow_up::Column::Id, Column::FollowUpId)
        .join(
            INNER,
            reporting_occasion::Entity,
            reporting_occasion::Column::Id,
            Column::OccasionId,
        )
        .of_open_year()
        .filter(readable(reader, [Column::SecrecyGround.is_null()]))
}

fn of_assessment() -> Told {
    Told {
        marked: Some(Condition::all().add(assessment::Column::SecrecyGround.is_not_null())),
        ..at_occasion()
    }
}

fn at_occasion() -> Told {
    Told {
        due_on: column(reporting_occasion::Column::DueOn),
        subject: column(assessment::Column::Id),
        occasion: column(reporting_occasion::Column::Id),
        about: column(control_point::Column::Title),
        label: column(reporting_occasion::Column::Label),
        follow_up: column(follow_up::Column::Id),
        marked: None,
    }
}
