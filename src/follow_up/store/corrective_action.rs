use super::{
    super::rules::{UNDONE, due_key},
    carried_on::action_lives,
    confidential::{sealed_last, visible_sealed},
    finding::of_year,
    follow_up::{FollowUpRow, of_department, visible_follow_ups_by_id},
    scope::{visible_evidence, when},
};
use crate::{
    access::{Reader, Right, Sealed, Secret, flag, join, rows_by_id, rows_referring},
    database::{Page, PageError, Slice, SortKey, StoreError, count, page},
    planning, relation,
};
use entity::{
    CorrectiveActionStatus, action_extension, control_plan, corrective_action, department, finding, follow_up, risk,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    Select,
    sea_query::{Expr, Func, SimpleExpr},
};
use uuid::Uuid;

/// An action with the ground that its finding is confidential on: it is withheld together with it.
#[derive(Clone, Debug)]
pub(crate) struct ActionRow {
    /// The action.
    pub(crate) action: corrective_action::Model,
    finding_ground: Option<String>,
    /// Whether one of a later year carries it on.
    pub(crate) carried_on: bool,
}

const FINDING_GROUND: &str = "finding_ground";
const CARRIED_ON: &str = "carried_on";

impl Secret for ActionRow {
    const KIND: &'static str = "corrective_action";

    fn id(&self) -> Uuid {
        self.action.id
    }

    /// Its own or its finding's.
    fn ground(&self) -> Option<&String> {
        self.action.secrecy_ground.as_ref().or(self.finding_ground.as_ref())
    }
}

impl FromQueryResult for ActionRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            action: corrective_action::Model::from_query_result(row, prefix)?,
            finding_ground: row.try_get(prefix, FINDING_GROUND)?,
            carried_on: row.try_get::<i32>(prefix, CARRIED_ON)? == 1,
        })
    }
}

/// The municipality's actions, each joined with its finding and its follow-up, and whether the reader may see its
/// content.
fn action_rows(reader: &Reader) -> Select<corrective_action::Entity> {
    let select = join::<_, finding::Entity>(
        reader.find::<corrective_action::Entity>(),
        JoinType::LeftJoin,
        corrective_action::Column::FindingId,
        finding::Column::Id,
    );
    join::<_, follow_up::Entity>(
        select,
        JoinType::LeftJoin,
        corrective_action::Column::FollowUpId,
        follow_up::Column::Id,
    )
    .column_as(finding::Column::SecrecyGround, FINDING_GROUND)
    .column_as(flag(action_lives(reader).not()), CARRIED_ON)
    .column_as(flag(open(reader)), Sealed::<()>::READABLE)
}

/// Where neither the action nor its finding is confidential, or the reader may see what is.
fn open(reader: &Reader) -> Condition {
    use corrective_action::Column;
    let unmarked = Condition::all()
        .add(Column::SecrecyGround.is_null())
        .add(finding::Column::SecrecyGround.is_null());
    Condition::any().add(unmarked).add(reader.within(
        Right::ConfidentialRead,
        Column::DepartmentId.as_column_ref(),
        Some(Column::FollowUpId.as_column_ref()),
    ))
}

/// The actions that the reader sees: those of follow-ups, plans and risks that they see.
pub(super) fn visible_action_rows(reader: &Reader) -> Select<corrective_action::Entity> {
    use corrective_action::Column;
    let select = join::<_, control_plan::Entity>(
        action_rows(reader),
        JoinType::LeftJoin,
        Column::ControlPlanId,
        control_plan::Column::Id,
    );
    let select = join::<_, risk::Entity>(select, JoinType::LeftJoin, Column::RiskId, risk::Column::Id);
    let of = |column: Column, visible: Condition| Condition::all().add(column.is_not_null()).add(visible);
    select.filter(
        Condition::any()
            .add(of(Column::FollowUpId, visible_evidence(reader, Column::CreatedAt)))
            .add(of(Column::ControlPlanId, planning::visible_plans(reader)))
            .add(of(Column::RiskId, planning::visible_risks(reader))),
    )
}

