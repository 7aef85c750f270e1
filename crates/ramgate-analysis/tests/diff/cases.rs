//! Cases by hand: what the answers look like, and the corners of the language.

use ramgate_analysis::diff::{Diff, Limits, Names, Region, Relation, Term, diff};
use ramgate_policy::{Document, DocumentKind};
use serde_json::{Value, json};

use crate::support::{catalog, check, compare, compare_policies, policy, stored};

fn allow(action: Value, resource: Value) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

fn deny(action: Value, resource: Value) -> Value {
    json!({ "Effect": "Deny", "Action": action, "Resource": resource })
}

fn when(mut statement: Value, condition: Value) -> Value {
    statement["Condition"] = condition;
    statement
}

fn names(names: &[Names]) -> Vec<String> {
    names
        .iter()
        .map(|Names { matching, except }| {
            let except = if except.is_empty() { String::new() } else { format!(" except {}", except.join(", ")) };
            format!("{}{except}", matching.join(" and "))
        })
        .collect()
}

fn terms(region: &Region) -> Vec<String> {
    let term = |term: &Term| {
        let not = if term.holds { "" } else { "not " };
        format!("{not}{} {} {}", term.operator, term.key, term.values.join("|"))
    };
    region.conditions.iter().map(|terms| terms.iter().map(term).collect::<Vec<_>>().join(" & ")).collect()
}

/// The regions in one line each: `+` gained, `-` lost.
fn told(answer: &Diff) -> Vec<String> {
    crate::support::regions(answer)
        .map(|(gained, region)| {
            let conditions = terms(region).join(" | ");
            let conditions = if conditions.is_empty() { String::new() } else { format!(" if {conditions}") };
            let sign = if gained { '+' } else { '-' };
            format!(
                "{sign} {} on {}{conditions}",
                names(&region.actions).join(", "),
                names(&region.resources).join(", ")
            )
        })
        .collect()
}

#[test]
fn a_widened_id_is_gained_without_what_was_allowed_before() {
    let answer = compare(
        json!([allow(json!("mse:Get*"), json!("acs:mse:*:*:instance/gw-12"))]),
        json!([allow(json!("mse:Get*"), json!("acs:mse:*:*:instance/gw-*"))]),
    );
    assert_eq!(answer.relation, Relation::Wider);
    assert_eq!(told(&answer), ["+ mse:Get* on acs:mse:*:*:instance/gw-* except acs:mse:*:*:instance/gw-12"]);
    let region = &answer.gained[0];
    assert_eq!(region.listed_actions, ["mse:GetGateway", "mse:GetGatewayOption"]);
    assert!(region.unlisted_actions);
    assert_eq!(region.example.action, "mse:GetGateway");
    assert_eq!(region.example.resource, "acs:mse:cn-hangzhou:1000000000000001:instance/gw-x");
    assert_eq!(region.old.by, None);
    let by = region.new.by.as_ref().unwrap();
    assert_eq!((by.policy.as_str(), by.statement, by.line, by.column), ("new", 0, 3, 3));
}

#[test]
fn a_removed_deny_gains_only_what_something_allows() {
    let both = json!([allow(json!("mse:*"), json!("acs:mse:*:*:instance/gw-1*")), allow(json!("apig:*"), json!("*"))]);
    let mut old = both.clone();
    old.as_array_mut().unwrap().push(deny(json!(["mse:Delete*", "ram:*"]), json!("*")));
    let answer = compare(old, both);
    assert_eq!(answer.relation, Relation::Wider);
    assert_eq!(told(&answer), ["+ mse:Delete* on acs:mse:*:*:instance/gw-1*"]);
    assert_eq!(answer.gained[0].old.by.as_ref().unwrap().statement, 2);
}

#[test]
fn spelling_out_the_catalog_loses_what_it_does_not_list() {
    let listed = ["mse:GetGateway", "mse:GetGatewayOption", "mse:DeleteGateway", "mse:AddGatewayRoute"];
    let more = ["mse:ListGatewayRoute", "mse:ListGatewayZone"];
    let all: Vec<&str> = listed.into_iter().chain(more).collect();
    let answer = compare(json!([allow(json!("mse:*"), json!("*"))]), json!([allow(json!(all), json!("*"))]));
    assert_eq!(answer.relation, Relation::Narrower);
    let region = &answer.lost[0];
    assert_eq!(region.listed_actions, [""; 0]);
    assert!(region.unlisted_actions);
    assert!(region.example.action.starts_with("mse:"), "{region:#?}");
}

