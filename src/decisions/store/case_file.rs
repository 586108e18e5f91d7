use super::{decision::links_to_joint_reports, of_visible_joint_report, of_visible_report};
use crate::{
    access::{Reader, Right, Sealed},
    database::{StoreError, TenantTable},
    follow_up::reviews_of_cases,
    planning::visible_plans,
    relation,
    reporting::{visible_joint_reports, visible_reports},
};
use entity::{case_file, control_plan, decision, department_report, joint_report, review};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

/// The cases that the reader can see: those that are open to them, and those of decisions on reports that they see. Of
/// the latter they see what it is called, and what is of reports and plans that they see.
fn visible_cases(reader: &Reader) -> Condition {
    Condition::any().add(open_cases(reader)).add(of_decided_report(reader))
}

/// The cases in which the reader sees also what is of no report or plan: where they read all of them, otherwise those
/// of reports and plans that they see.
pub(super) fn open_cases(reader: &Reader) -> Condition {
    if reader.reach(Right::CaseFileRead).everywhere {
        return Condition::all();
    }
    let of_report = of_visible_report(reader, department_report::Column::CaseFileId, case_file::Column::Id);
    let of_joint_report = of_visible_joint_report(reader, joint_report::Column::CaseFileId, case_file::Column::Id);
    let any = Condition::any().add(of_report).add(of_joint_report);
    if reader.is_internal() {
        any.add(of_visible_plan(reader))
    } else {
        any
    }
}

/// That a decision on a plan which the reader can see was made in the case.
fn of_visible_plan(reader: &Reader) -> Expr {
    use decision::Column;
    let decided = Query::select()
        .expr(Expr::cust("1"))
        .from(decision::Entity)
        .inner_join(
            control_plan::Entity,
            control_plan::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(Expr::col(control_plan::Column::Id.as_column_ref()).equals(Column::ControlPlanId.as_column_ref())),
        )
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::CaseFileId.as_column_ref()).equals(case_file::Column::Id.as_column_ref()))
        .cond_where(visible_plans(reader))
        .to_owned();
    Expr::exists(decided)
}

/// That a decision on a report, or on a joint report, which the reader can see was made in the case.
fn of_decided_report(reader: &Reader) -> Condition {
    use decision::Column;
    let decided = Query::select()
        .expr(Expr::cust("1"))
        .from(decision::Entity)
        .inner_join(
            department_report::Entity,
            department_report::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(
                    Expr::col(department_report::Column::Id.as_column_ref())
                        .equals(Column::DepartmentReportId.as_column_ref()),
                ),
        )
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::CaseFileId.as_column_ref()).equals(case_file::Column::Id.as_column_ref()))
        .cond_where(visible_reports(reader))
        .to_owned();
    let jointly = Query::select()
        .expr(Expr::cust("1"))
        .from(decision::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::CaseFileId.as_column_ref()).equals(case_file::Column::Id.as_column_ref()))
        .and_where(Expr::exists(
            links_to_joint_reports(reader)
                .cond_where(visible_joint_reports(reader))
                .to_owned(),
        ))
        .to_owned();
    Condition::any().add(Expr::exists(decided)).add(Expr::exists(jointly))
}

/// Cases by id, those that the reader can see.
pub(crate) async fn cases_by_id(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, case_file::Model)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = reader
        .find::<case_file::Entity>()
        .filter(reader.any_of(case_file::Column::Id.as_column_ref(), ids))
        .filter(visible_cases(reader))
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The case with the registry's number, if the reader can see it.
pub(in crate::decisions) async fn case_by_number(
    reader: &Reader,
    number: &str,
) -> Result<Option<case_file::Model>, StoreError> {
    Ok(reader
        .find::<case_file::Entity>()
        .filter(case_file::Column::Number.eq(number))
        .filter(visible_cases(reader))
        .one(reader.session())
        .await?)
}

/// Whether a case is none that the reader may put something into: it is not there, or it belongs to reports already
/// and the reader sees none of them.
pub(in crate::decisions) async fn foreign_case(reader: &Reader, id: Uuid) -> Result<bool, StoreError> {
    let taken = of_any::<department_report::Entity>(reader, department_report::Column::CaseFileId);
    let jointly = of_any::<joint_report::Entity>(reader, joint_report::Column::CaseFileId);
    let found = reader
        .find::<case_file::Entity>()
        .filter(case_file::Column::Id.eq(id))
        .filter(Condition::any().add(open_cases(reader)).add(taken.or(jointly).not()))
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.is_none())
}

/// That any row of a table refers to the case.
fn of_any<E: TenantTable>(reader: &Reader, case: E::Column) -> Expr {
    let found = Query::select()
        .expr(Expr::cust("1"))
        .from(E::default())
        .and_where(E::MUNICIPALITY.eq(reader.municipality_id()))
        .and_where(Expr::col(case.as_column_ref()).equals(case_file::Column::Id.as_column_ref()))
        .to_owned();
    Expr::exists(found)
}

relation! {
    /// The reviews by others that belong to cases.
    ReviewsOfCase: case_file::Model => Sealed<review::Model>,
    |case| Some(case.id), reviews_of_cases
}
