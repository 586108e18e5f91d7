use super::{CliError, output::say};
use crate::{graphql::limits::Limits, schema};

/// Prints the SDL.
pub(super) fn run() -> Result<(), CliError> {
    say(schema::build(&Limits::default()).sdl().trim_end());
    Ok(())
}
