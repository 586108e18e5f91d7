use crate::{access::Sealed, graphql::Withheld};

/// The ground that something is withheld on, if it is withheld from this reader.
pub(super) fn withheld<M>(row: &Sealed<M>, ground: impl FnOnce(&M) -> Option<&String>) -> Option<Withheld> {
    if row.is_readable() {
        return None;
    }
    row.outside(|row| ground(row).cloned())
        .map(|ground| Withheld { ground })
}
