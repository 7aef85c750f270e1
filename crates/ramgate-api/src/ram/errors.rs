//! Error codes of RAM. Source: RAM API reference 2015-05-01, error codes; misprints of the texts are corrected.

use crate::error::error_codes;

error_codes! {
    // Values out of their limits.
    /// A user name with other characters than letters, digits, `.`, `-`, `_`.
    USER_NAME_INVALID_CHARS = "InvalidParameter.UserName.InvalidChars", 400,
        "The parameter - \"UserName\" contains invalid chars.";
    /// A user name without characters or with more than 64.
    USER_NAME_LENGTH = "InvalidParameter.UserName.Length", 400, "The parameter - \"UserName\" beyond the length limit.";
    /// As for `UserName`.
    NEW_USER_NAME_INVALID_CHARS = "InvalidParameter.NewUserName.InvalidChars", 400,
        "The parameter - \"NewUserName\" contains invalid chars.";
    /// As for `UserName`.
    NEW_USER_NAME_LENGTH = "InvalidParameter.NewUserName.Length", 400,
        "The parameter - \"NewUserName\" beyond the length limit.";
    /// A display name with control characters.
    DISPLAY_NAME_INVALID_CHARS = "InvalidParameter.DisplayName.InvalidChars", 400,
        "The parameter - \"DisplayName\" contains invalid chars.";
    /// A display name without characters or with more than 128.
    DISPLAY_NAME_LENGTH = "InvalidParameter.DisplayName.Length", 400,
        "The parameter - \"DisplayName\" beyond the length limit.";
    /// As for `DisplayName`.
    NEW_DISPLAY_NAME_INVALID_CHARS = "InvalidParameter.NewDisplayName.InvalidChars", 400,
        "The parameter - \"NewDisplayName\" contains invalid chars.";
    /// As for `DisplayName`.
    NEW_DISPLAY_NAME_LENGTH = "InvalidParameter.NewDisplayName.Length", 400,
        "The parameter - \"NewDisplayName\" beyond the length limit.";
    /// A device name with other characters than letters, digits, `.`, `-`.
    MFA_DEVICE_NAME_INVALID_CHARS = "InvalidParameter.VirtualMFADeviceName.InvalidChars", 400,
        "The parameter - \"VirtualMFADeviceName\" contains invalid chars.";
    /// A device name without characters or with more than 64.
    MFA_DEVICE_NAME_LENGTH = "InvalidParameter.VirtualMFADeviceName.Length", 400,
        "The parameter - \"VirtualMFADeviceName\" beyond the length limit.";
    /// A group name with other characters than letters, digits, `.`, `-`, `_`.
    GROUP_NAME_INVALID_CHARS = "InvalidParameter.GroupName.InvalidChars", 400,
        "The parameter - \"GroupName\" contains invalid chars.";
    /// A group name without characters or with more than 64.
    GROUP_NAME_LENGTH = "InvalidParameter.GroupName.Length", 400,
        "The parameter - \"GroupName\" beyond the length limit.";
    /// As for `GroupName`.
    NEW_GROUP_NAME_INVALID_CHARS = "InvalidParameter.NewGroupName.InvalidChars", 400,
        "The parameter - \"NewGroupName\" contains invalid chars.";
    /// As for `GroupName`.
    NEW_GROUP_NAME_LENGTH = "InvalidParameter.NewGroupName.Length", 400,
        "The parameter - \"NewGroupName\" beyond the length limit.";
    /// A role name with other characters than letters, digits, `.`, `-`.
    ROLE_NAME_INVALID_CHARS = "InvalidParameter.RoleName.InvalidChars", 400,
        "The parameter - \"RoleName\" contains invalid chars.";
    /// A role name without characters or with more than 64.
    ROLE_NAME_LENGTH = "InvalidParameter.RoleName.Length", 400, "The parameter - \"RoleName\" beyond the length limit.";
    /// A policy name with other characters than letters, digits, `-`. The published text misspells the parameter;
    /// this one does not.
    POLICY_NAME_INVALID_CHARS = "InvalidParameter.PolicyName.InvalidChars", 400,
        "The parameter - \"PolicyName\" contains invalid chars.";
    /// A policy name without characters or with more than 128.
    POLICY_NAME_LENGTH = "InvalidParameter.PolicyName.Length", 400,
        "The parameter - \"PolicyName\" beyond the length limit.";
    /// A document without characters or with more than 6,144. The published text names another parameter; this one
    /// does not.
    POLICY_DOCUMENT_LENGTH = "InvalidParameter.PolicyDocument.Length", 400,
        "The parameter - \"PolicyDocument\" beyond the length limit.";
    /// A trust policy without characters or with more than 4,096.
    TRUST_POLICY_LENGTH = "InvalidParameter.AssumeRolePolicyDocument.Length", 400,
        "The parameter - \"AssumeRolePolicyDocument\" beyond the length limit.";
    /// A remark of more than 128 characters.
    COMMENTS_LENGTH = "InvalidParameter.Comments.Length", 400, "The parameter - \"Comments\" beyond the length limit.";
    /// As for `Comments`.
    NEW_COMMENTS_LENGTH = "InvalidParameter.NewComments.Length", 400,
        "The parameter - \"NewComments\" beyond the length limit.";
    /// A description of more than 1,024 characters.
    DESCRIPTION_LENGTH = "InvalidParameter.Description.Length", 400,
        "The parameter - \"Description\" beyond the length limit.";
    /// Not `<country code>-<number>`.
    MOBILE_PHONE_FORMAT = "InvalidParameter.MobilePhone.Format", 400,
        "The format of the parameter - \"MobilePhone\" is incorrect.";
    /// As for `MobilePhone`.
    NEW_MOBILE_PHONE_FORMAT = "InvalidParameter.NewMobilePhone.Format", 400,
        "The format of the parameter - \"NewMobilePhone\" is incorrect.";
    /// Not a mail address.
    EMAIL_FORMAT = "InvalidParameter.Email.Format", 400, "The format of the parameter - \"Email\" is incorrect.";
    /// As for `Email`.
    NEW_EMAIL_FORMAT = "InvalidParameter.NewEmail.Format", 400,
        "The format of the parameter - \"NewEmail\" is incorrect.";
    /// Not `v` and a number.
    VERSION_ID_FORMAT = "InvalidParameter.VersionId.Format", 400,
        "The format of the parameter - \"VersionId\" is incorrect.";
    /// A password that the password policy refuses.
    PASSWORD_TOO_WEAK = "InvalidParameter.Password.TooWeak", 400,
        "The parameter - \"Password\" is not compliant with the password policy.";
    /// Neither `System` nor `Custom`.
    POLICY_TYPE_INVALID = "InvalidParameter.PolicyType", 400, "The parameter - \"PolicyType\" is incorrect.";
    /// An alias with other characters than lower-case letters, digits, `-`, or with misplaced hyphens.
    ACCOUNT_ALIAS_FORMAT = "InvalidParameter.AccountAlias.Format", 400,
        "The format of parameter - \"AccountAlias\" is incorrect.";
    /// An alias of less than 3 or more than 32 characters. The published text still says 63.
    ACCOUNT_ALIAS_LENGTH = "InvalidParameter.AccountAlias.Length", 400,
        "The parameter - \"AccountAlias\" MUST be in the range of 3 and 32.";
    /// Outside 8–32.
    MINIMUM_PASSWORD_LENGTH_RANGE = "InvalidParameter.MinimumPasswordLength.Range", 400,
        "The parameter - \"MinimumPasswordLength\" MUST be in the range of 8 and 32.";
    /// Not six digits.
    AUTHENTICATION_CODE_FORMAT = "InvalidParameter.AuthenticationCode.Format", 400,
        "The parameter - \"AuthenticationCode\" MUST be 6 numbers.";
    /// A document that the policy language refuses; the message says where and why.
    MALFORMED_POLICY_DOCUMENT = "MalformedPolicyDocument", 400, "The policy document is malformed.";
    /// A call that this caller cannot make.
    NOT_SUPPORTED = "NotSupport", 400, "This method can only be invoked by RAM users.";

    // Refusals.
    /// The service is switched off.
    INACTIVE = "Inactive", 403, "Your ram service is inactive, please activate it.";
    /// Not the password in force. Of Ramgate alone: the published table has no code for it.
    OLD_PASSWORD_WRONG = "InvalidParameter.OldPassword", 403, "The parameter - \"OldPassword\" is incorrect.";
    /// The codes do not belong to the device.
    AUTHENTICATION_CODE_WRONG = "CheckAuthenticationCodeFail", 403,
        "The parameter - \"AuthenticationCode\" is incorrect.";

    // What does not exist.
    /// No such user.
    USER_NOT_FOUND = "EntityNotExist.User", 404, "The user does not exist.";
    /// No such key, or not of that user.
    ACCESS_KEY_NOT_FOUND = "EntityNotExist.User.AccessKey", 404, "The user access key does not exist.";
    /// The user cannot log on to the console.
    LOGIN_PROFILE_NOT_FOUND = "EntityNotExist.User.LoginProfile", 404, "The user login profile does not exist.";
    /// The user has no MFA device.
    USER_MFA_DEVICE_NOT_FOUND = "EntityNotExist.User.MFADevice", 404, "The user has not bound any MFA device.";
    /// The user does not have the policy.
    USER_POLICY_NOT_FOUND = "EntityNotExist.User.Policy", 404, "The indicate policy of the user does not exist.";
    /// The user is not in the group.
    USER_GROUP_NOT_FOUND = "EntityNotExist.User.Group", 404, "The user has not joined the group.";
    /// No such device.
    MFA_DEVICE_NOT_FOUND = "EntityNotExist.VirtualMFADevice", 404, "The virtual mfa device does not exist.";
    /// No such group.
    GROUP_NOT_FOUND = "EntityNotExist.Group", 404, "The group does not exist.";
    /// The group does not have the policy.
    GROUP_POLICY_NOT_FOUND = "EntityNotExist.Group.Policy", 404,
        "The indicate policy attached to the group does not exist.";
    /// No such policy.
    POLICY_NOT_FOUND = "EntityNotExist.Policy", 404, "The policy does not exist.";
    /// No such version.
    POLICY_VERSION_NOT_FOUND = "EntityNotExist.Policy.Version", 404, "The policy version does not exist.";
    /// No such role.
    ROLE_NOT_FOUND = "EntityNotExist.Role", 404, "The role does not exist.";
    /// The role does not have the policy.
    ROLE_POLICY_NOT_FOUND = "EntityNotExist.Role.Policy", 404,
        "The indicate policy attached to the role does not exist.";
    /// No such SAML identity provider.
    SAML_PROVIDER_NOT_FOUND = "EntityNotExist.SAMLProvider", 404, "The SAML provider does not exist.";
    /// No such OIDC identity provider.
    OIDC_PROVIDER_NOT_FOUND = "EntityNotExist.OIDCProvider", 404, "The OIDC provider does not exist.";
    /// The key has no network policy.
    ACCESS_KEY_POLICY_NOT_FOUND = "EntityNotExist.AccessKeyPolicy", 404, "The access key policy does not exist.";
    /// The message is unknown, of another account, or too old.
    DIAGNOSTIC_MESSAGE_NOT_FOUND = "EntityNotExist", 404, "The diagnostic message does not exist.";

    // What exists already.
    /// The name is taken.
    USER_EXISTS = "EntityAlreadyExists.User", 409, "The user does already EXIST.";
    /// The user can log on to the console already.
    LOGIN_PROFILE_EXISTS = "EntityAlreadyExists.User.LoginProfile", 409, "The user login profile does already EXIST.";
    /// One device for each user.
    USER_HAS_AN_MFA_DEVICE = "EntityAlreadyExists.User.MFADevice", 409, "The user has already bound a MFA device.";
    /// The user is in the group already.
    USER_IS_IN_GROUP = "EntityAlreadyExists.User.Group", 409, "The user has already joined the group.";
    /// The user has the policy already.
    USER_POLICY_EXISTS = "EntityAlreadyExists.User.Policy", 409, "The user has already been attached this policy.";
    /// The name is taken.
    MFA_DEVICE_EXISTS = "EntityAlreadyExists.VirtualMFADevice", 409, "The virtual mfa device does already EXIST.";
    /// The device belongs to a user.
    MFA_DEVICE_TAKEN = "EntityAlreadyExists.VirtualMFADevice.User", 409,
        "The virtual mfa device does already been bound to a user.";
    /// The name is taken.
    GROUP_EXISTS = "EntityAlreadyExists.Group", 409, "The group does already EXIST.";
    /// The group has the policy already.
    GROUP_POLICY_EXISTS = "EntityAlreadyExists.Group.Policy", 409, "The group has already been attached this policy.";
    /// The name is taken. The published text speaks of a group; this one does not.
    POLICY_EXISTS = "EntityAlreadyExists.Policy", 409, "The policy does already EXIST.";
    /// An alias is set; clear it first.
    ACCOUNT_ALIAS_EXISTS = "EntityAlreadyExists.AccountAlias", 409, "The account alias does already exist.";
    /// The name is taken.
    ROLE_EXISTS = "EntityAlreadyExists.Role", 409, "The role does already EXIST.";
    /// The role has the policy already.
    ROLE_POLICY_EXISTS = "EntityAlreadyExists.Role.Policy", 409, "The role has already been attached this policy.";

    // What cannot be deleted yet.
    /// The user is in a group.
    USER_IN_GROUP = "DeleteConflict.User.Group", 409, "The user CAN NOT be in any group while deleting the user.";
    /// The user has an access key.
    USER_HAS_ACCESS_KEY = "DeleteConflict.User.AccessKey", 409,
        "The user CAN NOT has any access key while deleting the user.";
    /// The user can log on to the console.
    USER_HAS_LOGIN_PROFILE = "DeleteConflict.User.LoginProfile", 409,
        "The user CAN NOT has any login profile while deleting the user.";
    /// The user has an MFA device.
    USER_HAS_MFA_DEVICE = "DeleteConflict.User.MFADevice", 409,
        "The user CAN NOT has any mfa device while deleting the user.";
    /// The user has a policy.
    USER_HAS_POLICY = "DeleteConflict.User.Policy", 409,
        "The user CAN NOT has any attached policy while deleting the user.";
    /// The device belongs to a user.
    MFA_DEVICE_BOUND = "DeleteConflict.VirtualMFADevice.User", 409,
        "The virtual mfa device CAN NOT been bound to any user while deleting it.";
    /// The group has members.
    GROUP_HAS_USER = "DeleteConflict.Group.User", 409,
        "The group CAN NOT has any user member while deleting the group.";
    /// The group has a policy.
    GROUP_HAS_POLICY = "DeleteConflict.Group.Policy", 409,
        "The entity CAN NOT has any attached policy while deleting the group.";
    /// A user has the policy.
    POLICY_ON_USER = "DeleteConflict.Policy.User", 409,
        "The policy CAN NOT been attached to any user while deleting the policy.";
    /// A group has the policy.
    POLICY_ON_GROUP = "DeleteConflict.Policy.Group", 409,
        "The policy CAN NOT been attached to any group while deleting the policy.";
    /// A role has the policy.
    POLICY_ON_ROLE = "DeleteConflict.Policy.Role", 409,
        "The policy CAN NOT been attached to any role while deleting the policy.";
    /// The policy has further versions.
    POLICY_HAS_VERSION = "DeleteConflict.Policy.Version", 409,
        "The policy CAN NOT has any version except the default version.";
    /// The version is in force.
    POLICY_VERSION_IS_DEFAULT = "DeleteConflict.Policy.Version.Default", 409,
        "The default policy version CAN NOT been deleted directly.";
    /// A service-linked role belongs to its service.
    SERVICE_LINKED_ROLE_FIXED = "InvalidParameter.RoleName.ServiceLinkedRole", 400,
        "The role is linked to a service, which alone decides on its trust policy, its policies and its removal.";
    /// A role of the account's own, which DeleteRole removes.
    NOT_SERVICE_LINKED = "InvalidParameter.RoleName.NotServiceLinkedRole", 400,
        "The role is not linked to a service.";
    /// A service that has no linked roles here.
    SERVICE_NAME_UNKNOWN = "EntityNotExist.ServiceName", 404, "No service-linked role is known for the service.";
    /// The role has a policy.
    ROLE_HAS_POLICY = "DeleteConflict.Role.Policy", 409,
        "The role CAN NOT has any attached policy while deleting the role.";

    // Limits.
    /// 1,000 users in an account.
    USER_LIMIT = "LimitExceeded.User", 409, "The count of users beyond the current limits.";
    /// Two keys for each user.
    ACCESS_KEY_LIMIT = "LimitExceeded.User.AccessKey", 409,
        "The access key count of the user access keys beyond the current limits.";
    /// Five groups for each user.
    USER_GROUP_LIMIT = "LimitExceeded.User.Group", 409,
        "The count of groups the target user joined beyond the current limits.";
    /// Ten custom and twenty system policies for each user.
    USER_POLICY_LIMIT = "LimitExceeded.User.Policy", 409,
        "The policy count of the user attached policies beyond the current limits.";
    /// 1,000 devices in an account.
    MFA_DEVICE_LIMIT = "LimitExceeded.VirtualMFADevice", 409,
        "The count of virtual mfa devices beyond the current limits.";
    /// 50 groups in an account.
    GROUP_LIMIT = "LimitExceeded.Group", 409, "The count of groups beyond the current limits.";
    /// Five custom and twenty system policies for each group.
    GROUP_POLICY_LIMIT = "LimitExceeded.Group.Policy", 409, "The policy count of the group beyond the current limits.";
    /// 1,500 custom policies in an account.
    POLICY_LIMIT = "LimitExceeded.Policy", 409, "The count of policy beyond the current limits.";
    /// Five versions of each policy.
    POLICY_VERSION_LIMIT = "LimitExceeded.Policy.Version", 409,
        "The count of policy version beyond the current limits.";
    /// 1,000 roles in an account.
    ROLE_LIMIT = "LimitExceeded.Role", 409, "The count of roles beyond the current limits.";
    /// Five custom and twenty system policies for each role.
    ROLE_POLICY_LIMIT = "LimitExceeded.Role.Policy", 409,
        "The count of policies attached to the role beyond the current limits.";
    /// The role is being removed already.
    CONCURRENT_TASK_EXCEEDED = "ConcurrentTaskExceeded", 409, "Too many deletion tasks are running.";
}
