//! Domains: host names with their TLS settings.

use super::{Kind, Refusal, certificate, gateway};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{Domain, DomainProtocol, Route};
use std::cmp::Reverse;
use std::sync::Arc;

/// Names are unique in their gateway, or in the account for domains of the account.
fn scope(domain: &Domain) -> &str {
    domain.gateway_id.as_ref().map_or("account", |id| id.as_str())
}

/// The domain with this id.
pub(crate) fn find<'a>(account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<Domain>>, Refusal> {
    account.get::<Domain>(id).ok_or_else(|| Refusal::not_found(Kind::Domain, id))
}

/// The domain with this MSE number, of this gateway and no other.
pub(crate) fn by_number<'a>(account: &'a AccountState, gateway_id: &str, number: i64) -> Option<&'a Arc<Row<Domain>>> {
    let mut found = account.table::<Domain>().indexed(&format!("number/{number}"));
    found.find(|domain| domain.gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway_id))
}

/// Domains of a gateway, oldest first.
pub(crate) fn of_gateway(account: &AccountState, gateway_id: &str) -> Vec<Arc<Row<Domain>>> {
    let mut all: Vec<_> = account.table::<Domain>().indexed(&format!("gateway/{gateway_id}")).cloned().collect();
    all.sort_by_key(|domain| (domain.created_at, domain.number));
    all
}

/// Domains of the account itself, newest first.
pub(crate) fn of_account(account: &AccountState) -> Vec<Arc<Row<Domain>>> {
    let mut all: Vec<_> = account.table::<Domain>().indexed("account").cloned().collect();
    all.sort_by_key(|row| Reverse((row.created_at, row.number)));
    all
}

/// Whether a route of the gateway names the domain, as drafted or as published.
pub(crate) fn is_named_on(account: &AccountState, domain_id: &str, gateway_id: &str) -> bool {
    let mut routes = account.table::<Route>().indexed(&format!("domain/{domain_id}"));
    routes.any(|route| route.gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway_id))
}

/// Reads a domain name: `example.com`, `*.example.com` or `*`; in lower case, internationalised names in their ASCII form.
pub(crate) fn read_name(name: &str) -> Result<String, Refusal> {
    let lower = name.trim().to_ascii_lowercase();
    let rest = match lower.strip_prefix("*.") {
        Some(rest) => rest,
        None if lower == "*" => return Ok(lower),
        None => &lower,
    };
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    if lower.len() <= 128 && rest.split('.').all(label) {
        return Ok(lower);
    }
    let expected = format!("is `{}`; it must be a host name, `*.` and a host name, or `*`", name.escape_debug());
    Err(Refusal::invalid("name", expected))
}

/// What holds for every domain, however it was made.
fn check(tx: &mut Tx, domain: &Domain) -> Result<(), Refusal> {
    if domain.protocol == DomainProtocol::Https && domain.certificate_id.is_none() {
        return Err(Refusal::invalid("certIdentifier", "must be given for a domain with HTTPS"));
    }
    if domain.tls_max < domain.tls_min {
        return Err(Refusal::invalid("tlsMax", "must not be lower than `tlsMin`"));
    }
    if !domain.client_ca_pem.is_empty() {
        certificate::check_authorities("clientCACert", &domain.client_ca_pem)?;
    }
    if let Some(id) = domain.certificate_id {
        let row = certificate::find(tx.account(), id)?.clone();
        tx.require(&row)?;
    }
    Ok(())
}

/// Adds a domain.
pub(crate) async fn create(cx: &Cx, domain: Domain) -> Result<Domain, Refusal> {
    cx.change(|tx| {
        if let Some(gateway_id) = &domain.gateway_id {
            gateway::hold(tx, gateway_id.as_str())?;
        }
        check(tx, &domain)?;
        if tx.account().named::<Domain>(scope(&domain), &domain.name).is_some() {
            return Err(Refusal::Duplicate { kind: Kind::Domain, name: domain.name.clone() });
        }
        let taken = || ramgate_api::codes::CONCURRENT_CHANGE.error();
        tx.claim::<Domain>(scope(&domain), &domain.name, domain.id.as_str(), taken)?;
        tx.create(&domain)?;
        Ok(domain.clone())
    })
    .await
}

/// Changes a domain. Its name and gateway stay.
pub(crate) async fn update(
    cx: &Cx,
    id: &str,
    change: impl Fn(&mut Domain) -> Result<(), Refusal>,
) -> Result<Domain, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut domain = row.value.clone();
        change(&mut domain)?;
        domain.updated_at = cx.now();
        check(tx, &domain)?;
        tx.update(&row, &domain)?;
        Ok(domain)
    })
    .await
}

/// Deletes a domain that no route names.
pub(crate) async fn delete(cx: &Cx, id: &str) -> Result<Domain, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let user = tx.account().table::<Route>().indexed(&format!("domain/{id}")).next().cloned();
        if let Some(route) = user {
            let by = format!("the route `{}`", route.name);
            return Err(Refusal::InUse { kind: Kind::Domain, id: row.name.clone(), by });
        }
        tx.unchanged::<Route>()?;
        remove(tx, &row)?;
        Ok(row.value.clone())
    })
    .await
}

/// Removes a domain and its name.
pub(super) fn remove(tx: &mut Tx, domain: &Row<Domain>) -> Result<(), ApiError> {
    tx.release::<Domain>(scope(domain), &domain.name)?;
    tx.delete(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domain_names_are_host_names_with_at_most_a_leading_wildcard() {
        for (given, read) in [("Example.COM", "example.com"), ("*.a.b", "*.a.b"), ("*", "*"), (" a ", "a")] {
            assert_eq!(read_name(given).unwrap(), read);
        }
        for bad in ["", "a..b", "*.*", "a.*.b", "**", "-a", "a b", "a/b", "ex\u{e4}mple.com", "a:80", &"a".repeat(129)]
        {
            assert!(read_name(bad).is_err(), "{bad}");
        }
    }
}
