use std::collections::BTreeSet;
use uuid::Uuid;

/// Where somebody has a right: the union over all the role assignments that give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// In the whole municipality.
    pub everywhere: bool,
    /// In these departments and their sections.
    pub departments: BTreeSet<Uuid>,
    /// In what is laid before these committees.
    pub committees: BTreeSet<Uuid>,
    /// In what is laid before any committee (the executive board's members).
    pub every_committee: bool,
    /// In these follow-ups (those assigned to a performer).
    pub follow_ups: BTreeSet<Uuid>,
}

impl Reach {
    /// Whether it reaches nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.everywhere
            && !self.every_committee
            && self.departments.is_empty()
            && self.committees.is_empty()
            && self.follow_ups.is_empty()
    }
}
