//! What is proposed to come along from the year before.

use super::arm::{Arm, Told, column, has, in_department, none, same};
use crate::access::{Place, Reader, Right};
use entity::{CarryOverKind, CarryOverStatus, WorkItemKind, carry_over, control_year, corrective_action, finding};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

/// One for each year and department in which the reader has something to decide, however much it is.
pub(super) fn arms(reader: &Reader) -> Vec<SelectStatement> {
    use carry_over::Column;
    let decides = decides(reader);
    if decides.is_empty() {
        return Vec::new();
    }
    let arm = Arm::from(reader, carry_over::Entity)
        .in_open_year(Column::ControlYearId)
        .of_department(Column::DepartmentId)
        .filter(Condition::all().add(Column::Status.eq(CarryOverStatus::Proposed)))
        .filter(decides)
        .filter(crate::roll_forward::visible_carry_overs(reader));
    let mut work = arm.selecting(
        WorkItemKind::DecideCarryOvers,
        Told {
            due_on: none("date"),
            subject: column(Column::ControlYearId),
            // Its department, so that each has its own.
            occasion: Expr::col(Column::DepartmentId.as_column_ref()).if_null(column(Column::ControlYearId)),
            about: column(control_year::Column::Year).cast_as("text"),
            label: none("text"),
            follow_up: none("uuid"),
            marked: None,
        },
    );
    vec![work.distinct().to_owned()]
}

/// What the reader decides on, and can read: the rules are `roll_forward`'s. What was divided among several departments is
/// decided on where it was.
fn decides(reader: &Reader) -> Condition {
    use carry_over::Column;
    let mut decides = Condition::any();
    for kind in [
        CarryOverKind::Risk,
        CarryOverKind::ControlPoint,
        CarryOverKind::Finding,
        CarryOverKind::CorrectiveAction,
    ] {
        let right = crate::roll_forward::right_to_decide(kind);
        if has(reader, right) {
            let lands = Condition::all()
                .add(Column::DepartmentId.is_not_null())
                .add(in_department(reader, right, Column::DepartmentId.as_column_ref()));
            let divided = Condition::all()
                .add(Column::DepartmentId.is_null())
                .add(Column::FromDepartmentId.is_not_null())
                .add(in_department(reader, right, Column::FromDepartmentId.as_column_ref()));
            decides = decides.add(
                Condition::all()
                    .add(Column::Kind.eq(kind))
                    .add(Condition::any().add(lands).add(divided))
                    .add(readable(reader)),
            );
        }
    }
    if reader.may(Right::SharedPlanWrite, Place::Municipality) {
        let shared = Condition::all()
            .add(Column::DepartmentId.is_null())
            .add(Column::FromDepartmentId.is_null());
        decides = decides.add(shared);
    }
    decides
}

/// That what would come along is not marked as confidential, or the reader may read it where it was.
fn readable(reader: &Reader) -> Condition {
    use carry_over::Column;
    let marked_finding = Query::select()
        .expr(Expr::cust("1"))
        .from(finding::Entity)
        .and_where(finding::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(finding::Column::Id, Column::FindingId))
        .and_where(finding::Column::SecrecyGround.is_not_null())
        .to_owned();
    let marked_action = Query::select()
        .expr(Expr::cust("1"))
        .from(corrective_action::Entity)
        .left_join(
            finding::Entity,
            finding::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(same(finding::Column::Id, corrective_action::Column::FindingId)),
        )
        .and_where(corrective_action::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(corrective_action::Column::Id, Column::CorrectiveActionId))
        .cond_where(
            Condition::any()
                .add(corrective_action::Column::SecrecyGround.is_not_null())
                .add(finding::Column::SecrecyGround.is_not_null()),
        )
        .to_owned();
    let unmarked = Condition::all()
        .add(Expr::exists(marked_finding).not())
        .add(Expr::exists(marked_action).not());
    Condition::any().add(unmarked).add(in_department(
        reader,
        Right::ConfidentialRead,
        Column::FromDepartmentId.as_column_ref(),
    ))
}
