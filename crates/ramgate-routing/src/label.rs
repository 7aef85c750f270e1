//! Short byte strings within their owner, so that a search touches one piece of memory for each node.

use std::fmt;
use std::sync::Arc;

const INLINE: usize = 22;

/// A byte string. Up to 22 bytes lie in place.
#[derive(Clone)]
pub(crate) enum Label {
    Inline { len: u8, bytes: [u8; INLINE] },
    Shared(Arc<[u8]>),
}

impl Label {
    pub(crate) fn new(text: &[u8]) -> Self {
        let mut bytes = [0; INLINE];
        match bytes.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text);
                Self::Inline { len: text.len() as u8, bytes }
            }
            None => Self::Shared(text.into()),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Inline { len, bytes } => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Self::Shared(bytes) => bytes,
        }
    }
}

impl Default for Label {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.bytes().escape_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_any_length_give_back_what_they_were_made_of() {
        for len in [0, 1, 21, 22, 23, 500] {
            let text = vec![b'x'; len];
            assert_eq!(Label::new(&text).bytes(), text);
        }
        assert_eq!(size_of::<Label>(), 24);
    }
}
