use crate::digest::hex;
use axum::body::Bytes;
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use sha2::{Digest, Sha256};
use std::io;

/// An object that is being read.
pub(crate) struct Download {
    /// How many bytes it has.
    pub(crate) size: u64,
    chunks: BoxStream<'static, object_store::Result<Bytes>>,
}

/// How far reading has come.
struct Reading {
    chunks: BoxStream<'static, object_store::Result<Bytes>>,
    digest: Sha256,
    /// What was read last, and is not passed on before it is known that more comes or that all of it is right.
    held: Option<Bytes>,
    sha256: String,
}

impl Download {
    pub(super) fn of(size: u64, chunks: BoxStream<'static, object_store::Result<Bytes>>) -> Self {
        Self {
            size,
            chunks: chunks.fuse().boxed(),
        }
    }

    /// The content, if its SHA-256 is `sha256`. That is known when all of it is read: the last of it is kept back until
    /// then, so that whoever reads gets content that was tampered with never whole.
    pub(crate) fn verified(self, sha256: String) -> BoxStream<'static, io::Result<Bytes>> {
        let reading = Reading {
            chunks: self.chunks,
            digest: Sha256::new(),
            held: None,
            sha256,
        };
        stream::try_unfold(reading, |mut reading| async move {
            loop {
                let next = reading.chunks.try_next().await.map_err(io::Error::other)?;
                let Some(chunk) = next else {
                    return reading.end();
                };
                reading.digest.update(&chunk);
                if let Some(before) = reading.held.replace(chunk) {
                    return Ok(Some((before, reading)));
                }
            }
        })
        .boxed()
    }
}

impl Reading {
    /// The last of it, when all was right.
    fn end(mut self) -> io::Result<Option<(Bytes, Self)>> {
        let Some(last) = self.held.take() else {
            return Ok(None);
        };
        let found = hex(&std::mem::take(&mut self.digest).finalize());
        if found != self.sha256 {
            let message = format!("the content's SHA-256 is {found}, not {}", self.sha256);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(Some((last, self)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256_hex;

    async fn read(chunks: &[&'static str], sha256: String) -> Result<String, (String, io::Error)> {
        let chunks: Vec<_> = chunks
            .iter()
            .map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())))
            .collect();
        let mut verified = Download::of(0, stream::iter(chunks).boxed()).verified(sha256);
        let mut text = String::new();
        while let Some(chunk) = verified.next().await {
            match chunk {
                Ok(chunk) => text.push_str(std::str::from_utf8(&chunk).unwrap()),
                Err(error) => return Err((text, error)),
            }
        }
        Ok(text)
    }

    #[tokio::test]
    async fn what_was_changed_is_never_read_whole() {
        let right = sha256_hex(b"one two three");
        assert_eq!(
            read(&["one ", "two ", "three"], right.clone()).await.unwrap(),
            "one two three"
        );
        for changed in [
            &["one ", "two ", "threx"][..],
            &["onx ", "two ", "three"],
            &["one two threx"],
        ] {
            let (text, error) = read(changed, right.clone()).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert!(text.len() < "one two three".len(), "{text}");
        }
        let (text, _) = read(&["one ", "two "], right).await.unwrap_err();
        assert_eq!(text, "one ");
    }
}
