//! OIDC identity providers.

use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::federation::oidc;
use crate::node::Cx;
use crate::ram::paging::Wanted;
use crate::ram::quota;
use crate::state::{AccountState, Row};
use ramgate_api::ims::oidc_provider::{
    self as api, AddClientIdToOIDCProvider, AddClientIdToOIDCProviderResponse, AddFingerprintToOIDCProvider,
    AddFingerprintToOIDCProviderResponse, CreateOIDCProvider, CreateOIDCProviderResponse, DeleteOIDCProvider,
    GetOIDCProvider, GetOIDCProviderResponse, ListOIDCProviders, ListOIDCProvidersResponse, OIDCProviderList,
    RemoveClientIdFromOIDCProvider, RemoveClientIdFromOIDCProviderResponse, RemoveFingerprintFromOIDCProvider,
    RemoveFingerprintFromOIDCProviderResponse, UpdateOIDCProvider, UpdateOIDCProviderResponse, errors,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{AccountId, OidcProvider};
use ring::digest::{SHA256, digest};
use std::sync::Arc;

/// How old a token may be where a request does not say, in hours.
const USUAL_LIMIT: i64 = 12;
/// The scope in which issuers are unique.
const ISSUERS: &str = "issuer";

/// An issuer as a part of a store key, which URLs are not.
fn claim(issuer: &str) -> String {
    digest(&SHA256, issuer.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The provider of this name.
fn find<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<OidcProvider>>, ApiError> {
    account.get::<OidcProvider>(&name.to_ascii_lowercase()).ok_or_else(|| errors::PROVIDER_NOT_FOUND.error())
}

/// The parts of a list with commas, each once.
fn parts(list: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if !parts.iter().any(|known| known == part) {
            parts.push(part.to_owned());
        }
    }
    parts
}

/// A fingerprint as it is compared: lower-case digits alone.
fn fingerprint(text: &str) -> String {
    text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase()
}

fn hours(given: i64) -> u32 {
    u32::try_from(given).unwrap_or(1)
}

fn view(provider: &OidcProvider, account_id: &AccountId) -> api::OIDCProvider {
    api::OIDCProvider {
        arn: provider.arn(account_id),
        client_ids: provider.client_ids.join(","),
        create_date: iso8601(provider.created_at),
        description: provider.description.clone(),
        fingerprints: provider.fingerprints.join(","),
        gmt_create: provider.created_at.to_string(),
        gmt_modified: provider.updated_at.to_string(),
        issuance_limit_time: provider.issuance_limit_hours.into(),
        issuer_url: provider.issuer_url.clone(),
        oidc_provider_name: provider.name.clone(),
        update_date: iso8601(provider.updated_at),
    }
}

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateOIDCProvider>,
) -> Result<CreateOIDCProviderResponse, ApiError> {
    let request = call.request;
    oidc::check_issuer(&request.issuer_url, &cx.config().issuer_networks)
        .map_err(|why| codes::INVALID_PARAMETER.with(format!("The parameter `IssuerUrl` is not accepted: {why}.")))?;
    let fingerprints = parts(request.fingerprints.as_deref().unwrap_or_default());
    let provider = OidcProvider {
        uid: cx.ids().uid(),
        name: request.oidc_provider_name,
        issuer_url: request.issuer_url,
        client_ids: parts(request.client_ids.as_deref().unwrap_or_default()),
        fingerprints: fingerprints.iter().map(|text| fingerprint(text)).collect(),
        issuance_limit_hours: hours(request.issuance_limit_time.unwrap_or(USUAL_LIMIT)),
        description: request.description.unwrap_or_default(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    cx.transact(|tx| {
        let providers = tx.account().table::<OidcProvider>();
        if find(tx.account(), &provider.name).is_ok() {
            return Err(errors::PROVIDER_EXISTS.error());
        }
        if providers.len() >= quota::PROVIDERS {
            return Err(errors::PROVIDER_LIMIT.error());
        }
        tx.claim::<OidcProvider>(ISSUERS, &claim(&provider.issuer_url), &provider.uid, || {
            errors::ISSUER_EXISTS.error()
        })?;
        tx.unchanged::<OidcProvider>()?;
        tx.create(&provider)
    })
    .await?;
    Ok(CreateOIDCProviderResponse { oidc_provider: view(&provider, cx.account_id()) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetOIDCProvider>) -> Result<GetOIDCProviderResponse, ApiError> {
    let account = cx.account();
    let provider = find(&account, &call.request.oidc_provider_name)?;
    Ok(GetOIDCProviderResponse { oidc_provider: view(provider, cx.account_id()) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteOIDCProvider>) -> Result<Empty, ApiError> {
    cx.transact(|tx| {
        let row = find(tx.account(), &call.request.oidc_provider_name)?.clone();
        tx.release::<OidcProvider>(ISSUERS, &claim(&row.issuer_url))?;
        tx.delete(&row)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListOIDCProviders>) -> Result<ListOIDCProvidersResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "oidc", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let account = cx.account();
    let page =
        wanted.cut(account.table::<OidcProvider>().iter().collect(), |p| format!("{:020}/{}", p.created_at, p.uid))?;
    let providers = page.items.into_iter().map(|provider| view(provider, cx.account_id())).collect();
    Ok(ListOIDCProvidersResponse {
        is_truncated: page.next.is_some(),
        marker: page.next,
        oidc_providers: OIDCProviderList { oidc_provider: providers },
    })
}

/// Changes the provider of this name.
async fn change(
    cx: &Cx,
    name: &str,
    change: impl Fn(&mut OidcProvider) -> Result<(), ApiError>,
) -> Result<api::OIDCProvider, ApiError> {
    let changed = cx.transact(|tx| {
        let row = find(tx.account(), name)?.clone();
        let mut provider = row.value.clone();
        change(&mut provider)?;
        provider.updated_at = cx.now();
        tx.update(&row, &provider)?;
        Ok(provider)
    });
    Ok(view(&changed.await?, cx.account_id()))
}

pub(super) async fn update(
    cx: Cx,
    call: Authorized<UpdateOIDCProvider>,
) -> Result<UpdateOIDCProviderResponse, ApiError> {
    let request = call.request;
    let oidc_provider = change(&cx, &request.oidc_provider_name, |provider| {
        if let Some(ids) = &request.client_ids {
            provider.client_ids = parts(ids);
        }
        if let Some(limit) = request.issuance_limit_time {
            provider.issuance_limit_hours = hours(limit);
        }
        if let Some(description) = &request.new_description {
            provider.description.clone_from(description);
        }
        Ok(())
    });
    Ok(UpdateOIDCProviderResponse { oidc_provider: oidc_provider.await? })
}

pub(super) async fn add_client_id(
    cx: Cx,
    call: Authorized<AddClientIdToOIDCProvider>,
) -> Result<AddClientIdToOIDCProviderResponse, ApiError> {
    let request = call.request;
    let oidc_provider = change(&cx, &request.oidc_provider_name, |provider| {
        if provider.client_ids.contains(&request.client_id) {
            return Err(errors::CLIENT_ID_EXISTS.error());
        }
        if provider.client_ids.len() >= quota::CLIENT_IDS {
            return Err(errors::CLIENT_ID_LIMIT.error());
        }
        provider.client_ids.push(request.client_id.clone());
        Ok(())
    });
    Ok(AddClientIdToOIDCProviderResponse { oidc_provider: oidc_provider.await? })
}

pub(super) async fn remove_client_id(
    cx: Cx,
    call: Authorized<RemoveClientIdFromOIDCProvider>,
) -> Result<RemoveClientIdFromOIDCProviderResponse, ApiError> {
    let request = call.request;
    let oidc_provider = change(&cx, &request.oidc_provider_name, |provider| {
        let at = provider.client_ids.iter().position(|id| *id == request.client_id);
        provider.client_ids.remove(at.ok_or_else(|| errors::CLIENT_ID_NOT_FOUND.error())?);
        Ok(())
    });
    Ok(RemoveClientIdFromOIDCProviderResponse { oidc_provider: oidc_provider.await? })
}

pub(super) async fn add_fingerprint(
    cx: Cx,
    call: Authorized<AddFingerprintToOIDCProvider>,
) -> Result<AddFingerprintToOIDCProviderResponse, ApiError> {
    let request = call.request;
    let added = fingerprint(&request.fingerprint);
    let oidc_provider = change(&cx, &request.oidc_provider_name, |provider| {
        if provider.fingerprints.contains(&added) {
            return Err(errors::FINGERPRINT_EXISTS.error());
        }
        if provider.fingerprints.len() >= quota::FINGERPRINTS {
            return Err(errors::FINGERPRINT_LIMIT.error());
        }
        provider.fingerprints.push(added.clone());
        Ok(())
    });
    Ok(AddFingerprintToOIDCProviderResponse { oidc_provider: oidc_provider.await? })
}

pub(super) async fn remove_fingerprint(
    cx: Cx,
    call: Authorized<RemoveFingerprintFromOIDCProvider>,
) -> Result<RemoveFingerprintFromOIDCProviderResponse, ApiError> {
    let request = call.request;
    let removed = fingerprint(&request.fingerprint);
    let oidc_provider = change(&cx, &request.oidc_provider_name, |provider| {
        let at = provider.fingerprints.iter().position(|known| *known == removed);
        provider.fingerprints.remove(at.ok_or_else(|| errors::FINGERPRINT_NOT_FOUND.error())?);
        Ok(())
    });
    Ok(RemoveFingerprintFromOIDCProviderResponse { oidc_provider: oidc_provider.await? })
}
