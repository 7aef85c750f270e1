//! Roles that services act under: made from a template that the service decides on, and its own to change.
//!
//! The gateways here act for nobody in the cloud and need no such role; the operations are there so that scripts which make
//! the roles of a service before they use it go on working.

use super::lookup::ROLE_NAMES;
use super::{lookup, quota, roles, view};
use crate::dispatch::Authorized;
use crate::node::Cx;
use ramgate_api::ram::{
    CreateServiceLinkedRole, CreateServiceLinkedRoleResponse, DeleteServiceLinkedRole, DeleteServiceLinkedRoleResponse,
    GetServiceLinkedRoleTemplate, GetServiceLinkedRoleTemplateResponse, RoleDescription, RoleDescriptions,
    ServiceLinkedRoleTemplate, errors,
};
use ramgate_api::{ApiError, codes};
use ramgate_model::{Attachment, PrincipalRef, Role, Tags};

/// What the role of a service looks like.
struct Template {
    service_name: &'static str,
    role_name: &'static str,
    description: &'static str,
    /// The policy that the role has in the cloud. It speaks of services that are not here, so it is named only.
    system_policy: &'static str,
    multiple: bool,
}

/// The services whose system policies allow to make their roles.
///
/// Source: reference pages of AliyunMSEFullAccess and AliyunAPIGFullAccess; MSE API reference, InitializeServiceLinkRole.
const TEMPLATES: &[Template] = &[
    Template {
        service_name: "mse.aliyuncs.com",
        role_name: "AliyunServiceRoleForMSE",
        description: "Lets Microservices Engine reach the resources that its gateways work with.",
        system_policy: "AliyunServiceRolePolicyForMSE",
        multiple: false,
    },
    Template {
        service_name: "engine-service.mse.aliyuncs.com",
        role_name: "AliyunServiceRoleForMSEEngineService",
        description: "Lets Microservices Engine reach the services that its engines call.",
        system_policy: "AliyunServiceRolePolicyForMSEEngineService",
        multiple: false,
    },
    Template {
        service_name: "nativeapigw.aliyuncs.com",
        role_name: "AliyunServiceRoleForNativeApiGw",
        description: "Lets API Gateway reach the resources that its gateways work with.",
        system_policy: "AliyunServiceRolePolicyForNativeApiGw",
        multiple: false,
    },
    Template {
        service_name: "invokefc.nativeapigw.aliyuncs.com",
        role_name: "AliyunServiceRoleForNativeApiGwInvokeFC",
        description: "Lets API Gateway call functions.",
        system_policy: "AliyunServiceRolePolicyForNativeApiGwInvokeFC",
        multiple: false,
    },
];

fn template(service_name: &str) -> Result<&'static Template, ApiError> {
    let found = TEMPLATES.iter().find(|template| template.service_name.eq_ignore_ascii_case(service_name));
    found.ok_or_else(|| errors::SERVICE_NAME_UNKNOWN.error())
}

pub(super) async fn get_template(
    _: Cx,
    call: Authorized<GetServiceLinkedRoleTemplate>,
) -> Result<GetServiceLinkedRoleTemplateResponse, ApiError> {
    let template = template(&call.request.service_name)?;
    let description = RoleDescription { description: template.description.to_owned(), language: "en-US".to_owned() };
    Ok(GetServiceLinkedRoleTemplateResponse {
        service_linked_role_template: ServiceLinkedRoleTemplate {
            multiple_roles_allowed: template.multiple,
            role_descriptions: RoleDescriptions { role_description: vec![description] },
            role_name_prefix: template.role_name.to_owned(),
            service_name: template.service_name.to_owned(),
            system_policy_name: template.system_policy.to_owned(),
        },
    })
}

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreateServiceLinkedRole>,
) -> Result<CreateServiceLinkedRoleResponse, ApiError> {
    let request = call.request;
    let template = template(&request.service_name)?;
    let suffix = request.custom_suffix.filter(|suffix| !suffix.is_empty());
    if suffix.is_some() && !template.multiple {
        return Err(codes::INVALID_PARAMETER.with("The service has one role, so `CustomSuffix` must not be given."));
    }
    let name = match suffix {
        Some(suffix) => format!("{}_{suffix}", template.role_name),
        None => template.role_name.to_owned(),
    };
    let role = Role {
        id: cx.ids().role(),
        name,
        description: request.description.unwrap_or_else(|| template.description.to_owned()),
        trust_policy: format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"Service":["{}"]}}}}]}}"#,
            template.service_name
        ),
        max_session_duration: roles::DEFAULT_SESSION,
        allow_console_login: false,
        service_name: Some(template.service_name.to_owned()),
        tags: Tags::new(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let lower = role.name.to_ascii_lowercase();
    cx.transact(|tx| {
        tx.claim::<Role>(ROLE_NAMES, &lower, role.id.as_str(), || errors::ROLE_EXISTS.error())?;
        if tx.account().table::<Role>().len() >= quota::ROLES {
            return Err(errors::ROLE_LIMIT.error());
        }
        tx.unchanged::<Role>()?;
        tx.create(&role)
    })
    .await?;
    Ok(CreateServiceLinkedRoleResponse { role: view::service_linked_role(&role, cx.account_id()) })
}

pub(super) async fn delete(
    cx: Cx,
    call: Authorized<DeleteServiceLinkedRole>,
) -> Result<DeleteServiceLinkedRoleResponse, ApiError> {
    let deleted = cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::role(&account, &call.request.role_name)?;
        let service = row.service_name.clone().ok_or_else(|| errors::NOT_SERVICE_LINKED.error())?;
        // Nothing can be attached to it; what older data may hold goes with it.
        let principal = PrincipalRef::Role { role_id: row.id.clone() }.key();
        for attachment in account.table::<Attachment>().indexed(&principal) {
            tx.delete(attachment)?;
        }
        tx.release::<Role>(ROLE_NAMES, &row.name.to_ascii_lowercase())?;
        tx.delete(row)?;
        Ok(format!("task/{service}/{}", row.name))
    });
    let task = deleted.await?;
    Ok(DeleteServiceLinkedRoleResponse { deletion_task_id: format!("{task}/{}", cx.ids().uid()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_policy::{Document, DocumentKind};

    #[test]
    fn templates_have_names_that_roles_may_have_and_services_that_trust_policies_may_name() {
        for template in TEMPLATES {
            assert!(template.role_name.len() <= 64, "{}", template.role_name);
            let text = format!(
                r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"Service":"{}"}}}}]}}"#,
                template.service_name
            );
            assert!(Document::parse(&text, DocumentKind::Trust).is_ok(), "{}", template.service_name);
        }
    }
}
