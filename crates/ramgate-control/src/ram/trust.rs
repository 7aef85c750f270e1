//! Trust policies: what is refused when one is written.

use super::lookup;
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{AccountId, Arn, OidcProvider, SamlProvider};
use ramgate_policy::{Document, DocumentKind, Principal};

/// Reads a trust policy that is about to be stored.
///
/// # Errors
/// `MalformedPolicyDocument` with every problem and its place.
pub(super) fn parse(text: &str) -> Result<Document, ApiError> {
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
            Principal::Federated(provider) => {
                let Ok(arn) = provider.parse::<Arn>() else { return Err(missing()) };
                if arn.account == own.as_str() {
                    match arn.relative_id.split_once('/') {
                        Some(("oidc-provider", name)) => {
                            let found = account.get::<OidcProvider>(&name.to_ascii_lowercase());
                            tx.require(found.filter(|p| p.arn(own) == *provider).ok_or_else(missing)?)?;
                        }
                        Some(("saml-provider", name)) => {
                            let found = account.get::<SamlProvider>(&name.to_ascii_lowercase());
                            tx.require(found.filter(|p| p.arn(own) == *provider).ok_or_else(missing)?)?;
                        }
                        _ => return Err(missing()),
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}
