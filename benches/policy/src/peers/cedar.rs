//! Cedar.
//!
//! Plain: one policy per statement, wildcards stay wildcards (`context.action like "apig:get*"`). Otherwise every
//! distinct action set is an action group of the entity store, exact ids stand in the resource scope, and only a
//! trailing star is left to `like`.

use std::str::FromStr;

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, RestrictedExpression};
use ramgate_policy::glob;

use super::parts;
use crate::workload::{Req, Stmt, catalog};

pub struct Cedar {
    auth: Authorizer,
    set: PolicySet,
    ents: Entities,
}
impl Cedar {
    /// Policies, and the actions of each group.
    pub fn text(st: &[Stmt], plain: bool) -> (String, Vec<Vec<String>>) {
        let cat = catalog();
        let mut groups: Vec<Vec<String>> = vec![];
        let mut out = String::new();
        for s in st {
            let eff = if s.allow { "permit" } else { "forbid" };
            if plain {
                let cond = |var: &str, v: &[String]| {
                    let c: Vec<String> = v
                        .iter()
                        .map(|p| {
                            if p.contains('*') {
                                format!("context.{var} like \"{p}\"")
                            } else {
                                format!("context.{var} == \"{p}\"")
                            }
                        })
                        .collect();
                    format!("({})", c.join(" || "))
                };
                out.push_str(&format!(
                    "{eff}(principal == User::\"u0\", action, resource) when {{ {} && {} }};\n",
                    cond("action", &s.actions),
                    cond("resource", &s.resources)
                ));
            } else {
                let acts: Vec<String> =
                    cat.iter().filter(|c| s.actions.iter().any(|p| glob(p, c, false))).cloned().collect();
                let a = if acts.len() == cat.len() {
                    "action".to_string()
                } else if acts.len() == 1 {
                    format!("action == Action::\"{}\"", acts[0])
                } else {
                    let k = groups.iter().position(|g| *g == acts).unwrap_or_else(|| {
                        groups.push(acts.clone());
                        groups.len() - 1
                    });
                    format!("action in Action::\"set{k}\"")
                };
                // one policy for all resources of the statement
                let (g0, t0) = parts(&s.resources[0]);
                let (mut scope, mut cond) = ("resource".to_string(), String::new());
                if s.resources.len() == 1 && !t0.contains('*') {
                    scope = format!("resource == Res::\"{t0}\"");
                    if g0 != "*" {
                        cond = format!("context.region == \"{g0}\"");
                    }
                } else {
                    let c: Vec<String> = s
                        .resources
                        .iter()
                        .map(|r| {
                            let (g, t) = parts(r);
                            let mut e = if t == "*" {
                                "true".to_string()
                            } else if t.contains('*') {
                                format!("context.rel like \"{t}\"")
                            } else {
                                format!("resource == Res::\"{t}\"")
                            };
                            if g != "*" {
                                e = format!("({e} && context.region == \"{g}\")");
                            }
                            e
                        })
                        .collect();
                    cond = c.join(" || ");
                }
                let when = if cond.is_empty() { String::new() } else { format!(" when {{ {cond} }}") };
                out.push_str(&format!("{eff}(principal == User::\"u0\", {a}, {scope}){when};\n"));
            }
        }
        (out, groups)
    }
    pub fn new(st: &[Stmt], plain: bool) -> Self {
        let (text, groups) = Self::text(st, plain);
        let uid = |s: &str| EntityUid::from_type_name_and_id("Action".parse().unwrap(), cedar_policy::EntityId::new(s));
        let mut es = vec![];
        if !plain {
            for c in catalog() {
                let up = groups
                    .iter()
                    .enumerate()
                    .filter(|(_, g)| g.contains(&c))
                    .map(|(k, _)| uid(&format!("set{k}")))
                    .collect();
                es.push(cedar_policy::Entity::new_no_attrs(uid(&c), up));
            }
            es.extend(
                (0..groups.len())
                    .map(|k| cedar_policy::Entity::new_no_attrs(uid(&format!("set{k}")), Default::default())),
            );
        }
        Cedar {
            auth: Authorizer::new(),
            set: PolicySet::from_str(&text).unwrap(),
            ents: Entities::from_entities(es, None).unwrap(),
        }
    }
    #[inline]
    pub fn decide(&self, r: &Request) -> bool {
        self.auth.is_authorized(r, &self.set, &self.ents).decision() == Decision::Allow
    }
}

/// The request, built beforehand.
pub fn request(q: &Req, plain: bool) -> Request {
    let (g, t) = parts(&q.resource);
    let s = |v: &str| RestrictedExpression::new_string(v.to_string());
    let ctx = if plain {
        vec![("action".to_string(), s(&q.action)), ("resource".to_string(), s(&q.resource))]
    } else {
        vec![("region".to_string(), s(g)), ("rel".to_string(), s(t))]
    };
    let uid =
        |ty: &str, id: &str| EntityUid::from_type_name_and_id(ty.parse().unwrap(), cedar_policy::EntityId::new(id));
    Request::new(uid("User", "u0"), uid("Action", &q.action), uid("Res", t), Context::from_pairs(ctx).unwrap(), None)
        .unwrap()
}
