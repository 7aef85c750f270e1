//! Casbin.
//!
//! Built in: `regexMatch` for both; its `globMatch` would be wrong, because there a star stops at `/`. Native: one line
//! a statement, and a function in Rust that matches `|`-joined globs.

use casbin::function_map::OperatorFunction;
use casbin::rhai::Dynamic;
use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use ramgate_policy::glob;

use crate::workload::{Req, Stmt};

pub struct Casbin(Enforcer);
impl Casbin {
    pub fn new(st: &[Stmt], builtin: bool) -> Self {
        let m = if builtin {
            "regexMatch(r.act, p.act) && regexMatch(r.obj, p.obj)"
        } else {
            "ramMatch(r.act, p.act) && ramMatch(r.obj, p.obj)"
        };
        let model = format!(
            "[request_definition]\nr = sub, obj, act\n[policy_definition]\np = sub, obj, act, eft\n[policy_effect]\ne = some(where (p.eft == allow)) && !some(where (p.eft == deny))\n[matchers]\nm = r.sub == p.sub && {m}\n"
        );
        let rt = tokio::runtime::Builder::new_current_thread().build().unwrap();
        rt.block_on(async {
            let md = DefaultModel::from_str(&model).await.unwrap();
            let mut e = Enforcer::new(md, MemoryAdapter::default()).await.unwrap();
            e.add_function(
                "ramMatch",
                OperatorFunction::Arg2(|a: Dynamic, b: Dynamic| {
                    let (t, p) = (a.into_immutable_string().unwrap(), b.into_immutable_string().unwrap());
                    p.split('|').any(|g| glob(g, &t, false)).into()
                }),
            );
            let mut lines = vec![];
            for s in st {
                let eft = if s.allow { "allow" } else { "deny" }.to_string();
                if builtin {
                    let re = format!("^({})$", s.actions.join("|").replace('*', ".*"));
                    let rs = format!("^({})$", s.resources.join("|").replace('*', ".*"));
                    lines.push(vec!["u0".to_string(), rs, re, eft]);
                } else {
                    lines.push(vec!["u0".to_string(), s.resources.join("|"), s.actions.join("|"), eft]);
                }
            }
            lines.sort();
            lines.dedup();
            e.add_policies(lines).await.unwrap();
            Casbin(e)
        })
    }
    pub fn decide(&self, q: &Req) -> bool {
        self.0.enforce(("u0", q.resource.as_str(), q.action.as_str())).unwrap()
    }
}
