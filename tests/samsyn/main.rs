//! The integration tests: one binary, its modules named after capabilities.

use std::process::ExitCode;

use libtest_mimic::Arguments;

mod protocol;

fn main() -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), protocol::trials()).exit_code()
}
