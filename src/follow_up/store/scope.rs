//! What a reader sees of follow-ups.

use crate::{
    access::{Reader, Right, flag},
    reporting::laid_before,
};
use entity::{FollowUpStatus, assessment, check_follow_up, department_report, follow_up};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{CaseStatement, Expr, ExprTrait, Query, SimpleExpr},
};

/// The follow-ups that the reader sees, over the columns of `follow_up`: those in the reach of their roles, and those
/// of a report that was laid before a committee of theirs, or published.
pub(crate) fn visible_follow_ups(reader: &Reader) -> Condition {
    within_or_through(reader, Condition::all())
}

/// The checks, reviews, findings and actions that the reader sees, over when they were registered and the columns of
/// `follow_up`. Who sees a follow-up through a report alone sees what was there when the report was last submitted, as
/// it is now: what is registered later has been laid before nobody.
pub(crate) fn visible_evidence(reader: &Reader, registered: impl ColumnTrait) -> Condition {
    within_or_through(reader, Condition::all().add(by_submission(registered)))
}

/// [`visible_evidence`] of what belongs to a check, over the columns of `check_follow_up` too: a central check may begin to
/// show in a follow-up long after it was registered.
pub(super) fn visible_evidence_of_check(reader: &Reader, registered: impl ColumnTrait) -> Condition {
    let shown = by_submission(check_follow_up::Column::CreatedAt);
    within_or_through(reader, Condition::all().add(shown).add(by_submission(registered)))
}

/// That something was there when the joined report was last submitted.
fn by_submission(at: impl ColumnTrait) -> Expr {
    Expr::col(at.as_column_ref()).lte(Expr::col(department_report::Column::SubmittedAt.as_column_ref()))
}

/// The assessments that the reader sees, over the columns of `assessment` and `follow_up`. Who sees a follow-up through
/// a report alone sees what was reviewed: before that an assessment is a draft.
pub(crate) fn visible_assessments(reader: &Reader) -> Condition {
    let reviewed = assessment::Column::Status.eq(FollowUpStatus::Reviewed);
    within_or_through(reader, Condition::all().add(reviewed))
}

/// What the reader's roles reach, and what is reached through a report that was laid before a committee of theirs, or
/// published, where `also` holds of the two.
fn within_or_through(reader: &Reader, also: Condition) -> Condition {
    use follow_up::Column;
    if reader.reach(Right::FollowUpRead).everywhere {
        return Condition::all();
    }
    let reported = Query::select()
        .expr(Expr::val(1))
        .from(department_report::Entity)
        .and_where(department_report::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(
            Expr::col(department_report::Column::DepartmentId.as_column_ref())
                .equals(Column::DepartmentId.as_column_ref()),
        )
        .and_where(
            Expr::col(department_report::Column::ControlYearId.as_column_ref())
                .equals(Column::ControlYearId.as_column_ref()),
        )
        .cond_where(laid_before(reader))
        .cond_where(also)
        .to_owned();
    Condition::any()
        .add(reader.within(
            Right::FollowUpRead,
            Column::DepartmentId.as_column_ref(),
            Some(Column::Id.as_column_ref()),
        ))
        .add(Expr::exists(reported))
}

/// Whether the reader may see a child's content, for [`crate::access::Sealed::READABLE`]: over its `secrecy_ground`
/// and the columns of the joined `follow_up`.
pub(crate) fn readable(reader: &Reader, ground: impl ColumnTrait) -> SimpleExpr {
    flag(open(reader, ground))
}

/// The condition behind [`readable`].
pub(crate) fn open(reader: &Reader, ground: impl ColumnTrait) -> Condition {
    Condition::any().add(ground.is_null()).add(confidential(reader))
}

/// The follow-ups whose confidential content the reader may see, over the columns of `follow_up`.
pub(super) fn confidential(reader: &Reader) -> Condition {
    reader.within(
        Right::ConfidentialRead,
        follow_up::Column::DepartmentId.as_column_ref(),
        Some(follow_up::Column::Id.as_column_ref()),
    )
}

/// One value where the condition holds, else another.
pub(super) fn when(condition: Condition, then: SimpleExpr, otherwise: SimpleExpr) -> SimpleExpr {
    CaseStatement::new().case(condition, then).finally(otherwise).into()
}
