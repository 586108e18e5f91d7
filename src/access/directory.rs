use crate::database::{Database, StoreError};
use entity::municipality;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Mutex;
use uuid::Uuid;

/// The municipalities that there are, and the host names of each: what a request is placed by before it has a session.
///
/// They are few and hardly ever change, so that they are kept for a moment and asked for no more often: a new one is
/// known after that, and a request costs no statement for it.
#[derive(Clone, Debug)]
pub struct Directory {
    database: Database,
    known: Arc<Mutex<Option<Known>>>,
}

#[derive(Clone, Debug)]
struct Known {
    at: Instant,
    municipalities: Arc<[municipality::Model]>,
}

/// For how long what is known is taken for true.
const KEPT: Duration = Duration::from_secs(2);

impl Directory {
    pub(super) fn of(database: Database) -> Self {
        Self {
            database,
            known: Arc::default(),
        }
    }

    /// The municipality with a code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_code(&self, code: &str) -> Result<Option<Uuid>, StoreError> {
        let all = self.municipalities().await?;
        Ok(all.iter().find(|one| one.code == code).map(|one| one.id))
    }

    /// The municipality whose public reads it at a host, whose name is in lower case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_host(&self, host: &str) -> Result<Option<Uuid>, StoreError> {
        let all = self.municipalities().await?;
        let of_host = |one: &&municipality::Model| one.host_names.0.iter().any(|name| name == host);
        Ok(all.iter().find(of_host).map(|one| one.id))
    }

    async fn municipalities(&self) -> Result<Arc<[municipality::Model]>, StoreError> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.at.elapsed() < KEPT) {
            return Ok(Arc::clone(&known.municipalities));
        }
        let municipalities: Arc<[municipality::Model]> = self.database.municipalities().await?.into();
        *known = Some(Known {
            at: Instant::now(),
            municipalities: Arc::clone(&municipalities),
        });
        Ok(municipalities)
    }
}
