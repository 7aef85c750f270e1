//! What an operation is: the trait that a declaration fills in, and the `operation!` macro that writes the impl.
//!
//! `operation!` is a plain `macro_rules!` that turns each field into an item of the trait, so the compiler checks it: a
//! missing field is a missing item, a target field that the request lacks is "no field".

use crate::product::{ConditionKey, Envelope, Product, ResourceType};
use crate::{ErrorCode, Validate};
use serde::{Serialize, de::DeserializeOwned};
use std::borrow::Cow;

/// One management operation. Implemented by `operation!` only.
pub trait Operation: Sized + Send + Sync + 'static {
    /// What it is asked.
    type Request: DeserializeOwned + schemars::JsonSchema + Validate + Send + Sync;
    /// What it answers, without the envelope of its product.
    type Response: Serialize + schemars::JsonSchema + Send;
    /// The name on the wire, such as `GetHttpApi`.
    const NAME: &'static str;
    /// The doc comment of the declaration.
    const DOC: &'static str;
    /// The product and API version.
    const PRODUCT: &'static Product;
    /// How it is called.
    const BINDING: Binding;
    /// The access level as published.
    const ACCESS: AccessLevel;
    /// The resource its permission is checked on.
    const RESOURCE: Resource;
    /// Condition keys of the product that it supplies beside the common ones.
    const CONDITIONS: &'static [&'static ConditionKey];
    /// Codes it may answer beside the common ones.
    const ERRORS: &'static [&'static ErrorCode];
    /// The RAM action's name, where it is not the operation's.
    const ACTION: &'static str = Self::NAME;
    /// Wire names of the fields that must be given.
    const REQUIRED: &'static [&'static str] = &[];
    /// Wire names of the fields that stand in the query although the request has a body.
    const QUERY: &'static [&'static str] = &[];
    /// True where the request itself holds the proof of who asks, so that it needs no signature.
    const ANONYMOUS: bool = false;
    /// The envelope, where it is not the product's.
    const ENVELOPE: Envelope = Self::PRODUCT.envelope;
    /// The plain data of the declaration.
    const SPEC: OpSpec = OpSpec::of::<Self>();

    /// The resources that this request touches. Every one must be allowed.
    fn targets(request: &Self::Request) -> Vec<Target<'_>>;
}

/// The plain data of a declaration.
#[derive(Clone, Copy, Debug)]
pub struct OpSpec {
    /// See [`Operation::NAME`].
    pub name: &'static str,
    /// See [`Operation::DOC`].
    pub doc: &'static str,
    /// See [`Operation::PRODUCT`].
    pub product: &'static Product,
    /// See [`Operation::BINDING`].
    pub binding: Binding,
    /// See [`Operation::ACCESS`].
    pub access: AccessLevel,
    /// See [`Operation::RESOURCE`].
    pub resource: Resource,
    /// See [`Operation::CONDITIONS`].
    pub conditions: &'static [&'static ConditionKey],
    /// See [`Operation::ERRORS`].
    pub errors: &'static [&'static ErrorCode],
    /// See [`Operation::ACTION`].
    pub action: &'static str,
    /// See [`Operation::REQUIRED`].
    pub required: &'static [&'static str],
    /// See [`Operation::QUERY`].
    pub query: &'static [&'static str],
    /// See [`Operation::ANONYMOUS`].
    pub anonymous: bool,
    /// See [`Operation::ENVELOPE`].
    pub envelope: Envelope,
    /// Writes the JSON schemas of request and response.
    pub schemas: fn(&mut schemars::SchemaGenerator) -> (schemars::Schema, schemars::Schema),
    /// Makes a request of no parameters and counts its targets.
    #[cfg(test)]
    pub(crate) targets_of_nothing: fn() -> usize,
}

