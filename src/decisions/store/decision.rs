use super::{cases_by_id, of_visible_report, open_cases};
use crate::{
    access::{Reader, Right, flag, join, rows_by_id, visible_rows_by_id},
    database::StoreError,
    planning::visible_plans,
    relation,
    reporting::{ReportRow, joint_reports_by_id, reports_by_id, visible_joint_reports},
};
use chrono::{DateTime, Utc};
use entity::{
    DecisionItemNature, DecisionOutcome, case_file, committee, control_plan, decision, decision_correction,
    decision_item, department, department_report, joint_report, joint_report_decision, recipient,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A decision with its items and recipients, read in one statement.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    pub(crate) decision: decision::Model,
    pub(crate) items: Vec<decision_item::Model>,
    pub(crate) recipients: Vec<recipient::Model>,
    /// Whether a later record corrects it.
    pub(crate) corrected: bool,
}

/// One item or recipient of a decision, beside it.
#[derive(FromQueryResult)]
struct Part {
    part_id: Option<Uuid>,
    part_number: Option<i32>,
    part_text: Option<String>,
    part_nature: Option<DecisionItemNature>,
    part_outcome: Option<DecisionOutcome>,
    part_addressee: Option<String>,
    part_filing: Option<bool>,
    part_created_at: Option<DateTime<Utc>>,
}

impl DecisionRow {
    fn take(&mut self, part: Part) {
        let Part {
            part_id: Some(id),
            part_number: Some(number),
            part_text: Some(text),
            part_created_at: Some(created_at),
            ..
        } = part
        else {
            return;
        };
        let (municipality_id, decision_id) = (self.decision.municipality_id, self.decision.id);
        match (part.part_nature, part.part_filing) {
            (Some(nature), _) => self.items.push(decision_item::Model {
                municipality_id,
                id,
                decision_id,
                number,
                text,
                nature,
                outcome: part.part_outcome,
                addressee: part.part_addressee,
                created_at,
            }),
            (None, Some(filing_only)) => self.recipients.push(recipient::Model {
                municipality_id,
                id,
                decision_id,
                number,
                name: text,
                filing_only,
                created_at,
            }),
            (None, None) => {}
        }
    }
}

/// The decisions that `condition` holds of, in the order in which they were recorded, with all their parts: the items
/// beside the decisions, and the recipients beside them once more.
async fn decisions(reader: &Reader, condition: Condition) -> Result<Vec<DecisionRow>, StoreError> {
    let items = join::<decision::Entity, decision_item::Entity>(
        reader.find(),
        JoinType::LeftJoin,
        decision::Column::Id,
        decision_item::Column::DecisionId,
    );
    let corrected = corrected(reader);
    let items = part(
        items.column_as(corrected.clone(), CORRECTED).filter(condition.clone()),
        [
            column(decision_item::Column::Id),
            column(decision_item::Column::Number),
            column(decision_item::Column::Text),
            column(decision_item::Column::Nature),
            column(decision_item::Column::Outcome),
            column(decision_item::Column::Addressee),
            Expr::cust("NULL"),
            column(decision_item::Column::CreatedAt),
        ],
    );
    let recipients = join::<decision::Entity, recipient::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        decision::Column::Id,
        recipient::Column::DecisionId,
    );
    let recipients = part(
        recipients.column_as(corrected, CORRECTED).filter(condition),
        [
            column(recipient::Column::Id),
            column(recipient::Column::Number),
            column(recipient::Column::Name),
            Expr::cust("NULL"),
            Expr::cust("NULL"),
            Expr::cust("NULL"),
            column(recipient::Column::FilingOnly),
            column(recipient::Column::CreatedAt),
        ],
    );
    let mut both = items.into_query();
    both.union(UnionType::All, recipients.into_query());
    let statement = reader.session().get_database_backend().build(&both);
    let mut rows: BTreeMap<Uuid, DecisionRow> = BTreeMap::new();
    for line in reader.session().query_all_raw(statement).await? {
        let decision = decision::Model::from_query_result(&line, "")?;
        let corrected = line.try_get::<i32>("", CORRECTED)? == 1;
        let row = rows.entry(decision.id).or_insert_with(|| DecisionRow {
            decision,
            items: Vec::new(),
            recipients: Vec::new(),
            corrected,
        });
        row.take(Part::from_query_result(&line, "")?);
    }
    // Ids count up in the order in which rows were made.
    let mut rows: Vec<DecisionRow> = rows.into_values().collect();
    for row in &mut rows {
        row.items.sort_by_key(|item| item.number);
        row.recipients.sort_by_key(|recipient| recipient.number);
    }
    Ok(rows)
}

