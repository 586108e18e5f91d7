//! A stub of the room that decides: the case that a review by others belongs to.

use crate::{
    access::rows_by_id,
    graphql::{NodeKind, Row},
    row_object,
};
use async_graphql::{ID, Object};
use entity::case_file;

/// A stub.
#[derive(Clone)]
pub struct CaseFile(Row<case_file::Model>);

row_object!(CaseFile(case_file::Model), load: rows_by_id::<case_file::Entity>);

/// A stub.
#[Object]
impl CaseFile {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::CaseFile.encode(self.0.id)
    }
}
