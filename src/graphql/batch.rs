//! Rows that were read together, and what belongs to them read together too.
//!
//! A resolver asks for the checks of one follow-up; the statement that answers it asks for the checks of every
//! follow-up that was read with that one, and its siblings find theirs there. A nested query costs one statement for
//! each relation that it selects, however many rows there are, and no timer decides what is asked for together.

use crate::{
    access::{Reader, Sealed, Secret},
    database::StoreError,
};
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    future::Future,
    ops::Deref,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// One row of a batch.
pub struct Row<M> {
    batch: Arc<Batch<M>>,
    index: usize,
}

struct Batch<M> {
    reader: Arc<Reader>,
    rows: Vec<M>,
    related: Mutex<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

/// How children are found for the rows of a batch.
pub trait Relation: Send + Sync + 'static {
    /// The rows that it starts from.
    type Parent: Send + Sync + 'static;
    /// The rows that it leads to.
    type Child: Send + Sync + 'static;

    /// What a child says it belongs to: a parent's id, or the id in one of its columns.
    fn key(parent: &Self::Parent) -> Option<Uuid>;

    /// Tells two uses of the relation apart that ask for different children, such as those of different years.
    fn arguments(&self) -> String {
        String::new()
    }

    /// The children of all the keys, each with its key, in the order in which they are to be shown.
    fn load(
        &self,
        reader: &Reader,
        keys: Vec<Uuid>,
    ) -> impl Future<Output = Result<Vec<(Uuid, Self::Child)>, StoreError>> + Send;
}

/// The children of a batch, and whose they are.
struct Related<C> {
    batch: Arc<Batch<C>>,
    of: HashMap<Uuid, Vec<usize>>,
}

impl<M> Row<M> {
    /// Rows that were read together, in the same order.
    pub fn all(reader: &Arc<Reader>, rows: Vec<M>) -> Vec<Self> {
        let batch = Batch::of(reader, rows);
        (0..batch.rows.len()).map(|index| batch.row(index)).collect()
    }

    /// A row that was read alone.
    pub fn single(reader: &Arc<Reader>, row: M) -> Self {
        Batch::of(reader, vec![row]).row(0)
    }

    /// Who reads, and the snapshot that is read.
    #[must_use]
    pub fn reader(&self) -> &Arc<Reader> {
        &self.batch.reader
    }
}

impl<M: Secret> Row<Sealed<M>> {
    /// The content of something that may be confidential, if its reader may see it: for the answer, so that it is noted
    /// who read it.
    #[must_use]
    pub fn content(&self) -> Option<&M> {
        Sealed::content(self, self.reader())
    }
}

impl<M: Send + Sync + 'static> Row<M> {
    /// The children that belong to this row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn many<R>(&self, relation: R) -> Result<Vec<Row<R::Child>>, StoreError>
    where
        R: Relation<Parent = M>,
    {
        match R::key(self) {
            Some(key) => self.under(relation, key).await,
            None => Ok(Vec::new()),
        }
    }

    /// The children of the same statement that it found under another key than this row's own: a relation may answer
    /// each child under all that it belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn under<R>(&self, relation: R, key: Uuid) -> Result<Vec<Row<R::Child>>, StoreError>
    where
        R: Relation<Parent = M>,
    {
        let related = self.batch.related(relation).await?;
        let found = related.of.get(&key).map(Vec::as_slice).unwrap_or_default();
        Ok(found.iter().map(|index| related.batch.row(*index)).collect())
    }

    /// The one child that belongs to this row, or the one that it refers to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one<R>(&self, relation: R) -> Result<Option<Row<R::Child>>, StoreError>
    where
        R: Relation<Parent = M>,
    {
        Ok(self.many(relation).await?.into_iter().next())
    }

    /// The one child that the database holds to be there.
    ///
    /// # Errors
    /// When the database fails, or it is not there after all.
    pub async fn must<R>(&self, relation: R) -> Result<Row<R::Child>, StoreError>
    where
        R: Relation<Parent = M>,
    {
        self.one(relation)
            .await?
            .ok_or_else(|| StoreError::Content(format!("{} has no row", std::any::type_name::<R>())))
    }

    /// A part of this row that came with it in the same statement.
    pub fn part<C, F>(&self, part: F) -> Row<C>
    where
        C: Send + Sync + 'static,
        F: Fn(&M) -> C + 'static,
    {
        let cell = self
            .batch
            .cell::<OnceLock<Arc<Batch<C>>>>((TypeId::of::<F>(), String::new()));
        let batch = cell.get_or_init(|| Batch::of(self.reader(), self.batch.rows.iter().map(part).collect()));
        batch.row(self.index)
    }

    /// A part of this row that came with it in the same statement, if this row has it.
    pub fn optional_part<C, F>(&self, part: F) -> Option<Row<C>>
    where
        C: Send + Sync + 'static,
        F: Fn(&M) -> Option<C> + 'static,
    {
        let cell = self
            .batch
            .cell::<OnceLock<Parts<C>>>((TypeId::of::<F>(), String::new()));
        let parts = cell.get_or_init(|| Parts::of(self.reader(), self.batch.rows.iter().map(part)));
        let index = parts.places.get(self.index).copied().flatten()?;
        Some(parts.batch.row(index))
    }
}

