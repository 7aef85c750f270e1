//! AssumeRoleWithSAML. Anyone may ask: the assertion is the proof, and the trust policy of the role decides alone. An
//! assertion is good for one session.

use super::session;
use crate::dispatch::Authorized;
use crate::federation::saml::{self, Assertion, ContentError, Metadata, ResponseError, Wanted};
use crate::node::Cx;
use crate::sessions::{self, Grant, Link, ProviderKind};
use crate::state::SeenAssertion;
use ramgate_api::sts::{AssumeRoleWithSAML, AssumeRoleWithSAMLResponse, SAMLAssertionInfo, errors};
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccountId, Arn, Resource, Role, SamlProvider};
use ring::digest::{SHA256, digest};

/// How many assertions that nobody can use any more are forgotten at once.
const FORGOTTEN: usize = 50;

pub(super) async fn assume_role(
    cx: Cx,
    call: Authorized<AssumeRoleWithSAML>,
) -> Result<AssumeRoleWithSAMLResponse, ApiError> {
    let request = call.request;
    let policy = session::policy(request.policy)?;
    // Which providers there are is not for everyone to learn: one that is not there vouches for nobody.
    let unknown = || errors::SAML_ASSERTION_INVALID.error();
    let (provider_account, provider) = find(&cx, &request.saml_provider_arn).ok_or_else(unknown)?;
    let metadata = Metadata::read(&provider.metadata)
        .map_err(|error| codes::INTERNAL_ERROR.error().log(format!("stored metadata of a provider: {error}")))?;
    let arn = provider.arn(&provider_account);
    let wanted = Wanted { role: &request.role_arn, provider: &arn, now: cx.now() };
    let verified = saml::verify(request.saml_assertion.expose(), &metadata, &wanted);
    let assertion = verified.map_err(|error| refusal(&error))?;

    let facts = [("saml:recipient", std::slice::from_ref(&assertion.recipient))];
    let (account_id, role) = session::trusting_role(&cx, &request.role_arn, &arn, &facts)?;
    let seconds = seconds(&cx, request.duration_seconds, &assertion, &role)?;
    spend(&cx, &provider_account, &provider, &assertion).await?;
    let vouched = Link::Provider {
        account_id: provider_account,
        kind: ProviderKind::Saml,
        name: provider.id(),
        uid: provider.uid.clone(),
    };
    let chain = vec![vouched, Link::Role { account_id: account_id.clone(), role_id: role.id.clone() }];
    let name = assertion.session_name.clone();
    let assumed_role_user = session::user(&account_id, &role, &name);
    let grant = Grant { chain, name, policy, source_identity: None, seconds };
    let issued = sessions::issue(&cx, &account_id, grant).await?;
    Ok(AssumeRoleWithSAMLResponse {
        assumed_role_user,
        credentials: session::credentials(issued),
        saml_assertion_info: SAMLAssertionInfo {
            issuer: assertion.issuer,
            recipient: assertion.recipient,
            subject: assertion.subject,
            subject_type: assertion.subject_type,
        },
    })
}

/// The provider of this resource name, and its account.
fn find(cx: &Cx, arn: &str) -> Option<(AccountId, SamlProvider)> {
    let arn: Arn = arn.parse().ok()?;
    let account_id = AccountId::from(arn.account.as_str());
    let name = arn.relative_id.strip_prefix("saml-provider/")?.to_ascii_lowercase();
    let provider = cx.state.account(&account_id)?.get::<SamlProvider>(&name)?;
    Some((account_id, provider.value.clone()))
}

/// Why a response is refused. Until its signature holds, the answer is the same for all reasons, and for providers that
/// are not there; the log has the reason.
fn refusal(error: &ResponseError) -> ApiError {
    match error {
        ResponseError::Content(ContentError::Expired) => errors::SAML_ASSERTION_EXPIRED.error(),
        ResponseError::Content(content) => {
            errors::SAML_ASSERTION_INVALID.with(format!("The SAML assertion is not accepted: {content}."))
        }
        _ => errors::SAML_ASSERTION_INVALID.error().log(error),
    }
}

/// How long the session is to last: as asked, no longer than the assertion allows, and no longer than the user's own
/// session at the provider.
fn seconds(cx: &Cx, asked: Option<i64>, assertion: &Assertion, role: &Role) -> Result<u32, ApiError> {
    if let (Some(asked), Some(most)) = (asked, assertion.session_seconds)
        && asked > most
    {
        return Err(errors::DURATION_SECONDS.error());
    }
    let seconds = session::seconds(asked.or(assertion.session_seconds), role)?;
    let Some(end) = assertion.session_ends_at else { return Ok(seconds) };
    match u32::try_from((end - cx.now()).div_euclid(1000)) {
        Ok(left) if left > 0 => Ok(seconds.min(left)),
        _ => Err(errors::SAML_ASSERTION_EXPIRED.error()),
    }
}

/// Remembers an assertion for as long as it would be accepted.
async fn spend(
    cx: &Cx,
    account_id: &AccountId,
    provider: &SamlProvider,
    assertion: &Assertion,
) -> Result<(), ApiError> {
    let place = format!("{}\n{}", provider.uid, assertion.id);
    let name = digest(&SHA256, place.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let seen = SeenAssertion { name, until: assertion.good_until };
    let spent = cx.node.transact(account_id, |tx| {
        let account = tx.account().clone();
        if account.get::<SeenAssertion>(&seen.id()).is_some() {
            return Err(errors::SAML_ASSERTION_USED.error());
        }
        let old = account.table::<SeenAssertion>().iter().filter(|old| old.until <= cx.now());
        for old in old.take(FORGOTTEN) {
            tx.clear::<SeenAssertion>(&old.id())?;
        }
        tx.create(&seen)
    });
    spent.await.map(drop)
}
