//! Subcommands of ramgate besides serve.
