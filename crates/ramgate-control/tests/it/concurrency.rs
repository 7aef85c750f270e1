//! Names, limits and references hold however many calls come at once.

use crate::client::{Answer, Client};
use crate::context::{TestContext, allow, attachment};
use ramgate_model::{Policy, PolicyVersion, User};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Makes all calls at once; answers how often each status and code came back.
async fn at_once(client: &Client, calls: Vec<(&'static str, Vec<(&'static str, String)>)>) -> BTreeMap<String, usize> {
    let mut outcomes = BTreeMap::new();
    for answer in answers(client, calls).await {
        let outcome = if answer.status == 200 { "ok".to_owned() } else { answer.code().to_owned() };
        *outcomes.entry(outcome).or_default() += 1;
    }
    outcomes
}

async fn answers(client: &Client, calls: Vec<(&'static str, Vec<(&'static str, String)>)>) -> Vec<Answer> {
    let calls = calls.into_iter().map(|(action, parameters)| {
        let client = client.clone();
        tokio::spawn(async move {
            let parameters: Vec<(&str, &str)> = parameters.iter().map(|(n, v)| (*n, v.as_str())).collect();
            client.ram(action, &parameters).await
        })
    });
    let calls: Vec<_> = calls.collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    answers
}

fn outcomes(expected: &[(&str, usize)]) -> BTreeMap<String, usize> {
    expected.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect()
}

fn user(name: String) -> (&'static str, Vec<(&'static str, String)>) {
    ("CreateUser", vec![("UserName", name)])
}

#[tokio::test]
async fn of_many_users_of_one_name_one_is_made() {
    let cx = TestContext::start().await;
    let spellings = (0..40).map(|n| user(if n % 2 == 0 { "alice".to_owned() } else { "ALICE".to_owned() }));
    let found = at_once(&cx.admin(), spellings.collect()).await;
    assert_eq!(found, outcomes(&[("EntityAlreadyExists.User", 39), ("ok", 1)]));
}

#[tokio::test]
async fn many_users_are_made_at_once_and_none_is_told_to_try_again() {
    let cx = TestContext::start().await;
    let found = at_once(&cx.admin(), (0..100).map(|n| user(format!("user-{n}"))).collect()).await;
    assert_eq!(found, outcomes(&[("ok", 100)]));
    let listed = cx.admin().ram("ListUsers", &[("MaxItems", "1000")]).await.ok();
    let ids: BTreeSet<&str> =
        listed["Users"]["User"].as_array().unwrap().iter().map(|u| u["UserId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 100);
}

#[tokio::test]
async fn the_limit_of_users_is_kept_exactly() {
    let cx = TestContext::start().await;
    let seeds: Vec<User> = (0..990).map(|n| seeded_user(&format!("seeded-{n}"), &format!("2{n:017}"))).collect();
    cx.seed(&seeds).await;
    let found = at_once(&cx.admin(), (0..25).map(|n| user(format!("user-{n}"))).collect()).await;
    assert_eq!(found, outcomes(&[("LimitExceeded.User", 15), ("ok", 10)]));
}

fn seeded_user(name: &str, id: &str) -> User {
    User {
        id: id.into(),
        name: name.to_owned(),
        display_name: name.to_owned(),
        mobile_phone: String::new(),
        email: String::new(),
        comments: String::new(),
        tags: Default::default(),
        created_at: 0,
        updated_at: 0,
    }
}

#[tokio::test]
async fn the_limit_of_policies_is_kept_exactly() {
    let cx = TestContext::start().await;
    let document = allow(&["ram:GetUser"], &["*"]).to_string();
    let seeded = |n: usize| Policy {
        name: format!("seeded-{n}"),
        description: String::new(),
        versions: vec![PolicyVersion { number: 1, document: document.clone(), created_at: 0 }],
        default_version: 1,
        next_version: 2,
        tags: Default::default(),
        created_at: 0,
        updated_at: 0,
    };
    cx.seed(&(0..1495).map(seeded).collect::<Vec<_>>()).await;
    let create = |n| ("CreatePolicy", vec![("PolicyName", format!("p-{n}")), ("PolicyDocument", document.clone())]);
    let found = at_once(&cx.admin(), (0..12).map(create).collect()).await;
    assert_eq!(found, outcomes(&[("LimitExceeded.Policy", 7), ("ok", 5)]));
}

#[tokio::test]
async fn a_user_gets_two_keys_however_many_are_asked_for() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let create = |_| ("CreateAccessKey", vec![("UserName", "alice".to_owned())]);
    let found = at_once(&admin, (0..20).map(create).collect()).await;
    assert_eq!(found, outcomes(&[("LimitExceeded.User.AccessKey", 18), ("ok", 2)]));
}

#[tokio::test]
async fn a_user_gets_ten_custom_policies_however_many_are_granted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let document = allow(&["ram:GetUser"], &["*"]).to_string();
    let create = |n| ("CreatePolicy", vec![("PolicyName", format!("p-{n}")), ("PolicyDocument", document.clone())]);
    at_once(&admin, (0..16).map(create).collect()).await;
    let attach = |n| {
        let [kind, _, user] = attachment("Custom", "", "alice").map(|(n, v)| (n, v.to_owned()));
        // Each is asked for twice.
        ("AttachPolicyToUser", vec![kind, ("PolicyName", format!("p-{}", n / 2)), user])
    };
    let found = at_once(&admin, (0..32).map(attach).collect()).await;
    assert_eq!(found["ok"], 10);
    assert_eq!(found.values().sum::<usize>(), 32);
    let allowed = ["ok", "EntityAlreadyExists.User.Policy", "LimitExceeded.User.Policy"];
    assert!(found.keys().all(|code| allowed.contains(&code.as_str())), "{found:?}");
}

