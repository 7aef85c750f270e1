//! Targets that one request field alone does not name: joined ids, imports, tagged and moved resources.

use super::authorization_rule::BatchDeleteConsumerAuthorizationRuleRequest;
use super::http_api::ImportHttpApiRequest;
use super::tag::{ChangeResourceGroupRequest, ListTagResourcesRequest, TagResourcesRequest, UntagResourcesRequest};
use super::{CONSUMER_AUTHORIZATION_RULE, GATEWAY, HTTP_API};
use crate::{ResourceType, Target, TargetId};

fn any(resource_type: Option<&'static ResourceType>) -> Vec<Target<'static>> {
    vec![Target { resource_type, id: TargetId::Any }]
}

fn one<'a>(resource_type: &'static ResourceType, id: &'a str) -> Target<'a> {
    Target { resource_type: Some(resource_type), id: TargetId::Id(id.into()) }
}

/// Each rule of a list joined by commas; all rules where the list is empty.
pub(super) fn rules(request: &BatchDeleteConsumerAuthorizationRuleRequest) -> Vec<Target<'_>> {
    let ids = request.consumer_authorization_rule_ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    let rules: Vec<Target<'_>> = ids.map(|id| one(&CONSUMER_AUTHORIZATION_RULE, id)).collect();
    if rules.is_empty() { any(Some(&CONSUMER_AUTHORIZATION_RULE)) } else { rules }
}

/// The HTTP API that an import changes; all of them where it makes a new one.
pub(super) fn imported(request: &ImportHttpApiRequest) -> Vec<Target<'_>> {
    match request.target_http_api_id.as_deref() {
        Some(id) if !id.is_empty() => vec![one(&HTTP_API, id)],
        _ => any(Some(&HTTP_API)),
    }
}

/// The gateway that changes its resource group; everything where it is not a gateway.
pub(super) fn moved(request: &ChangeResourceGroupRequest) -> Vec<Target<'_>> {
    match request.resource_type.as_deref() {
        Some(t) if !t.eq_ignore_ascii_case("gateway") => any(None),
        _ => vec![one(&GATEWAY, &request.resource_id)],
    }
}

/// A request about the tags of gateways.
pub(super) trait NamesTagged {
    /// `Gateway`.
    fn resource_type(&self) -> &str;
    /// Their ids.
    fn resource_ids(&self) -> &[String];
}

macro_rules! names_tagged {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesTagged for $request {
            fn resource_type(&self) -> &str {
                &self.resource_type
            }

            fn resource_ids(&self) -> &[String] {
                &self.resource_id
            }
        }
    )+};
}

names_tagged!(ListTagResourcesRequest, TagResourcesRequest, UntagResourcesRequest);

/// Each gateway named; all of them where none is; everything where the type is another.
pub(super) fn tagged<R: NamesTagged>(request: &R) -> Vec<Target<'_>> {
    if !request.resource_type().eq_ignore_ascii_case("gateway") {
        return any(None);
    }
    if request.resource_ids().is_empty() {
        return any(Some(&GATEWAY));
    }
    request.resource_ids().iter().map(|id| one(&GATEWAY, id)).collect()
}
