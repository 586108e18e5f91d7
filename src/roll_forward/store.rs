//! Reading what is proposed to come along.

use crate::{
    access::{Reader, Right, Sealed, join, rows_by_id, visible_rows_by_id},
    database::{Page, PageError, Slice, SortKey, StoreError, counted_page},
    follow_up::{ActionRow, visible_actions_by_id, visible_findings_by_id},
    planning, relation,
};
use entity::{
    CarryOverKind, CarryOverStatus, carry_over, control_point, control_year, department, finding, risk, user_account,
};
use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, sea_query::Query};
use uuid::Uuid;

/// What the reader sees of proposals: those of the departments that they read plans of, before or after, and the whole
/// municipality's for all who do.
pub(crate) fn visible(reader: &Reader) -> Condition {
    use carry_over::Column;
    let reach = reader.reach(Right::ControlPlanRead);
    if reach.everywhere {
        return Condition::all();
    }
    let mut visible = Condition::any()
        .add(reader.any_of(Column::DepartmentId.as_column_ref(), reach.departments.iter().copied()))
        .add(reader.any_of(
            Column::FromDepartmentId.as_column_ref(),
            reach.departments.iter().copied(),
        ));
    if !reach.departments.is_empty() {
        visible = visible.add(Column::FromDepartmentId.is_null());
    }
    visible
}

/// Proposals by id, as far as the reader sees them.
pub(super) async fn visible_carry_overs(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, carry_over::Model)>, StoreError> {
    visible_rows_by_id::<carry_over::Entity>(reader, ids, visible(reader)).await
}

/// Everything that was proposed for a year already.
pub(super) async fn proposed(reader: &Reader, control_year_id: Uuid) -> Result<Vec<carry_over::Model>, StoreError> {
    Ok(reader
        .find::<carry_over::Entity>()
        .filter(carry_over::Column::ControlYearId.eq(control_year_id))
        .all(reader.session())
        .await?)
}

/// The proposals for a year that nobody has decided on, as far as the reader sees them: of a kind, and of those that land on
/// a department, where such is given.
pub(super) async fn undecided(
    reader: &Reader,
    control_year_id: Uuid,
    kind: Option<CarryOverKind>,
    department_id: Option<Uuid>,
) -> Result<Vec<carry_over::Model>, StoreError> {
    use carry_over::Column;
    let mut select = reader
        .find::<carry_over::Entity>()
        .filter(visible(reader))
        .filter(Column::ControlYearId.eq(control_year_id))
        .filter(Column::Status.eq(CarryOverStatus::Proposed));
    if let Some(kind) = kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(id) = department_id {
        select = select.filter(Column::DepartmentId.eq(id));
    }
    Ok(select.order_by_asc(Column::Id).all(reader.session()).await?)
}

/// Which proposals are wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) year: Option<i32>,
    pub(super) kind: Option<CarryOverKind>,
    pub(super) status: Vec<CarryOverStatus>,
    pub(super) department_code: Option<String>,
}

/// A page of the proposals that the reader sees, by year, in the order in which they are best decided: risks, points,
/// findings, actions.
pub(super) async fn carry_over_page(
    reader: &Reader,
    filter: Filter,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<carry_over::Model>, i32), PageError> {
    use carry_over::Column;
    let mut select = reader.find::<carry_over::Entity>().filter(visible(reader));
    if let Some(year) = filter.year {
        select = join::<carry_over::Entity, control_year::Entity>(
            select,
            JoinType::InnerJoin,
            Column::ControlYearId,
            control_year::Column::Id,
        )
        .filter(control_year::Column::Year.eq(year));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if !filter.status.is_empty() {
        select = select.filter(Column::Status.is_in(filter.status));
    }
    if let Some(code) = filter.department_code {
        let named = Query::select()
            .column(department::Column::Id)
            .from(department::Entity)
            .and_where(department::Column::MunicipalityId.eq(reader.municipality_id()))
            .and_where(department::Column::Code.eq(code))
            .to_owned();
        select = select.filter(Column::DepartmentId.in_subquery(named));
    }
    // Proposals are made in that order, and ids by age.
    let order = [
        SortKey::id(Column::ControlYearId.into_expr()),
        SortKey::id(Column::Id.into_expr()),
    ];
    counted_page(reader.session(), select, "carryOvers", &order, wanted, total).await
}

relation! {
    /// The year that something would come along to.
    YearOf: carry_over::Model => control_year::Model,
    |row| Some(row.control_year_id), rows_by_id::<control_year::Entity>
}

relation! {
    /// The department that it was of.
    FromDepartment: carry_over::Model => department::Model,
    |row| row.from_department_id, rows_by_id::<department::Entity>
}

relation! {
    /// The department that it lands on.
    LandedOn: carry_over::Model => department::Model,
    |row| row.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// Who decided.
    DeciderOf: carry_over::Model => user_account::Model,
    |row| row.decided_by, rows_by_id::<user_account::Entity>
}

/// Risks by id, as far as the reader sees them.
async fn risks(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, risk::Model)>, StoreError> {
    visible_rows_by_id::<risk::Entity>(reader, ids, planning::visible_risks(reader)).await
}

/// Control points by id, as far as the reader sees them.
async fn points(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, control_point::Model)>, StoreError> {
    visible_rows_by_id::<control_point::Entity>(reader, ids, planning::visible_points(reader)).await
}

relation! {
    /// The risk that would come along.
    RiskOf: carry_over::Model => risk::Model, |row| row.risk_id, risks
}

relation! {
    /// The risk that it became.
    NewRiskOf: carry_over::Model => risk::Model, |row| row.new_risk_id, risks
}

relation! {
    /// The control point that would come along.
    PointOf: carry_over::Model => control_point::Model, |row| row.control_point_id, points
}

relation! {
    /// The control point that it became.
    NewPointOf: carry_over::Model => control_point::Model, |row| row.new_control_point_id, points
}

relation! {
    /// The finding that would come along.
    FindingOf: carry_over::Model => Sealed<finding::Model>, |row| row.finding_id, visible_findings_by_id
}

relation! {
    /// The finding that it became.
    NewFindingOf: carry_over::Model => Sealed<finding::Model>, |row| row.new_finding_id, visible_findings_by_id
}

relation! {
    /// The action that would come along.
    ActionOf: carry_over::Model => Sealed<ActionRow>, |row| row.corrective_action_id, visible_actions_by_id
}

relation! {
    /// The action that it became.
    NewActionOf: carry_over::Model => Sealed<ActionRow>, |row| row.new_corrective_action_id, visible_actions_by_id
}
