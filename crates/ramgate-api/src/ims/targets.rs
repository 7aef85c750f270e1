//! Targets that one request field alone does not name: users by principal name or by id.

use crate::ram::USER;
use crate::{Target, TargetId};
use std::borrow::Cow;

/// The user whom a principal name (`<name>@<domain>`) or an id names; the caller where neither is given. Where both are
/// given, both are targets: the handler refuses the request.
pub(super) fn user<'a>(principal_name: Option<&'a str>, user_id: Option<&'a str>) -> Vec<Target<'a>> {
    let target = |id| Target { resource_type: Some(&USER), id };
    let named = principal_name.map(|name| {
        let name = name.rsplit_once('@').map_or(name, |(name, _)| name);
        target(TargetId::Id(Cow::Borrowed(name)))
    });
    let numbered = user_id.map(|id| target(TargetId::UserId(Cow::Borrowed(id))));
    let targets: Vec<Target<'a>> = named.into_iter().chain(numbered).collect();
    if targets.is_empty() { vec![target(TargetId::Caller)] } else { targets }
}
