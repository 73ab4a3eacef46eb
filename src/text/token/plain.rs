//! The tokens that need no grammar: words of ASCII letters alone, numbers and signs, with nothing after them that could
//! go on them.
//!
//! They are nineteen tokens in twenty, so words are read eight bytes at a time; property tests hold what comes out
//! against the grammar.

use super::{CLASS, Class, GAP, Shape, TokenKind};
use crate::lexicon::Packed;

/// A word of up to sixteen ASCII letters and a sign after it that ends any.
#[derive(Clone, Copy, Debug)]
pub(super) struct Short {
    /// In lower case.
    pub(super) form: Packed,
    pub(super) length: usize,
    pub(super) shape: Shape,
}

/// A word of ASCII letters, with hyphens between some of them or not, or a clitic.
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

/// A number, mark or sign of punctuation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) kind: TokenKind,
    pub(super) shape: Shape,
    /// In bytes.
    pub(super) length: usize,
}

/// How many bytes are seen at once: the longest word, and what may end it.
pub(super) const AHEAD: usize = LONGEST + ENDING;

/// The longest word.
const LONGEST: usize = 24;

/// How many bytes tell that a word ends: as many as a clitic has, and one more.
const ENDING: usize = 6;

/// The last bytes of a text, seen as if zeros came after them.
#[cold]
pub(super) fn last(bytes: &[u8]) -> [u8; AHEAD] {
    let mut ahead = [0; AHEAD];
    ahead[..bytes.len()].copy_from_slice(bytes);
    ahead
}

/// The short word that the input begins with: most tokens are one, so that each instruction counts, and more so each
/// branch that cannot be foretold, such as one by length.
#[inline(always)]
pub(super) fn short(ahead: &[u8; AHEAD]) -> Option<Short> {
    let first = Eight::read(ahead, 0);
    let second = Eight::read(ahead, 8).behind(first);
    let length = first.letters() + second.letters();
    let short = (length > 0) & (ahead[length] == b' ');
    short.then(|| Short {
        form: Packed([first.small(), second.small(), 0]),
        length,
        shape: Shape::default()
            .with(Shape::CAPITAL, first.is_capital())
            .with(Shape::UPPER, (length > 1) & first.is_upper() & second.is_upper()),
    })
}

/// The word that the input begins with, where it is a plain one; clitics come `after_word` without a gap.
pub(super) fn word(ahead: &[u8; AHEAD], after_word: bool) -> Option<Plain> {
    let first = Eight::read(ahead, 0);
    let length = first.letters();
    if length == 8 {
        return long(ahead, first);
    }
    if length == 0 {
        return if after_word { clitic(ahead) } else { None };
    }
    if ahead[length] == b'-' {
        return compound(ahead);
    }
    if !ends(ahead, length) {
        return None;
    }
    Some(Plain {
        form: Packed([first.small(), 0, 0]),
        length,
        shape: first.shape(),
        stops: ahead[length] == b'.',
    })
}

/// The word of eight letters or more.
fn long(ahead: &[u8; AHEAD], first: Eight) -> Option<Plain> {
    let (second, third) = (Eight::read(ahead, 8), Eight::read(ahead, 16));
    let third = if second.letters() == 8 { third } else { Eight::NONE };
    let length = 8 + second.letters() + third.letters();
    if ahead[length] == b'-' {
        return compound(ahead);
    }
    if !ends(ahead, length) {
        return None;
    }
    let upper = [first, second, third].iter().all(|eight| eight.is_upper());
    Some(Plain {
        form: Packed([first.small(), second.small(), third.small()]),
        length,
        shape: Shape::default().with(Shape::CAPITAL, first.is_capital()).with(Shape::UPPER, upper),
        stops: ahead[length] == b'.',
    })
}

/// *well-known*, *forty-two-year-old*, of bytes that are seen at once, without a full stop after it.
fn compound(ahead: &[u8; AHEAD]) -> Option<Plain> {
    let letter = |at: usize| ahead[at].is_ascii_alphabetic();
    let joins = |at: usize| ahead[at] == b'-' && letter(at + 1);
    let length = (1..LONGEST + 1).find(|&at| !(letter(at) || letter(at - 1) && joins(at)))?;
    if ahead[length] == b'.' || !ends(ahead, length) {
        return None;
    }
    let form = Packed::of(&ahead[..length])?;
    let upper = !ahead[..length].iter().any(u8::is_ascii_lowercase);
    let shape =
        Shape::default().with(Shape::CAPITAL, ahead[0].is_ascii_uppercase()).with(Shape::UPPER, upper);
    Some(Plain { form, length, shape, stops: false })
}

