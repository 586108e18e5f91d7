use super::DemoError;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// A data file of the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    pub(super) file: &'static str,
    pub(super) text: &'static str,
}

/// What one user does on one day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    /// The user's name.
    pub(super) r#as: String,
    /// The day.
    pub(super) on: NaiveDate,
    /// What they do, in this order.
    pub(super) steps: Vec<Step>,
}

/// One mutation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// The mutation.
    pub(super) r#do: String,
    /// The name that later steps refer to its object by.
    pub(super) name: Option<String>,
    /// The mutation's input. A text `@name` stands for an object's id, `@name#field` for one of its fields.
    pub(super) input: Map<String, Json>,
}

/// A text of an input that stands for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    pub(super) name: &'a str,
    pub(super) field: Option<&'a str>,
}

impl Script {
    pub(super) fn blocks(&self) -> Result<Vec<Block>, DemoError> {
        serde_saphyr::from_str(self.text).map_err(|error| DemoError::File {
            file: self.file,
            reason: error.to_string(),
        })
    }
}

impl<'a> Reference<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let reference = text.strip_prefix('@')?;
        Some(match reference.split_once('#') {
            Some((name, field)) => Self {
                name,
                field: Some(field),
            },
            None => Self {
                name: reference,
                field: None,
            },
        })
    }
}
