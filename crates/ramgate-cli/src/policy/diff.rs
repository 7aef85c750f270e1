//! `ramgate policy diff`: what new policies allow that old ones do not, and the other way round.

use super::{Kind, ask, outcome};
use crate::error::{Answer, CliError};
use crate::host::{Host, Paint};
use crate::{input, text};
use clap::Args;
use ramgate_analysis::diff::{Decided, Diff, Example, Limits, Names, Region, Relation, Term, diff};
use ramgate_api::policy_catalog;
use ramgate_policy::{Attached, AttachedEntity};
use std::io;
use std::path::Path;

pub(super) const EXAMPLES: &str = "\
Examples:
  ramgate policy diff old.json new.json
  ramgate policy diff --allow narrower policies/ proposed/
  git show HEAD:developer.json | ramgate policy diff --json - developer.json

The answer is proven: a request that the two decide differently lies in one of
the regions, and every request in a region is decided differently. Allowed is
what an Allow matches and no Deny does, by all policies of a set together.

Exit status: 0 when both allow the same, or when the change is of the kind that
--allow names; 1 for any other change, and when the question is too large for
an answer (`unknown`); 2 when a file cannot be used.";

/// What to compare.
#[derive(Args, Clone, Debug)]
pub struct DiffArgs {
    /// The old policies: a document, `-` for the standard input, or a folder of which all *.json are taken together
    #[arg(value_name = "OLD")]
    old: String,
    /// The new policies
    #[arg(value_name = "NEW")]
    new: String,
    /// The kind of change that exits with 0 too: `narrower` when nothing may be gained, `wider` when nothing may be lost
    #[arg(long, value_enum, value_name = "CHANGE")]
    allow: Option<Change>,
    /// Show all regions, not only the first of each kind
    #[arg(long)]
    all: bool,
    /// Work that the answer may cost, in steps of some ten nanoseconds
    #[arg(long, value_name = "N", default_value_t = Limits::default().steps)]
    steps: u64,
    /// Take documents as they would be if they were in force already, whatever is wrong with them
    #[arg(long)]
    stored: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Change {
    /// Something is lost, nothing is gained
    Narrower,
    /// Something is gained, nothing is lost
    Wider,
}

/// Regions of a kind that are shown unless all are asked for.
const SHOWN: usize = 20;
/// Resources and conditions of one region that are shown unless all are asked for.
const SHOWN_IN_REGION: usize = 10;

pub(super) fn run(arguments: &DiffArgs, host: &mut Host<'_>) -> Answer {
    if arguments.old == "-" && arguments.new == "-" {
        return Err(CliError::Usage("the standard input cannot be both the old and the new policy".to_owned()));
    }
    let (old, new) = (policies(arguments, host, &arguments.old)?, policies(arguments, host, &arguments.new)?);
    let answer = diff(&old, &new, policy_catalog(), Limits { steps: arguments.steps });
    if arguments.json {
        host.json(&answer)?;
    } else {
        print(host, &answer, arguments.all)?;
    }
    Ok(match answer.relation {
        Relation::Equivalent => true,
        Relation::Narrower => arguments.allow == Some(Change::Narrower),
        Relation::Wider => arguments.allow == Some(Change::Wider),
        Relation::Incomparable | Relation::Unknown => false,
    })
}

/// The policies of a file, or of all files of a folder.
fn policies(arguments: &DiffArgs, host: &mut Host<'_>, name: &str) -> Result<Vec<Attached>, CliError> {
    let read = |host: &mut Host<'_>, file: &str| {
        ask::attach(arguments.stored, host, file, Kind::Identity, AttachedEntity::User)
    };
    if name == "-" || !Path::new(name).is_dir() {
        return Ok(vec![read(host, name)?]);
    }
    let files = input::json_files(name)?;
    if files.is_empty() {
        return Err(CliError::Usage(format!("the folder `{name}` has no *.json file")));
    }
    files.iter().map(|file| read(host, file)).collect()
}

fn print(host: &mut Host<'_>, answer: &Diff, all: bool) -> io::Result<()> {
    let paint = host.paint();
    let (gained, lost) = (answer.gained.len(), answer.lost.len());
    let said = match answer.relation {
        Relation::Equivalent => "the new policies allow exactly what the old ones allow",
        Relation::Narrower => "the new policies allow less than the old ones, and nothing else",
        Relation::Wider => "the new policies allow more than the old ones, and everything that these allow",
        Relation::Incomparable => "the new policies allow something that the old ones do not, and the other way round",
        Relation::Unknown => "the question is too large for its budget; what was found so far follows",
    };
    let name = match answer.relation {
        Relation::Equivalent => paint.green("equivalent"),
        Relation::Narrower => paint.yellow("narrower"),
        Relation::Wider => paint.yellow("wider"),
        Relation::Incomparable => paint.yellow("incomparable"),
        Relation::Unknown => paint.red("unknown"),
    };
    let said = text::wrap(&format!("{name}: {said}"), host.terminal.width).join("\n");
    writeln!(host.out, "{said}")?;
    if gained + lost > 0 {
        writeln!(host.out, "{} gained, {lost} lost", text::count(gained, "region"))?;
    }
    for (sign, regions) in [("+", &answer.gained), ("-", &answer.lost)] {
        let shown = if all { regions.len() } else { SHOWN };
        for region in regions.iter().take(shown) {
            writeln!(host.out)?;
            print_region(host, sign, region, all)?;
        }
        if regions.len() > shown {
            let kind = if sign == "+" { "gained" } else { "lost" };
            let more = format!("… and {} {kind}; --all shows all", text::count(regions.len() - shown, "more region"));
            writeln!(host.out, "\n{}", paint.dim(&more))?;
        }
    }
    for note in &answer.notes {
        host.remark("note", note)?;
    }
    Ok(())
}

