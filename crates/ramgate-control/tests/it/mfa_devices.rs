//! Virtual MFA devices through RAM and IMS.

use crate::browser::bind_device;
use crate::client::{Answer, Client, version};
use crate::context::{ACCOUNT, START, TestContext};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ramgate_model::MfaDevice;
use serde_json::json;

async fn ims(client: &Client, action: &str, parameters: &[(&str, &str)]) -> Answer {
    client.rpc(version::IMS, action, parameters).await
}

fn serial(name: &str) -> String {
    format!("acs:ram::{ACCOUNT}:mfa/{name}")
}

async fn create(client: &Client, name: &str) -> Answer {
    client.ram("CreateVirtualMFADevice", &[("VirtualMFADeviceName", name)]).await
}

#[tokio::test]
async fn a_device_shows_its_seed_once_and_is_listed_under_both_faces() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let made = create(&admin, "Phone.1").await.ok();
    let device = &made["VirtualMFADevice"];
    let seed = device["Base32StringSeed"].as_str().unwrap();
    assert!(seed.len() == 32 && seed.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)), "{seed}");
    assert_eq!(device["SerialNumber"], serial("Phone.1"));
    let image = STANDARD.decode(device["QRCodePNG"].as_str().unwrap()).unwrap();
    assert!(image.starts_with(b"\x89PNG\r\n\x1a\n"));
    create(&admin, "phone.1").await.refused(409, "EntityAlreadyExists.VirtualMFADevice");
    create(&admin, "a b").await.refused(400, "InvalidParameter.VirtualMFADeviceName.InvalidChars");
    create(&admin, &"a".repeat(65)).await.refused(400, "InvalidParameter.VirtualMFADeviceName.Length");

    cx.user_named("alice").await;
    bind_device(&cx, "alice").await;
    let id = admin.ram("GetUser", &[("UserName", "alice")]).await.ok()["User"]["UserId"].clone();
    let listed = admin.ram("ListVirtualMFADevices", &[]).await.ok();
    let expected = json!([
        {
            "SerialNumber": serial("alice"), "ActivateDate": "2026-01-02T03:04:05Z",
            "User": { "UserId": id, "UserName": "alice", "DisplayName": "alice" },
        },
        { "SerialNumber": serial("Phone.1") },
    ]);
    assert_eq!(listed["VirtualMFADevices"]["VirtualMFADevice"], expected);
    let first = ims(&admin, "ListVirtualMFADevices", &[("MaxItems", "1")]).await.ok();
    assert_eq!(first["IsTruncated"], true);
    let user = &first["VirtualMFADevices"]["VirtualMFADevice"][0]["User"];
    assert_eq!(user["UserPrincipalName"], format!("alice@{ACCOUNT}.onaliyun.com"));
    let next = [("MaxItems", "1"), ("Marker", first["Marker"].as_str().unwrap())];
    let second = ims(&admin, "ListVirtualMFADevices", &next).await.ok();
    assert_eq!(second["VirtualMFADevices"]["VirtualMFADevice"], json!([{ "SerialNumber": serial("Phone.1") }]));
    assert_eq!((&second["IsTruncated"], second.get("Marker")), (&json!(false), None));
}

#[tokio::test]
async fn a_device_is_bound_by_two_codes_in_a_row_to_one_user_who_has_no_other() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_named("alice").await;
    cx.user_named("bob").await;
    let seed_of = |made: serde_json::Value| made["VirtualMFADevice"]["Base32StringSeed"].as_str().unwrap().to_owned();
    let seed = seed_of(create(&admin, "phone").await.ok());
    let browser = cx.browser();
    let bind = async |user: &str, device: &str, seed: &str, steps: [i64; 2]| {
        let (first, second, serial) = (browser.code(seed, steps[0]), browser.code(seed, steps[1]), serial(device));
        let parameters = [
            ("UserName", user),
            ("SerialNumber", &serial),
            ("AuthenticationCode1", &first),
            ("AuthenticationCode2", &second),
        ];
        admin.ram("BindMFADevice", &parameters).await
    };
    for steps in [[0, 0], [0, -1], [-2, 0], [-4, -3], [2, 3]] {
        bind("alice", "phone", &seed, steps).await.refused(403, "CheckAuthenticationCodeFail");
    }
    let serial_number = serial("phone");
    let malformed = [
        ("UserName", "alice"),
        ("SerialNumber", serial_number.as_str()),
        ("AuthenticationCode1", "12345"),
        ("AuthenticationCode2", "123456"),
    ];
    admin.ram("BindMFADevice", &malformed).await.refused(400, "InvalidParameter.AuthenticationCode.Format");
    // The serial number counts letter by letter, as permission was checked on it.
    bind("alice", "Phone", &seed, [-1, 0]).await.refused(404, "EntityNotExist.VirtualMFADevice");
    bind("nobody", "phone", &seed, [-1, 0]).await.refused(404, "EntityNotExist.User");
    bind("alice", "phone", &seed, [-1, 0]).await.ok();
    bind("bob", "phone", &seed, [0, 1]).await.refused(409, "EntityAlreadyExists.VirtualMFADevice.User");
    let other = seed_of(create(&admin, "tablet").await.ok());
    bind("alice", "tablet", &other, [-1, 0]).await.refused(409, "EntityAlreadyExists.User.MFADevice");
    bind("bob", "tablet", &other, [-1, 0]).await.ok();
}

