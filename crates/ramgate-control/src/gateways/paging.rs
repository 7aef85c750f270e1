//! Lists by page number and page size, as both gateway APIs have them.

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageOf<T> {
    pub(crate) items: Vec<T>,
    pub(crate) page_number: i32,
    pub(crate) page_size: i32,
    /// Of the whole list.
    pub(crate) total: i32,
}

/// Cuts a page out of a list. Numbers count from 1; absent or impossible ones are the first page and ten items.
pub(crate) fn page<T>(all: Vec<T>, number: Option<i32>, size: Option<i32>, most: i32) -> PageOf<T> {
    let page_number = number.filter(|n| *n > 0).unwrap_or(1);
    let page_size = size.filter(|n| *n > 0).unwrap_or(10).min(most);
    let total = i32::try_from(all.len()).unwrap_or(i32::MAX);
    let at = |n: i32| usize::try_from(n).unwrap_or(0);
    let skip = at(page_number - 1).saturating_mul(at(page_size));
    PageOf { items: all.into_iter().skip(skip).take(at(page_size)).collect(), page_number, page_size, total }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cut_a_list_without_gap_or_overlap() {
        let of = |number, size| page((1..=25).collect(), number, size, 100).items;
        assert_eq!(of(None, None), (1..=10).collect::<Vec<_>>());
        assert_eq!(of(Some(3), Some(10)), (21..=25).collect::<Vec<_>>());
        assert_eq!(of(Some(4), Some(10)), Vec::<i32>::new());
        assert_eq!(of(Some(i32::MAX), Some(100)), Vec::<i32>::new());
        assert_eq!(page(vec![1; 500], Some(1), Some(1000), 100).items.len(), 100);
        assert_eq!(page(vec![1; 3], None, None, 100).total, 3);
    }
}