const CORRECTED: &str = "corrected";

/// 1 where a later record corrects a decision.
fn corrected(reader: &Reader) -> Expr {
    use decision_correction::Column;
    let correction = Query::select()
        .expr(Expr::cust("1"))
        .from(decision_correction::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(column(Column::CorrectedId).equals(decision::Column::Id.as_column_ref()))
        .to_owned();
    flag(Condition::all().add(Expr::exists(correction)))
}

fn column<C: ColumnTrait>(column: C) -> Expr {
    Expr::col(column.as_column_ref())
}

fn part(select: Select<decision::Entity>, parts: [Expr; 8]) -> Select<decision::Entity> {
    const NAMES: [&str; 8] = [
        "part_id",
        "part_number",
        "part_text",
        "part_nature",
        "part_outcome",
        "part_addressee",
        "part_filing",
        "part_created_at",
    ];
    parts
        .into_iter()
        .zip(NAMES)
        .fold(select, |select, (part, name)| select.column_as(part, name))
}

/// The decisions that the reader can see: one on a report is seen with the report, one on a plan with the plan, and one
/// on neither with its case, if that is open to them. Who reads every case reads all of it; the public what is of published reports.
fn visible_decisions(reader: &Reader) -> Condition {
    use decision::Column;
    let of_department = of_visible_report(reader, department_report::Column::Id, Column::DepartmentReportId);
    let of_joint = Expr::exists(
        links_to_joint_reports(reader)
            .cond_where(visible_joint_reports(reader))
            .to_owned(),
    );
    let of_report = Condition::any().add(of_department).add(of_joint);
    if !reader.is_internal() {
        return Condition::all().add(of_report);
    }
    let case = Query::select()
        .expr(Expr::cust("1"))
        .from(case_file::Entity)
        .and_where(case_file::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(column(case_file::Column::Id).equals(Column::CaseFileId.as_column_ref()))
        .cond_where(open_cases(reader))
        .to_owned();
    let plan = Query::select()
        .expr(Expr::cust("1"))
        .from(control_plan::Entity)
        .and_where(control_plan::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(column(control_plan::Column::Id).equals(Column::ControlPlanId.as_column_ref()))
        .cond_where(visible_plans(reader))
        .to_owned();
    let (of_case, of_plan) = (Expr::exists(case), Expr::exists(plan));
    if reader.reach(Right::CaseFileRead).everywhere {
        return Condition::any().add(of_report).add(of_case).add(of_plan);
    }
    let of_case_alone = Condition::all().add(Column::ControlPlanId.is_null()).add(of_case);
    let of_joint_report = Expr::exists(links_to_joint_reports(reader));
    let of_no_report = Condition::all()
        .add(Column::DepartmentReportId.is_null())
        .add(of_joint_report.not())
        .add(Condition::any().add(of_plan).add(of_case_alone));
    Condition::any().add(of_report).add(of_no_report)
}

/// The joint reports that a decision is about, of a statement on decisions: there is at most one.
pub(super) fn links_to_joint_reports(reader: &Reader) -> SelectStatement {
    use joint_report_decision::Column as Link;
    Query::select()
        .expr(Expr::cust("1"))
        .from(joint_report_decision::Entity)
        .inner_join(
            joint_report::Entity,
            column(joint_report::Column::MunicipalityId)
                .equals(Link::MunicipalityId.as_column_ref())
                .and(column(joint_report::Column::Id).equals(Link::JointReportId.as_column_ref())),
        )
        .and_where(Link::MunicipalityId.eq(reader.municipality_id()))
        .and_where(column(Link::DecisionId).equals(decision::Column::Id.as_column_ref()))
        .to_owned()
}

/// Decisions by id, those that the reader can see.
pub(in crate::decisions) async fn decisions_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, DecisionRow)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let condition = Condition::all()
        .add(reader.any_of(decision::Column::Id.as_column_ref(), ids))
        .add(visible_decisions(reader));
    let rows = decisions(reader, condition).await?;
    Ok(rows.into_iter().map(|row| (row.decision.id, row)).collect())
}

/// The decisions that refer in `by` to these things, those that the reader can see.
async fn decisions_of(
    reader: &Reader,
    by: decision::Column,
    keys: Vec<Uuid>,
) -> Result<Vec<(Uuid, DecisionRow)>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let condition = Condition::all()
        .add(reader.any_of(by.as_column_ref(), keys))
        .add(visible_decisions(reader));
    let rows = decisions(reader, condition).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((crate::database::reference(&row.decision, by)?, row)))
        .collect())
}

