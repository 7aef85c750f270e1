//! Filters, whichever index they use, and paging.

use crate::support::{Folder, all, call, done, refused};
use proptest::prelude::*;
use ramgate_audit::{AuditError, CallRecord, Cursor, Decision, Entry, Filter, Page, PrincipalKind};

/// Sixty calls of four users, five actions, six resources; every third refused, every seventh never finished.
async fn sample(folder: &Folder) -> ramgate_audit::Audit {
    let audit = folder.open();
    for i in 0..60 {
        let record = numbered(i);
        if record.mutation {
            let id = audit.begin(record).await.unwrap();
            if i % 7 != 0 {
                audit.finish(id, if i % 3 == 0 { refused() } else { done() }).unwrap();
            }
        } else {
            audit.record(record, if i % 3 == 0 { refused() } else { done() }).await.unwrap();
        }
    }
    audit
}

fn numbered(i: i64) -> CallRecord {
    // Two calls share each time, and times go back now and then, as clocks do.
    let mut record = call(1_000 + i / 2 - if i % 11 == 0 { 5 } else { 0 });
    record.request_id = format!("r-{i}");
    record.principal.name = ["alice", "bob", "carol", "dave"][(i % 4) as usize].to_owned();
    record.principal.id = format!("id-{}", i % 4);
    record.principal.arn = format!("acs:ram::1:user/{}", record.principal.name);
    record.access_key_id = (i % 5 != 0).then(|| format!("testid-{}", i % 4));
    if i % 13 == 0 {
        record.principal.kind = PrincipalKind::Root;
    }
    record.action =
        ["apig:GetRoute", "apig:ListRoutes", "ram:CreateUser", "mse:AddGateway", ""][(i % 5) as usize].to_owned();
    record.resources = (0..=i % 3).map(|n| format!("acs:apig:cn:1:httpapi/api-{}", (i + n) % 6)).collect();
    record.decision =
        [Decision::Allowed, Decision::ExplicitDeny, Decision::ImplicitDeny, Decision::NotChecked][(i % 4) as usize];
    record.mutation = i % 2 == 0;
    record.account_id = format!("{}", i % 2);
    record
}

fn ids(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.call.request_id.as_str()).collect()
}

#[tokio::test]
async fn each_filter_finds_its_calls() {
    let folder = Folder::new();
    let audit = sample(&folder).await;
    let some = |text: &str| Some(text.to_owned());
    for (filter, n) in [
        (Filter::default(), 60),
        (Filter { principal: some("alice"), ..Filter::default() }, 15),
        (Filter { principal: some("id-1"), ..Filter::default() }, 15),
        (Filter { principal: some("acs:ram::1:user/bob"), ..Filter::default() }, 15),
        (Filter { principal: some("testid-0"), ..Filter::default() }, 12),
        (Filter { principal: some("acs:ram::*:user/*o*"), ..Filter::default() }, 30),
        (Filter { principal: some("nobody"), ..Filter::default() }, 0),
        (Filter { action: some("APIG:*route*"), ..Filter::default() }, 24),
        (Filter { action: some("ram:CreateUser"), ..Filter::default() }, 12),
        (Filter { action: some("*"), ..Filter::default() }, 60),
        (Filter { resource: some("acs:apig:cn:1:httpapi/api-3"), ..Filter::default() }, 20),
        (Filter { resource: some("*/api-3"), ..Filter::default() }, 20),
        (Filter { resource: some("acs:apig:*"), ..Filter::default() }, 60),
        (Filter { resource: some("acs:APIG:*"), ..Filter::default() }, 0),
        (Filter { decisions: vec![Decision::ExplicitDeny, Decision::ImplicitDeny], ..Filter::default() }, 30),
        (Filter { decisions: vec![Decision::Allowed], ..Filter::default() }, 15),
        (Filter { mutation_only: true, ..Filter::default() }, 30),
        (Filter { request_id: some("r-17"), ..Filter::default() }, 1),
        (Filter { account_id: some("1"), ..Filter::default() }, 30),
        (Filter { from: Some(1010), to: Some(1012), ..Filter::default() }, 4),
        // 20 of 60 are refused; those of 0 and 42 are mutations that were never finished.
        (Filter { status: Some(400..=499), ..Filter::default() }, 18),
        (Filter { status: Some(200..=299), ..Filter::default() }, 37),
        (Filter { code: some("NoPerm*"), ..Filter::default() }, 18),
        (Filter { code: some("*"), ..Filter::default() }, 18),
    ] {
        assert_eq!(all(&audit, &filter, 7).await.len(), n, "{filter:?}");
    }
}

