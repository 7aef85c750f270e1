//! `docs/reference/actions.md`: every action that a policy can name, product by product.

use ramgate_api::{Catalog, CatalogEntry, CatalogProduct, ResourceEntry};
use std::fmt::Write;

const HEAD: &str = "\
# Actions

Written by `cargo xtask gen` from the declarations in `crates/ramgate-api`; do not edit.

Every management call needs the permission for its action on each resource named here. `{region}` and `{account}` are those
of this installation; other words in braces are the request's. A resource marked † is Ramgate's own: the cloud checks
the action on all resources, so a policy on `*` grants in both, and one on the marked resource only here.

An action that is *not yet* built is authorised like any other and then answered with `NotImplemented` (501).
";

/// The page.
pub(crate) fn actions(catalog: &Catalog) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n| product | version | code | actions | wired |\n|---|---|---|---:|---:|\n");
    for product in &catalog.products {
        let wired = product.operations.iter().filter(|entry| entry.state == "wired").count();
        let (name, version, codes) = (product.name, product.version, codes(product));
        line(&mut page, format_args!("| {name} | {version} | {codes} | {} | {wired} |", product.operations.len()));
    }
    for product in &catalog.products {
        section(&mut page, product);
    }
    page
}

/// Writing to a `String` cannot fail.
fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(page, "{text}");
}

fn codes(product: &CatalogProduct) -> String {
    let all = [product.ram_code].into_iter().chain(product.ram_code_aliases.iter().copied());
    all.map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ")
}

fn section(page: &mut String, product: &CatalogProduct) {
    line(page, format_args!("\n## {} {} ({})\n", product.name, product.version, codes(product)));
    page.push_str("| action | level | resource | condition keys | called by | state |\n|---|---|---|---|---|---|\n");
    for entry in &product.operations {
        row(page, entry);
    }
    if product.named_actions.is_empty() {
        return;
    }
    page.push_str("\nPolicies may also name these, which no operation serves:\n\n| action | resource | what it is |\n|---|---|---|\n");
    for named in &product.named_actions {
        line(page, format_args!("| `{}` | `{}` | {} |", named.action, named.arn, named.doc));
    }
}

fn row(page: &mut String, entry: &CatalogEntry) {
    let action = match &entry.action {
        Some(action) => format!("`{action}`"),
        None => format!("{} (no permission needed)", entry.operation),
    };
    let resources: Vec<String> = entry.resources.iter().map(resource).collect();
    // Several resources must all be allowed, unless the request tells which of them is meant.
    let either = entry.resources.iter().any(|resource| resource.alternative);
    let keys: Vec<String> = entry.condition_keys.iter().map(|key| format!("`{key}`")).collect();
    line(
        page,
        format_args!(
            "| {action}<br>{} | {} | {} | {} | `{}` | {} |",
            entry.doc,
            entry.access,
            resources.join(if either { "<br>or " } else { "<br>and " }),
            keys.join("<br>"),
            entry.binding,
            entry.state,
        ),
    );
}

fn resource(resource: &ResourceEntry) -> String {
    let mark = if resource.extension { " †" } else { "" };
    format!("`{}`{mark}", resource.arn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_row_that_says_where_it_stands() {
        let page = actions(&ramgate_api::catalog(|spec| spec.name == "GetHttpApi"));
        let row = page.lines().find(|line| line.starts_with("| `apig:GetHttpApi`<br>")).unwrap();
        assert!(
            row.contains("`acs:apig:{region}:{account}:httpapi/{httpApiId}`") && row.ends_with("| wired |"),
            "{row}"
        );
        let row = page.lines().find(|line| line.starts_with("| `apig:DeleteMcpServer`<br>")).unwrap();
        assert!(row.contains("mcpserver/{mcpServerId}` †") && row.ends_with("| not yet |"), "{row}");
        let rows = page.lines().filter(|line| line.starts_with("| `") && line.contains("<br>")).count();
        assert_eq!(
            rows,
            ramgate_api::operations().count() - 3,
            "three need no permission and are named without a code"
        );
    }
}
