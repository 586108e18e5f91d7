use super::{cases_by_id, of_visible_report, open_cases};
use crate::{
    access::{Keyed, Reader, Right, Sealed, flag},
    database::StoreError,
    relation,
    reporting::{ReportRow, reports_by_id},
};
use entity::{case_file, department_report, document};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{ColumnRef, Expr, ExprTrait, Query},
};
use uuid::Uuid;

crate::secret_tables! { document }

/// Documents, each with whether the reader may see its content.
fn documents(reader: &Reader) -> Select<document::Entity> {
    reader
        .find::<document::Entity>()
        .column_as(readable(reader), Sealed::<document::Model>::READABLE)
}

/// That a document is not confidential, or not for this reader: who reads confidential documents, or what is
/// confidential in the department of the document's report.
fn readable(reader: &Reader) -> Expr {
    use department_report::Column;
    if reader.reach(Right::ConfidentialDocumentRead).everywhere {
        return Expr::cust("1");
    }
    let of_department = Query::select()
        .expr(Expr::cust("1"))
        .from(department_report::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::Id.as_column_ref()).equals(document::Column::DepartmentReportId.as_column_ref()))
        .cond_where(reader.within(
            Right::ConfidentialRead,
            Column::DepartmentId.as_column_ref(),
            None::<ColumnRef>,
        ))
        .to_owned();
    flag(
        Condition::any()
            .add(document::Column::SecrecyGround.is_null())
            .add(Expr::exists(of_department)),
    )
}

/// The documents that the reader can see: those of reports that they see, and those of cases open to them which belong
/// to no report. Who reads every case reads all of it.
fn visible_documents(reader: &Reader) -> Condition {
    use document::Column;
    let case = Query::select()
        .expr(Expr::cust("1"))
        .from(case_file::Entity)
        .and_where(case_file::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(case_file::Column::Id.as_column_ref()).equals(Column::CaseFileId.as_column_ref()))
        .cond_where(open_cases(reader))
        .to_owned();
    let mut of_case = Condition::all().add(Expr::exists(case));
    if !reader.reach(Right::CaseFileRead).everywhere {
        of_case = of_case.add(Column::DepartmentReportId.is_null());
    }
    Condition::any()
        .add(of_visible_report(
            reader,
            department_report::Column::Id,
            Column::DepartmentReportId,
        ))
        .add(of_case)
}

/// Documents by id, those that the reader can see.
pub(in crate::decisions) async fn documents_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<document::Model>)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = documents(reader)
        .filter(reader.any_of(document::Column::Id.as_column_ref(), ids))
        .filter(visible_documents(reader))
        .into_model::<Sealed<document::Model>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.outside(|row| row.id), row)).collect())
}

/// Which documents the reader may read, each with whether it is confidential.
pub(crate) async fn readable_documents(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, bool)>, StoreError> {
    let found = documents_by_id(reader, ids).await?;
    Ok(found
        .into_iter()
        .filter_map(|(id, row)| Some((id, row.unnoted()?.secrecy_ground.is_some())))
        .collect())
}

/// The document with this id, if the reader can see it.
pub(crate) async fn visible_document(reader: &Reader, id: Uuid) -> Result<Option<document::Model>, StoreError> {
    Ok(reader
        .find::<document::Entity>()
        .filter(document::Column::Id.eq(id))
        .filter(visible_documents(reader))
        .one(reader.session())
        .await?)
}

relation! {
    /// The documents of reports, and those of their cases that belong to no other report.
    DocumentsOfReport: ReportRow => Sealed<document::Model>,
    |row| Some(row.report.id), documents_of_reports
}

async fn documents_of_reports(
    reader: &Reader,
    keys: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<document::Model>)>, StoreError> {
    use department_report::Column;
    let same = |theirs: Column, ours: document::Column| Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref());
    let of_report = same(Column::MunicipalityId, document::Column::MunicipalityId).and(
        same(Column::Id, document::Column::DepartmentReportId).or(document::Column::DepartmentReportId
            .is_null()
            .and(same(Column::CaseFileId, document::Column::CaseFileId))),
    );
    let mut select = documents(reader);
    QueryTrait::query(&mut select).join(JoinType::InnerJoin, department_report::Entity, of_report);
    let rows = select
        .filter(reader.any_of(Column::Id.as_column_ref(), keys))
        .column_as(Column::Id, Keyed::<Sealed<document::Model>>::KEY)
        .order_by_asc(document::Column::Id)
        .into_model::<Keyed<Sealed<document::Model>>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

relation! {
    /// The case that a document belongs to.
    CaseOfDocument: Sealed<document::Model> => case_file::Model,
    |row| row.unnoted().and_then(|document| document.case_file_id), cases_by_id
}

relation! {
    /// The report that a document belongs to.
    ReportOfDocument: Sealed<document::Model> => ReportRow,
    |row| row.unnoted().and_then(|document| document.department_report_id), reports_by_id
}

relation! {
    /// The documents of cases.
    DocumentsOfCase: case_file::Model => Sealed<document::Model>,
    |case| Some(case.id), documents_of_cases
}

async fn documents_of_cases(
    reader: &Reader,
    keys: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<document::Model>)>, StoreError> {
    let rows = documents(reader)
        .filter(reader.any_of(document::Column::CaseFileId.as_column_ref(), keys))
        .filter(visible_documents(reader))
        .order_by_asc(document::Column::Id)
        .into_model::<Sealed<document::Model>>()
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.outside(|row| row.case_file_id)?, row)))
        .collect())
}