#[test]
fn names_that_only_policies_spell_out_count() {
    let answer = compare(json!([]), json!([allow(json!("mse:UploadWasmFile"), json!("*"))]));
    assert_eq!(told(&answer), ["+ mse:UploadWasmFile on *"]);
    assert_eq!(answer.gained[0].listed_actions, ["mse:UploadWasmFile"]);
    assert!(!answer.gained[0].unlisted_actions);
}

#[test]
fn an_action_without_need_of_permission_makes_no_difference() {
    let answer = compare(json!([]), json!([allow(json!("sts:GetCallerIdentity"), json!("*"))]));
    assert_eq!(answer.relation, Relation::Equivalent);
    let answer = compare(json!([]), json!([deny(json!("sts:*"), json!("*")), allow(json!("sts:Get*"), json!("*"))]));
    assert_eq!(answer.relation, Relation::Equivalent);
}

#[test]
fn case_makes_no_difference_where_the_language_ignores_it() {
    for (a, b) in [
        (("MSE:getgateway", "acs:mse:CN-A:*:instance/a"), ("mse:GetGateway", "ACS:Mse:cn-a:*:instance/a")),
        (("ram:*", "acs:ram:*:1:role/Admin"), ("ram:*", "acs:ram::1:ROLE/ADMIN")),
        (("ims:*", "acs:ims:*:1:user/A*"), ("ims:*", "acs:ims:*:1:user/a*")),
        // Whatever region a name of RAM gives, it has none.
        (("ram:*", "acs:ram:?*:1:role/a"), ("ram:*", "acs:ram:cn-a:1:role/a")),
    ] {
        let one = |(action, resource): (&str, &str)| json!([allow(json!(action), json!(resource))]);
        assert_eq!(compare(one(a), one(b)).relation, Relation::Equivalent, "{a:?} {b:?}");
    }
    for (a, b) in [
        (("mse:*", "acs:mse:*:1:instance/A"), ("mse:*", "acs:mse:*:1:instance/a")),
        (("ram:*", "acs:ram:*:1:mfa/A"), ("ram:*", "acs:ram:*:1:mfa/a")),
        (("sts:*", "acs:sts:*:1:role/A"), ("sts:*", "acs:sts:*:1:role/a")),
    ] {
        let one = |(action, resource): (&str, &str)| json!([allow(json!(action), json!(resource))]);
        assert_eq!(compare(one(a), one(b)).relation, Relation::Incomparable, "{a:?} {b:?}");
    }
}

#[test]
fn prefixes_in_pieces_are_the_same() {
    let answer = compare(
        json!([allow(json!("mse:*"), json!("acs:mse:*:*:instance/gw*"))]),
        json!([allow(json!("mse:*"), json!(["acs:mse:*:*:instance/gw", "acs:mse:*:*:instance/gw?*"]))]),
    );
    assert_eq!(answer.relation, Relation::Equivalent);
    assert_eq!(answer.notes, [""; 0]);
}

#[test]
fn interior_wildcards_are_compared_exactly() {
    let one = |pattern: &str| json!([allow(json!("mse:*"), json!(format!("acs:mse:*:*:{pattern}")))]);
    for (old, new, relation) in [
        ("a*b", "a*b*b", Relation::Narrower),
        ("*a*", "*a*a*", Relation::Narrower),
        ("*a*a*a*a*", "*a*?*a*", Relation::Wider),
        ("?*?", "??*", Relation::Equivalent),
        ("a*b", "*ab", Relation::Incomparable),
        ("x*y", "a*y", Relation::Incomparable),
        ("p/*/t/*", "p/*/*", Relation::Wider),
    ] {
        assert_eq!(compare(one(old), one(new)).relation, relation, "{old} {new}");
    }
}

