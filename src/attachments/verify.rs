//! Whether the bytes of every attachment are there and as they were uploaded.

use super::{
    objects::{ObjectKey, Objects, ObjectsError},
    store::stored_files,
};
use crate::{access::Gate, database::StoreError};
use entity::municipality;
use futures_util::TryStreamExt;

/// What was found of a municipality's files.
#[derive(Debug, Default)]
pub(crate) struct Verified {
    /// How many are there and right.
    pub(crate) right: usize,
    /// What is wrong, a line each.
    pub(crate) wrong: Vec<String>,
}

/// Reads every file of a municipality.
///
/// # Errors
/// When the database fails. What is wrong with a file, also that it cannot be read, is in the answer.
pub(crate) async fn verify(
    gate: &Gate,
    objects: &Objects,
    municipality: &municipality::Model,
) -> Result<Verified, StoreError> {
    let mut verified = Verified::default();
    let mut after = None;
    loop {
        // No session is held while files are read, which may take long.
        let files = stored_files(&gate.operator(municipality.id).await?, after).await?;
        let Some(last) = files.last() else {
            return Ok(verified);
        };
        after = Some(last.id);
        for file in files {
            let key = ObjectKey {
                municipality_id: municipality.id,
                id: file.id,
            };
            match read(objects, key, file.sha256).await {
                Ok(()) => verified.right += 1,
                Err(error) => verified.wrong.push(format!("{}: {error}", file.id)),
            }
        }
    }
}

async fn read(objects: &Objects, key: ObjectKey, sha256: String) -> Result<(), ObjectsError> {
    let mut chunks = objects.open_object(key).await?.verified(sha256);
    while chunks.try_next().await?.is_some() {}
    Ok(())
}
