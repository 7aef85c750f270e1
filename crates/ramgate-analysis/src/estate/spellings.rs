//! The spellings of a request: a service may have several RAM codes, and a policy may use any of them.

use ramgate_policy::{Catalog, ServiceSpec};

/// A request under every code of its service, the given one first. An action and the resource name that goes with it.
pub(crate) fn spellings(catalog: &Catalog, action: &str, resource: &str) -> Vec<(String, String)> {
    let given = [(action.to_owned(), resource.to_owned())];
    let Some((code, name)) = action.split_once(':') else { return given.into() };
    let usual = |service: &&ServiceSpec| service.codes.first().is_some_and(|first| first.eq_ignore_ascii_case(code));
    let mut services = catalog.services().iter().filter(usual);
    // Where two services share a code, the code alone does not say under which others a request is asked.
    let (Some(service), None) = (services.next(), services.next()) else { return given.into() };
    let alias = |alias: &String| {
        let own = resource.split_once(':').and_then(|(acs, rest)| {
            let (service, rest) = rest.split_once(':')?;
            service.eq_ignore_ascii_case(code).then(|| format!("{acs}:{alias}:{rest}"))
        });
        (format!("{alias}:{name}"), own.unwrap_or_else(|| resource.to_owned()))
    };
    given.into_iter().chain(service.codes.iter().skip(1).map(alias)).collect()
}

/// The form in which the engine takes them.
pub(crate) fn borrowed(spellings: &[(String, String)]) -> Vec<(&str, &str)> {
    spellings.iter().map(|(action, resource)| (action.as_str(), resource.as_str())).collect()
}