#[test]
fn everything_but_is_the_complement() {
    let one = |element: &str, value: Value| {
        let mut statement = allow(json!("mse:*"), json!("*"));
        statement.as_object_mut().unwrap().remove(if element == "NotAction" { "Action" } else { "Resource" });
        statement[element] = value;
        json!([statement])
    };
    let answer = compare(one("NotAction", json!(["ram:*", "mse:Get*"])), one("NotAction", json!(["ram:*"])));
    assert_eq!(told(&answer), ["+ mse:Get* on *"]);
    let answer = compare(
        one("NotResource", json!(["acs:mse:*:*:instance/a*", "acs:mse:*:*:instance/b"])),
        one("NotResource", json!(["acs:mse:*:*:instance/ab*"])),
    );
    assert_eq!(
        told(&answer),
        ["+ mse:* on acs:mse:*:*:instance/a* except acs:mse:*:*:instance/ab*, acs:mse:*:*:instance/b"]
    );
    // An Allow of everything but something, and a Deny of it, are the same beside nothing else.
    let answer = compare(
        one("NotResource", json!(["acs:mse:*:*:instance/a*"])),
        json!([allow(json!("mse:*"), json!("*")), deny(json!("*"), json!("acs:mse:*:*:instance/a*"))]),
    );
    assert_eq!(answer.relation, Relation::Equivalent);
    assert!(answer.notes[0].contains("explicitly"), "{:?}", answer.notes);
}

#[test]
fn sets_that_deny_differently_are_told_apart_in_a_note() {
    let with =
        |denied: Value| json!([allow(json!("mse:*"), json!("acs:mse:*:*:instance/*")), deny(json!("*"), denied)]);
    let old = with(json!("acs:mse:*:*:instance/a*"));
    let same = compare(old.clone(), with(json!(["acs:mse:*:*:instance/a", "acs:mse:*:*:instance/a?*"])));
    assert_eq!((same.relation, same.notes.len()), (Relation::Equivalent, 0));
    let more = compare(old, with(json!(["acs:mse:*:*:instance/a*", "acs:apig:*:*:gateway/*"])));
    assert_eq!((more.relation, more.notes.len()), (Relation::Equivalent, 1));
}

#[test]
fn address_blocks_in_halves_are_the_same() {
    let one = |blocks: Value| {
        json!([when(allow(json!("*"), json!("*")), json!({ "IpAddress": { "acs:SourceIp": blocks } }))])
    };
    let whole = one(json!("10.0.0.0/8"));
    assert_eq!(compare(whole.clone(), one(json!(["10.0.0.0/9", "10.128.0.0/9"]))).relation, Relation::Equivalent);
    let answer = compare(whole.clone(), one(json!(["10.0.0.0/9"])));
    assert_eq!(told(&answer), ["- * on * if IpAddress acs:SourceIp 10.128.0.0/9"]);
    assert_eq!(answer.lost[0].example.context["acs:SourceIp"], ["10.128.0.1"]);
    let answer = compare(whole, one(json!(["10.0.0.0/8", "2001:db8::/32"])));
    assert_eq!(answer.gained[0].example.context["acs:SourceIp"], ["2001:db8::1"]);
    let answer = compare(one(json!("10.0.0.0/8")), one(json!(["10.0.0.0/9", "192.168.0.0/16"])));
    assert_eq!(
        told(&answer),
        ["+ * on * if IpAddress acs:SourceIp 192.168.0.0/16", "- * on * if IpAddress acs:SourceIp 10.128.0.0/9"]
    );
    // Where the blocks are many, the policies' own say it better.
    let answer = compare(one(json!("10.0.0.0/8")), one(json!("10.0.0.1")));
    assert_eq!(told(&answer), ["- * on * if IpAddress acs:SourceIp 10.0.0.0/8 & NotIpAddress acs:SourceIp 10.0.0.1"]);
    for block in ["fd00::/8", "::1", "255.255.255.255", "0.0.0.0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"] {
        assert_eq!(compare(json!([]), one(json!(block))).relation, Relation::Wider, "{block}");
    }
    // IPv4 addresses written as IPv6 are IPv4 addresses.
    assert_eq!(compare(json!([]), one(json!("::ffff:0:0/95"))).relation, Relation::Wider);
    assert_eq!(compare(one(json!("10.0.0.0/8")), one(json!("::ffff:10.0.0.0/104"))).relation, Relation::Equivalent);
    // All addresses are not all requests: a Deny of the others misses none, but an absent address is in no block.
    let answer = compare(json!([allow(json!("*"), json!("*"))]), one(json!(["0.0.0.0/0", "::/0"])));
    assert_eq!(answer.relation, Relation::Narrower);
    assert_eq!(answer.lost[0].example.context.get("acs:SourceIp"), None);
}

