use uuid::Uuid;

/// Where something is that somebody wants to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// It belongs to the municipality as a whole.
    Municipality,
    /// It is a department's.
    Department(Uuid),
    /// It is a committee's.
    Committee(Uuid),
    /// It hangs on a follow-up.
    FollowUp {
        /// The follow-up.
        id: Uuid,
        /// The department that it is of.
        department_id: Uuid,
    },
}