#[tokio::test]
async fn a_policy_gets_five_versions_with_different_numbers() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let document = allow(&["ram:GetUser"], &["*"]).to_string();
    admin.ram("CreatePolicy", &[("PolicyName", "p"), ("PolicyDocument", &document)]).await.ok();
    let create = |_| ("CreatePolicyVersion", vec![("PolicyName", "p".into()), ("PolicyDocument", document.clone())]);
    let answers = answers(&admin, (0..20).map(create).collect()).await;
    let ids: Vec<Value> =
        answers.into_iter().filter(|a| a.status == 200).map(|a| a.body["PolicyVersion"]["VersionId"].clone()).collect();
    let different: BTreeSet<String> = ids.iter().map(Value::to_string).collect();
    assert_eq!((ids.len(), different.len()), (4, 4), "{ids:?}");
}

#[tokio::test]
async fn of_many_users_renamed_to_one_name_one_gets_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    at_once(&admin, (0..20).map(|n| user(format!("user-{n}"))).collect()).await;
    let rename = |n| ("UpdateUser", vec![("UserName", format!("user-{n}")), ("NewUserName", "Boss".to_owned())]);
    let found = at_once(&admin, (0..20).map(rename).collect()).await;
    assert_eq!(found, outcomes(&[("EntityAlreadyExists.User", 19), ("ok", 1)]));
    let listed = admin.ram("ListUsers", &[]).await.ok();
    let bosses = listed["Users"]["User"].as_array().unwrap().iter().filter(|u| u["UserName"] == "Boss").count();
    assert_eq!(bosses, 1);
}

#[tokio::test]
async fn a_policy_is_never_deleted_while_it_is_granted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let document = allow(&["ram:GetUser"], &["*"]).to_string();
    let mut both = [0, 0];
    for round in 0..20 {
        let name = format!("p-{round}");
        admin.ram("CreatePolicy", &[("PolicyName", &name), ("PolicyDocument", &document)]).await.ok();
        let grant = attachment("Custom", &name, "alice").map(|(n, v)| (n, v.to_owned())).to_vec();
        let attach = ("AttachPolicyToUser", grant.clone());
        let delete = ("DeletePolicy", vec![("PolicyName", name.clone())]);
        let calls = if round % 2 == 0 { vec![attach, delete] } else { vec![delete, attach] };
        let found = at_once(&admin, calls).await;
        let kept = admin.ram("GetPolicy", &[("PolicyName", &name), ("PolicyType", "Custom")]).await.status == 200;
        both[usize::from(kept)] += 1;
        let expected = if kept {
            outcomes(&[("DeleteConflict.Policy.User", 1), ("ok", 1)])
        } else {
            outcomes(&[("EntityNotExist.Policy", 1), ("ok", 1)])
        };
        assert_eq!(found, expected);
        if kept {
            at_once(&admin, vec![("DetachPolicyFromUser", grant)]).await;
        }
    }
    println!("deleted first {}, granted first {}", both[0], both[1]);
}

#[tokio::test]
async fn a_user_is_never_deleted_while_it_gets_a_key_or_a_policy() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for round in 0..20 {
        let name = format!("user-{round}");
        admin.ram("CreateUser", &[("UserName", &name)]).await.ok();
        let named = vec![("UserName", name.clone())];
        let give = if round % 4 < 2 {
            ("CreateAccessKey", named.clone())
        } else {
            let grant = attachment("System", "ReadOnlyAccess", &name).map(|(n, v)| (n, v.to_owned())).to_vec();
            ("AttachPolicyToUser", grant)
        };
        let mut calls = vec![give, ("DeleteUser", named)];
        if round % 2 == 0 {
            calls.reverse();
        }
        let found = at_once(&admin, calls).await;
        assert_eq!(found["ok"], 1, "{found:?}");
        let kept = admin.ram("GetUser", &[("UserName", &name)]).await.status == 200;
        let refused = found.keys().find(|code| *code != "ok").unwrap();
        assert_eq!(kept, refused.starts_with("DeleteConflict.User."), "{found:?}");
    }
    // Nobody has the policy who is not there.
    let entities = [("PolicyType", "System"), ("PolicyName", "ReadOnlyAccess")];
    let policy = admin.ram("GetPolicy", &entities).await.ok();
    let entities = admin.ram("ListEntitiesForPolicy", &entities).await.ok();
    let n_entities = entities["Users"]["User"].as_array().unwrap().len();
    assert_eq!(policy["Policy"]["AttachmentCount"], n_entities);
}

#[tokio::test]
async fn a_name_freed_and_taken_at_the_same_time_has_one_owner() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "a")]).await.ok();
    for round in 0..10 {
        let (from, to) = if round % 2 == 0 { ("a", "b") } else { ("b", "a") };
        let rename = ("UpdateUser", vec![("UserName", from.to_owned()), ("NewUserName", to.to_owned())]);
        let found = at_once(&admin, vec![rename, user(from.to_owned())]).await;
        assert!(found["ok"] >= 1, "{found:?}");
        let listed = admin.ram("ListUsers", &[]).await.ok();
        let mut names: Vec<&str> =
            listed["Users"]["User"].as_array().unwrap().iter().map(|u| u["UserName"].as_str().unwrap()).collect();
        names.sort_unstable();
        let n_users = names.len();
        names.dedup();
        assert_eq!(names.len(), n_users, "two users have one name");
        for name in names {
            let got = admin.ram("GetUser", &[("UserName", name)]).await.ok();
            assert_eq!(got["User"]["UserName"], name);
        }
        admin.ram("DeleteUser", &[("UserName", from)]).await;
    }
}
