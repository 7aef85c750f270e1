//! Lists in pages that go on behind the last item shown, not at a number: what comes or goes between two pages neither
//! hides nor repeats anything else.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ramgate_api::{ApiError, codes};

/// Items of a page where the request does not say.
const DEFAULT_SIZE: i32 = 100;

/// What a request says about the page it wants.
pub(crate) struct Wanted<'a> {
    /// The list; a marker of one list does not fit another.
    pub(crate) list: &'static str,
    /// The name of the parameter that holds the marker.
    pub(crate) parameter: &'static str,
    /// Where to go on; absent and empty mean the beginning.
    pub(crate) marker: Option<&'a str>,
    /// Items wanted, checked before.
    pub(crate) size: Option<i32>,
}

/// One page.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub(crate) next: Option<String>,
}

impl Wanted<'_> {
    /// Cuts the page out of a list. `key` gives each item its fixed place; no two items have the same.
    ///
    /// # Errors
    /// `InvalidParameter` where the marker is not one that this list gave.
    pub(crate) fn cut<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> String) -> Result<Page<T>, ApiError> {
        items.sort_by_cached_key(&key);
        if let Some(marker) = self.marker.filter(|marker| !marker.is_empty()) {
            let last = self.open(marker)?;
            items.retain(|item| key(item) > last);
        }
        let size = usize::try_from(self.size.unwrap_or(DEFAULT_SIZE)).unwrap_or(1).max(1);
        let next = match items.get(size) {
            Some(_) => items.get(size - 1).map(|item| self.close(&key(item))),
            None => None,
        };
        items.truncate(size);
        Ok(Page { items, next })
    }

    fn close(&self, last: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{last}", self.list))
    }

    fn open(&self, marker: &str) -> Result<String, ApiError> {
        let text = URL_SAFE_NO_PAD.decode(marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let last = text.as_deref().and_then(|text| text.strip_prefix(self.list)?.strip_prefix('\n'));
        last.map(str::to_owned).ok_or_else(|| {
            codes::INVALID_PARAMETER
                .with(format!("The parameter `{}` is not one that an earlier answer gave.", self.parameter))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted<'a>(marker: Option<&'a str>, size: i32) -> Wanted<'a> {
        Wanted { list: "numbers", parameter: "Marker", marker, size: Some(size) }
    }

    fn cut(items: &[&str], marker: Option<&str>, size: i32) -> Page<String> {
        wanted(marker, size).cut(items.iter().map(|i| (*i).to_owned()).collect(), String::clone).unwrap()
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        let items = ["b", "a", "d", "c", "e"];
        let (mut seen, mut marker) = (Vec::new(), None);
        loop {
            let page = cut(&items, marker.as_deref(), 2);
            seen.extend(page.items);
            marker = page.next;
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn the_last_page_has_no_marker_also_where_it_is_full() {
        assert!(cut(&["a", "b"], None, 2).next.is_none());
        assert!(cut(&[], None, 2).next.is_none());
        assert!(cut(&["a", "b", "c"], None, 2).next.is_some());
    }

    #[test]
    fn what_changes_between_two_pages_hides_nothing_else() {
        let first = cut(&["a", "b", "c", "d"], None, 2);
        let second = cut(&["aa", "c", "d"], first.next.as_deref(), 2);
        assert_eq!((first.items, second.items), (vec!["a".into(), "b".into()], vec!["c".into(), "d".into()]));
    }

    #[test]
    fn a_marker_that_this_list_did_not_give_is_refused() {
        let other = Wanted { list: "letters", ..wanted(None, 1) };
        for marker in ["x", "!", &URL_SAFE_NO_PAD.encode("numbers"), &other.close("a")] {
            let error = wanted(Some(marker), 1).cut(vec!["a".to_owned()], String::clone).unwrap_err();
            assert_eq!(error.code, "InvalidParameter", "{marker}");
            assert!(error.message.contains("`Marker`"), "{}", error.message);
        }
    }
}