/// *’s*, *'ll*, where no letter follows and no full stop.
fn clitic(ahead: &[u8]) -> Option<Plain> {
    let (glyph, after) = match ahead {
        [b'\'', after @ ..] => (1, after),
        [0xE2, 0x80, 0x99, after @ ..] => (3, after),
        _ => return None,
    };
    let small = |at: usize| after.get(at).map_or(0, |byte| byte | SMALL);
    let letters = match (small(0), small(1)) {
        (b'r' | b'v', b'e') | (b'l', b'l') => 2,
        (b's' | b'm' | b'd', _) => 1,
        _ => return None,
    };
    let ends =
        after.get(letters).is_some_and(|end| end.is_ascii() && !end.is_ascii_alphabetic() && *end != b'.');
    let second = if letters == 2 { small(1) } else { 0 };
    let form = Packed([u64::from_le_bytes([b'\'', small(0), second, 0, 0, 0, 0, 0]), 0, 0]);
    ends.then_some(Plain { form, length: glyph + letters, shape: Shape::CLITIC, stops: false })
}

/// The number or sign that the input begins with, `after_word` without a gap or not, where no other can come of it.
#[inline(always)]
pub(super) fn sign(ahead: &[u8; AHEAD], after_word: bool) -> Option<Sign> {
    let sign = |kind: TokenKind, length: usize| Some(Sign { kind, shape: Shape::default(), length });
    match SIGN[usize::from(ahead[0])] {
        First::Sign(kind) => sign(kind, 1),
        First::Perhaps => match *ahead {
            [b'.', ref after @ ..] if after_word && stops_alone(after) => sign(TokenKind::Stop, 1),
            [0xE2, 0x80, 0x9C | 0x9D, ..] => sign(TokenKind::Mark, 3),
            [0xE2, 0x80, 0x93 | 0x94, next, ..] if next.is_ascii() && next != b'-' => {
                sign(TokenKind::Dash, 3)
            }
            [b'-', next, ..] if next.is_ascii() && next != b'-' => sign(TokenKind::Dash, 1),
            [b'0'..=b'9', ..] => number(ahead),
            _ => None,
        },
        First::Other => None,
    }
}

/// Whether a byte begins a number or sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// It is a sign by itself.
    Sign(TokenKind),
    Perhaps,
    Other,
}

const SIGN: [First; 256] = {
    let mut table = [First::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match (b as u8, CLASS[b]) {
            (b'"', _) => First::Sign(TokenKind::Mark),
            (b'.' | b'-' | b'0'..=b'9' | 0xE2, _) => First::Perhaps,
            (_, Class::Single(kind)) if !GAP[b] => First::Sign(kind),
            _ => First::Other,
        };
        b += 1;
    }
    table
};

/// *1.5*, *150,000*, *3:15*, where neither letters nor a hyphen go on with it.
fn number(ahead: &[u8; AHEAD]) -> Option<Sign> {
    let digit = |at: usize| ahead.get(at).is_some_and(u8::is_ascii_digit);
    let joins = |at: usize| matches!(ahead.get(at), Some(b'.' | b',' | b':' | b'/')) && digit(at + 1);
    let length = (0..AHEAD).find(|&at| !digit(at) && !joins(at))?;
    let end = ahead[length];
    // what stands behind the last byte ahead is not seen
    let ends = length + 1 < AHEAD && end.is_ascii() && !end.is_ascii_alphabetic() && end != b'-';
    ends.then_some(Sign { kind: TokenKind::Number, shape: Shape::DIGIT, length })
}

/// Whether a full stop with these bytes after it is no part of an ellipsis.
fn stops_alone(after: &[u8]) -> bool {
    match after {
        [b'\n' | b'\r' | b'"' | b'\'' | b')', ..] => true,
        [b' ', next, ..] => *next != b'.',
        _ => separates(after),
    }
}

/// Whether a dash or double mark comes that is drawn as in print.
fn separates(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D, ..])
}

/// The bit that makes a letter small.
const SMALL: u8 = 0x20;

/// Eight bytes, the first of them in the lowest place.
#[derive(Clone, Copy)]
struct Eight {
    bytes: u64,
    /// The highest bit of each byte that is no letter.
    others: u64,
}

impl Eight {
    /// Begins with no letter.
    const NONE: Eight = Eight { bytes: 0, others: 0x80 };

