//! UpdateGatewayAuth.

use super::{AuthResource, ExternalAuthZ};
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Secret, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes a way in which callers prove who they are.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayAuth.
    UpdateGatewayAuth {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayAuthRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id"],
    }
}

/// What [`UpdateGatewayAuth`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayAuthRequest {
    /// Resources as text, for mode 1.
    pub auth_resource_config: Option<String>,
    /// The resources, for mode 0.
    pub auth_resource_list: Vec<AuthResource>,
    /// 0 a list, 1 a text.
    pub auth_resource_mode: Option<i32>,
    /// The client id at the provider.
    pub client_id: Option<String>,
    /// The secret at the provider.
    pub client_secret: Option<Secret>,
    /// The domain that the session cookie is for.
    pub cookie_domain: Option<String>,
    /// Resources to take away, by id.
    pub delete_resource_id_list: Vec<i64>,
    /// For type `ExternalAuthZ`.
    #[serde(rename = "ExternalAuthZJSON", alias = "ExternalAuthZ")]
    pub external_auth_z_json: Option<ExternalAuthZ>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// Whether everything but the resources is checked, rather than only the resources.
    pub is_white: Option<bool>,
    /// Who issues the tokens.
    pub issuer: Option<String>,
    /// The keys, a JSON Web Key Set.
    pub jwks: Option<Secret>,
    /// Where logon begins, for type `IDaaS`.
    pub login_url: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Where the provider sends the browser back to.
    pub redirect_url: Option<String>,
    /// What the provider is asked for.
    pub scopes_list: Vec<String>,
    /// Whether it is on.
    pub status: Option<bool>,
    /// The subject of the tokens; the issuer where absent.
    pub sub: Option<String>,
    /// The header or parameter that carries the token.
    pub token_name: Option<String>,
    /// What stands before the token, such as `Bearer `.
    pub token_name_prefix: Option<String>,
    /// Whether the token is passed on.
    pub token_pass: Option<bool>,
    /// `HEADER` or `QUERY`.
    pub token_position: Option<String>,
    /// `JWT`, `OIDC`, `IDaaS` or `ExternalAuthZ`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for UpdateGatewayAuthRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}
