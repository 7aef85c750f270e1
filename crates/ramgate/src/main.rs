//! `ramgate`: the one binary. It reads settings, wires the parts together, runs them and drains them; it decides nothing.

mod data_plane;
mod logging;
mod serve;
mod settings;

use clap::{Args, Parser, Subcommand};
use ramgate_api::OpSpec;
use ramgate_cli::{Host, Terminal};
use settings::Settings;
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::SystemTime;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An API gateway whose every management call is authorised by RAM policies.
#[derive(Parser)]
#[command(name = "ramgate", version, max_term_width = 100)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the gateway and its management API
    Serve(Box<Serve>),
    #[command(flatten)]
    Other(Box<ramgate_cli::Command>),
}

/// Settings are taken from flags, then RAMGATE_… variables, then the configuration file, then defaults.
#[derive(Args)]
struct Serve {
    /// Configuration file (TOML); settings have the names of the flags with `_`
    #[arg(long, env = "RAMGATE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

fn main() -> ExitCode {
    match CommandLine::parse().command {
        Command::Serve(serve) => serve::run(serve.config.as_deref(), serve.settings),
        Command::Other(command) => run_command(&command),
    }
}

fn run_command(command: &ramgate_cli::Command) -> ExitCode {
    let mut host = Host {
        out: &mut io::BufWriter::new(io::stdout().lock()),
        err: &mut io::stderr().lock(),
        input: &mut io::stdin().lock(),
        terminal: Terminal::of_stdout(),
        now: SystemTime::now(),
        wired: Some(is_wired),
    };
    ramgate_cli::run(command, &mut host)
}

/// Whether an operation has a handler.
fn is_wired(spec: &OpSpec) -> bool {
    static WIRED: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
        let built = ramgate_control::operations().into_iter().filter(|(_, built)| *built);
        built.map(|(spec, _)| (spec.product.version, spec.name)).collect()
    });
    WIRED.contains(&(spec.product.version, spec.name))
}
