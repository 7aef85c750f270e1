use ramgate_analysis::diff::*;
use ramgate_policy::*;
fn main() {
    let read = |f: &str| {
        let v: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(f).unwrap()).unwrap();
        let d = if v.get("policies").is_some() { v["policies"][0]["document"].to_string() } else { v.to_string() };
        vec![Attached { policy_name: f.into(), policy_type: PolicyKind::Custom, version: "v1".into(), entity: AttachedEntity::User, document: std::sync::Arc::new(Document::parse(&d, DocumentKind::Identity).unwrap()) }]
    };
    let a: Vec<String> = std::env::args().collect();
    let (o, n) = (read(&a[1]), read(&a[2]));
    let t = std::time::Instant::now();
    let d = diff(&o, &n, &Catalog::default(), Limits::default());
    eprintln!("{:?}", t.elapsed());
    println!("{}", serde_json::to_string_pretty(&d).unwrap());
}