#[test]
fn times_are_compared_as_points_in_time() {
    let one = |operator: &str, time: &str| {
        json!([when(allow(json!("*"), json!("*")), json!({ operator: { "acs:CurrentTime": time } }))])
    };
    let same = compare(one("DateLessThan", "2026-05-01T08:00:00+08:00"), one("DateLessThan", "2026-05-01T00:00:00Z"));
    assert_eq!(same.relation, Relation::Equivalent);
    let later = compare(one("DateLessThan", "2026-05-01T00:00:00Z"), one("DateLessThanEquals", "2026-05-01T00:00:00Z"));
    assert_eq!(later.relation, Relation::Wider);
    assert_eq!(later.gained[0].example.context["acs:CurrentTime"], ["2026-05-01T00:00:00Z"]);
}

#[test]
fn conditions_of_several_keys_are_told_together() {
    let base = allow(json!("mse:*"), json!("*"));
    let old = json!([when(base.clone(), json!({ "Bool": { "acs:MFAPresent": "true" } }))]);
    let new = json!([when(
        base,
        json!({ "Bool": { "acs:MFAPresent": "true" },
        "StringLike": { "acs:SourceVpc": "vpc-*" }, "StringNotEquals": { "acs:SourceVpc": "vpc-evil" } })
    )]);
    let answer = compare(old, new);
    assert_eq!(
        told(&answer),
        ["- mse:* on * if Bool acs:MFAPresent true & StringEquals acs:SourceVpc vpc-evil \
          | Bool acs:MFAPresent true & StringNotLike acs:SourceVpc vpc-*"]
    );
}

#[test]
fn a_key_with_several_values_may_match_and_not_match() {
    let one = |operator: &str, key: &str| when(allow(json!("*"), json!("*")), json!({ operator: { key: "gw-1" } }));
    // With one value at most these two leave nothing out.
    let both = |key: &str| json!([one("StringEquals", key), one("StringNotEquals", key)]);
    let all = json!([allow(json!("*"), json!("*"))]);
    assert_eq!(compare(all.clone(), both("acs:SourceVpc")).relation, Relation::Equivalent);
    assert_eq!(compare(all, both("apig:GatewayId")).relation, Relation::Equivalent);
    // Nobody is two gateways, but a request may name two.
    let two = |key: &str| {
        json!([when(
            allow(json!("*"), json!("*")),
            json!({ "StringEquals": { key: "gw-1" }, "StringLike": { key: "gw-2" } })
        )])
    };
    assert_eq!(compare(json!([]), two("acs:SourceVpc")).relation, Relation::Equivalent);
    let answer = compare(json!([]), two("apig:GatewayId"));
    assert_eq!(answer.relation, Relation::Wider);
    let mut values = answer.gained[0].example.context["apig:GatewayId"].clone();
    values.sort();
    assert_eq!(values, ["gw-1", "gw-2"]);
}

#[test]
fn a_negated_operator_holds_only_when_none_of_several_values_matches() {
    let one = |condition: Value| json!([when(allow(json!("*"), json!("*")), condition)]);
    let equals = |value: &str| json!({ "StringEquals": { "apig:GatewayId": value } });
    let and_not = |value: &str, not: &str| json!({ "StringEquals": { "apig:GatewayId": value }, "StringNotEquals": { "apig:GatewayId": not } });
    assert_eq!(compare(json!([]), one(and_not("gw-1", "gw-1"))).relation, Relation::Equivalent);
    let answer = compare(one(equals("gw-1")), one(and_not("gw-1", "gw-2")));
    assert_eq!(
        told(&answer),
        ["- * on * if StringEquals apig:GatewayId gw-1 & not StringNotEquals apig:GatewayId gw-2"]
    );
    assert_eq!(answer.lost[0].example.context["apig:GatewayId"].len(), 2);
    // Patterns that overlap are no independent questions.
    let like = |value: &str, not: &str| json!({ "StringLike": { "apig:GatewayId": value }, "StringNotLike": { "apig:GatewayId": not } });
    assert_eq!(compare(json!([]), one(like("gw-1*", "gw-*"))).relation, Relation::Equivalent);
    assert_eq!(compare(json!([]), one(like("gw-*", "gw-1*"))).relation, Relation::Wider);
    let all = json!([one(equals("gw-1"))[0], one(json!({ "StringNotEquals": { "apig:GatewayId": "gw-1" } }))[0]]);
    assert_eq!(compare(json!([allow(json!("*"), json!("*"))]), all).relation, Relation::Equivalent);
}

