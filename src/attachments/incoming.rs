//! A file on its way in.

use crate::digest::hex;
use axum::body::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, Seek},
    path::Path,
};
use tokio::io::AsyncWriteExt;

/// The content of an upload, in a file without a name: when the program ends, however it ends, it is gone.
///
/// What it is is found out before any of it comes into the file store, so that nothing lies there which is refused.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: File,
    /// How many bytes it has.
    pub(crate) size: u64,
    /// SHA-256 of it, in hexadecimal.
    pub(crate) sha256: String,
}

/// Why an upload did not arrive.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceiveError {
    /// It is larger than allowed.
    #[error("it is larger than allowed")]
    TooLarge,
    /// The client stopped sending.
    #[error("it broke off")]
    BrokeOff,
    /// It could not be kept.
    #[error("it cannot be kept: {0}")]
    Kept(#[from] io::Error),
}

impl Incoming {
    /// Receives content into a file in `folder`, chunk by chunk: at most `limit` bytes.
    ///
    /// # Errors
    /// When there is more of it, it breaks off, or the disk fails.
    pub(crate) async fn receive<E>(
        folder: &Path,
        chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
        limit: u64,
    ) -> Result<Self, ReceiveError> {
        let folder = folder.to_owned();
        let file = blocking(move || tempfile::tempfile_in(folder)).await?;
        let mut file = tokio::fs::File::from_std(file);
        let mut digest = Sha256::new();
        let mut size = 0_u64;
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| ReceiveError::BrokeOff)?;
            size = size.saturating_add(chunk.len() as u64);
            if size > limit {
                return Err(ReceiveError::TooLarge);
            }
            digest.update(&chunk);
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        Ok(Self {
            file: file.into_std().await,
            size,
            sha256: hex(&digest.finalize()),
        })
    }

    /// Looks at the content.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut File) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let mut file = self.file.try_clone()?;
        blocking(move || look(&mut file)).await
    }

    /// The content from its beginning. There is one place in the file: read it once at a time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn content(&self) -> io::Result<tokio::fs::File> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        Ok(tokio::fs::File::from_std(file))
    }
}

/// Does what waits for a disk where that holds nobody up.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256_hex;
    use futures_util::stream;
    use std::io::Read;
    use tokio::io::AsyncReadExt;

    async fn received(chunks: Vec<Result<Bytes, ()>>, limit: u64) -> Result<Incoming, ReceiveError> {
        let folder = tempfile::tempdir().unwrap();
        let incoming = Incoming::receive(folder.path(), &mut stream::iter(chunks), limit).await;
        assert_eq!(folder.path().read_dir().unwrap().count(), 0, "the file has no name");
        incoming
    }

    #[tokio::test]
    async fn content_is_counted_hashed_and_read_again() {
        let chunks = || vec![Ok(Bytes::from_static(b"one ")), Ok(Bytes::from_static(b"two"))];
        let incoming = received(chunks(), 7).await.unwrap();
        assert_eq!((incoming.size, &incoming.sha256), (7, &sha256_hex(b"one two")));
        for _ in 0..2 {
            let mut text = String::new();
            incoming.content().unwrap().read_to_string(&mut text).await.unwrap();
            assert_eq!(text, "one two");
        }
        let looked = incoming.look(|file| {
            let mut text = String::new();
            file.rewind()?;
            file.read_to_string(&mut text).map(|_| text)
        });
        assert_eq!(looked.await.unwrap(), "one two");
        assert!(matches!(received(chunks(), 6).await, Err(ReceiveError::TooLarge)));
        let broken = vec![Ok(Bytes::from_static(b"one")), Err(())];
        assert!(matches!(received(broken, 6).await, Err(ReceiveError::BrokeOff)));
    }
}
