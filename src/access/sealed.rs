use super::Reader;
use sea_orm::{DbErr, FromQueryResult, QueryResult};
use uuid::Uuid;

/// Something that may be confidential, as one reader gets it.
///
/// The content is out of reach unless the statement that read it also found that this reader may see it: the column
/// `readable`, which the stores make from the reader's scope.
#[derive(Clone, Debug)]
pub struct Sealed<M> {
    row: M,
    readable: bool,
}

/// A row that can be marked as confidential.
pub trait Secret {
    /// What the audit log calls its kind: the name of its table.
    const KIND: &'static str;

    /// Its id.
    fn id(&self) -> Uuid;

    /// The ground that it is confidential on, if it is.
    fn ground(&self) -> Option<&String>;
}

impl<M> Sealed<M> {
    /// The name of the computed column that says whether the reader may see the row's content.
    pub(crate) const READABLE: &'static str = "readable";

    /// The content, if this reader may see it. That they read it is noted in the reader when it is confidential.
    #[must_use]
    pub fn content(&self, reader: &Reader) -> Option<&M>
    where
        M: Secret,
    {
        let row = self.unnoted()?;
        if row.ground().is_some() {
            reader.reads().note(M::KIND, row.id());
        }
        Some(row)
    }

    /// The content, if this reader may see it, for finding more by it. What is shown of it goes through
    /// [`Self::content`].
    pub(crate) fn unnoted(&self) -> Option<&M> {
        self.readable.then_some(&self.row)
    }

    /// Whether the reader may see the content.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.readable
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

/// Declares tables whose rows can be marked as confidential in `secrecy_ground`.
#[macro_export]
macro_rules! secret_tables {
    ($($table:ident),+ $(,)?) => {
        $(
            impl $crate::access::Secret for entity::$table::Model {
                const KIND: &'static str = stringify!($table);

                fn id(&self) -> uuid::Uuid {
                    self.id
                }

                fn ground(&self) -> Option<&String> {
                    self.secrecy_ground.as_ref()
                }
            }
        )+
    };
}
