//! Lists of short texts, in a column of their own.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A list of texts, stored as a JSON array because SQLite knows no arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct StringList(pub Vec<String>);