    #[inline]
    fn read(bytes: &[u8; AHEAD], at: usize) -> Eight {
        let bytes = bytes[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
        let low = (bytes | eight_of(SMALL)) & eight_of(0x7F);
        let from_a = low + eight_of(0x80 - b'a');
        let past_z = low + eight_of(0x7F - b'z');
        let others = (bytes | !from_a | past_z) & eight_of(0x80);
        Eight { bytes, others }
    }

    /// How many letters it begins with.
    #[inline]
    fn letters(self) -> usize {
        self.others.trailing_zeros() as usize / 8
    }

    /// The same as part of a word that begins with others: without a letter where they are not letters all.
    #[inline]
    fn behind(self, before: Eight) -> Eight {
        let others = if before.others == 0 { self.others } else { Eight::NONE.others };
        Eight { bytes: self.bytes, others }
    }

    /// All bits of the letters that it begins with.
    #[inline]
    fn mask(self) -> u64 {
        let first = self.others & self.others.wrapping_neg();
        (first >> 7).wrapping_sub(1)
    }

    /// The letters that it begins with, in lower case.
    #[inline]
    fn small(self) -> u64 {
        (self.bytes | eight_of(SMALL)) & self.mask()
    }

    /// Whether the first letter is a capital.
    #[inline]
    fn is_capital(self) -> bool {
        self.bytes & u64::from(SMALL) == 0
    }

    /// Whether no letter is small.
    #[inline]
    fn is_upper(self) -> bool {
        self.bytes & self.mask() & eight_of(SMALL) == 0
    }

    /// The shape of a word of these letters.
    #[inline]
    fn shape(self) -> Shape {
        let several = self.mask() > 0xFF;
        Shape::default().with(Shape::CAPITAL, self.is_capital()).with(Shape::UPPER, several & self.is_upper())
    }
}

/// Eight times the byte.
const fn eight_of(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Whether a word of so many bytes ends there, whatever follows.
#[inline]
fn ends(ahead: &[u8; AHEAD], length: usize) -> bool {
    match END[usize::from(ahead[length])] {
        End::Always => true,
        End::BeforeSpace => {
            let after = &ahead[length + 1..];
            after[0].is_ascii_whitespace() || matches!(after[0], b'"' | b')') || separates(after)
        }
        End::Perhaps => separates(&ahead[length..]) || clitic(&ahead[length..]).is_some(),
        End::Never => false,
    }
}

/// Whether a byte ends a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Always,
    BeforeSpace,
    /// As part of a character outside ASCII or before a clitic.
    Perhaps,
    /// Only the grammar can tell.
    Never,
}

const END: [End; 256] = {
    let mut table = [End::Always; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'.' | b':' => End::BeforeSpace,
            b'\'' | 0xE2 => End::Perhaps,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'@' | b'&' | b'`' | 0x80.. => End::Never,
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

    /// Holds the plain token that a text begins with against that of the grammar.
    fn compare(text: &str, after_word: bool) -> Result<(), TestCaseError> {
        let bytes = text.as_bytes();
        let ahead = &bytes.first_chunk().copied().unwrap_or_else(|| last(bytes));
        let plain = word(ahead, after_word);
        if let Some(short) = short(ahead) {
            let plain = plain.expect("what is short is plain");
            prop_assert_eq!((short.form, short.length), (plain.form, plain.length));
            prop_assert_eq!((short.shape, false), (plain.shape, plain.stops));
        }
        let (kind, shape, length) = match (plain, sign(ahead, after_word)) {
            (Some(plain), _) => (TokenKind::Word, plain.shape, plain.length),
            (None, Some(sign)) => (sign.kind, sign.shape, sign.length),
            (None, None) => return Ok(()),
        };
        let (rest, grammar) = super::super::token(bytes, after_word).expect("a token");
        prop_assert_eq!((kind, shape), grammar);
        prop_assert_eq!(&text[length..], std::str::from_utf8(rest).expect("UTF-8"));
        if let Some(plain) = plain {
            prop_assert_eq!(Some(plain.form), Packed::of(&bytes[..length]));
            prop_assert_eq!(plain.stops, rest.starts_with(b"."));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn plain_words_are_those_of_the_grammar(
            text in "[a-zA-Z]{1,30}([ -~é’_\n“”—…]|[’'](s|ll|d|ve|t)|-[a-zA-Z]{1,6}){0,3}[a-z .]{0,40}",
        ) {
            compare(&text, false)?;
        }

        #[test]
        fn plain_signs_are_those_of_the_grammar(
            text in "([0-9]|[’'](s|ll|RE|M|t)|[!-/:-@{|}“”—–-]){1,3}[ -~é’“”—…1.,-]{0,4}[a-z .]{0,40}",
            after_word: bool,
        ) {
            let gap = GAP[usize::from(text.as_bytes()[0])];
            if text.starts_with(|c: char| !c.is_ascii()) || !gap {
                compare(&text, after_word)?;
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
            ("rain.” It fell", true),
            ("rain—it fell", true),
            ("rain’s end", true),
            ("rain.It fell", false),
            ("rain-fed", true),
            ("Rain-fed-by-night’s", true),
            ("rain-fed.", false),
            ("rain-", false),
            ("rain-1", false),
            ("rain’t", false),
            ("rainé", false),
            ("https://example.org", false),
            ("so: it fell", true),
            ("antidisestablishmentarianism", false),
            (" rain", false),
        ] {
            let text = format!("{text}{long}");
            let word = text.as_bytes().first_chunk().and_then(|ahead| word(ahead, false));
            assert_eq!(word.is_some(), plain, "{text}");
        }
    }

    #[test]
    fn signs_are_plain_where_no_other_can_come_of_them() {
        let long = " ".repeat(AHEAD);
        for (text, length) in [
            ("1,500.50, it", Some(8)),
            ("1,500th", None),
            ("1916-18", None),
            (", it", Some(1)),
            ("$5", Some(1)),
            (".” It", Some(1)),
            (". . .", None),
            ("—it", Some(3)),
            ("—-it", None),
            ("“It", Some(3)),
            ("‘It", None),
            ("\n", None),
        ] {
            let text = format!("{text}{long}");
            let sign = text.as_bytes().first_chunk().and_then(|ahead| sign(ahead, true));
            assert_eq!(sign.map(|sign| sign.length), length, "{text}");
        }
    }
}
