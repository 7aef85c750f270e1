//! The target of `sts:AssumeRole`: a role by its full resource name, which may lie in another account.

use super::{AssumeRoleRequest, ROLE};
use crate::{Target, TargetId};

/// The role.
pub(super) fn role(request: &AssumeRoleRequest) -> Vec<Target<'_>> {
    vec![Target { resource_type: Some(&ROLE), id: TargetId::Arn(request.role_arn.as_str().into()) }]
}
