//! `ramgate call`: any operation of the management API, with its parameters as options.
//!
//! What an operation takes is read from its declaration, so there is nothing here to keep in step with the API.

mod options;
mod parameters;

use crate::catalog::{operation, product};
use crate::error::{Answer, CliError};
use crate::host::Host;
use crate::remote::{self, Answered};
use crate::text;
use clap::Args;
use options::Options;
use parameters::{Parameter, parameters};
use ramgate_api::{Binding, OpSpec};
use std::io;

const EXAMPLES: &str = "\
Options of `call` itself, anywhere on the line:
  --endpoint HOST:PORT        where the management API is
                              [env RAMGATE_ENDPOINT, default 127.0.0.1:9080]
  --access-key-id ID          whose call it is [env RAMGATE_ACCESS_KEY_ID]
  --access-key-secret SECRET  better given as RAMGATE_ACCESS_KEY_SECRET
  --security-token TOKEN      of temporary credentials
                              [env RAMGATE_SECURITY_TOKEN]
  --as-root                   with the key in root-credentials.json
  --data-dir DIR              where that is
                              [env RAMGATE_DATA_DIR, default ./ramgate-data]
  --json-body JSON            all parameters at once, as an object
  --help                      after an operation: its parameters

Parameters are written as in the API (`--UserName alice`) or in lower case
(`--user-name alice`). Values of lists are repeated or given as JSON, structures
as JSON. `@FILE` takes the value from a file, `@-` from the standard input.

Examples:
  ramgate call --as-root sts GetCallerIdentity
  ramgate call ram CreateUser --user-name alice --display-name Alice
  ramgate call ram CreatePolicy --policy-name Dev --policy-document @dev.json
  ramgate call apig CreateHttpApi --name orders --type Http --protocols HTTP
  ramgate call apig GetHttpApi --help

Exit status: 0 when the call succeeded, 1 when it was answered with an error, 2
when there was no answer.";

/// What to call.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES, override_usage = "ramgate call [OPTIONS] PRODUCT OPERATION [--PARAMETER VALUE]...")]
pub struct CallArgs {
    /// Product, operation and parameters
    #[arg(
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "PRODUCT OPERATION [--PARAMETER VALUE]"
    )]
    words: Vec<String>,
}

pub(crate) fn run(arguments: &CallArgs, host: &mut Host<'_>) -> Answer {
    let (options, words) = Options::split(&arguments.words)?;
    let (product_name, words) = words.split_first().ok_or_else(|| usage("which product?"))?;
    let product = product(product_name)?;
    let Some((operation_name, words)) = words.split_first().filter(|(name, _)| !name.starts_with("--")) else {
        let code = product.ram_code;
        return Err(usage(&format!("which operation of {code}? `ramgate catalog {code}` lists them")));
    };
    let spec = operation(product, operation_name)?;
    let known = parameters(spec);
    if words.iter().any(|word| word == "--help" || word == "-h") {
        describe(host, spec, &known)?;
        return Ok(true);
    }
    let given = parameters::read(host, spec, &known, words, options.json_body.as_deref())?;
    let answer = remote::call(&options.connection, spec, given, host)?;
    print(host, &answer)
}

fn usage(message: &str) -> CliError {
    CliError::Usage(message.to_owned())
}

/// Prints the answer's body, and of an error what it says.
fn print(host: &mut Host<'_>, answer: &Answered) -> Answer {
    match answer.json() {
        Some(body) => host.json(&body)?,
        None => {
            host.out.write_all(&answer.body)?;
            if !answer.body.is_empty() && !answer.body.ends_with(b"\n") {
                writeln!(host.out)?;
            }
        }
    }
    if !answer.is_success() {
        host.remark("error", &answer.refusal())?;
    }
    Ok(answer.is_success())
}

fn describe(host: &mut Host<'_>, spec: &OpSpec, known: &[Parameter]) -> io::Result<()> {
    let (paint, width) = (host.paint(), host.terminal.width);
    let binding = match spec.binding {
        Binding::Rpc => "RPC".to_owned(),
        Binding::Roa(method, path) => format!("{} {path}", method.as_str()),
    };
    let title = format!("{} {}", spec.product.ram_code, spec.name);
    writeln!(host.out, "{}  {}", paint.bold(&title), paint.dim(&binding))?;
    writeln!(host.out, "{}", text::hanging("", &spec.summary(), width))?;
    if known.is_empty() {
        return writeln!(host.out, "\nIt takes no parameters.");
    }
    writeln!(host.out, "\nParameters:")?;
    let option = |parameter: &Parameter| format!("--{} {}", parameter.option(), parameter.kind.placeholder());
    let widest = known.iter().map(|parameter| text::width(&option(parameter))).max().unwrap_or(0).min(36);
    for parameter in known {
        let required = if parameter.required { "required; " } else { "" };
        let head = format!("  {}  ", text::pad(&option(parameter), widest));
        writeln!(host.out, "{}", text::hanging(&head, &format!("{required}{}", parameter.doc), width))?;
    }
    Ok(())
}