/// Those of `ids` that the reader sees, each with its id.
pub(crate) async fn visible_actions_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<ActionRow>)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = visible_action_rows(reader)
        .filter(reader.any_of(corrective_action::Column::Id.as_column_ref(), ids))
        .into_model::<Sealed<ActionRow>>()
        .all(reader.session())
        .await?;
    let id = |row: &Sealed<ActionRow>| row.outside(|row| row.action.id);
    Ok(rows.into_iter().map(|row| (id(&row), row)).collect())
}

/// A finding's actions, whether the reader sees them or not: for rules that count all.
pub(crate) async fn actions_of_finding(
    reader: &Reader,
    finding_id: Uuid,
) -> Result<Vec<corrective_action::Model>, StoreError> {
    Ok(reader
        .find::<corrective_action::Entity>()
        .filter(corrective_action::Column::FindingId.eq(finding_id))
        .all(reader.session())
        .await?)
}

/// Which actions are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct ActionFilter {
    pub(crate) department_code: Option<String>,
    pub(crate) year: Option<i32>,
    pub(crate) status: Vec<CorrectiveActionStatus>,
    pub(crate) overdue: Option<bool>,
}

/// A page of the actions that the reader sees, those due first before the others and what is withheld last, and how
/// many there are when that is wanted. What is withheld is matched by department and year alone.
pub(crate) async fn action_page(
    reader: &Reader,
    filter: ActionFilter,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<Sealed<ActionRow>>, i32), PageError> {
    use corrective_action::Column;
    // A cursor tells the values of its keys, so they must not tell what is withheld.
    let due = when(open(reader), Column::DueKey.into_expr(), Expr::val(due_key(None)));
    let order = [
        SortKey::number(flag(open(reader).not())),
        SortKey::date(due),
        SortKey::id(Column::Id.into_expr()),
    ];
    let mut select = visible_action_rows(reader);
    if let Some(code) = &filter.department_code {
        select = select.filter(of_department(reader, Column::DepartmentId, code));
    }
    if let Some(year) = filter.year {
        select = select.filter(of_year(reader, year_of_action(), year));
    }
    if let Some(content) = content_filter(&filter, reader) {
        select = select.filter(open(reader)).filter(content);
    }
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, "correctiveActions", &order, wanted).await?;
    Ok((slice, count))
}

/// The part of a filter that asks for content.
fn content_filter(filter: &ActionFilter, reader: &Reader) -> Option<Condition> {
    use corrective_action::Column;
    let mut all = Condition::all();
    if !filter.status.is_empty() {
        all = all.add(Column::Status.is_in(filter.status.iter().copied()));
    }
    if let Some(overdue) = filter.overdue {
        let late = late(reader);
        all = all.add(if overdue { late } else { late.not() });
    }
    (!all.is_empty()).then_some(all)
}

/// The actions that should have been done by now and are not: where they live.
fn late(reader: &Reader) -> Condition {
    use corrective_action::Column;
    Condition::all()
        .add(Column::DueKey.lt(reader.today()))
        .add(Column::Status.is_in(UNDONE))
        .add(action_lives(reader))
}

/// The overdue actions that the reader sees and that are not withheld from them, joined with their finding, follow-up,
/// plan and risk.
pub(crate) fn overdue_action_rows(reader: &Reader) -> Select<corrective_action::Entity> {
    visible_action_rows(reader).filter(open(reader)).filter(late(reader))
}

/// The id of the year of an action, over the columns of [`overdue_action_rows`].
pub(crate) fn year_of_action() -> SimpleExpr {
    Func::coalesce([
        follow_up::Column::ControlYearId.into_expr(),
        control_plan::Column::ControlYearId.into_expr(),
        risk::Column::ControlYearId.into_expr(),
    ])
    .into()
}

/// The ground that an action is confidential on, over the columns of [`overdue_action_rows`].
pub(crate) fn ground_of_action_row() -> SimpleExpr {
    Func::coalesce([
        corrective_action::Column::SecrecyGround.into_expr(),
        finding::Column::SecrecyGround.into_expr(),
    ])
    .into()
}

