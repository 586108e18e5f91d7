//! The file store as a folder.

use super::ObjectsError;
use object_store::{local::LocalFileSystem, path::Path as StorePath};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

fn unusable(folder: &Path) -> impl FnOnce(io::Error) -> ObjectsError {
    let folder = folder.display().to_string();
    |reason| ObjectsError::Folder { folder, reason }
}

/// Makes a folder when it is not there: its owner's alone.
pub(super) fn make(folder: &Path) -> Result<(), ObjectsError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(unusable(folder))
}

/// The store in a folder. What is stored survives a power cut, as what the database says does.
pub(super) fn open(folder: &Path) -> Result<LocalFileSystem, ObjectsError> {
    make(folder)?;
    Ok(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))
}

/// Whether the folder is there.
pub(super) async fn ask(folder: &Path) -> Result<(), ObjectsError> {
    let found = tokio::fs::metadata(folder).await.map_err(unusable(folder))?;
    if found.is_dir() {
        return Ok(());
    }
    Err(unusable(folder)(io::Error::from(io::ErrorKind::NotADirectory)))
}

/// Removes what a crash left of an object on its way: the store writes it beside the object, as `ID#1` and so on, and
/// does not show it.
pub(super) async fn remove_staged(folder: &Path, object: &StorePath) -> Result<(), ObjectsError> {
    for number in 1.. {
        let staged: PathBuf = folder.join(format!("{object}#{number}"));
        match tokio::fs::remove_file(&staged).await {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
