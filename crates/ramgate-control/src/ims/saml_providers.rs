//! SAML identity providers.

use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::federation::saml::Metadata;
use crate::node::Cx;
use crate::ram::paging::Wanted;
use crate::ram::quota;
use crate::state::{AccountState, Row};
use ramgate_api::ims::saml_provider::{
    self as api, CreateSAMLProvider, CreateSAMLProviderResponse, DeleteSAMLProvider, GetSAMLProvider,
    GetSAMLProviderResponse, ListSAMLProviders, ListSAMLProvidersResponse, SAMLProviderList, UpdateSAMLProvider,
    UpdateSAMLProviderResponse, errors,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{AccountId, SamlProvider};
use std::sync::Arc;

/// What requests are signed with where nothing else is asked for. Source: IMS API reference 2019-08-15, CreateSAMLProvider.
pub(super) const USUAL_ALGORITHM: &str = "rsa-sha1";

/// The provider of this name.
fn find<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<SamlProvider>>, ApiError> {
    account.get::<SamlProvider>(&name.to_ascii_lowercase()).ok_or_else(|| errors::PROVIDER_NOT_FOUND.error())
}

/// Refuses what is not the metadata of an identity provider.
fn check(metadata: &str) -> Result<(), ApiError> {
    let read = Metadata::read(metadata);
    read.map(drop)
        .map_err(|why| errors::METADATA_INVALID.with(format!("{} In it: {why}.", errors::METADATA_INVALID.message)))
}

/// As lists show it.
fn listed(provider: &SamlProvider, account_id: &AccountId) -> api::SAMLProvider {
    api::SAMLProvider {
        arn: provider.arn(account_id),
        create_date: iso8601(provider.created_at),
        description: provider.description.clone(),
        saml_provider_name: provider.name.clone(),
        update_date: iso8601(provider.updated_at),
        ..api::SAMLProvider::default()
    }
}

fn view(provider: &SamlProvider, account_id: &AccountId) -> api::SAMLProvider {
    api::SAMLProvider { authn_sign_algo: Some(provider.authn_sign_algo.clone()), ..listed(provider, account_id) }
}

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateSAMLProvider>,
) -> Result<CreateSAMLProviderResponse, ApiError> {
    let request = call.request;
    check(&request.encoded_saml_metadata_document)?;
    let provider = SamlProvider {
        uid: cx.ids().uid(),
        name: request.saml_provider_name,
        metadata: request.encoded_saml_metadata_document,
        authn_sign_algo: request.authn_sign_algo.unwrap_or_else(|| USUAL_ALGORITHM.to_owned()),
        description: request.description.unwrap_or_default(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    cx.transact(|tx| {
        if find(tx.account(), &provider.name).is_ok() {
            return Err(errors::PROVIDER_EXISTS.error());
        }
        if tx.account().table::<SamlProvider>().len() >= quota::PROVIDERS {
            return Err(errors::PROVIDER_LIMIT.error());
        }
        tx.unchanged::<SamlProvider>()?;
        tx.create(&provider)
    })
    .await?;
    Ok(CreateSAMLProviderResponse { saml_provider: view(&provider, cx.account_id()) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetSAMLProvider>) -> Result<GetSAMLProviderResponse, ApiError> {
    let account = cx.account();
    let provider = find(&account, &call.request.saml_provider_name)?;
    let mut shown = view(provider, cx.account_id());
    shown.encoded_saml_metadata_document = Some(provider.metadata.clone());
    Ok(GetSAMLProviderResponse { saml_provider: shown })
}

pub(super) async fn update(
    cx: Cx,
    call: Authorized<UpdateSAMLProvider>,
) -> Result<UpdateSAMLProviderResponse, ApiError> {
    let request = call.request;
    if let Some(metadata) = &request.new_encoded_saml_metadata_document {
        check(metadata)?;
    }
    let changed = cx.transact(|tx| {
        let row = find(tx.account(), &request.saml_provider_name)?.clone();
        let mut provider = row.value.clone();
        let set = |field: &mut String, new: &Option<String>| {
            if let Some(new) = new {
                field.clone_from(new);
            }
        };
        set(&mut provider.metadata, &request.new_encoded_saml_metadata_document);
        set(&mut provider.description, &request.new_description);
        set(&mut provider.authn_sign_algo, &request.authn_sign_algo);
        provider.updated_at = cx.now();
        tx.update(&row, &provider)?;
        Ok(provider)
    });
    Ok(UpdateSAMLProviderResponse { saml_provider: view(&changed.await?, cx.account_id()) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteSAMLProvider>) -> Result<Empty, ApiError> {
    cx.transact(|tx| {
        let row = find(tx.account(), &call.request.saml_provider_name)?.clone();
        tx.delete(&row)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListSAMLProviders>) -> Result<ListSAMLProvidersResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "saml", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let account = cx.account();
    let page =
        wanted.cut(account.table::<SamlProvider>().iter().collect(), |p| format!("{:020}/{}", p.created_at, p.uid))?;
    let providers = page.items.into_iter().map(|provider| listed(provider, cx.account_id())).collect();
    Ok(ListSAMLProvidersResponse {
        is_truncated: page.next.is_some(),
        marker: page.next,
        saml_providers: SAMLProviderList { saml_provider: providers },
    })
}