#[tokio::test]
async fn a_device_is_taken_away_and_removed_step_by_step_or_at_once() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_named("alice").await;
    let alice = [("UserName", "alice")];
    let principal = format!("alice@{ACCOUNT}.onaliyun.com");
    let info = async || ims(&admin, "GetUserMFAInfo", &[("UserPrincipalName", principal.as_str())]).await.ok();
    admin.ram("GetUserMFAInfo", &alice).await.refused(404, "EntityNotExist.User.MFADevice");
    assert_eq!((info().await["IsMFAEnable"].clone(), info().await.get("MFADevice")), (json!(false), None));
    bind_device(&cx, "alice").await;
    let expected = json!({ "SerialNumber": serial("alice"), "Type": "VMFA" });
    assert_eq!(admin.ram("GetUserMFAInfo", &alice).await.ok()["MFADevice"], expected);
    assert_eq!((&info().await["IsMFAEnable"], &info().await["MFADevice"]), (&json!(true), &expected));
    assert_eq!(ims(&admin, "GetAccountMFAInfo", &[]).await.ok()["IsMFAEnable"], false);

    let device = serial("alice");
    let delete = [("SerialNumber", device.as_str())];
    admin.ram("DeleteVirtualMFADevice", &delete).await.refused(409, "DeleteConflict.VirtualMFADevice.User");
    let unbound = admin.ram("UnbindMFADevice", &alice).await.ok();
    assert_eq!(unbound["MFADevice"], json!({ "SerialNumber": device }));
    admin.ram("UnbindMFADevice", &alice).await.refused(404, "EntityNotExist.User.MFADevice");
    let elsewhere = [("SerialNumber", "acs:ram::2000000000000002:mfa/alice")];
    admin.ram("DeleteVirtualMFADevice", &elsewhere).await.refused(404, "EntityNotExist.VirtualMFADevice");
    ims(&admin, "DeleteVirtualMFADevice", &delete).await.ok();
    admin.ram("DeleteVirtualMFADevice", &delete).await.refused(404, "EntityNotExist.VirtualMFADevice");

    // The user may have another one, and may lose it with the binding.
    bind_device(&cx, "alice").await;
    ims(&admin, "DisableVirtualMFA", &[("UserPrincipalName", &principal)]).await.ok();
    let left = admin.ram("ListVirtualMFADevices", &[]).await.ok();
    assert_eq!(left["VirtualMFADevices"]["VirtualMFADevice"], json!([]));
    bind_device(&cx, "alice").await;
}

#[tokio::test]
async fn an_account_has_a_thousand_devices_at_most() {
    let cx = TestContext::start().await;
    let device = |n: usize| MfaDevice {
        name: format!("seeded-{n}"),
        sealed_seed: String::new(),
        bound: None,
        last_step: 0,
        created_at: START,
    };
    cx.seed(&(0..999).map(device).collect::<Vec<_>>()).await;
    create(&cx.admin(), "last").await.ok();
    create(&cx.admin(), "one-more").await.refused(409, "LimitExceeded.VirtualMFADevice");
}

#[tokio::test]
async fn of_two_devices_bound_at_once_to_one_user_one_is_bound() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_named("alice").await;
    let mut seeds = Vec::new();
    for n in 0..4 {
        let made = create(&admin, &format!("phone-{n}")).await.ok();
        seeds.push(made["VirtualMFADevice"]["Base32StringSeed"].as_str().unwrap().to_owned());
    }
    let calls = seeds.iter().enumerate().map(|(n, seed)| {
        let (browser, admin) = (cx.browser(), admin.clone());
        let (first, second, serial) = (browser.code(seed, -1), browser.code(seed, 0), serial(&format!("phone-{n}")));
        async move {
            let parameters = [
                ("UserName", "alice"),
                ("SerialNumber", &serial),
                ("AuthenticationCode1", &first),
                ("AuthenticationCode2", &second),
            ];
            admin.ram("BindMFADevice", &parameters).await
        }
    });
    let mut tasks = tokio::task::JoinSet::new();
    calls.for_each(|call| drop(tasks.spawn(call)));
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.refused(409, "EntityAlreadyExists.User.MFADevice");
    }
}
