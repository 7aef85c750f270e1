//! `ramgate policy diff`.

use crate::support::{Place, transcript};
use insta::assert_snapshot;

fn policy(statements: &str) -> String {
    format!("{{ \"Version\": \"1\", \"Statement\": [\n{statements}\n] }}\n")
}

fn allow(action: &str, resource: &str) -> String {
    format!(r#"  {{ "Effect": "Allow", "Action": "{action}", "Resource": "{resource}" }}"#)
}

fn gateways() -> Place {
    Place::on_a_terminal()
        .with_file("old.json", policy(&allow("mse:Get*", "acs:mse:*:*:instance/gw-1")))
        .with_file("new.json", policy(&allow("mse:Get*", "acs:mse:*:*:instance/gw-*")))
}

#[test]
fn a_change_is_told_with_a_request_that_shows_it() {
    let said = gateways().run(&["policy", "diff", "[DIR]/old.json", "[DIR]/new.json"]);
    assert_snapshot!(transcript(&said), @r"
    exit 1
    --- out
    wider: the new policies allow more than the old ones, and everything that these
    allow
    1 region gained, 0 lost

    + mse:Get*
        on        acs:mse:*:*:instance/gw-* except acs:mse:*:*:instance/gw-1
        for one   --action mse:GetBlackWhiteList --resource
                  acs:mse:cn-hangzhou:1000000000000001:instance/gw-x
        old       ImplicitDeny
        new       Allow by [DIR]/new.json:2:3 Statement[0]
    ");
}

#[test]
fn the_same_access_is_equivalent_however_it_is_written() {
    let place = gateways();
    let said = place.run(&["policy", "diff", "[DIR]/old.json", "[DIR]/old.json"]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    equivalent: the new policies allow exactly what the old ones allow
    ");
}

#[test]
fn the_exit_status_says_whether_the_change_is_allowed() {
    let place = gateways();
    let code = |old: &str, new: &str, more: &[&str]| {
        let words = [&["policy", "diff", old, new][..], more].concat();
        place.run(&words).code
    };
    let (old, new) = ("[DIR]/old.json", "[DIR]/new.json");
    assert_eq!(code(old, old, &[]), 0);
    assert_eq!(code(old, new, &[]), 1);
    assert_eq!(code(old, new, &["--allow", "wider"]), 0);
    assert_eq!(code(old, new, &["--allow", "narrower"]), 1);
    assert_eq!(code(new, old, &["--allow", "narrower"]), 0);
    assert_eq!(code(old, old, &["--allow", "narrower"]), 0);
    assert_eq!(code(old, new, &["--allow", "wider", "--steps", "1"]), 1);
    assert_eq!(code(old, "[DIR]/none.json", &[]), 2);
    assert_eq!(code("-", "-", &[]), 2);
}

#[test]
fn conditions_are_told_and_become_context_of_the_example() {
    let when = |condition: &str| {
        let allow = allow("apig:*", "*");
        policy(&allow.replace(" }", &format!(", \"Condition\": {condition} }}")))
    };
    let place = Place::on_a_terminal()
        .with_file("old.json", when(r#"{ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } }"#))
        .with_file("new.json", when(r#"{ "IpAddress": { "acs:SourceIp": ["10.0.0.0/9", "192.168.0.0/16"] } }"#));
    assert_snapshot!(transcript(&place.run(&["policy", "diff", "[DIR]/old.json", "[DIR]/new.json"])), @r"
    exit 1
    --- out
    incomparable: the new policies allow something that the old ones do not, and the
    other way round
    1 region gained, 1 lost

    + apig:*
        on        *
        when      acs:SourceIp IpAddress `192.168.0.0/16`
        for one   --action apig:AddGatewaySecurityGroupRule --resource
                  acs:apig:cn-hangzhou:1000000000000001:gateway/example
                  --context acs:SourceIp=192.168.0.1
        old       ImplicitDeny
        new       Allow by [DIR]/new.json:2:3 Statement[0]

    - apig:*
        on        *
        when      acs:SourceIp IpAddress `10.128.0.0/9`
        for one   --action apig:AddGatewaySecurityGroupRule --resource
                  acs:apig:cn-hangzhou:1000000000000001:gateway/example
                  --context acs:SourceIp=10.128.0.1
        old       Allow by [DIR]/old.json:2:3 Statement[0]
        new       ImplicitDeny
    ");
}

#[test]
fn json_has_everything() {
    let said = gateways().run(&["policy", "diff", "--json", "[DIR]/old.json", "[DIR]/new.json"]);
    assert_snapshot!(transcript(&said), @r#"
    exit 1
    --- out
    {
      "Relation": "Wider",
      "Complete": true,
      "Gained": [
        {
          "Actions": [
            {
              "Matching": [
                "mse:Get*"
              ]
            }
          ],
          "ListedActions": [
            "mse:GetBlackWhiteList",
            "mse:GetEventDetail",
            "mse:GetEventFilterOptions",
            "mse:GetGateway",
            "mse:GetGatewayAlarms",
            "mse:GetGatewayAuthConsumerDetail",
            "mse:GetGatewayAuthDetail",
            "mse:GetGatewayConfig",
            "mse:GetGatewayDetail",
            "mse:GetGatewayDomainDetail",
            "mse:GetGatewayIngressMigrateTaskDetail",
            "mse:GetGatewayMigrateNamespacedServices",
            "mse:GetGatewayOption",
            "mse:GetGatewayRouteDetail",
            "mse:GetGatewaySelection",
            "mse:GetGatewayServiceDetail",
            "mse:GetKubernetesSource",
            "mse:GetMseFeatureSwitch",
            "mse:GetMseSource",
            "mse:GetPluginConfig",
            "mse:GetPluginGuide",
            "mse:GetPlugins",
            "mse:GetRateLimit",
            "mse:GetRegExpCheck",
            "mse:GetRegExpTest"
          ],
          "UnlistedActions": true,
          "Resources": [
            {
              "Matching": [
                "acs:mse:*:*:instance/gw-*"
              ],
              "Except": [
                "acs:mse:*:*:instance/gw-1"
              ]
            }
          ],
          "Conditions": [
            []
          ],
          "Example": {
            "Action": "mse:GetBlackWhiteList",
            "Resource": "acs:mse:cn-hangzhou:1000000000000001:instance/gw-x",
            "Context": {}
          },
          "Old": {
            "Outcome": "ImplicitDeny",
            "By": null
          },
          "New": {
            "Outcome": "Allow",
            "By": {
              "Policy": "[DIR]/new.json",
              "Statement": 0,
              "Line": 2,
              "Column": 3
            }
          }
        }
      ],
      "Lost": [],
      "Notes": []
    }
    "#);
}

#[test]
fn the_example_is_a_request_that_the_simulator_takes() {
    let place = gateways();
    let said = place.run(&["policy", "diff", "--json", "[DIR]/old.json", "[DIR]/new.json"]);
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let example = &answer["Gained"][0]["Example"];
    let (action, resource) = (example["Action"].as_str().unwrap(), example["Resource"].as_str().unwrap());
    for (file, code) in [("[DIR]/old.json", 1), ("[DIR]/new.json", 0)] {
        let words = ["policy", "simulate", "--policy", file, "--action", action, "--resource", resource];
        assert_eq!(place.run(&words).code, code, "{file}");
    }
}

#[test]
fn a_folder_is_one_set_of_policies() {
    let place = Place::new().with_file("whole.json", policy(&allow("mse:*", "acs:mse:*:*:instance/gw-1")));
    let folder = place.path("parts");
    std::fs::create_dir(&folder).unwrap();
    let part = |name: &str, action: &str| {
        std::fs::write(format!("{folder}/{name}"), policy(&allow(action, "acs:mse:*:*:instance/gw-1"))).unwrap();
    };
    part("a.json", "mse:G*");
    part("b.json", "mse:*");
    std::fs::write(format!("{folder}/notes.txt"), "not a policy").unwrap();
    assert_eq!(place.run(&["policy", "diff", "[DIR]/whole.json", "[DIR]/parts"]).code, 0);
    std::fs::create_dir(place.path("empty")).unwrap();
    let said = place.run(&["policy", "diff", "[DIR]/whole.json", "[DIR]/empty"]);
    assert_eq!((said.code, said.err.as_str()), (2, "error: the folder `[DIR]/empty` has no *.json file\n"));
}

#[test]
fn many_regions_are_counted_but_not_all_shown() {
    let statements = |kind: &str| {
        let each = (0..30).map(|n| allow(&format!("mse:{kind}{n}"), &format!("acs:mse:*:*:instance/gw-{n}")));
        policy(&each.collect::<Vec<_>>().join(",\n"))
    };
    let place = Place::new().with_file("old.json", statements("Some")).with_file("new.json", statements("Other"));
    let said = place.run(&["policy", "diff", "[DIR]/old.json", "[DIR]/new.json"]);
    assert!(said.out.contains("30 regions gained, 30 lost"), "{}", said.out);
    assert!(said.out.contains("… and 10 more regions gained; --all shows all"), "{}", said.out);
    let count = |out: &str| out.lines().filter(|line| line.starts_with("+ ")).count();
    assert_eq!(count(&said.out), 20);
    let said = place.run(&["policy", "diff", "--all", "[DIR]/old.json", "[DIR]/new.json"]);
    assert_eq!(count(&said.out), 30);
}

#[test]
fn a_document_with_problems_is_no_answer() {
    let place = Place::new().with_file("bad.json", "{}").with_file("good.json", policy(&allow("mse:*", "*")));
    let said = place.run(&["policy", "diff", "[DIR]/bad.json", "[DIR]/good.json"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("is not a policy document"), "{}", said.err);
}

/// What the documentation shows is what the command says. With `RAMGATE_BLESS=1` the page is rewritten.
#[test]
fn the_documentation_shows_what_the_command_says() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policy-tools");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let page = read("diff.md");
    let mut place = Place::on_a_terminal();
    for name in ["read-only.json", "read-write.json"] {
        place = place.with_file(name, read(name));
    }
    let mut parts = page.split("```console\n$ ramgate ");
    let mut said = parts.next().unwrap().to_owned();
    let mut shown = 0;
    for part in parts {
        let (block, prose) = part.split_once("\n```\n").unwrap();
        let command = block.lines().next().unwrap();
        let path = |word: &str| if word.ends_with(".json") { format!("[DIR]/{word}") } else { word.to_owned() };
        let words: Vec<String> = command.split_whitespace().map(path).collect();
        let answer = place.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let out = answer.out.replace("[DIR]/", "");
        said.push_str(&format!("```console\n$ ramgate {command}\n{out}```\n{prose}"));
        shown += 1;
    }
    if std::env::var_os("RAMGATE_BLESS").is_some() {
        std::fs::write(format!("{folder}/diff.md"), &said).unwrap();
    } else {
        assert_eq!(page, said, "docs/policy-tools/diff.md is not what the commands say; RAMGATE_BLESS=1 rewrites it");
    }
    assert!(shown >= 2, "the page shows {shown} commands");
    for name in ["read-only", "read-write"] {
        let case = format!("{folder}/../../testdata/policies/mse-{name}-gateway.json");
        let case: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(case).unwrap()).unwrap();
        let document: serde_json::Value = serde_json::from_str(&read(&format!("{name}.json"))).unwrap();
        assert_eq!(document, case["policies"][0]["document"], "the page is about the documented policies");
    }
}
