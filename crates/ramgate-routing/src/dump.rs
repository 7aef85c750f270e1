//! A snapshot as text: everything that its behaviour and its upkeep depend on, sorted, without keys of certificates. For
//! diagnostics, and for tests that compare snapshots which were made in different ways.

use crate::host::RouteTable;
use crate::route::LiveRoute;
use crate::snapshot::Snapshot;
use crate::tls::TlsSite;

impl Snapshot {
    /// One line for each fact, sorted. The form may change at any time.
    pub fn dump(&self) -> String {
        let mut lines = Vec::new();
        for table in self.tables() {
            let gateway = format!("{}/{}", table.key().account(), table.key().id());
            lines.push(format!("gateway {gateway}: {:?}, {} wildcards", table.info(), table.n_wildcards()));
            for (host, entry) in table.hosts() {
                let site = entry.site().map(|site| line_of_site(site));
                lines.push(format!("host {gateway} {host}: force_https={} site={site:?}", entry.force_https()));
                for source in entry.sources() {
                    let domain = source.domain.as_ref().map(|domain| domain.id.as_ref());
                    lines.push(format!("source {gateway} {host} {domain:?}"));
                    lines_of_routes(&format!("route {gateway} {host} {domain:?}"), &source.routes, &mut lines);
                }
            }
            for (id, routes) in table.waiting() {
                lines_of_routes(&format!("waiting {gateway} {id}"), routes, &mut lines);
            }
        }
        for service in self.services() {
            lines.push(format!("service {service:?}"));
        }
        for (id, account) in self.accounts() {
            let ids = account.routes.keys().map(|route| format!("known {id} route {}", route.0.id));
            lines.extend(ids);
            lines.extend(account.domains.iter().map(|(domain, _)| format!("known {id} domain {domain}")));
            lines
                .extend(account.certificates.keys().map(|certificate| format!("known {id} certificate {certificate}")));
            lines.extend(account.certificate_users.iter().map(|used| format!("used {id} {used:?}")));
            lines.extend(account.domain_users.iter().map(|used| format!("used {id} {used:?}")));
            lines.extend(account.names.iter().map(|(name, uses)| format!("name {id} {name} x{uses}")));
            lines.extend(account.service_keys.iter().map(|(key, uses)| format!("name {id} {key:?} x{uses}")));
        }
        lines.sort();
        lines.join("\n")
    }
}

fn line_of_site(site: &TlsSite) -> String {
    let TlsSite { domain_id, host, identity, tls_min, tls_max, http2, client_ca_pem } = site;
    let certificate = identity.as_ref().map(|identity| (identity.certificate_id, &identity.chain_pem));
    format!("{domain_id} {host} {certificate:?} {tls_min:?}..{tls_max:?} http2={http2} client_ca={client_ca_pem:?}")
}

fn lines_of_routes(head: &str, table: &RouteTable, lines: &mut Vec<String>) {
    table.for_each(|key, routes| {
        // Nodes without routes are listed as well: the shape of the trie is part of the state.
        lines.push(format!("{head} `{}`: {}", key.escape_ascii(), routes.describe(&line_of_route)));
    });
}

fn line_of_route(route: &LiveRoute) -> String {
    let LiveRoute { id, name, number, http_api_id, action, created_at, path, conditions, .. } = route;
    let methods: Vec<_> = conditions.methods.names().collect();
    format!(
        "[{id} {name} {number} {http_api_id:?} {created_at} {:?} {:?} {methods:?} {:?} {:?} {action:?}]",
        path.kind,
        path.text,
        conditions.headers(),
        conditions.queries(),
    )
}
