//! Responses as providers write them are accepted, and whatever an attacker makes of them is not.

use super::metadata::MetadataError;
use super::*;
use idp::{Idp, PROVIDER, RECIPIENT, ROLE, Says, Signed, around, template};

#[path = "../../../tests/it/saml_idp.rs"]
mod idp;

/// 2026-01-02T03:04:05Z
const NOW: i64 = 1_767_323_045_000;

fn verify_at(idp: &Idp, xml: &str, now: i64) -> Result<Assertion, ResponseError> {
    let metadata = Metadata::read(&idp.metadata()).unwrap();
    verify(&STANDARD.encode(xml), &metadata, &Wanted { role: ROLE, provider: PROVIDER, now })
}

fn verify_xml(idp: &Idp, xml: &str) -> Result<Assertion, ResponseError> {
    verify_at(idp, xml, NOW)
}

/// Why a response is refused.
#[track_caller]
fn refused(idp: &Idp, xml: &str) -> String {
    match verify_xml(idp, xml) {
        Ok(assertion) => panic!("accepted: {assertion:?}"),
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn refused_for(idp: &Idp, says: Says) -> ContentError {
    match verify_xml(idp, &idp.response_xml(&says, Signed::Assertion)) {
        Err(ResponseError::Content(content)) => content,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_response_is_accepted_whichever_of_its_elements_is_signed() {
    let idp = Idp::new();
    for signed in [Signed::Assertion, Signed::Response, Signed::Both] {
        let assertion = verify_xml(&idp, &idp.response_xml(&Says::default(), signed)).unwrap();
        assert_eq!(assertion.subject, "alice@example.com");
        assert_eq!(assertion.subject_type, "persistent");
        assert_eq!(assertion.recipient, RECIPIENT);
        assert_eq!((assertion.id.as_str(), assertion.session_name.as_str()), ("_a1", "alice"));
        assert_eq!((assertion.good_until - NOW, assertion.session_seconds), (300_000, None));
    }
}

#[test]
fn an_unsigned_response_and_one_of_another_key_are_refused() {
    let idp = Idp::new();
    assert!(refused(&idp, &idp.response_xml(&Says::default(), Signed::Nothing)).contains("there is none"));
    let other = Idp::new();
    for signed in [Signed::Assertion, Signed::Response, Signed::Both] {
        let why = refused(&idp, &other.response_xml(&Says::default(), signed));
        assert!(why.contains("does not hold"), "{why}");
    }
    // One good signature does not excuse a bad one.
    let assertion = other.assertion_xml(&Says::default(), true);
    let mixed = idp.sign(&around(&assertion, &template("_r1")));
    assert!(refused(&idp, &mixed).contains("does not hold"));
}

#[test]
fn no_text_of_a_signed_assertion_can_be_changed() {
    let idp = Idp::new();
    let xml = idp.response_xml(&Says::default(), Signed::Assertion);
    for (from, to) in [
        ("alice@example.com", "root@example.com"),
        ("role/operator,", "role/admin,"),
        (">alice<", ">admin<"),
        ("2026-01-02T03:09:05.000Z", "2036-01-02T03:09:05.000Z"),
        ("urn:alibaba:cloudcomputing", "urn:alibaba:cloudcomputing:international"),
        ("nameid-format:persistent", "nameid-format:emailAddress"),
        ("ID=\"_a1\"", "ID=\"_a2\""),
    ] {
        assert!(xml.contains(from), "{from}");
        refused(&idp, &xml.replace(from, to));
    }
}

#[test]
fn every_byte_of_a_signed_assertion_counts() {
    let idp = Idp::new();
    let xml = idp.response_xml(&Says::default(), Signed::Assertion);
    let start = xml.find("<saml:Assertion").unwrap();
    let mut n_refused = 0;
    for at in (start..xml.len() - "</samlp:Response>".len()).step_by(3) {
        let mut bytes = xml.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        let Ok(forged) = String::from_utf8(bytes) else { continue };
        if let Ok(assertion) = verify_xml(&idp, &forged) {
            panic!("byte {at} changed and accepted: {assertion:?}");
        }
        n_refused += 1;
    }
    assert!(n_refused > 500, "{n_refused}");
}

#[test]
fn signature_wrapping_is_refused_in_all_its_forms() {
    let idp = Idp::new();
    let good = idp.assertion_xml(&Says::default(), true);
    let evil = idp.assertion_xml(&Says { id: "_evil".into(), subject: "admin".into(), ..Says::default() }, false);
    // The same id as the signed one.
    let twin = idp.assertion_xml(&Says { subject: "admin".into(), ..Says::default() }, false);
    let inside = |outer: &str, inner: &str| outer.replacen("</saml:Issuer>", &format!("</saml:Issuer>{inner}"), 1);
    let signature = {
        let from = good.find("<ds:Signature").unwrap();
        let to = good.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
        good[from..to].to_owned()
    };
    let unsigned = good.replace(&signature, "");
    let in_object = signature.replace("</ds:Signature>", &format!("<ds:Object>{unsigned}</ds:Object></ds:Signature>"));
    let extension = |content: &str| {
        format!("<samlp:Extensions xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">{content}</samlp:Extensions>")
    };
    for (content, what) in [
        (format!("{good}{evil}"), "another assertion behind the signed one"),
        (format!("{evil}{good}"), "another assertion before the signed one"),
        (format!("{good}{twin}"), "an assertion of the same id behind"),
        (format!("{twin}{good}"), "an assertion of the same id before"),
        (format!("{}{evil}", extension(&good)), "the signed one in an extension"),
        (format!("{}{twin}", extension(&good)), "the signed one in an extension, of the same id"),
        (inside(&evil, &good), "the signed one in an unsigned one"),
        (inside(&twin, &good), "the signed one in an unsigned one of its id"),
        (inside(&evil, &signature), "the signature moved into an unsigned one"),
        (inside(&evil, &in_object), "the signed one within the moved signature"),
        (inside(&twin, &in_object), "the signed one within the moved signature, of the same id"),
        (format!("{signature}{evil}{unsigned}"), "a detached signature"),
        (format!("<x>{good}</x>"), "the signed one deeper down"),
    ] {
        let why = refused(&idp, &around(&content, ""));
        assert!(!why.is_empty(), "{what}");
    }
    // A response in a response.
    let whole = idp.response_xml(&Says::default(), Signed::Response);
    refused(&idp, &around(&format!("{whole}{evil}"), ""));
    refused(&idp, &around(&whole, ""));
}

#[test]
fn signatures_of_other_forms_are_refused_though_they_hold() {
    let idp = Idp::new();
    let says = Says::default();
    let signed_with = |change: &dyn Fn(String) -> String| {
        let unsigned = idp.assertion_xml(&says, false);
        let template = change(template("_a1"));
        let assertion = unsigned.replacen("</saml:Issuer>", &format!("</saml:Issuer>{template}"), 1);
        around(&idp.sign(&assertion), "")
    };
    assert!(verify_xml(&idp, &signed_with(&|t| t)).is_ok());
    let inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    for change in [
        &(|t: String| t.replace("URI=\"#_a1\"", "URI=\"\"")) as &dyn Fn(String) -> String,
        &|t: String| t.replacen("http://www.w3.org/2001/10/xml-exc-c14n#", inclusive, 1),
        &|t: String| t.replace("<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>", ""),
    ] {
        let why = refused(&idp, &signed_with(change));
        assert!(why.contains("not one that is accepted"), "{why}");
    }
    // Weak or foreign algorithms are refused by their names, before any key is touched.
    let good = idp.response_xml(&says, Signed::Assertion);
    for (from, to) in [
        ("xmldsig-more#ecdsa-sha256", "xmldsig-more#hmac-sha256"),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        ("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"),
        ("URI=\"#_a1\"", "URI=\"file:///etc/passwd\""),
        ("URI=\"#_a1\"", "URI=\"http://127.0.0.1/\""),
        ("http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xslt-19991116"),
    ] {
        let why = refused(&idp, &good.replace(from, to));
        assert!(why.contains("not one that is accepted"), "{to}: {why}");
    }
}

#[test]
fn a_key_that_the_document_brings_along_counts_for_nothing() {
    let (idp, other) = (Idp::new(), Idp::new());
    let metadata = String::from_utf8(STANDARD.decode(other.metadata()).unwrap()).unwrap();
    let from = metadata.find("<ds:KeyInfo").unwrap();
    let to = metadata.find("</ds:KeyInfo>").unwrap() + "</ds:KeyInfo>".len();
    let forged = other.response_xml(&Says::default(), Signed::Assertion);
    let forged = forged.replace("</ds:SignatureValue>", &format!("</ds:SignatureValue>{}", &metadata[from..to]));
    assert!(refused(&idp, &forged).contains("does not hold"));
}

#[test]
fn names_cannot_be_cut_by_comments_nor_made_of_entities() {
    let idp = Idp::new();
    // Without comments in the canonical form, a signature over this would hold.
    let says = Says { subject: "admin@example.com<!-- -->.attacker.example".into(), ..Says::default() };
    let why = refused(&idp, &idp.response_xml(&says, Signed::Assertion));
    assert!(why.contains("comments"), "{why}");
    for odd in ["<![CDATA[admin]]>", "<?pi admin?>"] {
        let says = Says { subject: format!("a{odd}"), ..Says::default() };
        assert!(refused(&idp, &idp.response_xml(&says, Signed::Assertion)).contains("not plain XML"), "{odd}");
    }
    let good = idp.response_xml(&Says::default(), Signed::Assertion);
    for doctype in [
        "<!DOCTYPE r>",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">",
    ] {
        assert!(refused(&idp, &format!("{doctype}{good}")).contains("not plain XML"), "{doctype}");
    }
    // A name in an element is no name.
    let says = Says { subject: "<x>admin</x>".into(), ..Says::default() };
    assert_eq!(refused_for(&idp, says), ContentError::Missing("NameID"));
}

#[test]
fn rubbish_and_bombs_are_refused_quickly() {
    let idp = Idp::new();
    let deep = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
    let wide = format!("<a>{}</a>", "<b/>".repeat(20_000));
    let attributes: String = (0..5_000).map(|n| format!(" a{n}=\"\"")).collect();
    for xml in ["", "<", "x", "<a>", &deep, &wide, &format!("<a{attributes}/>"), &around(&deep, ""), "\u{0}", "&#0;"] {
        refused(&idp, xml);
    }
    let metadata = Metadata::read(&idp.metadata()).unwrap();
    let wanted = Wanted { role: ROLE, provider: PROVIDER, now: NOW };
    assert!(verify(&idp.response(&Says::default(), Signed::Assertion), &metadata, &wanted).is_ok());
    for encoded in ["", "!", "AA", "//79"] {
        assert!(verify(encoded, &metadata, &wanted).is_err(), "{encoded}");
    }
}

#[test]
fn an_assertion_is_only_good_in_its_time_for_its_audience_recipient_role_and_provider() {
    let idp = Idp::new();
    let good = idp.response_xml(&Says::default(), Signed::Assertion);
    for (now, accepted) in
        [(NOW + 299_999, true), (NOW + 300_000, false), (NOW - 245_000 - 60_000, true), (NOW - 400_000, false)]
    {
        assert_eq!(verify_at(&idp, &good, now).is_ok(), accepted, "{now}");
    }
    let text = |text: &str| text.to_owned();
    let of = |change: &dyn Fn(&mut Says)| {
        let mut says = Says::default();
        change(&mut says);
        refused_for(&idp, says)
    };
    assert_eq!(of(&|s| s.issuer = text("https://other.example.com")), ContentError::Issuer);
    assert_eq!(of(&|s| s.audience = text("urn:someone:else")), ContentError::Audience);
    assert_eq!(of(&|s| s.recipient = text("https://other.example.com/sso")), ContentError::Recipient);
    assert_eq!(of(&|s| s.role = text(ROLE)), ContentError::Role);
    assert_eq!(of(&|s| s.role = format!("acs:ram::1000000000000001:role/other,{PROVIDER}")), ContentError::Role);
    assert_eq!(of(&|s| s.role = format!("{ROLE},acs:ram::1000000000000001:saml-provider/other")), ContentError::Role);
    assert_eq!(of(&|s| s.not_on_or_after = text("2026-01-02T03:04:05Z")), ContentError::Expired);
    assert_eq!(of(&|s| s.not_before = text("2026-01-02T03:05:06Z")), ContentError::NotYet);
    assert_eq!(of(&|s| s.not_on_or_after = text("tomorrow")), ContentError::Missing("NotOnOrAfter"));
    assert_eq!(of(&|s| s.subject = text(" ")), ContentError::Missing("NameID"));
    // Several roles are usual; spellings differ in case and blanks.
    let several = Says {
        role: format!(
            "x,y</saml:AttributeValue><saml:AttributeValue>{} , {PROVIDER}",
            ROLE.replace("operator", "Operator")
        ),
        ..Says::default()
    };
    assert!(verify_xml(&idp, &idp.response_xml(&several, Signed::Assertion)).is_ok());
    let failed = good.replace("status:Success", "status:Responder");
    assert!(refused(&idp, &failed).contains("reports a failure"));
}

#[test]
fn how_long_a_session_may_last_is_read_from_attribute_and_statement() {
    let idp = Idp::new();
    let more = r#"<saml:AuthnStatement SessionNotOnOrAfter="2026-01-02T04:00:00Z"/><saml:AttributeStatement><saml:Attribute Name="https://www.aliyun.com/SAML-Role/Attributes/SessionDuration"><saml:AttributeValue>1800</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"#;
    let says = Says { more: more.into(), ..Says::default() };
    let assertion = verify_xml(&idp, &idp.response_xml(&says, Signed::Assertion)).unwrap();
    assert_eq!((assertion.session_seconds, assertion.session_ends_at), (Some(1800), Some(NOW + 3_355_000)));
    let says = Says { more: more.replace("1800", "long"), ..Says::default() };
    assert_eq!(refused_for(&idp, says), ContentError::Missing("SessionDuration"));
}

#[test]
fn metadata_is_that_of_one_identity_provider_with_readable_certificates() {
    let idp = Idp::new();
    let text = String::from_utf8(STANDARD.decode(idp.metadata()).unwrap()).unwrap();
    let read = |text: &str| Metadata::read(&STANDARD.encode(text)).map(|metadata| metadata.keys.len());
    assert_eq!(read(&text), Ok(1));
    let from = text.find("<md:KeyDescriptor").unwrap();
    let to = text.find("</md:KeyDescriptor>").unwrap() + "</md:KeyDescriptor>".len();
    let descriptor = &text[from..to];
    assert_eq!(read(&text.replace(descriptor, &descriptor.repeat(2))), Ok(2));
    for (text, error) in [
        (text.replace(descriptor, &descriptor.repeat(3)), MetadataError::Certificates),
        (text.replace(descriptor, ""), MetadataError::Certificates),
        (text.replace("use=\"signing\"", "use=\"encryption\""), MetadataError::Certificates),
        (text.replace("IDPSSODescriptor", "SPSSODescriptor"), MetadataError::NotAProvider),
        (text.replace("entityID", "name"), MetadataError::Entity),
        (text.replace("MII", "AAA"), MetadataError::Certificate),
    ] {
        let found = read(&text);
        assert!(found == Err(error.clone()) || text.contains("AAA"), "{found:?} instead of {error:?}");
        assert!(found.is_err());
    }
    assert!(matches!(read(&format!("<!DOCTYPE x [<!ENTITY e \"\">]>{text}")), Err(MetadataError::Xml(_))));
    assert_eq!(Metadata::read("!").err(), Some(MetadataError::Encoding));
}
