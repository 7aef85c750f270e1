//! Error codes of Ramgate's own API.

use crate::error::error_codes;

error_codes! {
    /// No such user or role.
    PRINCIPAL_NOT_FOUND = "EntityNotExist.Principal", 404, "The user or role does not exist.";
    /// No such policy, or no such version of it.
    POLICY_NOT_FOUND = "EntityNotExist.Policy", 404, "The policy does not exist.";
    /// A question that makes no sense, or is too large.
    QUESTION = "InvalidParameter.Question", 400, "The question cannot be answered.";
    /// A document that the policy language refuses.
    DOCUMENT = "MalformedPolicyDocument", 400, "The policy document is malformed.";
    /// The log holds nothing to draw a policy from.
    NOTHING_TO_SUGGEST = "EntityNotExist.AuditRecord", 404, "The principal did nothing that could be allowed.";
    /// The import names something that neither it nor the account has.
    UNKNOWN_REFERENCE = "InvalidManifest.UnknownReference", 400, "The manifest names something that does not exist.";
    /// The import would break a limit or remove what is still in use.
    NOT_POSSIBLE = "InvalidManifest.NotPossible", 409, "The manifest cannot be applied.";
    /// More changes than one transaction holds.
    TOO_LARGE = "InvalidManifest.TooLarge", 400, "The manifest makes more changes than one import can carry.";
}
