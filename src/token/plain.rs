//! The words that need no grammar: ASCII letters alone, with nothing after them that could go on a word.
//!
//! They are nine tokens in ten, so they are read eight bytes at a time; a property test holds what comes out against
//! the grammar of words.

use super::Shape;
use crate::lexicon::Packed;

/// A word of ASCII letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    /// In lower case.
    pub(super) form: Packed,
    /// In bytes.
    pub(super) length: usize,
    pub(super) shape: Shape,
    /// A full stop comes right after it.
    pub(super) stops: bool,
}

/// How many bytes are seen at once: the longest word, and what may end it.
pub(super) const AHEAD: usize = 26;

/// The word that the input begins with, where it is a plain one.
#[inline(always)]
pub(super) fn word(ahead: &[u8; AHEAD]) -> Option<Plain> {
    let first = Eight::read(ahead, 0);
    let length = first.letters();
    if length == 8 {
        return long(ahead, first);
    }
    if length == 0 || !ends(ahead[length], ahead[length + 1]) {
        return None;
    }
    Some(Plain {
        form: Packed([first.small(), 0, 0]),
        length,
        shape: shape(first.capitals() & 1 != 0, first.capitals() == first.mask() & eight_of(1), length),
        stops: ahead[length] == b'.',
    })
}

/// The word of eight letters or more.
fn long(ahead: &[u8; AHEAD], first: Eight) -> Option<Plain> {
    let (second, third) = (Eight::read(ahead, 8), Eight::read(ahead, 16));
    let third = if second.letters() == 8 { third } else { Eight::NONE };
    let length = 8 + second.letters() + third.letters();
    if !ends(ahead[length], ahead[length + 1]) {
        return None;
    }
    let upper = [first, second, third].iter().all(|eight| eight.capitals() == eight.mask() & eight_of(1));
    Some(Plain {
        form: Packed([first.small(), second.small(), third.small()]),
        length,
        shape: shape(first.capitals() & 1 != 0, upper, length),
        stops: ahead[length] == b'.',
    })
}

/// The shape of a word whose first letter, or all of whose letters, are capitals.
#[inline]
fn shape(capital: bool, all: bool, length: usize) -> Shape {
    Shape::default().with(Shape::CAPITAL, capital).with(Shape::UPPER, all && length > 1)
}

/// The bit that makes a letter small.
const SMALL: u8 = 0x20;

/// Eight bytes, the first of them in the lowest place.
#[derive(Clone, Copy)]
struct Eight {
    bytes: u64,
    /// The lowest bit of the first byte that is no letter; 0 where all are.
    end: u64,
}

impl Eight {
    /// Begins with no letter.
    const NONE: Eight = Eight { bytes: 0, end: 1 };

    #[inline]
    fn read(bytes: &[u8; AHEAD], at: usize) -> Eight {
        let bytes = bytes[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
        let low = (bytes | eight_of(SMALL)) & eight_of(0x7F);
        let from_a = low + eight_of(0x80 - b'a');
        let past_z = low + eight_of(0x7F - b'z');
        let others = (bytes | !from_a | past_z) & eight_of(0x80);
        Eight { bytes, end: (others & others.wrapping_neg()) >> 7 }
    }

    /// How many letters it begins with.
    #[inline]
    fn letters(self) -> usize {
        self.end.trailing_zeros() as usize / 8
    }

    /// All bits of the letters that it begins with.
    #[inline]
    fn mask(self) -> u64 {
        self.end.wrapping_sub(1)
    }

    /// The letters that it begins with, in lower case.
    #[inline]
    fn small(self) -> u64 {
        (self.bytes | eight_of(SMALL)) & self.mask()
    }

    /// The lowest bit of every capital.
    #[inline]
    fn capitals(self) -> u64 {
        (!self.bytes & self.mask() & eight_of(SMALL)) >> SMALL.trailing_zeros()
    }
}

/// Eight times the byte.
const fn eight_of(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Whether a word ends before the two bytes, whatever follows.
#[inline]
fn ends(end: u8, next: u8) -> bool {
    match END[usize::from(end)] {
        End::Always => true,
        End::BeforeSpace => next.is_ascii_whitespace() || matches!(next, b'"' | b')'),
        End::Perhaps => false,
    }
}

/// Whether a byte ends a word.
#[derive(Clone, Copy)]
enum End {
    Always,
    BeforeSpace,
    /// Only the grammar can tell.
    Perhaps,
}

const END: [End; 256] = {
    let mut table = [End::Always; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'.' | b':' => End::BeforeSpace,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'@' | b'&' | b'\'' | b'`' | 0x80.. => {
                End::Perhaps
            }
            _ => End::Always,
        };
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_words_are_those_of_the_grammar(text in "[a-zA-Z]{1,30}[ -~é’_\n]{0,3}[a-z .]{0,30}") {
            let bytes = text.as_bytes();
            if let Some(plain) = bytes.first_chunk().and_then(word) {
                let length = plain.length;
                let (rest, (kind, shape)) = super::super::word(bytes).expect("a word");
                prop_assert_eq!(kind, super::super::TokenKind::Word);
                prop_assert_eq!(&text[length..], std::str::from_utf8(rest).expect("UTF-8"));
                prop_assert_eq!(plain.shape, shape);
                prop_assert_eq!(plain.stops, rest.starts_with(b"."));
                let eights = plain.form.0.map(u64::to_le_bytes).concat();
                let small = text[..length].to_ascii_lowercase();
                prop_assert_eq!(&eights[..length], small.as_bytes());
                prop_assert!(eights[length..].iter().all(|byte| *byte == 0));
            }
        }
    }

    #[test]
    fn only_what_surely_ends_is_plain() {
        let long = " ".repeat(AHEAD);
        for (text, plain) in [
            ("rain fell", true),
            ("rain, fell", true),
            ("rain. It fell", true),
            ("rain.It fell", false),
            ("rain-fed", false),
            ("rain’s end", false),
            ("rainé", false),
            ("https://example.org", false),
            ("so: it fell", true),
            ("antidisestablishmentarianism", false),
            (" rain", false),
        ] {
            let text = format!("{text}{long}");
            assert_eq!(text.as_bytes().first_chunk().and_then(word).is_some(), plain, "{text}");
        }
    }
}
