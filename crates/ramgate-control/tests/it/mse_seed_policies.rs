//! Both example policies of the MSE user guide, as they are printed there with the gateway's id filled in: what each of
//! them allows and refuses, over every declared operation that it could be about.
//!
//! The lists below are read off the guide by hand: no policy engine and no wildcard takes part in what is expected.

use crate::client::Client;
use crate::context::{TestContext, TestUser};
use crate::mse_world::{filter, gateway, instance, number};
use ramgate_api::{OpSpec, arms, log, mse};
use std::collections::BTreeSet;

const READ_ONLY: &str = include_str!("../../../../tests/sdk/policies/mse-read-only.json");
const READ_WRITE: &str = include_str!("../../../../tests/sdk/policies/mse-read-write.json");
/// The gateway's id as the guide prints it.
const PRINTED: &str = "gw-8090caa2a3ab447a8bc5fdf3********";

/// On the gateway of the policy, to both: Query, List, Get, Select, Pull and the four that are named.
const READS: &[&str] = &[
    "GetGateway",
    "GetGatewayDetail",
    "ListGatewaySlb",
    "SelectGatewaySlb",
    "ListServiceSource",
    "GetKubernetesSource",
    "GetMseSource",
    "PullServices",
    "ListGatewayService",
    "GetGatewayServiceDetail",
    "ListGatewayRoute",
    "GetGatewayRouteDetail",
    "GetRateLimit",
    "ListGatewayDomain",
    "GetGatewayDomainDetail",
    "ListSSLCert",
    "GetBlackWhiteList",
    "GatewayBlackWhiteList",
    "ListGatewayAuth",
    "GatewayHealthCheckList",
    "GatewayQueryMonitor",
    "UploadWasmFile",
];

/// On the gateway of the policy, with the second policy only.
const WRITES: &[&str] = &[
    "AddGatewaySlb",
    "DeleteGatewaySlb",
    "AddServiceSource",
    "DeleteServiceSource",
    "ImportServices",
    "AddGatewayServiceVersion",
    "UpdateGatewayServiceVersion",
    "DeleteGatewayServiceVersion",
    "UpdateGatewayServiceTrafficPolicy",
    "AddGatewayRoute",
    "ApplyGatewayRoute",
    "OfflineGatewayRoute",
    "DeleteGatewayRoute",
    "UpdateGatewayRouteHTTPRewrite",
    "UpdateGatewayRouteHeaderOp",
    "UpdateGatewayRouteCORS",
    "UpdateGatewayRouteTimeout",
    "UpdateGatewayRouteRetry",
    "AddRateLimit",
    "UpdateRateLimit",
    "AddGatewayDomain",
    "UpdateGatewayDomain",
    "DeleteGatewayDomain",
    "AddSSLCert",
    "UpdateSSLCert",
    "AddBlackWhiteList",
    "UpdateBlackWhiteList",
    "AddGatewayAuth",
    "UpdateGatewayAuth",
    "DeleteGatewayAuth",
    "AddAuthResource",
    "DeleteAuthResource",
    // Last: nothing is on the gateway afterwards.
    "DeleteGateway",
];

/// Without a gateway, to both.
const GLOBAL_READS: &[&str] = &[
    "QueryDefaultAlertStatus",
    "ListGatewayZone",
    "ListUpgradableGatewayVersions",
    "ListTagResources",
    "ListGatewayIngressMigrateTask",
    "ListEventRecords",
    "GetEventFilterOptions",
    "GetEventDetail",
    "GetGatewaySelection",
    "GetGatewayAlarms",
    "GetGatewayMigrateNamespacedServices",
    "GetGatewayIngressMigrateTaskDetail",
    "GetPluginGuide",
    "GetRegExpCheck",
    "GetRegExpTest",
    "CheckPluginLua",
    "DescribeService",
    "ListProject",
    "GetProductDataCollection",
    "SearchContactGroup",
];

/// Without a gateway, with the second policy only.
const GLOBAL_WRITES: &[&str] = &["CreateDefaultAlert", "TagResources", "UntagResources", "OpenProductDataCollection"];

/// About all gateways, to neither.
const NEITHER: &[&str] = &["AddGateway", "ListGateway"];

