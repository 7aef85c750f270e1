//! The questions: one user's statements in the style of gateway management policies, and requests of which half are
//! allowed and half denied, a quarter of all by a Deny. Deterministic.
//!
//! Of the statements 55 % name one id, 20 % the resources of a team by prefix, 10 % two to six ids, 5 % grant actions
//! that take no resource, 10 % deny. 30 % name a region. Actions are `apig:*`, verbs with a star, or one to six names.

use ramgate_policy::glob;

use crate::actions::ACTIONS;

/// A statement, in lower case so that every engine may compare exactly.
#[derive(Clone, Debug)]
pub struct Stmt {
    pub allow: bool,
    pub actions: Vec<String>,
    pub resources: Vec<String>,
    /// Source address block and latest time, for the workload with conditions.
    pub condition: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Debug)]
pub struct Req {
    pub action: String,
    pub resource: String,
    pub allow: bool,
}

pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n
    }

    pub fn pick<'a, T>(&mut self, v: &'a [T]) -> &'a T {
        &v[self.below(v.len())]
    }
}

const KINDS: &[(&str, &str)] = &[
    ("gateway", "gw-"),
    ("httpapi", "api-"),
    ("domain", "d-"),
    ("environment", "env-"),
    ("service", "svc-"),
    ("policy", "pl-"),
    ("consumer", "cs-"),
    ("secret", "sec-"),
];
const REGIONS: &[&str] = &["cn-hangzhou", "cn-shanghai", "cn-beijing", "ap-southeast-1"];
const ACCOUNT: &str = "1234567890123456";

fn hex(r: &mut Rng, n: usize) -> String {
    (0..n).map(|_| char::from_digit(r.below(16) as u32, 16).unwrap()).collect()
}

fn new_id(r: &mut Rng, prefix: &str) -> String {
    if r.below(2) == 0 {
        format!("{prefix}{}", hex(r, 24))
    } else {
        format!("team{:03}-{prefix}{}", r.below(400), hex(r, 12))
    }
}

fn actions_of(kind: &str) -> Vec<String> {
    ACTIONS.iter().filter(|a| a.1 == kind).map(|a| format!("apig:{}", a.0.to_lowercase())).collect()
}

/// All action names, in lower case.
pub fn catalog() -> Vec<String> {
    ACTIONS.iter().map(|a| format!("apig:{}", a.0.to_lowercase())).collect()
}

fn action_set(r: &mut Rng, kind: &str) -> Vec<String> {
    match r.below(4) {
        0 => vec!["apig:*".into()],
        1 => vec!["apig:get*".into(), "apig:list*".into()],
        2 => vec!["apig:get*".into(), "apig:list*".into(), "apig:update*".into(), "apig:deploy*".into()],
        _ => {
            let all = actions_of(kind);
            let n = 1 + r.below(all.len().min(6));
            (0..n).map(|_| r.pick(&all).clone()).collect()
        }
    }
}

pub fn statements(n: usize, seed: u64) -> Vec<Stmt> {
    let mut r = Rng(seed);
    let global = actions_of("*");
    let mut out = Vec::with_capacity(n);
    for i in 0..n {
        let (kind, pre) = *r.pick(KINDS);
        let region = |r: &mut Rng| if r.below(10) < 7 { "*" } else { *r.pick(REGIONS) };
        let stmt = |allow, actions, resources| Stmt { allow, actions, resources, condition: None };
        out.push(match i * 13 % 20 {
            0..=10 => {
                let (g, id) = (region(&mut r), new_id(&mut r, pre));
                stmt(true, action_set(&mut r, kind), vec![format!("acs:apig:{g}:*:{kind}/{id}")])
            }
            11..=14 => {
                let g = region(&mut r);
                let team = r.below(400);
                stmt(true, action_set(&mut r, kind), vec![format!("acs:apig:{g}:*:{kind}/team{team:03}-*")])
            }
            15 | 16 => {
                let m = 2 + r.below(5);
                let actions = action_set(&mut r, kind);
                let resources =
                    (0..m).map(|_| format!("acs:apig:{}:*:{kind}/{}", region(&mut r), new_id(&mut r, pre))).collect();
                stmt(true, actions, resources)
            }
            17 => {
                let m = 1 + r.below(5);
                let mut actions: Vec<String> = (0..m).map(|_| r.pick(&global).clone()).collect();
                if r.below(4) == 0 {
                    actions.push("apig:*mcpserver*".into());
                }
                stmt(true, actions, vec!["acs:apig:*:*:*".into()])
            }
            18 => {
                let id = new_id(&mut r, pre);
                let actions = vec!["apig:delete*".into(), "apig:undeploy*".into()];
                stmt(false, actions, vec![format!("acs:apig:*:*:{kind}/{id}")])
            }
            _ => {
                let team = r.below(400);
                stmt(false, vec!["apig:*".into()], vec![format!("acs:apig:*:*:{kind}/team{team:03}-{pre}f*")])
            }
        });
    }
    out
}

