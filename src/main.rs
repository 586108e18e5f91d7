//! The command line of Samsyn.

use clap::Parser;
use mimalloc::MiMalloc;
use samsyn::{cli::Cli, server::STACK_BYTES};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build();
    let done = match runtime {
        // The future is big; on the main thread's own stack it would not get the size asked for above.
        Ok(runtime) => runtime.block_on(async { tokio::spawn(cli.run()).await }),
        Err(error) => return samsyn::cli::fail(&error),
    };
    match done {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => samsyn::cli::fail(&error),
        Err(panic) => samsyn::cli::fail(&panic),
    }
}
