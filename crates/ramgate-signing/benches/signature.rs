//! Nanoseconds per check of a signed request: `cargo bench -p ramgate-signing`.
//!
//! A request as an SDK sends it (twelve headers, four query parameters, a 1 KiB body) goes through what a server does for
//! each call: identify, operation, verify, decode parameters, remember the nonce. Prints the median of several rounds.

use std::{hint::black_box, time::Instant};

use ramgate_signing::{
    Call, Credentials, Limits, ReplayGuard, SecretKey, SignedCall, UnixTime, WireRequest, identify, operation,
    query_parameters, sign_roa_v1, sign_rpc_v1, sign_v3, verify,
};

const NOW: UnixTime = UnixTime::from_secs(1_767_323_045);
const ROUNDS: usize = 15;
const CALLS: u32 = 4_000;

fn main() {
    let secret = SecretKey::new("testsecret");
    let credentials = Credentials { access_key_id: "testid", secret: &secret, security_token: None };
    let body = "k=".to_owned() + &"v".repeat(1022);
    let rpc = Call {
        method: "POST",
        host: "127.0.0.1:9080",
        path: "/",
        query: &[("DataId", "d"), ("Group", "g"), ("InstanceId", "mse-1"), ("RegionId", "cn-hangzhou")],
        version: "2019-05-31",
        action: Some("CreateNacosConfig"),
        headers: &[("user-agent", "AlibabaCloud (Linux; x86_64) Python/3.11.7 Core/0.4.3 TeaDSL/2")],
        content_type: Some("application/x-www-form-urlencoded"),
        body: body.as_bytes(),
        time: NOW,
        nonce: "ab000000000000000000000000000001",
    };
    let roa = Call { path: "/v1/gateways/gw-1", content_type: Some("application/json"), ..rpc };

    for (name, call, signed) in [
        ("v3, 1 KiB body", rpc, sign_v3(&rpc, &credentials)),
        ("v3, no body", Call { body: b"", ..rpc }, sign_v3(&Call { body: b"", ..rpc }, &credentials)),
        ("rpc v1, 1 KiB form", rpc, sign_rpc_v1(&rpc, &credentials)),
        ("roa v1, 1 KiB body", roa, sign_roa_v1(&roa, &credentials)),
    ] {
        match signed {
            Ok(signed) => measure(name, &call, &signed, &secret),
            Err(error) => println!("{name}: cannot be signed: {error}"),
        }
    }
}

fn measure(name: &str, call: &Call<'_>, signed: &SignedCall, secret: &SecretKey) {
    let headers = signed.wire_headers();
    let request = WireRequest { method: call.method, target: &signed.target, headers: &headers, body: call.body };
    let limits = Limits::default();
    let check = |secret: &SecretKey| {
        let presented = identify(black_box(&request))?;
        verify(&request, &presented, secret, NOW, &limits)
    };
    let wrong = SecretKey::new("wrong");
    let alone = median_ns(|| check(secret).is_ok());
    let refused = median_ns(|| check(&wrong).is_err());

    let mut guard = ReplayGuard::new(limits.replay_retention_secs(), usize::MAX, usize::MAX);
    let mut n = 0u64;
    let whole = median_ns(|| {
        let Ok(presented) = identify(black_box(&request)) else { return false };
        let operation = operation(&request, &presented);
        let Ok(verified) = verify(&request, &presented, secret, NOW, &limits) else { return false };
        let parameters = query_parameters(&request);
        n += 1;
        // A fresh nonce each time, so that the guard grows as it does in a server.
        black_box(guard.check_and_insert(&verified.access_key_id, &n.to_string(), NOW));
        black_box((operation, parameters)).1.is_ok()
    });
    println!("{name:<20} verify {alone:>6} ns   wrong secret {refused:>6} ns   whole call {whole:>6} ns");
}

fn median_ns(mut call: impl FnMut() -> bool) -> u128 {
    let mut rounds: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let n_good = (0..CALLS).filter(|_| black_box(call())).count();
            assert_eq!(n_good, CALLS as usize, "every call has to end as expected");
            start.elapsed().as_nanos() / u128::from(CALLS)
        })
        .collect();
    rounds.sort_unstable();
    rounds[ROUNDS / 2]
}
