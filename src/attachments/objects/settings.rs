use serde::{Deserialize, Serialize};
use std::{num::NonZeroU32, path::PathBuf};

/// The most bytes of a file, when nothing else is said: 25 MiB.
const DEFAULT_BYTES: NonZeroU32 = match NonZeroU32::new(25 << 20) {
    Some(bytes) => bytes,
    None => NonZeroU32::MIN,
};

/// What is said of attachments in the file with settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AttachmentSettings {
    /// The most bytes of a file.
    pub max_bytes: NonZeroU32,
    /// The folder that the files are in; when nothing is said, `attachments` in the data folder.
    pub folder: Option<PathBuf>,
    /// The S3-compatible store that they are in instead.
    pub s3: Option<S3Settings>,
}

impl Default for AttachmentSettings {
    fn default() -> Self {
        Self {
            max_bytes: DEFAULT_BYTES,
            folder: None,
            s3: None,
        }
    }
}

/// An S3-compatible store. What signs its requests comes from the environment (`AWS_ACCESS_KEY_ID` and so on), never from
/// a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3Settings {
    /// The bucket.
    pub bucket: String,
    /// The address of the store; when nothing is said, that of AWS in the region.
    pub endpoint: Option<String>,
    /// The region; stores other than AWS mostly take any.
    #[serde(default = "default_region")]
    pub region: String,
}

fn default_region() -> String {
    "eu-north-1".to_owned()
}