impl OpSpec {
    /// The data of operation `O`.
    pub const fn of<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            doc: O::DOC,
            product: O::PRODUCT,
            binding: O::BINDING,
            access: O::ACCESS,
            resource: O::RESOURCE,
            conditions: O::CONDITIONS,
            errors: O::ERRORS,
            action: O::ACTION,
            required: O::REQUIRED,
            query: O::QUERY,
            anonymous: O::ANONYMOUS,
            envelope: O::ENVELOPE,
            schemas: |generator| (generator.subschema_for::<O::Request>(), generator.subschema_for::<O::Response>()),
            #[cfg(test)]
            targets_of_nothing: crate::catalog::targets_of_nothing::<O>,
        }
    }

    /// The full RAM action, such as `apig:GetHttpApi`.
    pub fn full_action(&self) -> String {
        format!("{}:{}", self.product.ram_code, self.action)
    }

    /// The action in every spelling that policies may use: under the product's code, then under its aliases.
    pub fn full_actions(&self) -> Vec<String> {
        let codes = [self.product.ram_code].into_iter().chain(self.product.ram_code_aliases.iter().copied());
        codes.map(|code| format!("{code}:{}", self.action)).collect()
    }

    /// The first paragraph of the documentation, on one line.
    pub fn summary(&self) -> String {
        let lines = self.doc.lines().map(str::trim).take_while(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join(" ")
    }

    /// The type of resource as the product publishes it: `All Resource` where there is no resource-level permission.
    pub fn published_resource_type(&self) -> &'static str {
        self.resource.published_type()
    }

    /// Whether the operation can change something. The published access levels do not tell (`none` is common, and some
    /// are slips), the names do: what is not named as a query is taken as a change.
    pub fn is_mutation(&self) -> bool {
        const QUERIES: &[&str] = &[
            "Get", "List", "Query", "Select", "Pull", "Describe", "Search", "Check", "Export", "Decode", "Gateway",
            "Simulate", "WhoCan", "Diff", "Lint", "Suggest",
        ];
        !QUERIES.iter().any(|prefix| self.name.starts_with(prefix))
    }
}

/// How an operation is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// By name, on `/`.
    Rpc,
    /// By method and path; `{name}` takes one segment.
    Roa(Method, &'static str),
}

impl Binding {
    /// Names of the placeholders of the path.
    pub fn placeholders(self) -> impl Iterator<Item = &'static str> {
        let path = match self {
            Self::Rpc => "",
            Self::Roa(_, path) => path,
        };
        path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// Methods of the ROA operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Method {
    GET,
    POST,
    PUT,
    DELETE,
    PATCH,
}

impl Method {
    /// The method as written on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::DELETE => "DELETE",
            Self::PATCH => "PATCH",
        }
    }
}

/// Access levels as the products publish them; `None` included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AccessLevel {
    Create,
    List,
    Get,
    Update,
    Delete,
    None,
    /// MSE's tables say only "read-only: yes".
    Read,
    /// MSE's tables say only "read-only: no".
    Write,
}

