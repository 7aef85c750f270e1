//! "Did you mean": the known name that is nearest to an unknown one.

/// The nearest of `known`, when it is near enough to be meant.
pub(crate) fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let unknown = unknown.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&unknown, &name.to_lowercase()), name))
        .min()
        .filter(|(distance, _)| *distance <= (unknown.chars().count() / 3).max(1))
        .map(|(_, name)| name)
}

/// `; did you mean …?`, or nothing.
pub(crate) fn hint<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(unknown, known).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_name_and_another_word_finds_none() {
        let known = ["GetHttpApi", "ListHttpApis", "DeleteHttpApi"];
        assert_eq!(nearest("gethttpapis", known), Some("GetHttpApi"));
        assert_eq!(nearest("DeletHtpApi", known), Some("DeleteHttpApi"));
        assert_eq!(nearest("Frobnicate", known), None);
    }
}
