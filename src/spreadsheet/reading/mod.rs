//! Reading a file that says it is a sheet.

mod archive;
mod csv_file;
mod encoding;
mod signature;
mod xlsx;

use super::{FileRefusal, Table};
use signature::Signature;
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

/// How much of the beginning is looked at for what it is a signature of.
const HEAD: u64 = 8 << 10;

/// What a file holds: the first sheet of an XLSX workbook, or CSV. What it is, its content says.
///
/// # Errors
/// When it cannot be read; and inside, why it is not taken as a sheet.
pub(crate) fn read(file: &mut File) -> io::Result<Result<Table, FileRefusal>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    match signature::of(&head) {
        Ok(Signature::Zip) => Ok(archive::refuse_unfit(file).and_then(|()| xlsx::read(file))),
        Ok(Signature::None) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(encoding::decoded(&bytes).and_then(|text| csv_file::read(&text)))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}
