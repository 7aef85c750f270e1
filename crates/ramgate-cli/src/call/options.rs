//! The options of `call` itself, picked from among the parameters.

use crate::error::CliError;
use crate::remote::Connection;
use clap::{CommandFactory, Parser};

/// The options of `call` itself.
#[derive(Parser, Clone)]
#[command(name = "ramgate call", no_binary_name = true, disable_help_flag = true)]
pub(super) struct Options {
    #[command(flatten)]
    pub(super) connection: Connection,
    /// All parameters as one JSON object.
    #[arg(long)]
    pub(super) json_body: Option<String>,
}

impl Options {
    /// Takes the options of `call` from the words; the rest is product, operation and parameters.
    pub(super) fn split(words: &[String]) -> Result<(Self, Vec<String>), CliError> {
        let command = Self::command();
        let own = |word: &str| {
            let name = word.strip_prefix("--")?;
            let (name, has_value) = name.split_once('=').map_or((name, false), |(name, _)| (name, true));
            let argument = command.get_arguments().find(|argument| argument.get_long() == Some(name))?;
            Some(argument.get_action().takes_values() && !has_value)
        };
        let (mut ours, mut rest) = (Vec::new(), Vec::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match own(word) {
                None => rest.push(word.clone()),
                Some(value_follows) => {
                    ours.push(word.clone());
                    if value_follows {
                        ours.extend(words.next().cloned());
                    }
                }
            }
        }
        let connection = Self::try_parse_from(ours).map_err(|error| {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            CliError::Usage(line.strip_prefix("error: ").unwrap_or(line).to_owned())
        })?;
        Ok((connection, rest))
    }
}
