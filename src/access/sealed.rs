use sea_orm::{DbErr, FromQueryResult, QueryResult};

/// Something that may be confidential, as one reader gets it.
///
/// The content is out of reach unless the statement that read it also found that this reader may see it: the column
/// `readable`, which the stores make from the reader's scope.
#[derive(Clone, Debug)]
pub struct Sealed<M> {
    row: M,
    readable: bool,
}

impl<M> Sealed<M> {
    /// The name of the computed column that says whether the reader may see the row's content.
    pub(crate) const READABLE: &'static str = "readable";

    /// The content, if this reader may see it.
    #[must_use]
    pub fn content(&self) -> Option<&M> {
        self.readable.then_some(&self.row)
    }

    /// What is open to every reader who can see that the thing exists: `open` names it, field by field.
    pub(crate) fn outside<T>(&self, open: impl FnOnce(&M) -> T) -> T {
        open(&self.row)
    }
}

impl<M: FromQueryResult> FromQueryResult for Sealed<M> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: M::from_query_result(row, prefix)?,
            readable: row.try_get::<i32>(prefix, Self::READABLE)? == 1,
        })
    }
}
