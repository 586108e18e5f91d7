//! Secret keys in files of their own, readable by their owner alone.

use base64::{Engine, engine::general_purpose::STANDARD};
use std::{fs, io, io::Write, path::Path};

/// The bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// The key in `file`, which is made at the first call.
///
/// # Errors
/// When it cannot be read or written, or holds no key.
pub(crate) fn read_or_make(file: &Path) -> io::Result<[u8; KEY_BYTES]> {
    match read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(file),
        found => found,
    }
}

/// The key in `file`, which has to be there already.
///
/// # Errors
/// When it cannot be read, or holds no key.
pub(crate) fn read(file: &Path) -> io::Result<[u8; KEY_BYTES]> {
    let text = fs::read_to_string(file)?;
    let malformed = |reason: String| io::Error::new(io::ErrorKind::InvalidData, reason);
    let key = STANDARD
        .decode(text.trim())
        .map_err(|error| malformed(error.to_string()))?;
    let found = key.len();
    key.try_into()
        .map_err(|_| malformed(format!("it has {found} bytes, not {KEY_BYTES}")))
}

fn make(file: &Path) -> io::Result<[u8; KEY_BYTES]> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut key = [0; KEY_BYTES];
    getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(file) {
        Ok(mut handle) => {
            writeln!(handle, "{}", STANDARD.encode(key))?;
            Ok(key)
        }
        // Another process made it a moment ago: that one counts.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(file),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("inner").join("a.key");
        let key = read_or_make(&file).unwrap();
        assert_eq!(read_or_make(&file).unwrap(), key);
    }

    #[test]
    fn a_file_that_holds_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.key");
        fs::write(&file, "AAAA").unwrap();
        assert_eq!(read_or_make(&file).unwrap_err().to_string(), "it has 3 bytes, not 32");
    }
}