#[tokio::test]
async fn pages_are_stable_while_calls_are_added() {
    let folder = Folder::new();
    let audit = sample(&folder).await;
    let whole = all(&audit, &Filter::default(), 1000).await;
    let first = audit.query(Filter::default(), Page { limit: 10, cursor: None }).await.unwrap();
    audit.record(call(5_000), done()).await.unwrap();
    let text = first.next.unwrap().to_string();
    let second = audit.query(Filter::default(), Page { limit: 10, cursor: text.parse().ok() }).await.unwrap();
    assert_eq!(ids(&first.entries), ids(&whole[..10]));
    assert_eq!(ids(&second.entries), ids(&whole[10..20]));
}

#[tokio::test]
async fn a_page_that_ends_with_the_last_call_has_no_next() {
    let folder = Folder::new();
    let audit = sample(&folder).await;
    let page = audit.query(Filter::default(), Page { limit: 60, cursor: None }).await.unwrap();
    assert_eq!((page.entries.len(), page.next), (60, None));
    let page = audit.query(Filter::default(), Page { limit: 59, cursor: None }).await.unwrap();
    assert!(page.next.is_some());
}

#[tokio::test]
async fn a_rare_call_in_a_long_log_is_found_over_several_pages() {
    let folder = Folder::new();
    let audit = folder.open();
    let mut rare = call(0);
    rare.account_id = "rare".to_owned();
    audit.record(rare, done()).await.unwrap();
    for time in 1..=25_000 {
        audit.record(call(time), done()).await.unwrap();
    }
    // No index leads to an account.
    let filter = Filter { account_id: Some("rare".to_owned()), ..Filter::default() };
    let first = audit.query(filter.clone(), Page::default()).await.unwrap();
    assert!(first.entries.is_empty() && first.next.is_some(), "the search of one page is bounded");
    assert_eq!(all(&audit, &filter, 10).await.len(), 1);
}

#[test]
fn other_texts_are_no_cursors() {
    for text in ["", "1", "a.b", "1.2.3", "1.", ".1", "99999999999999999999.1"] {
        assert!(matches!(text.parse::<Cursor>(), Err(AuditError::Cursor { .. })), "{text}");
    }
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.4, prop::sample::select(values).prop_map(str::to_owned))
}

fn filters() -> impl Strategy<Value = Filter> {
    let texts = (
        one_of(&["0", "1"]),
        one_of(&["alice", "id-2", "testid-*", "acs:ram::1:user/carol", "*o*", "x"]),
        one_of(&["apig:*", "*:GetRoute", "RAM:createuser", "", "*"]),
        one_of(&["acs:apig:cn:1:httpapi/api-1", "*api-?", "*2", "acs:apig:cn:1:httpapi/api-[12]"]),
        one_of(&["r-3", "r-14"]),
        one_of(&["NoPermission", "*", "", "No*", "OK"]),
    );
    let rest = (
        prop::option::weighted(0.3, 990_i64..1040),
        prop::option::weighted(0.3, 990_i64..1040),
        prop::collection::vec(
            prop::sample::select(&[Decision::Allowed, Decision::ExplicitDeny, Decision::NotChecked][..]),
            0..2,
        ),
        prop::option::weighted(0.3, prop::sample::select(&[200..=200_u16, 400..=599, 0..=999, 500..=599][..])),
        any::<bool>(),
    );
    (texts, rest).prop_map(
        |(
            (account_id, principal, action, resource, request_id, code),
            (from, to, decisions, status, mutation_only),
        )| {
            let request_id = request_id.filter(|_| action.is_none());
            Filter {
                from,
                to,
                account_id,
                principal,
                action,
                resource,
                decisions,
                status,
                code,
                request_id,
                mutation_only,
            }
        },
    )
}

#[test]
fn every_combination_of_filters_finds_what_going_through_all_calls_finds() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = Folder::new();
    let audit = runtime.block_on(sample(&folder));
    let whole = runtime.block_on(all(&audit, &Filter::default(), 1000));
    let run = |filter: Filter, limit: usize| {
        let expected: Vec<Entry> = whole.iter().filter(|entry| filter.matches(entry)).cloned().collect();
        let found = runtime.block_on(all(&audit, &filter, limit));
        prop_assert_eq!(ids(&found), ids(&expected));
        Ok(())
    };
    proptest!(ProptestConfig::with_cases(400), |(filter in filters(), limit in 1_usize..9)| run(filter, limit)?);
}
