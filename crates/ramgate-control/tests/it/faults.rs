//! Full stores and logs that cannot be written: the answer is 503 and nothing has changed.

use crate::context::{Setup, TestContext, allow};
use rusqlite::Connection;

#[tokio::test]
async fn a_full_store_refuses_changes_and_goes_on_reading() {
    let cx = TestContext::start_with(Setup { store_max_bytes: Some(192 * 1024), ..Setup::default() }).await;
    let admin = cx.admin();
    let user = cx.user_with_policy(allow(&["ram:List*"], &["*"])).await;
    let document = format!("{}{}", allow(&["ram:GetUser"], &["*"]), " ".repeat(6000));
    let mut n = 0;
    let refusal = loop {
        let name = format!("p-{n}");
        let answer = admin.ram("CreatePolicy", &[("PolicyName", &name), ("PolicyDocument", &document)]).await;
        if answer.status != 200 {
            break answer;
        }
        n += 1;
        assert!(n < 200, "the store does not get full");
    };
    refusal.refused(503, "ServiceUnavailable");
    assert!(!refusal.message().contains("sqlite"), "{}", refusal.message());
    let listed = user.ram("ListPolicies", &[("PolicyType", "Custom"), ("MaxItems", "1000")]).await.ok();
    assert_eq!(listed["Policies"]["Policy"].as_array().unwrap().len(), n + 1);
    let record = cx.record_of(&refusal).await;
    assert_eq!(record.outcome.unwrap().status, 503);
    // What makes room is carried out.
    admin.ram("DeletePolicy", &[("PolicyName", "p-0")]).await.ok();
}

#[tokio::test]
async fn a_store_that_only_reads_says_so_and_is_not_ready() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    // Another program writes into the file; the store then trusts itself no more.
    let other = Connection::open(cx.path().join("store.db")).unwrap();
    let next = cx.revision().await.0 + 1;
    other.execute("INSERT INTO changes (revision, committed_at_ms, key) VALUES (?1, 0, 'a')", [next]).unwrap();
    for _ in 0..2 {
        admin.ram("CreateUser", &[("UserName", "bob")]).await.refused(503, "ServiceUnavailable");
    }
    admin.ram("GetUser", &[("UserName", "alice")]).await.ok();
    admin.ram("GetUser", &[("UserName", "bob")]).await.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn a_change_whose_record_cannot_be_written_is_not_made() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let revision = cx.revision().await;
    let other = Connection::open(cx.path().join("audit.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let answer = admin.ram("DeleteUser", &[("UserName", "alice")]).await;
    answer.refused(503, "ServiceUnavailable").saying("nothing was changed");
    assert_eq!(cx.revision().await, revision);
    other.execute_batch("ROLLBACK").unwrap();
    admin.ram("DeleteUser", &[("UserName", "alice")]).await.ok();
}