#[test]
fn a_key_of_no_catalog_that_is_text_and_number_at_once_is_not_claimed_to_be_equal() {
    let one = |condition: Value| json!([when(allow(json!("*"), json!("*")), condition)]);
    let (old, new) = (one(json!({ "StringLike": { "y:k": "1*" } })), one(json!({ "NumericLessThan": { "y:k": "5" } })));
    let answer = compare(old.clone(), new);
    assert_eq!((answer.relation, answer.complete), (Relation::Incomparable, false));
    let both = json!([old[0], one(json!({ "StringLike": { "y:k": "1*" }, "NumericLessThan": { "y:k": "5" } }))[0]]);
    assert_eq!(compare(old, both).relation, Relation::Unknown);
}

#[test]
fn many_values_of_one_key_are_independent_questions() {
    let list = |from: usize, to: usize| -> Value {
        let one = |number: usize| {
            let id = format!("gw-{number}");
            when(allow(json!("apig:*"), json!("*")), json!({ "StringEquals": { "apig:GatewayId": id } }))
        };
        (from..to).map(one).collect()
    };
    let answer = compare(list(0, 40), list(0, 41));
    assert_eq!(answer.relation, Relation::Wider);
    assert_eq!(answer.gained[0].example.context["apig:GatewayId"], ["gw-40"]);
    assert_eq!(answer.gained[0].conditions[0].len(), 41);
}

#[test]
fn an_absent_key_is_a_case_of_its_own() {
    let old = json!([when(allow(json!("*"), json!("*")), json!({ "StringNotEquals": { "acs:SourceVpc": "vpc-1" } }))]);
    let new = json!([when(allow(json!("*"), json!("*")), json!({ "StringLike": { "acs:SourceVpc": "*" } }))]);
    let answer = compare(old, new);
    assert_eq!(answer.relation, Relation::Incomparable);
    assert_eq!(answer.gained[0].example.context["acs:SourceVpc"], ["vpc-1"]);
    assert!(answer.lost[0].example.context.is_empty());
}

#[test]
fn what_is_not_understood_counts_as_it_does_for_decisions() {
    let document = |effect: &str| {
        let text = json!({ "Version": "1", "Statement": [
            { "Effect": "Allow", "Action": "mse:*", "Resource": "*" },
            { "Effect": effect, "Action": "mse:Get*", "Resource": "*", "Condition": { "StringIsNice": { "a:b": "c" } } },
        ]});
        stored("stored", Document::parse_stored(&text.to_string()).unwrap())
    };
    let without = policy("plain", json!([allow(json!("mse:*"), json!("*"))]));
    let answer = compare_policies(std::slice::from_ref(&without), &[document("Allow")]);
    assert_eq!(answer.relation, Relation::Equivalent);
    let answer = compare_policies(&[without], &[document("Deny")]);
    assert_eq!(told(&answer), ["- mse:Get* on *"]);
    // An operator that does not fit a key of the catalog.
    let misfit = |effect: &str| {
        json!([
            allow(json!("apig:*"), json!("*")),
            when(
                json!({ "Effect": effect, "Action": "mse:*", "Resource": "*" }),
                json!({ "StringLike": { "x:Count": "1" } })
            )
        ])
    };
    assert_eq!(compare(json!([allow(json!("apig:*"), json!("*"))]), misfit("Allow")).relation, Relation::Equivalent);
    let denied =
        compare(json!([allow(json!("*"), json!("*"))]), json!([allow(json!("*"), json!("*")), misfit("Deny")[1]]));
    assert_eq!(told(&denied), ["- mse:* on *"]);
}

