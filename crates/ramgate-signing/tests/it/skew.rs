//! The accepted window: its ends to the second, its form, and the order of the checks.

use ramgate_signing::{Limits, SecretKey, SignatureError, UnixTime, Window, check_time, identify};

use crate::{
    support::{NOW, SECRET},
    vectors::vector,
};

fn code_at(id: &str, offset: i64, limits: &Limits) -> &'static str {
    let now = NOW.saturating_add(offset);
    vector(id).request().check_with(SECRET, now, limits).map_or_else(|error| error.code(), |_| "ok")
}

#[test]
fn both_ends_of_each_window_are_inclusive() {
    let limits = Limits::default();
    for (id, past, future) in
        [("v3-rpc-post-query", 900, 900), ("v1-rpc-post-query", 1860, 900), ("v1-roa-get-query", 900, 900)]
    {
        // The server's clock runs ahead of an old request, and behind one from the future.
        assert_eq!(code_at(id, past, &limits), "ok", "{id}");
        assert_eq!(code_at(id, past + 1, &limits), "InvalidTimeStamp.Expired", "{id}");
        assert_eq!(code_at(id, -future, &limits), "ok", "{id}");
        assert_eq!(code_at(id, -future - 1, &limits), "InvalidTimeStamp.Expired", "{id}");
    }
}

#[test]
fn windows_are_configurable_one_by_one() {
    let limits = Limits { v3: Window { past_secs: 5, future_secs: 0 }, ..Limits::default() };
    assert_eq!(code_at("v3-rpc-post-query", 5, &limits), "ok");
    assert_eq!(code_at("v3-rpc-post-query", 6, &limits), "InvalidTimeStamp.Expired");
    assert_eq!(code_at("v3-rpc-post-query", -1, &limits), "InvalidTimeStamp.Expired");
    assert_eq!(code_at("v1-rpc-post-query", 1860, &limits), "ok");
}

#[test]
fn the_answer_to_an_expired_request_names_both_clocks() {
    let now = NOW.saturating_add(3600);
    let error = vector("v3-rpc-post-query").request().check_with(SECRET, now, &Limits::default()).unwrap_err();
    assert_eq!(
        error.message(),
        "Specified time stamp or date value is expired. The request says 2026-01-02T03:04:05Z, \
         the server's clock says 2026-01-02T04:04:05Z; accepted are 900 seconds back and 900 ahead."
    );
}

#[test]
fn time_is_checked_before_the_signature_and_its_form_before_its_value() {
    let v3 = vector("v3-rpc-post-query").request();
    for text in ["2026-01-02 03:04:05", "1767323045", "2026-01-02T03:04:05.000Z", "Fri, 02 Jan 2026 03:04:05 GMT"] {
        let request = v3.clone().with(|r| r.set("x-acs-date", text));
        assert_eq!(request.check_with("wrong", NOW, &Limits::default()).unwrap_err().code(), "InvalidTimeStamp.Format");
    }
    let roa = vector("v1-roa-get-query").request().with(|r| r.set("date", "2026-01-02T03:04:05Z"));
    let error = roa.check().unwrap_err();
    assert_eq!(
        error.message(),
        "Specified time stamp or date value is not well formatted. Date has to look like Mon, 02 Jan 2006 15:04:05 GMT."
    );
    let old = v3.check_with("wrong", NOW.saturating_add(901), &Limits::default()).unwrap_err();
    assert_eq!(old.code(), "InvalidTimeStamp.Expired");
}

#[test]
fn time_can_be_checked_alone_before_the_security_token() {
    let request = vector("v3-rpc-post-query").request();
    let (now, limits) = (NOW, Limits::default());
    let checked = request.view(|r| check_time(&identify(r).unwrap(), now, &limits));
    assert_eq!(checked, Ok(Some(NOW)));
    let late = request.view(|r| check_time(&identify(r).unwrap(), now.saturating_add(901), &limits));
    assert!(matches!(late, Err(SignatureError::TimestampExpired { .. })));
}

#[test]
fn clocks_at_the_ends_of_time_do_not_overflow() {
    for secs in [i64::MIN, i64::MAX] {
        let request = vector("v3-rpc-post-query").request();
        let result = request.view(|r| {
            let presented = identify(r)?;
            ramgate_signing::verify(
                r,
                &presented,
                &SecretKey::new(SECRET),
                UnixTime::from_secs(secs),
                &Limits::default(),
            )
        });
        assert!(matches!(result, Err(SignatureError::TimestampExpired { .. })));
    }
}
