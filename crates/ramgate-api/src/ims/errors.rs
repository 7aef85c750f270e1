//! Error codes of IMS beyond those of RAM. Source: IMS API reference 2019-08-15.

use crate::error::error_codes;

error_codes! {
    /// A logon name without characters or with more than 128, or a name before the `@` that has none or more than 64.
    USER_PRINCIPAL_NAME_LENGTH = "InvalidParameter.UserPrincipalName.Length", 400,
        "The parameter - \"UserPrincipalName\" beyond the length limit.";
    /// A logon name with other characters than letters, digits, `.`, `-`, `_` and one `@`.
    USER_PRINCIPAL_NAME_INVALID_CHARS = "InvalidParameter.UserPrincipalName.InvalidChars", 400,
        "The parameter - \"UserPrincipalName\" contains invalid chars.";
    /// As for `UserPrincipalName`.
    NEW_USER_PRINCIPAL_NAME_LENGTH = "InvalidParameter.NewUserPrincipalName.Length", 400,
        "The parameter - \"NewUserPrincipalName\" beyond the length limit.";
    /// As for `UserPrincipalName`.
    NEW_USER_PRINCIPAL_NAME_INVALID_CHARS = "InvalidParameter.NewUserPrincipalName.InvalidChars", 400,
        "The parameter - \"NewUserPrincipalName\" contains invalid chars.";
    /// A logon name that does not end in a domain of the account's.
    USER_PRINCIPAL_NAME_DOMAIN = "InvalidParameter.UserPrincipalName.Domain", 400,
        "The logon name must end in `@` and the default domain of the account.";
    /// A domain that is not an alias and the suffix of this installation.
    DEFAULT_DOMAIN_FORMAT = "InvalidParameter.DefaultDomainName.Format", 400,
        "The format of the parameter - \"DefaultDomainName\" is incorrect.";
    /// A domain with more than 64 characters, or whose alias has not from 3 to 32.
    DEFAULT_DOMAIN_LENGTH = "InvalidParameter.DefaultDomainName.Length", 400,
        "The parameter - \"DefaultDomainName\" beyond the length limit.";
    /// A network policy that is not one.
    NETWORK_POLICY_INVALID = "InvalidParameter.AccessKeyPolicy", 400, "The parameter \"AccessKeyPolicy\" is not valid.";
    /// A key used from a network that its policy, or the account's, leaves out.
    NETWORK_POLICY_FORBIDS = "Forbidden.AccessKeyPolicy", 403,
        "The access key may not be used from the network that the request came from.";
    /// No report was made yet.
    CREDENTIAL_REPORT_NOT_FOUND = "EntityNotExist.CredentialReport", 404, "The credential report does not exist.";
}
