use super::WorkItem;
use crate::{
    access::Reader,
    graphql::{Connection, PageArguments, Result},
    work::store,
};
use std::sync::Arc;

/// A page of what the reader has to do, the most urgent first.
///
/// # Errors
/// When the page's arguments are wrong, or the database fails.
pub(crate) async fn my_work(
    reader: &Arc<Reader>,
    arguments: PageArguments,
    total: bool,
) -> Result<Connection<WorkItem>> {
    let page = arguments.page()?;
    let (slice, total) = store::work_page(reader, &page, total).await?;
    Ok(Connection::of(reader, slice, total, WorkItem::all))
}
