//! A resource name cut for the index.

use crate::pattern::{Arn, kind_folds, names_fold_in};

/// Room to fold the case of a RAM name. Longer names go to the plain evaluator.
pub(crate) const FOLD_ROOM: usize = 160;

/// A resource name: its fields, and its relative id in the spelling under which the index files it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) arn: Arn<'a>,
    /// The relative id, in lower case where names ignore case.
    pub(crate) relative: &'a str,
    /// The same before and after the first `/`; `None` when there is none.
    pub(crate) kind_and_id: Option<(&'a str, &'a str)>,
}

impl<'a> Name<'a> {
    /// Cuts a name. `None` when it is outside what the index is made for.
    #[inline]
    pub(crate) fn new(arn: Arn<'a>, room: &'a mut [u8; FOLD_ROOM]) -> Option<Name<'a>> {
        let arn = arn.normalised();
        let kind_and_id = cut(arn.relative);
        if names_fold_in(arn.service) && kind_and_id.is_some_and(|(kind, _)| kind_folds(kind)) {
            let room = room.get_mut(..arn.relative.len())?;
            room.copy_from_slice(arn.relative.as_bytes());
            room.make_ascii_lowercase();
            let relative = std::str::from_utf8(room).ok()?;
            return Some(Name { arn, relative, kind_and_id: cut(relative) });
        }
        Some(Name { arn, relative: arn.relative, kind_and_id })
    }
}

/// Cuts at the first `/`.
#[inline]
pub(crate) fn cut(relative: &str) -> Option<(&str, &str)> {
    let at = relative.as_bytes().iter().position(|byte| *byte == b'/')?;
    Some((relative.get(..at)?, relative.get(at + 1..)?))
}
