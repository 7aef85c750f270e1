//! Patterns as automata: one position per token, stars that loop.

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Token {
    /// This character.
    Char(char),
    /// Any one character.
    Any,
    /// Any run of characters, also none.
    Star,
    /// Any run of characters without a colon, also none.
    Field,
}

/// Which characters count as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Fold {
    /// Only equal ones.
    Exact,
    /// ASCII letters in either case too.
    Ascii,
    /// Characters with the same lower case too. The pattern holds the lower case.
    Full,
}

/// A pattern, in a normal form: what is spelled differently only by the order of stars and question marks is equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Glob {
    pub(crate) tokens: Vec<Token>,
    pub(crate) fold: Fold,
}

impl Glob {
    /// A pattern with the wildcards `*` and `?`.
    pub(crate) fn pattern(text: &str, fold: Fold) -> Glob {
        let mut tokens = Vec::with_capacity(text.len());
        let mut star = false;
        for c in text.chars() {
            match c {
                '*' => star = true,
                '?' => tokens.push(Token::Any),
                c => {
                    if std::mem::take(&mut star) {
                        tokens.push(Token::Star);
                    }
                    tokens.push(Token::Char(c));
                }
            }
        }
        if star {
            tokens.push(Token::Star);
        }
        Glob { tokens, fold }
    }

    /// A text without wildcards.
    pub(crate) fn literal(text: &str, fold: Fold) -> Glob {
        let tokens = match fold {
            Fold::Full => text.chars().flat_map(char::to_lowercase).map(Token::Char).collect(),
            _ => text.chars().map(Token::Char).collect(),
        };
        Glob { tokens, fold }
    }

    /// The literal text before the first wildcard, and whether a lone star follows it (`Some(true)`), nothing
    /// (`Some(false)`), or more (`None`).
    pub(crate) fn shape(&self) -> (impl Iterator<Item = char>, Option<bool>) {
        let literal = self.tokens.iter().take_while(|token| matches!(token, Token::Char(_))).count();
        let tail = match self.tokens.get(literal..) {
            Some([]) => Some(false),
            Some([Token::Star]) => Some(true),
            _ => None,
        };
        let head = self.tokens.iter().map_while(|token| match token {
            Token::Char(c) => Some(*c),
            _ => None,
        });
        (head, tail)
    }

    /// Whether everything matches.
    pub(crate) fn is_everything(&self) -> bool {
        self.tokens == [Token::Star]
    }

    /// Whether the pattern surely matches every text that the other one matches. May be `false` for some that it does.
    pub(crate) fn covers(&self, other: &Glob) -> bool {
        if self.is_everything() {
            return true;
        }
        // The other's wildcards are characters of their own, which only at least as wide wildcards match.
        let mut at = self.start();
        for token in &other.tokens {
            at = self.advance(&at, |own| match (own, token) {
                (Token::Char(a), Token::Char(b)) => self.equal(a, *b),
                (Token::Any, Token::Char(_) | Token::Any) => true,
                (Token::Star, _) => true,
                (Token::Field, Token::Char(c)) => *c != ':',
                (Token::Field, Token::Field) => true,
                _ => false,
            });
        }
        let folds = self.fold == other.fold || (self.fold == Fold::Ascii && other.fold == Fold::Exact);
        folds && self.fold != Fold::Full && self.accepts(&at)
    }

