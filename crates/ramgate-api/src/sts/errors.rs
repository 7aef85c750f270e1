//! Error codes of STS. Source: STS API reference 2015-04-01, error codes.

use crate::error::error_codes;

error_codes! {
    /// Not the resource name of a role.
    ROLE_ARN = "InvalidParameter.RoleArn", 400, "The parameter RoleArn is wrongly formed.";
    /// Not 2–64 of letters, digits, `.`, `@`, `-`, `_`.
    ROLE_SESSION_NAME = "InvalidParameter.RoleSessionName", 400, "The parameter RoleSessionName is wrongly formed.";
    /// Less than 900 seconds, or more than the role allows.
    DURATION_SECONDS = "InvalidParameter.DurationSeconds", 400,
        "The parameter DurationSeconds must be from 900 to the maximum session duration of the role.";
    /// A session policy that the policy language refuses.
    POLICY_GRAMMAR = "InvalidParameter.PolicyGrammar", 400, "The parameter Policy has not passed grammar check.";
    /// A session policy of more than 2,048 characters.
    POLICY_SIZE = "InvalidParameter.PolicySize", 400, "The size of Policy must be smaller than 2048 bytes.";
    /// The caller may not assume the role, or the role does not trust the caller.
    NO_PERMISSION = "NoPermission", 403, "You are not authorized to do this action. You should be authorized by RAM.";
    /// The account itself asks for a role.
    ROOT_MAY_NOT_ASSUME = "NoPermission", 403, "Roles may not be assumed by root accounts.";
    /// A session that carries a source identity asks for another.
    SOURCE_IDENTITY_FIXED = "InvalidParameter.SourceIdentity", 400,
        "The session has a source identity already, and it stays through every further role.";
    /// Roles were assumed one out of the other too often.
    CHAIN_TOO_LONG = "LimitExceeded.RoleChain", 409, "Too many roles were assumed one out of the other.";
    /// The token is not valid, or the role does not trust its issuer.
    AUTHENTICATION_FAILED = "AuthenticationFail.NoPermission", 403,
        "The token or assertion does not allow to assume the role.";
    /// A token that the provider does not vouch for, or a provider that is not there.
    OIDC_TOKEN_INVALID = "AuthenticationFail.OIDCToken.Invalid", 400,
        "The OIDC token is not one that the OIDC provider vouches for.";
    /// A token past its time.
    OIDC_TOKEN_EXPIRED = "AuthenticationFail.OIDCToken.Expired", 400, "The OIDC token is expired.";
    /// A response that the provider did not sign for this place, or a provider that is not there.
    SAML_ASSERTION_INVALID = "AuthenticationFail.SAMLAssertion.Invalid", 400,
        "The SAML assertion is not one that the SAML provider vouches for.";
    /// An assertion past its time.
    SAML_ASSERTION_EXPIRED = "AuthenticationFail.SAMLAssertion.Expired", 400, "The SAML assertion is expired.";
    /// An assertion that was used already.
    SAML_ASSERTION_USED = "AuthenticationFail.SAMLAssertion.Used", 400, "The SAML assertion was used already.";
    /// No such role.
    ROLE_NOT_FOUND = "EntityNotExist.Role", 404, "The specified Role not exists.";
}
