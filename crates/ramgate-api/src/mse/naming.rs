//! How requests name their gateway: by unique id, or by number in the older form; plain, or inside `FilterParams`.
//!
//! Authorization and handlers ask the same trait, so that what is checked is what is used.

use super::INSTANCE;
use super::access_list::{
    AddBlackWhiteListRequest, GatewayBlackWhiteListRequest, GetBlackWhiteListRequest, UpdateBlackWhiteListRequest,
};
use super::auth::{
    AddAuthResourceRequest, AddGatewayAuthRequest, DeleteAuthResourceRequest, DeleteGatewayAuthRequest,
    ListGatewayAuthRequest, UpdateGatewayAuthRequest,
};
use super::domain::{
    AddGatewayDomainRequest, AddSSLCertRequest, DeleteGatewayDomainRequest, GetGatewayDomainDetailRequest,
    ListGatewayDomainRequest, ListSSLCertRequest, UpdateGatewayDomainRequest, UpdateSSLCertRequest,
};
use super::gateway::{DeleteGatewayRequest, GetGatewayDetailRequest, GetGatewayRequest};
use super::monitor::{GatewayHealthCheckListRequest, GatewayQueryMonitorRequest};
use super::plugin::UploadWasmFileRequest;
use super::rate_limit::{AddRateLimitRequest, GetRateLimitRequest, UpdateRateLimitRequest};
use super::route::{
    AddGatewayRouteRequest, ApplyGatewayRouteRequest, DeleteGatewayRouteRequest, GetGatewayRouteDetailRequest,
    ListGatewayRouteRequest, OfflineGatewayRouteRequest, UpdateGatewayRouteCORSRequest,
    UpdateGatewayRouteHTTPRewriteRequest, UpdateGatewayRouteHeaderOpRequest, UpdateGatewayRouteRetryRequest,
    UpdateGatewayRouteTimeoutRequest,
};
use super::service::{
    AddGatewayServiceVersionRequest, DeleteGatewayServiceVersionRequest, GetGatewayServiceDetailRequest,
    ImportServicesRequest, ListGatewayServiceRequest, PullServicesRequest, UpdateGatewayServiceTrafficPolicyRequest,
    UpdateGatewayServiceVersionRequest,
};
use super::slb::{AddGatewaySlbRequest, DeleteGatewaySlbRequest, ListGatewaySlbRequest, SelectGatewaySlbRequest};
use super::source::{
    AddServiceSourceRequest, DeleteServiceSourceRequest, GetKubernetesSourceRequest, GetMseSourceRequest,
    ListServiceSourceRequest,
};
use crate::{Checker, Target, TargetId};

/// The gateway that a request names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayName<'a> {
    /// `GatewayUniqueId`.
    Id(&'a str),
    /// `GatewayId`, where there is no `GatewayUniqueId`.
    Number(i64),
    /// Neither.
    Absent,
}

/// A request that names a gateway.
pub trait NamesGateway {
    /// The gateway. An empty id counts as absent.
    fn gateway(&self) -> GatewayName<'_>;
}

fn name(unique_id: Option<&str>, number: Option<i64>) -> GatewayName<'_> {
    match (unique_id.filter(|id| !id.is_empty()), number) {
        (Some(id), _) => GatewayName::Id(id),
        (None, Some(number)) => GatewayName::Number(number),
        (None, None) => GatewayName::Absent,
    }
}

macro_rules! plain {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesGateway for $request {
            fn gateway(&self) -> GatewayName<'_> {
                name(self.gateway_unique_id.as_deref(), self.gateway_id)
            }
        }
    )+};
}

macro_rules! in_filter {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesGateway for $request {
            fn gateway(&self) -> GatewayName<'_> {
                let filter = self.filter_params.as_ref();
                name(filter.and_then(|f| f.gateway_unique_id.as_deref()), filter.and_then(|f| f.gateway_id))
            }
        }
    )+};
}

