use super::ReportRow;
use crate::{
    access::{Reader, flag},
    database::{StoreError, TenantTable},
    relation,
    reporting::frozen::{FrozenReport, Marks, Onlooker, from_stored},
};
use entity::{assessment, control_check, corrective_action, department_report, finding, review, secrecy_event};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

relation! {
    /// What reports said when they were submitted, as the reader may see it.
    FrozenOf: ReportRow => FrozenReport,
    |row| row.report.content_hash.as_ref().map(|_| row.report.id), frozen_reports
}

#[derive(FromQueryResult)]
struct Stored {
    id: Uuid,
    department_id: Uuid,
    frozen: Option<Json>,
    marked_since: i32,
}

#[derive(FromQueryResult)]
struct Mark {
    id: Uuid,
    secrecy_ground: Option<String>,
}

async fn frozen_reports(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, FrozenReport)>, StoreError> {
    use department_report::Column;
    let rows = reader
        .find::<department_report::Entity>()
        .select_only()
        .columns([Column::Id, Column::DepartmentId, Column::Frozen])
        .column_as(flag(marked_since(reader)), "marked_since")
        .filter(reader.any_of(Column::Id.as_column_ref(), keys))
        .into_model::<Stored>()
        .all(reader.session())
        .await?;
    let onlooker = Onlooker::of(reader);
    let mut reports: Vec<(Uuid, Uuid, bool, FrozenReport)> = Vec::new();
    for row in rows {
        if let Some(frozen) = row.frozen {
            let current = row.marked_since == 0 && onlooker.sees_all_of(row.department_id);
            reports.push((row.id, row.department_id, current, from_stored(frozen)?));
        }
    }
    // Where nothing is withheld, and no mark was set or lifted since, those that it was frozen with hold.
    let uncertain = reports
        .iter()
        .filter(|(_, _, current, _)| !current)
        .map(|(_, _, _, report)| report.confidential_ids());
    let marks = marks(reader, uncertain).await?;
    Ok(reports
        .into_iter()
        .map(|(id, department_id, _, report)| {
            let opened = report.opened(department_id, &marks, &onlooker, reader.reads());
            (id, opened)
        })
        .collect())
}

/// That a mark was set or lifted in the municipality since a report was submitted.
fn marked_since(reader: &Reader) -> Condition {
    let found = Query::select()
        .expr(Expr::val(1))
        .from(secrecy_event::Entity)
        .and_where(secrecy_event::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(
            Expr::col(secrecy_event::Column::OccurredAt.as_column_ref())
                .gte(Expr::col(department_report::Column::SubmittedAt.as_column_ref())),
        )
        .to_owned();
    Condition::all().add(Expr::exists(found))
}

/// Which of each report's assessments, checks, reviews, findings and actions are confidential now, in one statement.
pub(super) async fn marks(reader: &Reader, reports: impl Iterator<Item = [Vec<Uuid>; 5]>) -> Result<Marks, StoreError> {
    let mut ids: [Vec<Uuid>; 5] = Default::default();
    for report in reports {
        for (all, of_report) in ids.iter_mut().zip(report) {
            all.extend(of_report);
        }
    }
    let [assessments, checks, reviews, findings, actions] = ids;
    let arms = [
        arm::<assessment::Entity>(reader, assessment::Column::SecrecyGround, assessments),
        arm::<control_check::Entity>(reader, control_check::Column::SecrecyGround, checks),
        arm::<review::Entity>(reader, review::Column::SecrecyGround, reviews),
        arm::<finding::Entity>(reader, finding::Column::SecrecyGround, findings),
        arm::<corrective_action::Entity>(reader, corrective_action::Column::SecrecyGround, actions),
    ];
    let mut arms = arms.into_iter().flatten();
    let Some(mut union) = arms.next() else {
        return Ok(Marks::default());
    };
    for arm in arms {
        union.union(UnionType::All, arm);
    }
    let statement = reader.session().get_database_backend().build(&union);
    let marks = Mark::find_by_statement(statement).all(reader.session()).await?;
    let marks: HashMap<_, _> = marks.into_iter().map(|mark| (mark.id, mark.secrecy_ground)).collect();
    Ok(Marks(marks))
}

fn arm<E: TenantTable>(reader: &Reader, ground: E::Column, ids: Vec<Uuid>) -> Option<SelectStatement> {
    if ids.is_empty() {
        return None;
    }
    Some(
        reader
            .find::<E>()
            .select_only()
            .column(E::ID)
            .column(ground)
            .filter(reader.any_of(E::ID.as_column_ref(), ids))
            .into_query(),
    )
}
