//! Small builders that the tests share.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use ramgate_policy::{
    AccessLevel, ActionSpec, Attached, AttachedEntity, Catalog, Document, DocumentKind, KeySpec, KeyType, PolicyKind,
};

/// The folder of shared test data.
pub(crate) fn testdata(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)
}

/// A catalog with a few actions of several services, so that tests meet known and unknown ones.
pub(crate) fn catalog() -> Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(build_catalog);
    CATALOG.clone()
}

fn build_catalog() -> Catalog {
    let mut builder = Catalog::builder();
    builder.service("Microservices Engine", ["mse", "microgw"]).service("API Gateway", ["apig"]);
    builder.service("Resource Access Management", ["ram"]).service("Identity Management", ["ims"]);
    let gateway = "acs:apig:{region}:{account}:gateway/{gatewayId}";
    for name in ["apig:GetGateway", "apig:DeleteGateway", "apig:UpdateGatewayName"] {
        builder.action(ActionSpec::new(name, AccessLevel::Get).on(gateway));
    }
    for name in ["apig:ListZones", "apig:CreatePolicy", "apig:ListMcpServers"] {
        builder.action(ActionSpec::new(name, AccessLevel::List));
    }
    builder.action(ActionSpec::new("apig:GetSource", AccessLevel::Get).with_key("apig:GatewayId"));
    for name in ["mse:GetGateway", "mse:DeleteGateway", "mse:AddGatewayRoute", "mse:ListGatewayRoute"] {
        builder.action(ActionSpec::new(name, AccessLevel::Get).on("acs:mse:{region}:{account}:instance/{gatewayId}"));
    }
    for name in ["mse:ListGatewayZone", "mse:TagResources", "mse:UntagResources"] {
        builder.action(ActionSpec::new(name, AccessLevel::List));
    }
    for name in ["ram:GetUser", "ram:GetRole", "ims:GetUser", "sts:AssumeRole"] {
        builder.action(ActionSpec::new(name, AccessLevel::Get).on("acs:ram:{region}:{account}:user/{name}"));
    }
    builder.key(KeySpec::array("apig:GatewayId", KeyType::String));
    builder.key(KeySpec::new("x:Count", KeyType::Numeric));
    builder.build()
}

/// A document that is attached to the user under account scope.
pub(crate) fn attached(name: &str, text: &str) -> Attached {
    let document = Document::parse(text, DocumentKind::Identity).unwrap_or_else(|e| panic!("{e}\n{text}"));
    attach(name, document)
}

/// As [`attached`], for a document of any size and quality.
pub(crate) fn attached_stored(name: &str, text: &str) -> Attached {
    attach(name, Document::parse_stored(text).unwrap_or_else(|e| panic!("{e}\n{text}")))
}

fn attach(name: &str, document: Document) -> Attached {
    Attached {
        policy_name: name.into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity: AttachedEntity::User,
        document: Arc::new(document),
    }
}
