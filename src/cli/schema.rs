use super::{CliError, output::say};
use crate::{
    clock::Clock,
    graphql::limits::Limits,
    schema::{
        self,
        comparison::{Severity, compare, write_changelog},
        reference,
    },
};
use clap::Args;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Which of the schema's texts is wanted.
#[derive(Debug, Args)]
pub(super) struct Command {
    /// Compare the schema with this one, which was released, and fail when a client of that would.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Tell in this changelog what has changed, under "Unreleased".
    #[arg(long, value_name = "FILE", requires = "against")]
    changelog: Option<PathBuf>,
    /// Write pages on the error codes, limits and scalars into this folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "against")]
    pages: Option<PathBuf>,
}

impl Command {
    /// Prints the SDL, or what else is wanted.
    pub(super) fn run(&self) -> Result<(), CliError> {
        let schema = schema::sdl(&schema::build(&Limits::default()));
        if let Some(folder) = &self.pages {
            return write_pages(folder, &schema);
        }
        match &self.against {
            Some(released) => self.compare(released, &schema),
            None => {
                say(schema.trim_end());
                Ok(())
            }
        }
    }

    fn compare(&self, released: &Path, schema: &str) -> Result<(), CliError> {
        let text = read(released)?;
        let changes = compare(&text, schema, Clock::default().today())
            .map_err(|error| CliError::Schema(format!("{} cannot be compared: {error}", released.display())))?;
        for change in &changes {
            say(&change.to_string());
        }
        let breaking = changes.iter().filter(|change| change.severity == Severity::Breaking);
        match breaking.count() {
            0 => {}
            count => {
                let released = released.display();
                return Err(CliError::Schema(format!(
                    "clients of {released} would fail: {count} of these changes are breaking"
                )));
            }
        }
        if changes.is_empty() {
            say("The schema has not changed.");
        }
        let Some(file) = &self.changelog else { return Ok(()) };
        let changelog = write_changelog(&read(file)?, &changes)
            .map_err(|reason| CliError::Schema(format!("{}: {reason}", file.display())))?;
        Ok(fs::write(file, changelog)?)
    }
}

fn read(file: &Path) -> Result<String, CliError> {
    fs::read_to_string(file).map_err(|error| CliError::Schema(format!("{} cannot be read: {error}", file.display())))
}

fn write_pages(folder: &Path, schema: &str) -> Result<(), CliError> {
    fs::create_dir_all(folder)?;
    let pages = reference::pages(schema).map_err(|error| CliError::Schema(error.to_string()))?;
    for (name, text) in pages {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
