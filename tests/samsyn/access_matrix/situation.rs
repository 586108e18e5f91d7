//! Who asks, how they stand, and what they ask about.

use entity::Role;
use sea_orm::ActiveEnum;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Somebody with one role; a committee's is for an ordinary committee.
    Role(Role),
    /// A member of the executive board.
    BoardMember,
    /// A service account with the one permission that fits the operation.
    Service,
    /// Nobody in particular.
    Anonymous,
}

impl Who {
    /// Everybody.
    pub(super) fn all() -> Vec<Self> {
        use sea_orm::Iterable;
        let others = [Self::BoardMember, Self::Service, Self::Anonymous];
        Role::iter().map(Self::Role).chain(others).collect()
    }

    /// The name that the snapshot has.
    pub(super) fn name(self) -> String {
        match self {
            Self::Role(role) => role.to_value(),
            Self::BoardMember => "EXECUTIVE_BOARD_MEMBER".to_owned(),
            Self::Service => "SERVICE_ACCOUNT".to_owned(),
            Self::Anonymous => "ANONYMOUS".to_owned(),
        }
    }

    /// The role that they are given.
    pub(super) fn role(self) -> Option<Role> {
        match self {
            Self::Role(role) => Some(role),
            Self::BoardMember => Some(Role::CommitteeMember),
            Self::Service | Self::Anonymous => None,
        }
    }
}

/// How they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Standing {
    /// What they have holds today.
    Holds,
    /// It ended.
    Expired,
    /// It has not begun.
    NotBegun,
    /// It holds, and they were disabled.
    Disabled,
    /// They have not signed in.
    Nobody,
}

/// What they ask about, as seen from where their role is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Spot {
    /// The department that a department's role is for; it answers to the committee that a committee's role is for.
    OwnDepartment,
    /// A department that answers to another committee.
    OtherDepartment,
    /// Another department that answers to the committee that a committee's role is for.
    OwnCommittee,
    /// A department that answers to a third committee.
    OtherCommittee,
    /// A department of another municipality.
    OtherMunicipality,
}

impl Spot {
    pub(super) const ALL: [Self; 5] = [
        Self::OwnDepartment,
        Self::OtherDepartment,
        Self::OwnCommittee,
        Self::OtherCommittee,
        Self::OtherMunicipality,
    ];

    /// What every text there begins with.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::OwnDepartment => "QOWNDQ",
            Self::OtherDepartment => "QOTHDQ",
            Self::OwnCommittee => "QOWNCQ",
            Self::OtherCommittee => "QOTHCQ",
            Self::OtherMunicipality => "QOTHMQ",
        }
    }
}

/// The columns of the matrix.
pub(super) const SITUATIONS: [(&str, Standing, Spot); 9] = [
    ("OD", Standing::Holds, Spot::OwnDepartment),
    ("XD", Standing::Holds, Spot::OtherDepartment),
    ("OC", Standing::Holds, Spot::OwnCommittee),
    ("XC", Standing::Holds, Spot::OtherCommittee),
    ("XM", Standing::Holds, Spot::OtherMunicipality),
    ("EX", Standing::Expired, Spot::OwnDepartment),
    ("NB", Standing::NotBegun, Spot::OwnDepartment),
    ("DI", Standing::Disabled, Spot::OwnDepartment),
    ("AN", Standing::Nobody, Spot::OwnDepartment),
];