impl AccessLevel {
    /// The level as the catalog writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::List => "list",
            Self::Get => "get",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::None => "none",
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// The resource that an operation's permission is checked on, as declared.
#[derive(Clone, Copy, Debug)]
pub enum Resource {
    /// Calls need no permission (`sts:GetCallerIdentity`).
    Exempt,
    /// No resource-level permission: checked on `acs:<code>:<region>:<account>:*`.
    All,
    /// `<kind>/*`: creation and lists.
    Any(&'static ResourceType),
    /// The resource named by a request field.
    One(&'static ResourceType, &'static str),
    /// Each of the resources named by a request field.
    Each(&'static ResourceType, &'static str),
    /// Resources of one of these types, which the request tells, named by a request field.
    OneOf(&'static [&'static ResourceType], &'static str),
    /// Several resources; all must be allowed.
    Several(&'static [Resource]),
    /// Published without resource-level permission, checked here on this resource: a policy on `*` grants as in the
    /// cloud, a narrower one grants only here.
    AllOr(&'static Resource),
}

impl Resource {
    fn published_type(self) -> &'static str {
        match self {
            Self::Exempt => "None",
            Self::All | Self::AllOr(_) => "All Resource",
            Self::Any(resource_type) | Self::One(resource_type, _) | Self::Each(resource_type, _) => {
                resource_type.published_as
            }
            Self::OneOf(resource_types, _) => resource_types.first().map_or("None", |t| t.published_as),
            Self::Several(resources) => resources.first().map_or("None", |resource| resource.published_type()),
        }
    }
}

/// A concrete resource that a request touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    /// Its type; `None` means "all resources".
    pub resource_type: Option<&'static ResourceType>,
    /// Which one.
    pub id: TargetId<'a>,
}

/// Which resource of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetId<'a> {
    /// `*`.
    Any,
    /// The one with this id or name.
    Id(Cow<'a, str>),
    /// The caller: a RAM operation on a user that names none.
    Caller,
    /// The user with this id.
    UserId(Cow<'a, str>),
    /// The owner of the access key with this id.
    KeyOwner(Cow<'a, str>),
    /// The gateway with this numeric id.
    GatewayNumber(i64),
    /// The system policy of this name (account field `system`).
    SystemPolicy(Cow<'a, str>),
    /// The resource with this full resource name, which may lie in another account (`sts:AssumeRole`).
    Arn(Cow<'a, str>),
}

/// The response of operations that are declared and authorised, and not built yet.
#[derive(Clone, Copy, Debug, Serialize, schemars::JsonSchema)]
pub struct Unbuilt {}

/// The response of operations that answer nothing but their envelope. It is written as `null`, which envelopes leave
/// out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Empty;

/// A request field that names resources.
pub trait FieldTargets {
    /// The ids in it, as targets of `resource_type`.
    fn targets(&self, resource_type: &'static ResourceType) -> Vec<Target<'_>>;
}

fn by_id<'a>(resource_type: &'static ResourceType, id: &'a str) -> Target<'a> {
    Target { resource_type: Some(resource_type), id: TargetId::Id(Cow::Borrowed(id)) }
}

impl FieldTargets for String {
    fn targets(&self, resource_type: &'static ResourceType) -> Vec<Target<'_>> {
        vec![by_id(resource_type, self)]
    }
}

impl FieldTargets for Option<String> {
    /// A user that is not named is the caller; any other resource that is not named is the empty id, which only a wide
    /// grant covers.
    fn targets(&self, resource_type: &'static ResourceType) -> Vec<Target<'_>> {
        match self {
            Some(id) => id.targets(resource_type),
            None if resource_type.caller_when_absent => {
                vec![Target { resource_type: Some(resource_type), id: TargetId::Caller }]
            }
            None => vec![by_id(resource_type, "")],
        }
    }
}

impl FieldTargets for Vec<String> {
    /// A list without members means every resource of the type: there is no call without a target.
    fn targets(&self, resource_type: &'static ResourceType) -> Vec<Target<'_>> {
        if self.is_empty() {
            return vec![Target { resource_type: Some(resource_type), id: TargetId::Any }];
        }
        self.iter().map(|id| by_id(resource_type, id)).collect()
    }
}

/// Declares an operation; see the module's documentation.
///
/// `resource` is one of `EXEMPT`, `ALL`, `(TYPE, *)`, `(TYPE, field)`, `(EACH TYPE, field)`, `[…, …]` of the other
/// forms, or `(TYPE, field by function)` where the function has the type `fn(&Request) -> Vec<Target<'_>>` and `field`
/// only tells the catalog which parameter decides; `(one of [TYPE, …], field by function)` likewise where the request
/// tells the type. `(ALL or …)` wraps any of them where the published table says "all
/// resources".
#[macro_export]
macro_rules! operation {
    (
        $(#[doc = $doc:literal])+
        $name:ident {
            product: $product:path,
            bind: $bind:tt,
            access: $access:ident,
            resource: $resource:tt,
            conditions: [$($condition:path),* $(,)?],
            request: $request:ty,
            response: $response:ty,
            errors: [$($error:path),* $(,)?],
            $(action: $action:literal,)?
            $(required: [$($required:literal),* $(,)?],)?
            $(query: [$($query:literal),* $(,)?],)?
            $(anonymous: $anonymous:literal,)?
            $(envelope: $envelope:ident,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub struct $name;

        impl $crate::Operation for $name {
            type Request = $request;
            type Response = $response;
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = concat!($($doc, "\n"),+);
            const PRODUCT: &'static $crate::Product = &$product;
            const BINDING: $crate::Binding = $crate::operation!(@bind $bind);
            const ACCESS: $crate::AccessLevel = $crate::AccessLevel::$access;
            const RESOURCE: $crate::Resource = $crate::operation!(@resource $resource);
            const CONDITIONS: &'static [&'static $crate::ConditionKey] = &[$(&$condition),*];
            const ERRORS: &'static [&'static $crate::ErrorCode] = &[$(&$error),*];
            $(const ACTION: &'static str = $action;)?
            $(const REQUIRED: &'static [&'static str] = &[$($required),*];)?
            $(const QUERY: &'static [&'static str] = &[$($query),*];)?
            $(const ANONYMOUS: bool = $anonymous;)?
            $(const ENVELOPE: $crate::Envelope = $crate::Envelope::$envelope;)?

            fn targets(request: &Self::Request) -> Vec<$crate::Target<'_>> {
                let _ = request;
                $crate::operation!(@targets request $resource)
            }
        }
    };
    (@bind RPC) => { $crate::Binding::Rpc };
    (@bind ($method:ident $path:literal)) => { $crate::Binding::Roa($crate::Method::$method, $path) };

    (@resource EXEMPT) => { $crate::Resource::Exempt };
    (@resource ALL) => { $crate::Resource::All };
    (@resource (one of [$($type:path),+], $field:ident by $function:path)) => {
        $crate::Resource::OneOf(&[$(&$type),+], stringify!($field))
    };
    (@resource (ALL or $narrow:tt)) => { $crate::Resource::AllOr(&$crate::operation!(@resource $narrow)) };
    (@resource ($type:path, *)) => { $crate::Resource::Any(&$type) };
    (@resource (EACH $type:path, $field:ident)) => { $crate::Resource::Each(&$type, stringify!($field)) };
    (@resource ($type:path, $field:ident by $function:path)) => { $crate::Resource::One(&$type, stringify!($field)) };
    (@resource ($type:path, $field:ident)) => { $crate::Resource::One(&$type, stringify!($field)) };
    (@resource [$($one:tt),+ $(,)?]) => { $crate::Resource::Several(&[$($crate::operation!(@resource $one)),+]) };

    (@targets $request:ident EXEMPT) => { Vec::new() };
    (@targets $request:ident ALL) => {
        vec![$crate::Target { resource_type: None, id: $crate::TargetId::Any }]
    };
    (@targets $request:ident (one of [$($type:path),+], $field:ident by $function:path)) => { $function($request) };
    (@targets $request:ident (ALL or $narrow:tt)) => { $crate::operation!(@targets $request $narrow) };
    (@targets $request:ident ($type:path, *)) => {
        vec![$crate::Target { resource_type: Some(&$type), id: $crate::TargetId::Any }]
    };
    (@targets $request:ident (EACH $type:path, $field:ident)) => {
        $crate::FieldTargets::targets(&$request.$field, &$type)
    };
    (@targets $request:ident ($type:path, $field:ident by $function:path)) => { $function($request) };
    (@targets $request:ident ($type:path, $field:ident)) => {
        $crate::FieldTargets::targets(&$request.$field, &$type)
    };
    (@targets $request:ident [$($one:tt),+ $(,)?]) => {{
        let mut all = Vec::new();
        $(all.extend($crate::operation!(@targets $request $one));)+
        all
    }};
}
