//! Service-linked roles: made from templates, and their services' own.

use crate::context::{TestContext, document, trust};
use serde_json::json;

const MSE: (&str, &str) = ("ServiceName", "mse.aliyuncs.com");
const NAMED: (&str, &str) = ("RoleName", "AliyunServiceRoleForMSE");

#[tokio::test]
async fn the_role_of_a_service_is_made_from_its_template() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let template = admin.ram("GetServiceLinkedRoleTemplate", &[MSE]).await.ok();
    let template = &template["ServiceLinkedRoleTemplate"];
    assert_eq!((&template["RoleNamePrefix"], &template["ServiceName"]), (&json!(NAMED.1), &json!(MSE.1)));
    assert_eq!(template["RoleDescriptions"]["RoleDescription"][0]["Language"], "en-US");
    let made = admin.ram("CreateServiceLinkedRole", &[MSE]).await.ok();
    assert_eq!((&made["Role"]["RoleName"], &made["Role"]["IsServiceLinkedRole"]), (&json!(NAMED.1), &json!(true)));
    let got = admin.ram("GetRole", &[NAMED]).await.ok();
    assert_eq!(got["Role"]["IsServiceLinkedRole"], true);
    assert!(got["Role"]["AssumeRolePolicyDocument"].as_str().unwrap().contains(MSE.1));
    admin.ram("CreateServiceLinkedRole", &[MSE]).await.refused(409, "EntityAlreadyExists.Role");
    let suffixed = [("ServiceName", "nativeapigw.aliyuncs.com"), ("CustomSuffix", "two")];
    admin.ram("CreateServiceLinkedRole", &suffixed).await.refused(400, "InvalidParameter").saying("`CustomSuffix`");
    for action in ["CreateServiceLinkedRole", "GetServiceLinkedRoleTemplate"] {
        let unknown = admin.ram(action, &[("ServiceName", "ecs.aliyuncs.com")]).await;
        unknown.refused(404, "EntityNotExist.ServiceName");
    }
}

#[tokio::test]
async fn the_service_alone_decides_on_trust_policies_and_removal() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateServiceLinkedRole", &[MSE]).await.ok();
    let open = trust(&["acs:ram::1000000000000001:root"]).to_string();
    let fixed = "InvalidParameter.RoleName.ServiceLinkedRole";
    admin.ram("UpdateRole", &[NAMED, ("NewAssumeRolePolicyDocument", &open)]).await.refused(400, fixed);
    admin.ram("DeleteRole", &[NAMED]).await.refused(400, fixed);
    let attachment = [("PolicyType", "System"), ("PolicyName", "AdministratorAccess"), NAMED];
    admin.ram("AttachPolicyToRole", &attachment).await.refused(400, fixed);
    admin.ram("UpdateRole", &[NAMED, ("NewDescription", "ours")]).await.ok();
    let deleted = admin.ram("DeleteServiceLinkedRole", &[NAMED]).await.ok();
    let task = deleted["DeletionTaskId"].as_str().unwrap();
    assert!(task.starts_with("task/mse.aliyuncs.com/AliyunServiceRoleForMSE/"), "{task}");
    admin.ram("GetRole", &[NAMED]).await.refused(404, "EntityNotExist.Role");
    admin.ram("DeleteServiceLinkedRole", &[NAMED]).await.refused(404, "EntityNotExist.Role");
    cx.role("own", trust(&["acs:ram::1000000000000001:root"])).await;
    let own = admin.ram("DeleteServiceLinkedRole", &[("RoleName", "own")]).await;
    own.refused(400, "InvalidParameter.RoleName.NotServiceLinkedRole");
}

#[tokio::test]
async fn permission_can_be_limited_to_a_service_and_looks_at_the_role_that_is_there() {
    let cx = TestContext::start().await;
    let condition = json!({ "StringEquals": { "ram:ServiceName": "mse.aliyuncs.com" } });
    let user = cx
        .user_with_policy(document(&[json!({
            "Effect": "Allow", "Action": ["ram:CreateServiceLinkedRole", "ram:DeleteServiceLinkedRole"], "Resource": "*",
            "Condition": condition,
        })]))
        .await;
    user.ram("CreateServiceLinkedRole", &[MSE]).await.ok();
    let other = ("ServiceName", "nativeapigw.aliyuncs.com");
    user.ram("CreateServiceLinkedRole", &[other]).await.refused(403, "NoPermission");
    cx.admin().ram("CreateServiceLinkedRole", &[other]).await.ok();
    // Naming the service beside the role changes nothing.
    let foreign = [("RoleName", "AliyunServiceRoleForNativeApiGw"), MSE];
    user.ram("DeleteServiceLinkedRole", &foreign).await.refused(403, "NoPermission");
    user.ram("DeleteServiceLinkedRole", &[NAMED]).await.ok();
}