relation! {
    /// A follow-up's actions, those of its findings too, by the day that they are due.
    ActionsOfFollowUp: FollowUpRow => Sealed<ActionRow>,
    |row| Some(row.follow_up.id),
    |reader, keys| actions_of(reader, corrective_action::Column::FollowUpId, keys)
}

relation! {
    /// A finding's actions, by the day that they are due.
    ActionsOfFinding: Sealed<finding::Model> => Sealed<ActionRow>,
    |row| row.unnoted().map(|finding| finding.id),
    |reader, keys| actions_of(reader, corrective_action::Column::FindingId, keys)
}

/// The actions of plans, by the day that they are due, each with its plan's id: for who sees the plan.
pub(crate) async fn actions_of_plans(
    reader: &Reader,
    plans: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<ActionRow>)>, StoreError> {
    actions_of(reader, corrective_action::Column::ControlPlanId, plans).await
}

/// The actions that meet risks directly, by the day that they are due, each with its risk's id: for who sees the risk.
pub(crate) async fn actions_of_risks(
    reader: &Reader,
    risks: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<ActionRow>)>, StoreError> {
    actions_of(reader, corrective_action::Column::RiskId, risks).await
}

/// The actions that refer in `by` to what the reader sees; those of follow-ups as far as they see what hangs on them.
async fn actions_of(
    reader: &Reader,
    by: corrective_action::Column,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<ActionRow>)>, StoreError> {
    use corrective_action::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let visible = Condition::any()
        .add(Column::FollowUpId.is_null())
        .add(visible_evidence(reader, Column::CreatedAt));
    let rows = action_rows(reader)
        .filter(reader.any_of(by.as_column_ref(), ids))
        .filter(visible)
        .order_by_asc(Column::DueKey)
        .order_by_asc(Column::Id)
        .into_model::<Sealed<ActionRow>>()
        .all(reader.session())
        .await?;
    let keyed = rows.into_iter().filter_map(|row| {
        let key = row.outside(|row| crate::database::reference(&row.action, by))?;
        Some((key, row))
    });
    Ok(sealed_last(keyed.collect()))
}

relation! {
    /// The follow-up of an action.
    FollowUpOfAction: Sealed<ActionRow> => FollowUpRow,
    |row| row.outside(|row| row.action.follow_up_id), visible_follow_ups_by_id
}

relation! {
    /// The finding that an action mends.
    FindingOfAction: Sealed<ActionRow> => Sealed<finding::Model>,
    |row| row.unnoted().and_then(|row| row.action.finding_id), visible_sealed::<finding::Entity>
}

relation! {
    /// The plan that an action comes from.
    PlanOfAction: Sealed<ActionRow> => control_plan::Model,
    |row| row.unnoted().and_then(|row| row.action.control_plan_id), rows_by_id::<control_plan::Entity>
}

relation! {
    /// The risk that an action meets.
    RiskOfAction: Sealed<ActionRow> => risk::Model,
    |row| row.unnoted().and_then(|row| row.action.risk_id), rows_by_id::<risk::Entity>
}

relation! {
    /// The department whose action it is.
    DepartmentOfAction: Sealed<ActionRow> => department::Model,
    |row| row.unnoted().and_then(|row| row.action.department_id), rows_by_id::<department::Entity>
}

relation! {
    /// The action of the year before that an action carries on.
    CarriedFrom: Sealed<ActionRow> => Sealed<ActionRow>,
    |row| row.unnoted().and_then(|row| row.action.carried_from_id), visible_actions_by_id
}

relation! {
    /// How an action was put off, the earliest first.
    ExtensionsOfAction: Sealed<ActionRow> => action_extension::Model,
    |row| row.unnoted().map(|row| row.action.id),
    |reader, keys| rows_referring::<action_extension::Entity>(
        reader, action_extension::Column::CorrectiveActionId, keys)
}