    /// Whether two patterns may have a text in common. `false` is sure, by the literal ends.
    pub(crate) fn may_meet(&self, other: &Glob) -> bool {
        let equal = |a: char, b: char| {
            a == b || ((self.fold != Fold::Exact || other.fold != Fold::Exact) && a.eq_ignore_ascii_case(&b))
        };
        if self.fold == Fold::Full || other.fold == Fold::Full {
            return true;
        }
        fn differ<'t>(
            a: impl Iterator<Item = &'t Token>,
            b: impl Iterator<Item = &'t Token>,
            equal: impl Fn(char, char) -> bool,
        ) -> bool {
            for (a, b) in a.zip(b) {
                match (a, b) {
                    (Token::Char(a), Token::Char(b)) if !equal(*a, *b) => return true,
                    (Token::Star | Token::Field, _) | (_, Token::Star | Token::Field) => return false,
                    _ => {}
                }
            }
            false
        }
        let least = |glob: &Glob| glob.tokens.iter().filter(|t| matches!(t, Token::Char(_) | Token::Any)).count();
        let most = |glob: &Glob| if least(glob) == glob.tokens.len() { least(glob) } else { usize::MAX };
        least(self) <= most(other)
            && least(other) <= most(self)
            && !differ(self.tokens.iter(), other.tokens.iter(), equal)
            && !differ(self.tokens.iter().rev(), other.tokens.iter().rev(), equal)
    }

    /// Whether a text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut at = self.start();
        for c in text.chars() {
            at = self.step(&at, c);
        }
        self.accepts(&at)
    }

    /// The positions before the first character.
    pub(crate) fn start(&self) -> Vec<u16> {
        let mut at = Vec::new();
        self.reach(0, &mut at);
        self.finish(at)
    }

    /// The positions after one more character.
    pub(crate) fn step(&self, from: &[u16], c: char) -> Vec<u16> {
        if self.fold == Fold::Full {
            return self.step_folded(from, c);
        }
        self.advance(from, |token| match token {
            Token::Char(own) => self.equal(own, c),
            Token::Any | Token::Star => true,
            Token::Field => c != ':',
        })
    }

    /// Whether the text so far matches.
    pub(crate) fn accepts(&self, at: &[u16]) -> bool {
        at.last().is_some_and(|last| usize::from(*last) == self.tokens.len())
    }

    /// Adds the characters that tell texts apart at these positions.
    pub(crate) fn awaited(&self, at: &[u16], letters: &mut Vec<char>) {
        for position in at {
            match self.tokens.get(usize::from(*position)) {
                Some(Token::Char(c)) => {
                    letters.push(*c);
                    match self.fold {
                        Fold::Exact => {}
                        Fold::Ascii => letters.extend([c.to_ascii_lowercase(), c.to_ascii_uppercase()]),
                        Fold::Full => {
                            let mut upper = c.to_uppercase();
                            letters.extend(upper.next().filter(|_| upper.next().is_none()));
                            // The one character whose lower case is two.
                            letters.extend((*c == 'i').then_some('\u{130}'));
                        }
                    }
                }
                Some(Token::Field) => letters.push(':'),
                _ => {}
            }
        }
    }

    fn equal(&self, own: char, c: char) -> bool {
        own == c || (self.fold == Fold::Ascii && own.eq_ignore_ascii_case(&c))
    }

    fn advance(&self, from: &[u16], takes: impl Fn(Token) -> bool) -> Vec<u16> {
        let mut to = Vec::with_capacity(from.len() + 1);
        for position in from {
            match self.tokens.get(usize::from(*position)) {
                Some(token @ (Token::Star | Token::Field)) if takes(*token) => self.reach(*position, &mut to),
                Some(token) if takes(*token) => self.reach(position + 1, &mut to),
                _ => {}
            }
        }
        self.finish(to)
    }

    fn step_folded(&self, from: &[u16], c: char) -> Vec<u16> {
        let mut to = Vec::new();
        for position in from {
            let mut at = *position;
            let matched = c.to_lowercase().all(|lower| {
                let next = self.tokens.get(usize::from(at)) == Some(&Token::Char(lower));
                at += 1;
                next
            });
            if matched {
                self.reach(at, &mut to);
            }
        }
        self.finish(to)
    }

    /// Adds a position and those that empty stars lead to.
    fn reach(&self, position: u16, to: &mut Vec<u16>) {
        let mut position = position;
        to.push(position);
        while let Some(Token::Star | Token::Field) = self.tokens.get(usize::from(position)) {
            position += 1;
            to.push(position);
        }
    }

    /// Sorts positions and drops those that cannot matter: from the last star on, everything is open that was open
    /// before it.
    fn finish(&self, mut at: Vec<u16>) -> Vec<u16> {
        if at.len() > 1 {
            at.sort_unstable();
            at.dedup();
        }
        let star = |position: &u16| self.tokens.get(usize::from(*position)) == Some(&Token::Star);
        if let Some(last) = at.iter().rposition(star) {
            at.drain(..last);
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_pattern_are_equal() {
        let read = |text| Glob::pattern(text, Fold::Exact);
        assert_eq!(read("a*?**?b*"), read("a??*b**"));
        assert_ne!(read("a*"), read("a?*"));
        assert_eq!(read("*").is_everything(), read("**").is_everything());
    }

    #[test]
    fn folding_follows_lower_case_character_by_character() {
        let full = Glob::literal("Kİß", Fold::Full);
        for (text, matches) in [("kİß", true), ("\u{212a}i\u{307}ß", true), ("kiß", false), ("KİSS", false)] {
            assert_eq!(full.matches(text), matches, "{text}");
        }
        assert!(Glob::pattern("GET*", Fold::Ascii).matches("getx"));
        assert!(!Glob::pattern("É*", Fold::Ascii).matches("éx"));
    }

    proptest! {
        #[test]
        fn patterns_match_what_the_engine_says_they_match(
            pattern in "[aAbé*?:]{0,7}", text in "[aAbé:]{0,7}", fold in any::<bool>()
        ) {
            let glob = Glob::pattern(&pattern, if fold { Fold::Ascii } else { Fold::Exact });
            prop_assert_eq!(glob.matches(&text), ramgate_policy::glob(&pattern, &text, fold));
        }

        #[test]
        fn covering_and_meeting_are_never_claimed_wrongly(
            a in "[aAb*?]{0,5}", b in "[aAb*?]{0,5}", text in "[aAb]{0,5}", fold in any::<bool>()
        ) {
            let read = |text: &str| Glob::pattern(text, if fold { Fold::Ascii } else { Fold::Exact });
            let (a, b) = (read(&a), read(&b));
            prop_assert!(a.matches(&text) || !b.matches(&text) || !a.covers(&b));
            prop_assert!(!(a.matches(&text) && b.matches(&text)) || a.may_meet(&b));
            prop_assert!(a.covers(&a));
        }
    }
}
