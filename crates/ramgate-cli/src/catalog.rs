//! `ramgate catalog`: what can be called, and what permission it takes.

use crate::error::{Answer, CliError};
use crate::host::Host;
use crate::nearest::hint;
use crate::text;
use clap::Args;
use ramgate_api::{CatalogEntry, CatalogProduct, OpSpec, PRODUCTS, Product, catalog};
use serde_json::Value;
use std::io;

const EXAMPLES: &str = "\
Examples:
  ramgate catalog apig
  ramgate catalog apig GetHttpApi
  ramgate catalog --json | jq -r '.products[].operations[].action'";

/// What to list.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct CatalogArgs {
    /// The product, such as `apig`; all when left out
    product: Option<String>,
    /// One operation, in detail
    operation: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &CatalogArgs, host: &mut Host<'_>) -> Answer {
    let wired = host.wired;
    let mut listed = catalog(|spec| wired.is_none_or(|wired| wired(spec)));
    if let Some(name) = &arguments.product {
        let product = product(name)?;
        listed.products.retain(|listed| listed.version == product.version && listed.ram_code == product.ram_code);
        if let Some(name) = &arguments.operation {
            let spec = operation(product, name)?;
            for listed in &mut listed.products {
                listed.operations.retain(|entry| entry.operation == spec.name);
                listed.named_actions.clear();
            }
        }
    }
    if arguments.json {
        let mut value = serde_json::to_value(&listed).map_err(io::Error::from)?;
        if wired.is_none() {
            // Without the handlers at hand, their state is unknown.
            remove_states(&mut value);
        }
        host.json(&value)?;
        return Ok(true);
    }
    for product in &listed.products {
        match (&arguments.operation, product.operations.first()) {
            (Some(_), Some(entry)) => print_one(host, entry)?,
            _ => print_product(host, product)?,
        }
    }
    Ok(true)
}

/// The product of this RAM code or name.
pub(crate) fn product(name: &str) -> Result<&'static Product, CliError> {
    let products = || PRODUCTS.iter().map(|(product, _)| *product);
    let is_called =
        |product: &&Product| [product.ram_code, product.name].iter().any(|known| known.eq_ignore_ascii_case(name));
    // Two products may answer to one code; the one that has it as its own is meant.
    let is_also_called =
        |product: &&Product| product.ram_code_aliases.iter().any(|known| known.eq_ignore_ascii_case(name));
    products().find(is_called).or_else(|| products().find(is_also_called)).ok_or_else(|| {
        let known: Vec<&str> = products().map(|product| product.ram_code).collect();
        CliError::Usage(format!("`{name}` is no product; there are {}", known.join(", ")))
    })
}

/// The operation of this name.
pub(crate) fn operation(product: &Product, name: &str) -> Result<&'static OpSpec, CliError> {
    let all = || PRODUCTS.iter().filter(|(known, _)| *known == product).flat_map(|(_, operations)| *operations);
    all().find(|spec| spec.name.eq_ignore_ascii_case(name)).copied().ok_or_else(|| {
        let hint = hint(name, all().map(|spec| spec.name));
        CliError::Usage(format!(
            "`{name}` is no operation of {code}{hint} `ramgate catalog {code}` lists them",
            code = product.ram_code,
            hint = if hint.is_empty() { ";".to_owned() } else { hint },
        ))
    })
}

fn remove_states(value: &mut Value) {
    let products = value.get_mut("products").and_then(Value::as_array_mut);
    for product in products.into_iter().flatten() {
        let operations = product.get_mut("operations").and_then(Value::as_array_mut);
        for operation in operations.into_iter().flatten().filter_map(Value::as_object_mut) {
            operation.remove("state");
        }
    }
}

fn print_product(host: &mut Host<'_>, product: &CatalogProduct) -> io::Result<()> {
    let (paint, show_state) = (host.paint(), host.wired.is_some());
    let title = format!("{} {} ({})", product.ram_code, product.version, product.name);
    let n = text::count(product.operations.len(), "operation");
    writeln!(host.out, "{}  {}", paint.bold(&title), paint.dim(&n))?;
    let name = |entry: &CatalogEntry| entry.action.clone().unwrap_or_else(|| entry.operation.to_owned());
    let operations = product.operations.iter().map(|entry| text::width(&name(entry)));
    let widest = operations.chain(product.named_actions.iter().map(|named| text::width(&named.action))).max();
    let widest = widest.unwrap_or(0).min(56);
    for entry in &product.operations {
        let pending = if show_state && entry.state != "wired" { paint.dim("  not yet") } else { String::new() };
        let resources: Vec<String> = entry
            .resources
            .iter()
            .map(|resource| if resource.extension { format!("* or {}", resource.arn) } else { resource.arn.clone() })
            .collect();
        let resources = if resources.is_empty() { "no permission needed".to_owned() } else { resources.join(" and ") };
        let line = format!("  {}  {}  {resources}", text::pad(&name(entry), widest), text::pad(entry.access, 6));
        writeln!(host.out, "{line}{pending}")?;
    }
    if !product.named_actions.is_empty() {
        writeln!(host.out, "  {}", paint.dim("actions that policies may name and no operation serves:"))?;
        for named in &product.named_actions {
            writeln!(host.out, "  {}  {}  {}", text::pad(&named.action, widest), text::pad("-", 6), named.arn)?;
        }
    }
    writeln!(host.out)
}

fn print_one(host: &mut Host<'_>, entry: &CatalogEntry) -> io::Result<()> {
    let (paint, width) = (host.paint(), host.terminal.width);
    writeln!(host.out, "{}  {}", paint.bold(entry.operation), paint.dim(&entry.binding))?;
    writeln!(host.out, "{}\n", text::hanging("", &entry.doc, width))?;
    match &entry.action {
        None => writeln!(host.out, "no permission needed")?,
        Some(action) => writeln!(host.out, "action      {action}  ({})", entry.access)?,
    }
    for resource in &entry.resources {
        let by = resource.field.map_or(String::new(), |field| format!("  {}", paint.dim(&format!("by {field}"))));
        let arn = &resource.arn;
        let or = if resource.extension {
            format!("  {}", paint.dim("published as all resources; narrower here"))
        } else {
            String::new()
        };
        writeln!(host.out, "resource    {arn}{by}{or}")?;
    }
    for (what, values) in
        [("conditions", &entry.condition_keys), ("required", &entry.required), ("errors", &entry.errors)]
    {
        if !values.is_empty() {
            writeln!(host.out, "{}", text::hanging(&text::pad(what, 12), &values.join(", "), width))?;
        }
    }
    if host.wired.is_some() && entry.state != "wired" {
        writeln!(host.out, "{}", paint.yellow("authorised, and then answered with 501: there is no handler yet"))?;
    }
    Ok(())
}