fn print_region(host: &mut Host<'_>, sign: &str, region: &Region, all: bool) -> io::Result<()> {
    let (paint, width) = (host.paint(), host.terminal.width);
    let actions: Vec<String> = region.actions.iter().map(names).collect();
    // What needs no exception on one line, everything else on one of its own.
    let plain =
        region.actions.iter().zip(&actions).filter(|(of, _)| of.except.is_empty()).map(|(_, said)| said.as_str());
    let plain = plain.collect::<Vec<_>>().join(", ");
    let others =
        region.actions.iter().zip(&actions).filter(|(of, _)| !of.except.is_empty()).map(|(_, said)| said.clone());
    let lines = (!plain.is_empty()).then_some(plain).into_iter().chain(others);
    for (number, line) in lines.enumerate() {
        let head = if number == 0 { format!("{sign} ") } else { "  ".to_owned() };
        for line in text::hanging(&head, &text::printable(&line), width).lines() {
            writeln!(host.out, "{}", if sign == "+" { paint.green(line) } else { paint.red(line) })?;
        }
    }
    for (label, lines) in [
        ("these are", concrete(region, &actions)),
        ("on", first(region.resources.iter().map(names).collect(), all)),
        ("when", first(conditions(region), all)),
        ("for one", example(&region.example)),
    ] {
        for (number, line) in lines.iter().enumerate() {
            let head = format!("    {:<10}", if number == 0 { label } else { "" });
            let said = text::hanging(&head, &text::printable(line), width);
            writeln!(host.out, "{}{}", paint.dim(&head), said.strip_prefix(&head).unwrap_or(&said))?;
        }
    }
    for (label, side) in [("old", &region.old), ("new", &region.new)] {
        writeln!(host.out, "{}{}", paint.dim(&format!("    {label:<10}")), decided(paint, side))?;
    }
    Ok(())
}

/// The actions by their names, unless that says nothing more.
fn concrete(region: &Region, actions: &[String]) -> Vec<String> {
    let mut concrete = region.short_actions(policy_catalog());
    let named = !region.unlisted_actions && actions.len() == region.listed_actions.len();
    if named || concrete == actions {
        return Vec::new();
    }
    if region.unlisted_actions {
        concrete.push("whatever else is called so".to_owned());
    }
    vec![concrete.join(", ")]
}

/// The conditions, one alternative a line; none when there is nothing to come true.
fn conditions(region: &Region) -> Vec<String> {
    if region.conditions.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let alternatives = region.conditions.iter().enumerate().map(|(number, terms)| {
        let terms: Vec<String> = terms.iter().map(term).collect();
        format!("{}{}", if number == 0 { "" } else { "or " }, terms.join(" and "))
    });
    alternatives.collect()
}

/// The first lines, and how many more there are.
fn first(mut lines: Vec<String>, all: bool) -> Vec<String> {
    let more = lines.len().saturating_sub(SHOWN_IN_REGION);
    if !all && more > 0 {
        lines.truncate(SHOWN_IN_REGION);
        lines.push(format!("… and {more} more; --all shows all"));
    }
    lines
}

/// `acs:mse:*:*:instance/gw-* except acs:mse:*:*:instance/gw-1`
fn names(names: &Names) -> String {
    let matching = names.matching.join(" that are also ");
    if names.except.is_empty() { matching } else { format!("{matching} except {}", names.except.join(" or ")) }
}

fn term(term: &Term) -> String {
    let not = if term.holds { "" } else { "not " };
    let values: Vec<String> = term.values.iter().map(|value| format!("`{value}`")).collect();
    format!("{not}{} {} {}", term.key, term.operator, values.join(" or "))
}

/// The request as `ramgate policy simulate` takes it.
fn example(example: &Example) -> Vec<String> {
    let mut lines = vec![format!("--action {} --resource {}", quoted(&example.action), quoted(&example.resource))];
    let values = example.context.iter().flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
    let context: Vec<String> =
        values.map(|(key, value)| format!("--context {}", quoted(&format!("{key}={value}")))).collect();
    if !context.is_empty() {
        lines.push(context.join(" "));
    }
    lines
}

/// The text as one word of a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

fn decided(paint: Paint, decided: &Decided) -> String {
    let by = decided.by.as_ref().map(|site| {
        let place = paint.dim(&format!("Statement[{}]", site.statement));
        format!(" by {}:{}:{} {place}", text::printable(&site.policy), site.line, site.column)
    });
    format!("{}{}", outcome(paint, decided.outcome), by.unwrap_or_default())
}
