use std::fmt;

/// The first thing that is wrong in a municipality's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// The number of the event that it is wrong at.
    pub sequence: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong at a link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The payload is not the one that was chained.
    PayloadChanged,
    /// The event is not the one that was chained, or it does not follow the one before it.
    EventChanged,
    /// The event is as it was, its hash is not.
    HashChanged,
    /// What is stored cannot be read as an event.
    Unreadable,
    /// Events are not there, up to this number.
    Missing {
        /// The last of them.
        to: i64,
    },
    /// An event was taken out, and those after it were given new numbers.
    Removed,
    /// The event was put between others.
    Inserted,
    /// The event has another's place.
    OutOfOrder {
        /// The number that it had.
        was: i64,
    },
    /// The event is another's copy.
    Duplicated {
        /// The number of the other.
        of: i64,
    },
    /// The payload is gone, and no event says that it was erased.
    ErasedUnrecorded,
    /// A record of an erasure has no payload itself.
    ErasureErased,
    /// The log ends before its signed head.
    TailCut {
        /// The number that the head says.
        head: i64,
    },
    /// The log goes on after its signed head.
    BeyondHead,
    /// There is no head.
    HeadMissing,
    /// The head is of another chain than this.
    HeadDiffers,
    /// The head is not signed.
    HeadUnsigned,
    /// The head is signed by a key that is not among those to verify with.
    HeadSignedByOther {
        /// The key's name.
        key_id: String,
    },
    /// The head's signature is not the key's.
    HeadForged,
    /// A head that was kept elsewhere is further than the log.
    BelowKeptHead {
        /// The number of the kept head.
        head: i64,
    },
    /// A head that was kept elsewhere has another hash than the event.
    KeptHeadDiffers,
    /// A head that was kept elsewhere is not signed by a key to verify with.
    KeptHeadUnsigned,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sequence, fault } = self;
        let before = sequence - 1;
        write!(f, "event {sequence}: ")?;
        match fault {
            Fault::PayloadChanged => write!(f, "its payload is not the one that was chained: it was changed"),
            Fault::EventChanged => write!(
                f,
                "it was changed, or it does not follow event {before}: its hash is not that of what is stored"
            ),
            Fault::HashChanged => write!(f, "its hash was changed; the event itself is as it was chained"),
            Fault::Unreadable => write!(f, "it was changed: what is stored cannot be read as an event"),
            Fault::Missing { to } if to == sequence => write!(f, "it is missing: it was removed"),
            Fault::Missing { to } => write!(f, "it and all up to event {to} are missing: they were removed"),
            Fault::Removed => write!(
                f,
                "the event with this number was removed, and those after it were given new numbers"
            ),
            Fault::Inserted => write!(f, "it was inserted: it is not of the chain"),
            Fault::OutOfOrder { was } => write!(f, "it is out of order: it was event {was}"),
            Fault::Duplicated { of } => write!(f, "it is a copy of event {of}"),
            Fault::ErasedUnrecorded => write!(f, "its payload is gone, and no event records a lawful erasure of it"),
            Fault::ErasureErased => write!(f, "it records an erasure, and its payload is gone: such a record stays"),
            Fault::TailCut { head } => write!(
                f,
                "it is missing: the signed head says {head}, and the log ends at {before}: its tail was cut"
            ),
            Fault::BeyondHead => write!(
                f,
                "it is beyond the signed head, which says {before}: it was added without the server, or the head is an \
                 old one"
            ),
            Fault::HeadMissing => write!(f, "the log ends here without a head: its row was removed"),
            Fault::HeadDiffers => write!(
                f,
                "the signed head has another hash: the event was replaced, and those after it were"
            ),
            Fault::HeadUnsigned => write!(f, "the head is not signed: the chain can have been made anew or cut"),
            Fault::HeadSignedByOther { key_id } => write!(
                f,
                "the head is signed by another key, {key_id}: the chain can have been made anew or cut; if that key was \
                 yours, give its public half too"
            ),
            Fault::HeadForged => write!(
                f,
                "the head's signature is wrong: the chain was made anew or its tail was cut, without the key"
            ),
            Fault::BelowKeptHead { head } => write!(
                f,
                "it is missing: a kept head says {head}, and the log ends at {before}: its tail was cut, or the database \
                 is an old copy"
            ),
            Fault::KeptHeadDiffers => write!(
                f,
                "a kept head has another hash for it: the chain was made anew from here or before"
            ),
            Fault::KeptHeadUnsigned => write!(f, "the kept head for it is not signed by a key to verify with"),
        }
    }
}
