//! regorus.
//!
//! Plain: `glob.match` on the written patterns. Otherwise actions are expanded to a set, and the resource is cut into
//! region and relative id, exact or `startswith`. Caches are raised above the number of patterns.

use ramgate_policy::glob;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};

use super::parts;
use crate::workload::{Req, Stmt, catalog};

const REGO_GLOB: &str = r#"package ram
default decision := false
hit(s) if {
    some a in s.actions
    glob.match(a, null, input.action)
    some r in s.resources
    glob.match(r, null, input.resource)
}
denied if { some s in data.deny; hit(s) }
allowed if { some s in data.allow; hit(s) }
decision if { allowed; not denied }
"#;
const REGO_FIELDS: &str = r#"package ram
default decision := false
region_ok(r) if r.region == "*"
region_ok(r) if r.region == input.region
rel_ok(r) if r.rel == input.rel
rel_ok(r) if startswith(input.rel, r.pre)
hit(s) if {
    s.actions[input.action]
    some r in s.resources
    region_ok(r)
    rel_ok(r)
}
denied if { some s in data.deny; hit(s) }
allowed if { some s in data.allow; hit(s) }
decision if { allowed; not denied }
"#;

pub struct Rego {
    eng: Engine,
    vm: Option<RegoVM>,
}
impl Rego {
    pub fn new(st: &[Stmt], plain: bool, vm: bool) -> Self {
        regorus::cache::configure(regorus::cache::Config { regex: 65536, glob: 65536 });
        let cat = catalog();
        let part = |eff: bool| -> Vec<serde_json::Value> {
            st.iter()
                .filter(|s| s.allow == eff)
                .map(|s| {
                    if plain {
                        serde_json::json!({"actions": s.actions, "resources": s.resources})
                    } else {
                        let acts: serde_json::Map<String, serde_json::Value> = cat
                            .iter()
                            .filter(|c| s.actions.iter().any(|p| glob(p, c, false)))
                            .map(|c| (c.clone(), true.into()))
                            .collect();
                        let rs: Vec<serde_json::Value> = s
                            .resources
                            .iter()
                            .map(|r| {
                                let (g, t) = parts(r);
                                match t.strip_suffix('*') {
                                    Some(p) => serde_json::json!({"region": g, "pre": p}),
                                    None => serde_json::json!({"region": g, "rel": t}),
                                }
                            })
                            .collect();
                        serde_json::json!({"actions": acts, "resources": rs})
                    }
                })
                .collect()
        };
        let data = serde_json::json!({"deny": part(false), "allow": part(true)}).to_string();
        let mut eng = Engine::new();
        eng.add_policy("ram.rego".into(), if plain { REGO_GLOB } else { REGO_FIELDS }.into()).unwrap();
        eng.add_data_json(&data).unwrap();
        let vm = vm.then(|| {
            let ep = "data.ram.decision";
            let cp = eng.compile_with_entrypoint(&ep.into()).unwrap();
            let prog = Compiler::compile_from_policy(&cp, &[ep]).unwrap();
            let mut m = RegoVM::new();
            m.set_max_instructions(1 << 30); // the default, 25,000, is passed at N=1000
            m.load_program(prog);
            m.set_data(Value::from_json_str(&data).unwrap()).unwrap();
            m
        });
        Rego { eng, vm }
    }
    pub fn decide(&mut self, v: &Value) -> bool {
        let out = match &mut self.vm {
            Some(m) => {
                m.set_input(v.clone());
                m.execute().unwrap()
            }
            None => {
                self.eng.set_input(v.clone());
                self.eng.eval_rule("data.ram.decision".to_string()).unwrap()
            }
        };
        out == Value::Bool(true)
    }
}

/// The input, built beforehand.
pub fn input(q: &Req, plain: bool) -> Value {
    let (g, t) = parts(&q.resource);
    let j = if plain {
        serde_json::json!({"action": q.action, "resource": q.resource})
    } else {
        serde_json::json!({"action": q.action, "region": g, "rel": t})
    };
    Value::from_json_str(&j.to_string()).unwrap()
}
