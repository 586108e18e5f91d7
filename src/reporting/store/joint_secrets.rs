//! What the cells of a joint follow-up tell of confidential things, so that it can be noted who read it.

use super::joint::{ReadFor, before, open_findings_of};
use crate::{
    access::{Reader, Right},
    database::{ids_as_text, ids_in_text},
};
use entity::{assessment, finding};
use sea_orm::{
    ColumnTrait, DbErr, QueryResult,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

const NOW: &str = "secret_assessment";
const BEFORE: &str = "secret_before";
const FINDINGS: &str = "secret_findings";

/// The confidential things behind one cell that its reader may read.
#[derive(Clone, Debug, Default)]
pub(in crate::reporting) struct CellSecrets {
    /// The assessment that is rated.
    pub(in crate::reporting) assessment: Option<Uuid>,
    /// The one of the year before, which the trend compares with.
    pub(in crate::reporting) before: Option<Uuid>,
    /// The findings that are counted.
    pub(in crate::reporting) findings: Vec<Uuid>,
}

impl CellSecrets {
    /// Adds what tells of them to the statement, for readers who may read anything confidential at all.
    pub(super) fn select(reader: &Reader, query: &mut SelectStatement) {
        let none = || -> SimpleExpr { Expr::cust("NULL") };
        let expressions = if reader.reach(Right::ConfidentialRead).is_empty() {
            [none(), none(), none()]
        } else {
            let ids = ids_as_text(reader.session(), Expr::col(finding::Column::Id.as_column_ref()));
            [
                marked(
                    assessment::Column::SecrecyGround.as_column_ref(),
                    assessment::Column::Id.as_column_ref(),
                ),
                secret_before(reader),
                open_findings_of(
                    reader,
                    ids,
                    Some(Expr::col(finding::Column::SecrecyGround.as_column_ref()).is_not_null()),
                ),
            ]
        };
        for (expression, name) in expressions.into_iter().zip([NOW, BEFORE, FINDINGS]) {
            query.expr_as(expression, name);
        }
    }

    pub(super) fn from_row(row: &QueryResult, readable: bool) -> Result<Self, DbErr> {
        let assessment: Option<Uuid> = row.try_get("", NOW)?;
        Ok(Self {
            assessment: assessment.filter(|_| readable),
            before: row.try_get("", BEFORE)?,
            findings: ids_in_text(row.try_get("", FINDINGS)?),
        })
    }
}

/// The id of the marked assessment that a trend is compared with, if it is marked.
pub(super) fn secret_before(reader: &Reader) -> SimpleExpr {
    before(
        reader,
        ReadFor::Reader,
        marked(
            ("assessed", assessment::Column::SecrecyGround),
            ("assessed", assessment::Column::Id),
        ),
    )
}

/// The id, where there is a ground.
fn marked(ground: impl sea_orm::sea_query::IntoColumnRef, id: impl sea_orm::sea_query::IntoColumnRef) -> SimpleExpr {
    Expr::case(Expr::col(ground).is_not_null(), Expr::col(id)).into()
}