plain!(
    AddAuthResourceRequest,
    AddBlackWhiteListRequest,
    AddGatewayAuthRequest,
    AddGatewayDomainRequest,
    AddGatewayRouteRequest,
    AddGatewayServiceVersionRequest,
    AddGatewaySlbRequest,
    AddRateLimitRequest,
    AddSSLCertRequest,
    AddServiceSourceRequest,
    ApplyGatewayRouteRequest,
    DeleteAuthResourceRequest,
    DeleteGatewayAuthRequest,
    DeleteGatewayDomainRequest,
    DeleteGatewayRequest,
    DeleteGatewayRouteRequest,
    DeleteGatewayServiceVersionRequest,
    DeleteGatewaySlbRequest,
    DeleteServiceSourceRequest,
    GatewayHealthCheckListRequest,
    GatewayQueryMonitorRequest,
    GetBlackWhiteListRequest,
    GetGatewayDetailRequest,
    GetGatewayDomainDetailRequest,
    GetGatewayRequest,
    GetGatewayRouteDetailRequest,
    GetGatewayServiceDetailRequest,
    GetKubernetesSourceRequest,
    GetMseSourceRequest,
    GetRateLimitRequest,
    ImportServicesRequest,
    ListGatewayDomainRequest,
    ListGatewaySlbRequest,
    ListSSLCertRequest,
    ListServiceSourceRequest,
    OfflineGatewayRouteRequest,
    PullServicesRequest,
    SelectGatewaySlbRequest,
    UpdateBlackWhiteListRequest,
    UpdateGatewayAuthRequest,
    UpdateGatewayDomainRequest,
    UpdateGatewayRouteCORSRequest,
    UpdateGatewayRouteHTTPRewriteRequest,
    UpdateGatewayRouteHeaderOpRequest,
    UpdateGatewayRouteRetryRequest,
    UpdateGatewayRouteTimeoutRequest,
    UpdateGatewayServiceTrafficPolicyRequest,
    UpdateGatewayServiceVersionRequest,
    UpdateRateLimitRequest,
    UpdateSSLCertRequest,
    UploadWasmFileRequest,
);

in_filter!(GatewayBlackWhiteListRequest, ListGatewayAuthRequest, ListGatewayRouteRequest, ListGatewayServiceRequest,);

fn target(name: GatewayName<'_>) -> Option<Target<'_>> {
    let id = match name {
        GatewayName::Id(id) => TargetId::Id(id.into()),
        GatewayName::Number(number) => TargetId::GatewayNumber(number),
        GatewayName::Absent => return None,
    };
    Some(Target { resource_type: Some(&INSTANCE), id })
}

/// The gateway; where none is named the empty id, which only a grant on all gateways covers.
pub(super) fn instance<R: NamesGateway>(request: &R) -> Vec<Target<'_>> {
    let nameless = || Target { resource_type: Some(&INSTANCE), id: TargetId::Id("".into()) };
    vec![target(request.gateway()).unwrap_or_else(nameless)]
}

/// The gateway; where none is named, everything.
pub(super) fn instance_or_all<R: NamesGateway>(request: &R) -> Vec<Target<'_>> {
    let all = || Target { resource_type: None, id: TargetId::Any };
    vec![target(request.gateway()).unwrap_or_else(all)]
}

/// A gateway must be named.
pub(super) fn check<R: NamesGateway>(checker: &mut Checker, request: &R) {
    checker.needed("GatewayUniqueId", request.gateway() != GatewayName::Absent);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(unique_id: Option<&str>, number: Option<i64>) -> GetGatewayRequest {
        GetGatewayRequest { gateway_unique_id: unique_id.map(Into::into), gateway_id: number, ..Default::default() }
    }

    #[test]
    fn the_unique_id_counts_before_the_number() {
        assert_eq!(request(Some("gw-1"), Some(7)).gateway(), GatewayName::Id("gw-1"));
        assert_eq!(request(None, Some(7)).gateway(), GatewayName::Number(7));
        assert_eq!(request(Some(""), Some(7)).gateway(), GatewayName::Number(7));
        assert_eq!(request(Some(""), None).gateway(), GatewayName::Absent);
    }

    #[test]
    fn a_request_without_a_gateway_is_checked_on_the_empty_id_and_then_refused() {
        let nameless = request(None, None);
        let expected = Target { resource_type: Some(&INSTANCE), id: TargetId::Id("".into()) };
        assert_eq!(instance(&nameless), [expected]);
        let mut checker = Checker::new(&crate::mse::MSE);
        check(&mut checker, &nameless);
        assert!(
            checker
                .finish()
                .unwrap_err()
                .to_string()
                .starts_with("MissingParameter: The input parameter \"GatewayUniqueId\"")
        );
    }

    #[test]
    fn registries_can_be_listed_without_a_gateway() {
        let request = GetMseSourceRequest::default();
        assert_eq!(instance_or_all(&request), [Target { resource_type: None, id: TargetId::Any }]);
    }

    #[test]
    fn a_gateway_in_the_filter_is_found() {
        let parameters = serde_json::json!({ "FilterParams": r#"{"GatewayUniqueId":"gw-1"}"# });
        let request: ListGatewayRouteRequest = crate::decode(parameters).unwrap();
        assert_eq!(request.gateway(), GatewayName::Id("gw-1"));
    }
}
