//! What the API's objects are made of.

/// Declares an API object that is a row: how it is made of rows, and the function that
/// loads the rows with certain ids that the reader can see.
#[macro_export]
macro_rules! row_object {
    ($object:ident($row:ty), load: $load:expr) => {
        impl $object {
            /// The objects of rows that were read together.
            pub(crate) fn all(reader: &std::sync::Arc<$crate::access::Reader>, rows: Vec<$row>) -> Vec<Self> {
                $crate::graphql::Row::all(reader, rows)
                    .into_iter()
                    .map(Self)
                    .collect()
            }

            /// The object of a row that was read alone.
            #[allow(dead_code, reason = "not every kind of object is ever read alone")]
            pub(crate) fn single(reader: &std::sync::Arc<$crate::access::Reader>, row: $row) -> Self {
                Self($crate::graphql::Row::single(reader, row))
            }
        }

        impl From<$crate::graphql::Row<$row>> for $object {
            fn from(row: $crate::graphql::Row<$row>) -> Self {
                Self(row)
            }
        }

        impl $crate::graphql::Lookup for $object {
            async fn lookup_all(
                reader: &std::sync::Arc<$crate::access::Reader>,
                ids: Vec<uuid::Uuid>,
            ) -> Result<Vec<(uuid::Uuid, Self)>, $crate::database::StoreError> {
                let found: Vec<(uuid::Uuid, $row)> = $load(reader, ids).await?;
                let (ids, rows): (Vec<_>, Vec<_>) = found.into_iter().unzip();
                Ok(ids.into_iter().zip(Self::all(reader, rows)).collect())
            }
        }
    };
}

/// The objects of rows.
pub fn objects<M, T: From<super::Row<M>>>(rows: Vec<super::Row<M>>) -> Vec<T> {
    rows.into_iter().map(T::from).collect()
}
