use crate::language::Message;

/// Why a file is not read as a sheet at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileRefusal {
    /// It is no sheet, or one that cannot be understood for certain.
    Unsupported(Message),
    /// It is more than is read, or would be when it is unpacked.
    TooLarge(Message),
}

#[cfg(test)]
impl FileRefusal {
    /// It, for people.
    pub(crate) fn message(&self) -> &Message {
        match self {
            Self::Unsupported(message) | Self::TooLarge(message) => message,
        }
    }
}
