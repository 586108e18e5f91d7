use super::{CliError, Settings};
use std::io::{self, IsTerminal, Write};
use tracing_subscriber::{EnvFilter, fmt};

/// Writes a line for whoever started the command. A reader that has gone away is no reason to fail.
pub(super) fn say(line: &str) {
    _ = writeln!(io::stdout(), "{line}");
}

/// Writes a line on standard error.
pub(super) fn complain(line: &str) {
    _ = writeln!(io::stderr(), "{line}");
}

/// Starts the log, on standard error: lines for a person, or JSON for a collector.
pub(super) fn start_log(settings: &Settings) -> Result<(), CliError> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|error| CliError::Settings(format!("the log filter \"{}\": {error}", settings.log)))?;
    let log = fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = if settings.log_json {
        log.json().try_init()
    } else {
        log.with_ansi(io::stderr().is_terminal()).try_init()
    };
    started.map_err(|error| CliError::Settings(format!("the log: {error}")))
}
