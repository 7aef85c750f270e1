//! Trust policies: what is refused when one is written.

use super::lookup;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{AccountId, Arn, OidcProvider, SamlProvider};
use ramgate_policy::{Document, DocumentKind, Principal};

/// Reads a trust policy that is about to be stored.
///
/// # Errors
/// `MalformedPolicyDocument` with every problem and its place.
pub(crate) fn parse(text: &str) -> Result<Document, ApiError> {
    Document::parse(text, DocumentKind::Trust).map_err(|problems| {
        errors::MALFORMED_POLICY_DOCUMENT.with(format!("The policy document is malformed: {problems}."))
    })
}

/// Holds that every principal of this account that the policy names exists; identity providers as they are spelled, since
/// their names are compared so. Those of other accounts are taken as they are
/// written: whether they exist is not for this account to learn.
///
/// # Errors
/// `MalformedPolicyDocument` naming the first that does not exist.
pub(super) fn require_principals(tx: &mut Tx, own: &AccountId, policy: &Document) -> Result<(), ApiError> {
    let account = tx.account().clone();
    for principal in policy.statements().iter().flat_map(|statement| &statement.principals) {
        let missing = || {
            let text = format!("The policy document is malformed: the principal `{principal}` does not exist.");
            errors::MALFORMED_POLICY_DOCUMENT.with(text)
        };
        match principal {
            Principal::User { account: of, name } if of == own.as_str() => {
                tx.require(lookup::find_user(&account, name).ok_or_else(missing)?)?;
            }
            Principal::Role { account: of, name } if of == own.as_str() => {
                tx.require(lookup::find_role(&account, name).ok_or_else(missing)?)?;
            }
            Principal::Federated(provider) => match provider_of(&account, own, provider) {
                Some(Provider::Oidc(row)) => tx.require(row)?,
                Some(Provider::Saml(row)) => tx.require(row)?,
                None if is_provider(&account, own, provider) => {}
                None => return Err(missing()),
            },
            _ => {}
        }
    }
    Ok(())
}

/// An identity provider of the account.
enum Provider<'a> {
    Oidc(&'a Row<OidcProvider>),
    Saml(&'a Row<SamlProvider>),
}

/// The identity provider of this account that a resource name names.
fn provider_of<'a>(account: &'a AccountState, own: &AccountId, name: &str) -> Option<Provider<'a>> {
    let arn: Arn = name.parse().ok()?;
    match arn.relative_id.split_once('/')? {
        ("oidc-provider", id) => {
            let found = account.get::<OidcProvider>(&id.to_ascii_lowercase());
            found.filter(|provider| provider.arn(own) == name).map(|row| Provider::Oidc(row))
        }
        ("saml-provider", id) => {
            let found = account.get::<SamlProvider>(&id.to_ascii_lowercase());
            found.filter(|provider| provider.arn(own) == name).map(|row| Provider::Saml(row))
        }
        _ => None,
    }
}

/// Whether a resource name may stand for an identity provider: one of this account that exists, or one of another account.
pub(crate) fn is_provider(account: &AccountState, own: &AccountId, name: &str) -> bool {
    let elsewhere = name.parse::<Arn>().is_ok_and(|arn| arn.account != own.as_str());
    elsewhere || provider_of(account, own, name).is_some()
}
