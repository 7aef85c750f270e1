//! Condition values of a call: of the connection, of the request's parameters, of the stored resource. One resolver per
//! key.

use super::Check;
use crate::caller::Credential;
use ramgate_api::{Target, TargetId};
use ramgate_model::{Domain, Environment, Gateway, HttpApi, Policy, Service, Source, Tags, User};
use ramgate_policy::{Context, Timestamp};
use serde_json::Value;

impl Check<'_> {
    /// The values for one target.
    #[expect(clippy::field_reassign_with_default, reason = "no literal is possible: the struct has private fields")]
    pub(super) fn context(&self, target: &Target<'_>) -> Context {
        let mut context = Context::default();
        context.current_time = Some(Timestamp::from_unix(self.now.div_euclid(1000)));
        context.secure_transport = Some(self.connection.secure);
        context.source_ip = Some(self.connection.source_ip);
        context.principal_arn = Some(self.caller.principal_arn().into());
        let user_agent = self.connection.user_agent.as_str();
        context.user_agent = Some(user_agent.into()).filter(|_| !user_agent.is_empty());
        context.access_id = self.caller.access_key_id().map(Into::into);
        // Access keys say nothing about a second factor, so the key is absent for them.
        if let Credential::Console { mfa, .. } = &self.caller.credential {
            context.mfa_present = Some(*mfa);
        }
        let session = self.caller.session();
        context.source_identity = session.and_then(|session| session.source_identity.as_deref()).map(Into::into);
        let stored = self.stored(target);
        if let Some(stored) = &stored {
            context.resource_group_id = Some(stored.resource_group_id.as_str().into());
            for (key, value) in &stored.tags {
                add(&mut context, &format!("acs:ResourceTag/{key}"), value);
            }
        }
        for (key, value) in self.requested_tags() {
            add(&mut context, &format!("acs:RequestTag/{key}"), &value);
        }
        for key in self.spec.conditions {
            for value in self.product_key(key.name, target) {
                add(&mut context, key.name, &value);
            }
        }
        context
    }

    /// Keys that the products define.
    fn product_key(&self, name: &str, target: &Target<'_>) -> Vec<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match name {
            // Of the object, not of the request: a caller cannot choose it.
            "apig:GatewayId" => self.gateway_of(target).into_iter().collect(),
            "apig:NetworkType" => {
                let config = self.parameters.get("networkAccessConfig");
                config.and_then(|c| c.get("type")).and_then(text).into_iter().collect()
            }
            // Of a role that is there, not of the request: a caller cannot choose it.
            "ram:ServiceName" => match self.given("RoleName").first() {
                Some(name) => {
                    let account = self.state.account(&self.caller.account_id);
                    let role = account.and_then(|account| crate::ram::find_role(account, name));
                    role.and_then(|role| role.service_name.clone()).into_iter().collect()
                }
                None => self.given("ServiceName"),
            },
            "sts:ExternalId" => self.given("ExternalId"),
            // What a session carries stays with it, so it counts where nothing is asked for.
            "sts:SourceIdentity" => match self.given("SourceIdentity") {
                given if given.is_empty() => {
                    let session = self.caller.session();
                    session.and_then(|session| session.source_identity.clone()).into_iter().collect()
                }
                given => given,
            },
            _ => Vec::new(),
        }
    }

    /// The text of a parameter, which is absent where it is empty.
    fn given(&self, name: &str) -> Vec<String> {
        let text = self.parameters.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        text.map(str::to_owned).into_iter().collect()
    }

    /// The gateway that the target belongs to. Operations whose permission names no resource name it in the path.
    fn gateway_of(&self, target: &Target<'_>) -> Option<String> {
        let account = self.state.account(&self.caller.account_id)?;
        let parameter = |name: &str| self.parameters.get(name).and_then(Value::as_str);
        if let Some(id) = self.id_of("service", target).or(parameter("serviceId")) {
            return account.get::<Service>(id).map(|service| service.gateway_id.to_string());
        }
        let source = parameter("sourceId").and_then(|id| account.get::<Source>(id))?;
        Some(source.gateway_id.to_string())
    }

    fn id_of<'t>(&self, kind: &str, target: &'t Target<'_>) -> Option<&'t str> {
        match (&target.id, target.resource_type) {
            (TargetId::Id(id), Some(resource_type)) if resource_type.kind == kind => Some(id),
            _ => None,
        }
    }

    /// Tags and resource group of the target as stored.
    fn stored(&self, target: &Target<'_>) -> Option<Stored> {
        let account = self.state.account(&self.caller.account_id)?;
        let kind = target.resource_type?.kind;
        let id = match &target.id {
            TargetId::Id(id) => id.to_string(),
            TargetId::GatewayNumber(number) => self.gateway_by_number(*number)?,
            TargetId::UserId(id) => return Some(Stored::tagged(&account.get::<User>(id)?.tags)),
            TargetId::KeyOwner(key) => return Some(Stored::tagged(&self.key_owner(key)?.tags)),
            TargetId::Caller => return Some(Stored::tagged(&self.caller.user()?.tags)),
            // Tags of another account's role are not for this one to learn.
            TargetId::Arn(name) if kind == "role" => {
                let arn: ramgate_model::Arn = name.parse().ok()?;
                let own = arn.account == self.caller.account_id.as_str();
                own.then(|| arn.relative_id.strip_prefix("role/").map(str::to_owned)).flatten()?
            }
            TargetId::Any | TargetId::SystemPolicy(_) | TargetId::Arn(_) => return None,
        };
        let grouped = |group: &str| Stored { resource_group_id: group.to_owned(), tags: Tags::new() };
        match kind {
            "instance" | "gateway" => {
                let gateway = account.get::<Gateway>(&id)?;
                Some(Stored { resource_group_id: gateway.resource_group_id.clone(), tags: gateway.tags.clone() })
            }
            "httpapi" => Some(grouped(&account.get::<HttpApi>(&id)?.resource_group_id)),
            "environment" => Some(grouped(&account.get::<Environment>(&id)?.resource_group_id)),
            "service" => Some(grouped(&account.get::<Service>(&id)?.resource_group_id)),
            "domain" => Some(grouped(&account.get::<Domain>(&id)?.resource_group_id)),
            "user" => Some(Stored::tagged(&crate::ram::find_user(account, &id)?.tags)),
            "role" => Some(Stored::tagged(&crate::ram::find_role(account, &id)?.tags)),
            "policy" if self.spec.product.ram_code == "ram" => {
                Some(Stored::tagged(&account.get::<Policy>(&id.to_ascii_lowercase())?.tags))
            }
            _ => None,
        }
    }

    /// Tags in the request's parameters, in each of the forms that the products use.
    fn requested_tags(&self) -> Vec<(String, String)> {
        let mut tags = Vec::new();
        for name in ["Tag", "Tags", "tag", "tags"] {
            let parsed;
            let list = match self.parameters.get(name) {
                Some(Value::String(text)) => {
                    parsed = serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
                    &parsed
                }
                Some(other) => other,
                None => continue,
            };
            for tag in list.as_array().into_iter().flatten() {
                let part = |upper: &str, lower: &str| {
                    tag.get(upper).or_else(|| tag.get(lower)).and_then(Value::as_str).map(str::to_owned)
                };
                if let Some(key) = part("Key", "key") {
                    tags.push((key, part("Value", "value").unwrap_or_default()));
                }
            }
        }
        tags
    }
}

/// What is stored of a target beside itself.
struct Stored {
    resource_group_id: String,
    tags: Tags,
}

impl Stored {
    fn tagged(tags: &Tags) -> Self {
        Self { resource_group_id: String::new(), tags: tags.clone() }
    }
}

fn add(context: &mut Context, key: &str, value: &str) {
    // Only common keys can be ill-typed, and none is set here.
    if let Err(error) = context.add(key, value) {
        tracing::error!(%error, "a condition value is left out");
    }
}
