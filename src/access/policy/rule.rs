use crate::access::Right;
use entity::Role;
use sea_orm::ActiveEnum;
use std::{fmt, str::FromStr};

/// One rule of a policy: a role has a right, wherever its assignment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// The role.
    pub role: Role,
    /// The right.
    pub right: Right,
}

/// The line is no rule, or names what there is none of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no rule of a policy: a rule is written as p, ROLE, object, action")]
pub struct RuleError(String);

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(line: &str) -> Result<Self, RuleError> {
        let parts: Vec<&str> = line.split(',').map(str::trim).collect();
        let found = match parts.as_slice() {
            ["p", role, object, action] => Role::try_from_value(&(*role).to_owned())
                .ok()
                .zip(Right::named(object, action)),
            _ => None,
        };
        found
            .map(|(role, right)| Self { role, right })
            .ok_or_else(|| RuleError(line.to_owned()))
    }
}

/// As casbin reads it: `p, ROLE, object, action`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (object, action) = self.right.names();
        write!(f, "p, {}, {object}, {action}", self.role.to_value())
    }
}