/// What the rows of a batch have one of or none, and where in it each row's is.
struct Parts<C> {
    batch: Arc<Batch<C>>,
    places: Vec<Option<usize>>,
}

impl<C> Parts<C> {
    fn of(reader: &Arc<Reader>, parts: impl Iterator<Item = Option<C>>) -> Self {
        let mut rows = Vec::new();
        let places = parts
            .map(|part| {
                rows.push(part?);
                Some(rows.len() - 1)
            })
            .collect();
        Self {
            batch: Batch::of(reader, rows),
            places,
        }
    }
}

impl<M> Clone for Row<M> {
    fn clone(&self) -> Self {
        self.batch.row(self.index)
    }
}

impl<M> Deref for Row<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.batch.rows[self.index]
    }
}

impl<M> Batch<M> {
    fn of(reader: &Arc<Reader>, rows: Vec<M>) -> Arc<Self> {
        Arc::new(Self {
            reader: Arc::clone(reader),
            rows,
            related: Mutex::default(),
        })
    }

    fn row(self: &Arc<Self>, index: usize) -> Row<M> {
        Row {
            batch: Arc::clone(self),
            index,
        }
    }

    /// The cell that holds what belongs to the batch under a key.
    fn cell<T: Default + Send + Sync + 'static>(&self, key: (TypeId, String)) -> Arc<T> {
        let mut related = self.related.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = related.entry(key).or_insert_with(|| Arc::new(T::default()));
        // Each key holds one type, since the key has the relation's own.
        Arc::clone(cell).downcast().unwrap_or_default()
    }

    async fn related<R>(&self, relation: R) -> Result<Arc<Related<R::Child>>, StoreError>
    where
        R: Relation<Parent = M>,
    {
        let key = (TypeId::of::<R>(), relation.arguments());
        let cell = self.cell::<OnceCell<Arc<Related<R::Child>>>>(key);
        let related = cell
            .get_or_try_init(|| async {
                let mut keys: Vec<Uuid> = self.rows.iter().filter_map(R::key).collect();
                keys.sort_unstable();
                keys.dedup();
                let found = relation.load(&self.reader, keys).await?;
                Ok::<_, StoreError>(Arc::new(Related::of(&self.reader, found)))
            })
            .await?;
        Ok(Arc::clone(related))
    }
}

impl<C> Related<C> {
    fn of(reader: &Arc<Reader>, found: Vec<(Uuid, C)>) -> Self {
        let mut of: HashMap<Uuid, Vec<usize>> = HashMap::new();
        let mut rows = Vec::with_capacity(found.len());
        for (key, row) in found {
            of.entry(key).or_default().push(rows.len());
            rows.push(row);
        }
        Self {
            batch: Batch::of(reader, rows),
            of,
        }
    }
}

/// Declares a relation: the rows that it starts from and leads to, whose id a child says it belongs to, and the
/// function that loads the children of many ids.
#[macro_export]
macro_rules! relation {
    ($(#[$about:meta])* $name:ident: $parent:ty => $child:ty, |$row:ident| $key:expr, $load:expr) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name;

        impl $crate::graphql::Relation for $name {
            type Parent = $parent;
            type Child = $child;

            fn key($row: &$parent) -> Option<uuid::Uuid> {
                $key
            }

            async fn load(
                &self,
                reader: &$crate::access::Reader,
                keys: Vec<uuid::Uuid>,
            ) -> Result<Vec<(uuid::Uuid, $child)>, $crate::database::StoreError> {
                $load(reader, keys).await
            }
        }
    };
}