relation! {
    /// What was proposed and decided about reports.
    DecisionsOfReport: ReportRow => DecisionRow,
    |row| Some(row.report.id),
    |reader, keys| decisions_of(reader, decision::Column::DepartmentReportId, keys)
}

relation! {
    /// What was proposed and decided about joint reports.
    DecisionsOfJointReport: joint_report::Model => DecisionRow,
    |row| Some(row.id), decisions_of_joint_reports
}

async fn decisions_of_joint_reports(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, DecisionRow)>, StoreError> {
    use joint_report_decision::Column;
    let links = reader
        .find::<joint_report_decision::Entity>()
        .filter(reader.any_of(Column::JointReportId.as_column_ref(), keys))
        .all(reader.session())
        .await?;
    let of: BTreeMap<Uuid, Uuid> = links
        .iter()
        .map(|link| (link.decision_id, link.joint_report_id))
        .collect();
    let found = decisions_by_id(reader, of.keys().copied().collect()).await?;
    Ok(found
        .into_iter()
        .filter_map(|(id, row)| Some((*of.get(&id)?, row)))
        .collect())
}

relation! {
    /// The joint report that a decision is about.
    JointReportOfDecision: DecisionRow => joint_report::Model,
    |row| Some(row.decision.id), joint_reports_of_decisions
}

async fn joint_reports_of_decisions(
    reader: &Reader,
    keys: Vec<Uuid>,
) -> Result<Vec<(Uuid, joint_report::Model)>, StoreError> {
    use joint_report_decision::Column;
    let links = reader
        .find::<joint_report_decision::Entity>()
        .filter(reader.any_of(Column::DecisionId.as_column_ref(), keys))
        .all(reader.session())
        .await?;
    let found = joint_reports_by_id(reader, links.iter().map(|link| link.joint_report_id).collect()).await?;
    let found: BTreeMap<Uuid, joint_report::Model> = found.into_iter().collect();
    Ok(links
        .into_iter()
        .filter_map(|link| Some((link.decision_id, found.get(&link.joint_report_id)?.clone())))
        .collect())
}

relation! {
    /// What was proposed and decided about plans.
    DecisionsOfPlan: control_plan::Model => DecisionRow,
    |plan| Some(plan.id),
    |reader, keys| decisions_of(reader, decision::Column::ControlPlanId, keys)
}

relation! {
    /// What was proposed and decided in cases.
    DecisionsOfCase: case_file::Model => DecisionRow,
    |case| Some(case.id),
    |reader, keys| decisions_of(reader, decision::Column::CaseFileId, keys)
}

relation! {
    /// The case that a decision was made in.
    CaseOfDecision: DecisionRow => case_file::Model,
    |row| row.decision.case_file_id, cases_by_id
}

relation! {
    /// The report that a decision is about.
    ReportOfDecision: DecisionRow => ReportRow,
    |row| row.decision.department_report_id, reports_by_id
}

relation! {
    /// The plan that a decision is about.
    PlanOfDecision: DecisionRow => control_plan::Model,
    |row| row.decision.control_plan_id,
    |reader, ids| visible_rows_by_id::<control_plan::Entity>(reader, ids, visible_plans(reader))
}

relation! {
    /// The committee that proposed or decided.
    CommitteeOfDecision: DecisionRow => committee::Model,
    |row| row.decision.committee_id, rows_by_id::<committee::Entity>
}

relation! {
    /// The department that proposed.
    DepartmentOfDecision: DecisionRow => department::Model,
    |row| row.decision.department_id, rows_by_id::<department::Entity>
}