/// Gives one statement in ten a condition. Half of them hold for the requests of this benchmark.
pub fn with_conditions(mut statements: Vec<Stmt>) -> Vec<Stmt> {
    for (i, statement) in statements.iter_mut().enumerate() {
        if i % 10 == 3 {
            let block = if i % 20 == 3 { "10.0.0.0/8" } else { "192.168.0.0/16" };
            statement.condition = Some((block, "2030-01-01T00:00:00Z"));
        }
    }
    statements
}

fn holds(statement: &Stmt) -> bool {
    statement.condition.is_none_or(|(block, _)| block == "10.0.0.0/8")
}

fn instantiate(r: &mut Rng, pattern: &str) -> String {
    let mut parts: Vec<String> = pattern.splitn(5, ':').map(str::to_owned).collect();
    if parts[2] == "*" {
        parts[2] = (*r.pick(REGIONS)).to_owned();
    }
    if parts[3] == "*" {
        parts[3] = ACCOUNT.into();
    }
    if parts[4] == "*" {
        let (k, p) = *r.pick(KINDS);
        parts[4] = format!("{k}/{}", new_id(r, p));
    } else if parts[4].ends_with('*') {
        parts[4].pop();
        let tail = hex(r, 12);
        parts[4].push_str(&tail);
    }
    parts.join(":")
}

/// Straight reading of the language over globs: (allowed, denied).
pub fn reference(statements: &[Stmt], action: &str, resource: &str) -> (bool, bool) {
    let matches = |s: &&Stmt| {
        s.actions.iter().any(|a| glob(a, action, false))
            && s.resources.iter().any(|p| glob(p, resource, false))
            && holds(s)
    };
    let denied = statements.iter().filter(|s| !s.allow).any(|s| matches(&s));
    let allowed = !denied && statements.iter().filter(|s| s.allow).any(|s| matches(&s));
    (allowed, denied)
}

pub fn requests(statements: &[Stmt], n: usize, seed: u64) -> Vec<Req> {
    let mut r = Rng(seed);
    let names = catalog();
    let (mut allowed, mut denied, mut neither) = (0, 0, 0);
    let mut out = Vec::new();
    let mut tries = 0;
    while out.len() < n {
        tries += 1;
        let s = r.pick(statements);
        let actions: Vec<&String> = names.iter().filter(|c| s.actions.iter().any(|a| glob(a, c, false))).collect();
        if actions.is_empty() {
            continue;
        }
        let action = (*r.pick(&actions)).clone();
        let pattern = r.pick(&s.resources).clone();
        let mut resource = instantiate(&mut r, &pattern);
        if r.below(3) == 0 {
            // Another ending of the id: usually nobody's resource.
            resource.truncate(resource.len() - 3);
            resource.push_str("zzz");
        }
        let (a, d) = reference(statements, &action, &resource);
        let late = tries > 200 * n;
        if a && allowed < n / 2 {
            allowed += 1;
        } else if !a && d && (denied < n / 4 || late) && denied + neither < n / 2 {
            denied += 1;
        } else if !a && !d && (neither < n / 4 || late) && denied + neither < n / 2 {
            neither += 1;
        } else {
            continue;
        }
        out.push(Req { action, resource, allow: a });
    }
    for i in (1..out.len()).rev() {
        let j = r.below(i + 1);
        out.swap(i, j);
    }
    out
}

/// The policy text of the statements.
pub fn policy_text(statements: &[Stmt]) -> String {
    let statements: Vec<serde_json::Value> = statements
        .iter()
        .map(|s| {
            let mut statement = serde_json::json!({
                "Effect": if s.allow { "Allow" } else { "Deny" },
                "Action": s.actions,
                "Resource": s.resources,
            });
            if let Some((block, until)) = s.condition {
                statement["Condition"] = serde_json::json!({
                    "IpAddress": { "acs:SourceIp": block },
                    "DateLessThan": { "acs:CurrentTime": until },
                });
            }
            statement
        })
        .collect();
    serde_json::json!({ "Version": "1", "Statement": statements }).to_string()
}
