//! The file store: a folder, or an S3-compatible store. It knows nothing of names: an object is told by its municipality
//! and a random id.

mod download;
mod folder;
mod s3;
mod settings;

pub(crate) use download::Download;
pub use settings::{AttachmentSettings, S3Settings};

use super::incoming::Incoming;
use futures_util::StreamExt;
use object_store::{ObjectStore, ObjectStoreExt, buffered::BufWriter, path::Path as StorePath};
use std::{
    fmt, io,
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::{Mutex, Semaphore},
};
use uuid::Uuid;

/// How many bytes go to the store in one part: the most of a file that is in memory, twice.
const PART: usize = 8 << 20;

/// How many files are put at once, which bounds the memory that it takes.
const AT_ONCE: usize = 8;

/// How much of a file is read at once.
const CHUNK: usize = 64 << 10;

/// How long what is known of whether the store answers holds: anybody may ask.
const KNOWN: Duration = Duration::from_secs(5);

/// How long the store may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the bytes of attachments are.
#[derive(Clone)]
pub struct Objects(Arc<Inner>);

struct Inner {
    store: Arc<dyn ObjectStore>,
    /// The folder, where it is one.
    folder: Option<PathBuf>,
    /// The folder that uploads are received in.
    incoming: PathBuf,
    max_bytes: NonZeroU32,
    turns: Semaphore,
    /// Whether the store answered, and when it was asked.
    known: Mutex<Option<(Instant, bool)>>,
}

/// Which object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ObjectKey {
    /// The municipality that it is of.
    pub(crate) municipality_id: Uuid,
    /// The id of its attachment.
    pub(crate) id: Uuid,
}

/// What is wrong with the file store. Its text is for the operator and the log: it never reaches a client.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    /// What is said of it cannot be used.
    #[error("the settings of attachments are not usable: {0}")]
    Settings(String),
    /// A folder cannot be made or used.
    #[error("the folder {folder} cannot be used for attachments: {reason}")]
    Folder {
        /// Which.
        folder: String,
        /// What the operating system said.
        reason: io::Error,
    },
    /// There is no such object.
    #[error("the file store has no object {0}")]
    Missing(String),
    /// The store does not do what it is asked for.
    #[error("the file store does not answer: {0}")]
    Store(object_store::Error),
    /// A file cannot be read on its way.
    #[error("the file cannot be read: {0}")]
    Read(#[from] io::Error),
}

impl From<object_store::Error> for ObjectsError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => Self::Missing(path),
            error => Self::Store(error),
        }
    }
}

impl ObjectKey {
    /// Where it is in the store. Made of ids alone, so that no name from outside is ever a path.
    fn path(self) -> StorePath {
        StorePath::from_iter([self.municipality_id.to_string(), self.id.to_string()])
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Objects").field(&self.0.store.to_string()).finish()
    }
}

impl Objects {
    /// The store that the settings name. Folders are made when they are not there; `data` is the one that they are in
    /// when no other is named, and that uploads are received in.
    ///
    /// # Errors
    /// When the settings contradict each other, or a folder cannot be made.
    pub fn open(settings: &AttachmentSettings, data: &Path) -> Result<Self, ObjectsError> {
        if i32::try_from(settings.max_bytes.get()).is_err() {
            let message = format!("max_bytes is at most {}", i32::MAX);
            return Err(ObjectsError::Settings(message));
        }
        folder::make(data)?;
        let (store, folder): (Arc<dyn ObjectStore>, _) = match (&settings.s3, &settings.folder) {
            (Some(_), Some(_)) => {
                let message = "say either `folder` or `s3`, not both".to_owned();
                return Err(ObjectsError::Settings(message));
            }
            (Some(settings), None) => (Arc::new(s3::open(settings)?), None),
            (None, folder) => {
                let folder = folder.clone().unwrap_or_else(|| data.join("attachments"));
                (Arc::new(folder::open(&folder)?), Some(folder))
            }
        };
        Ok(Self(Arc::new(Inner {
            store,
            folder,
            incoming: data.to_owned(),
            max_bytes: settings.max_bytes,
            turns: Semaphore::new(AT_ONCE),
            known: Mutex::default(),
        })))
    }

    /// The most bytes of a file.
    #[must_use]
    pub fn max_bytes(&self) -> NonZeroU32 {
        self.0.max_bytes
    }

    /// The folder that uploads are received in.
    pub(crate) fn incoming(&self) -> &Path {
        &self.0.incoming
    }

    /// Stores content under a key that nothing has been stored under. It is there whole, or not at all.
    ///
    /// # Errors
    /// When it cannot be read, or the store fails.
    pub(crate) async fn put(&self, key: ObjectKey, content: &Incoming) -> Result<(), ObjectsError> {
        // Nothing closes the semaphore.
        let _turn = self.0.turns.acquire().await;
        let store = Arc::clone(&self.0.store);
        let mut writer = BufWriter::with_capacity(store, key.path(), PART).with_max_concurrency(1);
        let put = async {
            let mut file = content.content()?;
            loop {
                let mut chunk = Vec::with_capacity(CHUNK);
                (&mut file).take(CHUNK as u64).read_to_end(&mut chunk).await?;
                if chunk.is_empty() {
                    break Ok::<_, ObjectsError>(());
                }
                writer.put(chunk.into()).await?;
            }
        };
        if let Err(error) = put.await {
            // What is there of it is a part that nobody can read.
            if let Err(error) = writer.abort().await {
                tracing::warn!(%error, "parts of a broken upload stay in the file store");
            }
            return Err(error);
        }
        writer.shutdown().await?;
        Ok(())
    }

    /// Opens an object to be read.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub(crate) async fn open_object(&self, key: ObjectKey) -> Result<Download, ObjectsError> {
        let found = self.0.store.get(&key.path()).await?;
        Ok(Download::of(found.meta.size, found.into_stream().boxed()))
    }

    /// Removes an object, and what a crash left of its upload. One that is not there is removed.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn remove(&self, key: ObjectKey) -> Result<(), ObjectsError> {
        let path = key.path();
        match self.0.store.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(folder) = &self.0.folder {
            folder::remove_staged(folder, &path).await?;
        }
        Ok(())
    }

    /// Whether the store answers.
    pub(crate) async fn is_reachable(&self) -> bool {
        // Held while it is asked, so that it is asked once for all who wait.
        let mut known = self.0.known.lock().await;
        if let Some((asked, answered)) = *known
            && asked.elapsed() < KNOWN
        {
            return answered;
        }
        let answered = match tokio::time::timeout(PATIENCE, self.ask()).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the file store is out of reach");
                false
            }
            Err(_) => {
                tracing::warn!("the file store does not answer in time");
                false
            }
        };
        *known = Some((Instant::now(), answered));
        answered
    }

    async fn ask(&self) -> Result<(), ObjectsError> {
        match &self.0.folder {
            Some(folder) => folder::ask(folder).await,
            None => {
                // A place that no municipality has: what matters is that the bucket is there and answers.
                let nothing = StorePath::from(Uuid::nil().to_string());
                let mut listed = self.0.store.list(Some(&nothing));
                listed.next().await.transpose()?;
                Ok(())
            }
        }
    }
}
