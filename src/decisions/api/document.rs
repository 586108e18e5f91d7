use super::CaseFile;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Sealed,
    attachments::{Attachment, AttachmentsOfDocument},
    decisions::store::{CaseOfDocument, ReportOfDocument, documents_by_id},
    graphql::{Date, NodeKind, Result, Row, Withheld, objects},
    reporting::DepartmentReport,
    row_object,
};
use async_graphql::{ID, Object};
use entity::document;

/// A document (handling) of a case or report: known by its title and number, its text is in the registry or attached to
/// it. While it is withheld from you, all but its id is null.
#[derive(Clone)]
pub struct Document(Row<Sealed<document::Model>>);

row_object!(Document(Sealed<document::Model>), load: documents_by_id);

/// A document (handling) of a case or report: known by its title and number, its text is in the registry or attached to
/// it. While it is withheld from you, all but its id is null.
#[Object]
impl Document {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Document.encode(self.0.outside(|row| row.id))
    }

    /// What kind of document it is: missiv, plan, rapport, bilaga.
    async fn kind(&self) -> Option<&String> {
        Some(&self.0.content()?.kind)
    }

    /// Its title.
    async fn title(&self) -> Option<&String> {
        Some(&self.0.content()?.title)
    }

    /// The date that it bears.
    async fn dated(&self) -> Option<Date> {
        self.0.content()?.dated.map(Date)
    }

    /// The registry's number of it.
    async fn registration_number(&self) -> Option<&String> {
        self.0.content()?.registration_number.as_ref()
    }

    /// The case that it belongs to; null without one that you can see.
    async fn case(&self) -> Result<Option<CaseFile>> {
        // That it belongs there is content.
        if self.0.content().is_none() {
            return Ok(None);
        }
        Ok(self.0.one(CaseOfDocument).await?.map(Into::into))
    }

    /// The report that it belongs to; null without one that you can see.
    async fn report(&self) -> Result<Option<DepartmentReport>> {
        if self.0.content().is_none() {
            return Ok(None);
        }
        Ok(self.0.one(ReportOfDocument).await?.map(Into::into))
    }

    /// The files that are attached to it, the oldest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn attachments(&self) -> Result<Vec<Attachment>> {
        if self.0.content().is_none() {
            return Ok(Vec::new());
        }
        Ok(objects(self.0.many(AttachmentsOfDocument).await?))
    }

    /// The ground that it is confidential on, for who may read it nevertheless: a warning to be shown with it.
    async fn secrecy_ground(&self) -> Option<&String> {
        self.0.content()?.secrecy_ground.as_ref()
    }

    /// Not null: it is confidential and not for you.
    async fn withheld(&self) -> Option<Withheld> {
        if self.0.is_readable() {
            return None;
        }
        let ground = self.0.outside(|row| row.secrecy_ground.clone())?;
        Some(Withheld { ground })
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> Option<i32> {
        Some(self.0.content()?.version)
    }
}
