use super::output::say;
use crate::{graphql::limits::Limits, schema};

/// Prints the SDL.
pub(super) fn run() {
    say(schema::build(&Limits::default()).sdl().trim_end());
}