#[test]
fn a_question_beyond_its_budget_is_unknown_and_never_equal() {
    let bomb = |tail: &str| {
        json!([
            allow(
                json!("mse:*"),
                json!(
                    [format!("acs:mse:*:*:*a{}{tail}", "?".repeat(60)), format!("acs:mse:*:*:*b{}", "?".repeat(61)),]
                )
            ),
            allow(json!("apig:GetHttpApi"), json!("*"))
        ])
    };
    let (old, new) = ([policy("old", bomb(""))], [policy("new", bomb("*"))]);
    let started = std::time::Instant::now();
    let answer = diff(&old, &new, &catalog(), Limits { steps: 300_000 });
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    assert_eq!((answer.relation, answer.complete), (Relation::Unknown, false));
    assert!(answer.notes[0].contains("larger than its budget"), "{:?}", answer.notes);
    // What is easy to find is found all the same.
    let mut more = bomb("*");
    more.as_array_mut().unwrap().push(allow(json!("ram:GetUser"), json!("acs:ram:*:*:user/a")));
    let new = [policy("new", more)];
    let answer = diff(&old, &new, &catalog(), Limits { steps: 300_000 });
    assert_eq!(answer.relation, Relation::Unknown);
    check(&answer, &old, &new, &catalog());
    assert!(told(&answer).contains(&"+ ram:GetUser on acs:ram:*:*:user/a".to_owned()), "{:#?}", told(&answer));
    // No budget at all.
    assert_eq!(diff(&old, &new, &catalog(), Limits { steps: 0 }).relation, Relation::Unknown);
}

#[test]
fn wildcard_bombs_that_only_look_dangerous_are_answered() {
    let stars = |count: usize| {
        json!([allow(
            json!(format!("mse:{}*", "*a".repeat(count))),
            json!(format!("acs:mse:*:*:{}*", "*a".repeat(count)))
        )])
    };
    assert_eq!(compare(stars(40), stars(41)).relation, Relation::Narrower);
    assert_eq!(compare(stars(40), stars(40)).relation, Relation::Equivalent);
}

#[test]
fn many_conditions_on_one_key_of_no_catalog_stop_at_the_budget_or_are_answered() {
    let statement = |number: usize| {
        when(allow(json!("mse:*"), json!("*")), json!({ "StringLike": { "y:list": format!("*{number}*x") } }))
    };
    let old: Vec<Value> = (0..30).map(statement).collect();
    let new: Vec<Value> = (0..29).map(statement).collect();
    let (old, new) = ([policy("old", json!(old))], [policy("new", json!(new))]);
    let started = std::time::Instant::now();
    let answer = diff(&old, &new, &catalog(), Limits { steps: 2_000_000 });
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(answer.relation, Relation::Unknown);
}

#[test]
fn the_documented_gateway_policies_differ_in_three_regions() {
    let read = |name: &str| {
        let path = format!("{}/../../testdata/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let case: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let text = case["policies"][0]["document"].to_string();
        stored(name, Document::parse(&text, DocumentKind::Identity).unwrap())
    };
    let answer = compare_policies(&[read("mse-read-only-gateway")], &[read("mse-read-write-gateway")]);
    assert_eq!(answer.relation, Relation::Wider);
    assert_eq!(
        told(&answer),
        [
            "+ log:OpenProductDataCollection on *",
            "+ mse:CreateDefaultAlert, mse:*CustomPlugin, mse:*GatewayIngressMigrateTask* except \
             mse:GetGatewayIngressMigrateTaskDetail, mse:ListGatewayIngressMigrateTask, mse:*TagResources except \
             mse:ListTagResources on acs:mse:*:*:* except \
             acs:mse:*:*:instance/gw-8090caa2a3ab447a8bc5fdf3********",
            "+ mse:* except mse:CheckPluginLua, mse:GatewayBlackWhite*, mse:GatewayHealthCheckList, \
             mse:GatewayQueryMonitor, mse:Get*, mse:List*, mse:Pull*, mse:Query*, mse:Select*, mse:UploadWasmFile on \
             acs:mse:*:*:instance/gw-8090caa2a3ab447a8bc5fdf3********",
        ]
    );
}