fn specs() -> Vec<&'static OpSpec> {
    [mse::OPERATIONS, log::OPERATIONS, arms::OPERATIONS].concat()
}

/// Calls an operation on a gateway, named in each way that operations have.
async fn call(client: &Client, name: &str, gateway: &str) -> crate::client::Answer {
    let spec = specs().into_iter().find(|spec| spec.name == name).unwrap();
    let filter = filter(gateway);
    let parameters = [("GatewayUniqueId", gateway), ("FilterParams", &*filter), ("RouteId", "1"), ("Id", "1")];
    client.rpc(spec.product.version, name, &parameters).await
}

#[track_caller]
fn allowed(answer: &crate::client::Answer, name: &str) {
    // What is not built or asked for badly is refused after it was allowed.
    assert!([200, 400, 404, 501].contains(&answer.status), "{name}: {}", answer.body);
}

async fn granted(cx: &TestContext, policy: &str, gateway: &str) -> TestUser {
    assert!(policy.contains(PRINTED));
    let user = cx.user().await;
    let document = policy.replace(PRINTED, gateway);
    let admin = cx.admin();
    admin.ram("CreatePolicy", &[("PolicyName", "example"), ("PolicyDocument", &document)]).await.ok();
    admin.ram("AttachPolicyToUser", &crate::context::attachment("Custom", "example", &user.name)).await.ok();
    user
}

#[test]
fn the_lists_hold_every_declared_operation_once() {
    let listed = [READS, WRITES, GLOBAL_READS, GLOBAL_WRITES, NEITHER].concat();
    let distinct: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(distinct.len(), listed.len());
    let declared: BTreeSet<&str> = specs().iter().map(|spec| spec.name).collect();
    assert_eq!(distinct, declared);
}

/// Makes every call as a user with the policy; `reads` and `writes` tell what the policy is to allow.
async fn check(policy: &str, writes: bool) {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (own, other) = (gateway(&admin, "own").await, gateway(&admin, "other").await);
    let user = granted(&cx, policy, &own).await;
    let (own_number, other_number) = (number(&admin, &own).await, number(&admin, &other).await);
    for name in READS.iter().chain(WRITES) {
        let refused = call(&user, name, &other).await;
        refused.refused(403, "NoPermission").saying(&format!("mse:{name}")).saying(&instance(&other));
        let by_number = user.mse(name, &[("GatewayId", &other_number)]).await;
        by_number.refused(403, "NoPermission");
        let unnamed = user.mse(name, &[]).await;
        unnamed.refused(403, "NoPermission");
    }
    for name in GLOBAL_READS {
        allowed(&call(&user, name, &other).await, name);
    }
    for name in GLOBAL_WRITES {
        let answer = call(&user, name, &other).await;
        if writes {
            allowed(&answer, name);
        } else {
            answer.refused(403, "NoPermission").saying(name);
        }
    }
    for name in NEITHER {
        let all = "acs:mse:cn-hangzhou:1000000000000001:*";
        call(&user, name, &own).await.refused(403, "NoPermission").saying(&format!("mse:{name}")).saying(all);
    }
    for name in READS {
        allowed(&call(&user, name, &own).await, name);
    }
    let by_number = user.mse("GetGateway", &[("GatewayId", &own_number)]).await.ok();
    assert_eq!(by_number["Data"]["GatewayUniqueId"], own);
    for name in WRITES {
        let answer = call(&user, name, &own).await;
        if writes {
            allowed(&answer, name);
        } else {
            answer.refused(403, "NoPermission").saying(&format!("mse:{name}")).saying(&instance(&own));
        }
    }
    let left = admin.mse("GetGateway", &[("GatewayUniqueId", &own)]).await.status;
    assert_eq!(left, if writes { 404 } else { 200 }, "the gateway goes with the policy that may delete it");
    admin.mse("GetGateway", &[("GatewayUniqueId", &other)]).await.ok();
}

#[tokio::test]
async fn the_read_only_example_reads_its_gateway_and_changes_nothing() {
    check(READ_ONLY, false).await;
}

#[tokio::test]
async fn the_read_write_example_does_everything_on_its_gateway_and_nothing_on_another() {
    check(READ_WRITE, true).await;
}
