use super::CaseFile;
use crate::{
    decisions::store,
    graphql::{Result, reader},
};
use async_graphql::{Context, Object};

/// The queries of cases.
#[derive(Clone, Copy, Debug, Default)]
pub struct DecisionsQuery;

#[Object]
impl DecisionsQuery {
    /// The case with the registry's number; null when there is none that is visible to you.
    async fn case_file(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The registry's number, such as \"KS/2016:389\".")] number: String,
    ) -> Result<Option<CaseFile>> {
        let reader = reader(ctx).await?;
        let found = store::case_by_number(&reader, &number).await?;
        Ok(found.map(|row| CaseFile::single(&reader, row)))
    }
}
