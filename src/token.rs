//! Words, numbers, marks and punctuation.
//!
//! A token is a function of the bytes at its place alone: what a quotation mark does there, and what class
//! a word has in its sentence, later stages say.

use nom::branch::alt;
use nom::bytes::complete::{take, take_while, take_while1};
use nom::combinator::{opt, recognize, verify};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::lexicon::{Lexicon, Traits, WordId};
use crate::span::Span;

/// What a token is by its bytes.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Letters, with hyphens, apostrophes and the stops of an abbreviation inside: *Kovač*, *well-known*, *U.N.*
    Word,
    /// Digits with what belongs to them: *1.5*, *3:15*, *14th*
    Number,
    /// A quotation mark or apostrophe that stands at the edge of a word.
    Mark,
    /// ,
    Comma,
    /// .
    Stop,
    /// ?
    Question,
    /// !
    Exclamation,
    /// … or ...
    Ellipsis,
    /// ;
    Semicolon,
    /// :
    Colon,
    /// — – ― -- and a hyphen that joins nothing
    Dash,
    /// ( [ {
    Opening,
    /// ) ] }
    Closing,
    /// Anything else: $ % & / 🙂
    Symbol,
}

/// How a token is written, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(u16);

impl Shape {
    /// White space stands before it.
    pub(crate) const SPACED: Shape = Shape(1);
    /// A line end stands before it.
    pub(crate) const LINE: Shape = Shape(1 << 1);
    /// Begins with an upper-case letter.
    pub(crate) const CAPITAL: Shape = Shape(1 << 2);
    /// Two letters or more, all upper case.
    pub(crate) const UPPER: Shape = Shape(1 << 3);
    /// Holds a digit.
    pub(crate) const DIGIT: Shape = Shape(1 << 4);
    /// The part of a contraction from its apostrophe on: ’s, ’re, ’ll.
    pub(crate) const CLITIC: Shape = Shape(1 << 5);
    /// Ends with the stop of an abbreviation.
    pub(crate) const DOTTED: Shape = Shape(1 << 6);
    /// A blank line stands before it.
    pub(crate) const BLANK: Shape = Shape(1 << 7);
    /// Lies inside quotation marks, or is one of them.
    pub(crate) const QUOTED: Shape = Shape(1 << 8);

    pub(crate) fn has(self, bit: Shape) -> bool {
        self.0 & bit.0 != 0
    }

    pub(crate) fn with(self, bit: Shape, set: bool) -> Shape {
        if set { Shape(self.0 | bit.0) } else { self }
    }
}

/// The tokens of a text, a column each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) start: Vec<u32>,
    pub(crate) end: Vec<u32>,
    pub(crate) kind: Vec<TokenKind>,
    pub(crate) shape: Vec<Shape>,
    pub(crate) word: Vec<WordId>,
}

impl Tokens {
    pub(crate) fn len(&self) -> usize {
        self.start.len()
    }

    /// The bytes from the first of the tokens to the last.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        Span { start: self.start[first] as usize, end: self.end[end - 1] as usize }
    }

    pub(crate) fn text<'t>(&self, text: &'t str, at: usize) -> &'t str {
        &text[self.start[at] as usize..self.end[at] as usize]
    }

    pub(crate) fn has(&self, at: usize, shape: Shape) -> bool {
        self.shape[at].has(shape)
    }

    fn clear(&mut self) {
        self.start.clear();
        self.end.clear();
        self.kind.clear();
        self.shape.clear();
        self.word.clear();
    }

    /// Reads the tokens of `text`, in place of what was there.
    pub(crate) fn read(&mut self, text: &str, lexicon: &Lexicon) {
        self.clear();
        let bytes = text.as_bytes();
        let mut rest = bytes;
        while let Ok((after, gap)) = gap(rest) {
            let Ok((next, kind)) = token(after) else { break };
            let start = bytes.len() - after.len();
            let end = bytes.len() - next.len();
            self.push(start, end, kind, gap, &bytes[start..end]);
            rest = next;
            if kind == TokenKind::Word {
                let at = self.len() - 1;
                let (known, dotted) = abbreviation(&bytes[start..], end - start, lexicon);
                self.word[at] = known;
                if dotted {
                    self.end[at] += u32::from(bytes[end - 1] != b'.');
                    self.shape[at] = self.shape[at].with(Shape::DOTTED, true);
                    rest = &bytes[self.end[at] as usize..];
                }
            }
            if let (TokenKind::Word | TokenKind::Number, Ok((next, form))) = (kind, clitic(rest)) {
                let start = bytes.len() - rest.len();
                self.push(start, start + form.len(), TokenKind::Word, b"", form);
                *self.word.last_mut().expect("just pushed") = lexicon.look_up(form);
                rest = next;
            }
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, gap: &[u8], form: &[u8]) {
        self.start.push(start as u32);
        self.end.push(end as u32);
        self.kind.push(kind);
        self.shape.push(shape(kind, gap, form));
        self.word.push(WordId::default());
    }
}

fn shape(kind: TokenKind, gap: &[u8], form: &[u8]) -> Shape {
    let lines = line_ends(gap);
    let mut shape = Shape::default()
        .with(Shape::SPACED, !gap.is_empty())
        .with(Shape::LINE, lines > 0)
        .with(Shape::BLANK, lines > 1);
    if matches!(kind, TokenKind::Word | TokenKind::Number) {
        let capital = match form[0] {
            b'A'..=b'Z' => true,
            0..=127 => false,
            _ => first_char(form).is_some_and(char::is_uppercase),
        };
        let upper = capital
            && form.iter().filter(|b| b.is_ascii_uppercase() || **b >= 128).count() >= 2
            && !form.iter().any(u8::is_ascii_lowercase);
        shape = shape
            .with(Shape::CAPITAL, capital)
            .with(Shape::UPPER, upper)
            .with(Shape::DIGIT, form.iter().any(u8::is_ascii_digit))
            .with(Shape::CLITIC, matches!(first_char(form), Some('\'' | '’' | '‘')));
    }
    shape
}

/// How many lines end in white space; CR LF is one line end.
fn line_ends(gap: &[u8]) -> usize {
    let feeds = memchr::memchr_iter(b'\n', gap).count();
    if feeds > 0 { feeds } else { memchr::memchr_iter(b'\r', gap).count() }
}

/// Whether the word that is `length` bytes of `bytes` takes the full stop after it: *Mr.*, *J.*, *U.N.*
fn abbreviation(bytes: &[u8], length: usize, lexicon: &Lexicon) -> (WordId, bool) {
    let form = &bytes[..length];
    let plain = lexicon.look_up_first(bytes, length);
    if bytes.get(length) != Some(&b'.') || bytes.get(length + 1) == Some(&b'.') {
        return (plain, false);
    }
    let dotted = lexicon.look_up_first(bytes, length + 1);
    let known = lexicon.word(dotted).traits;
    let initial = length == 1 && form[0].is_ascii_uppercase() && form != b"I";
    if known.any(Traits::ABBREVIATION) && (form[0].is_ascii_uppercase() || !known.any(Traits::CAPITALISED)) {
        (dotted, true)
    } else {
        (plain, initial || form.contains(&b'.'))
    }
}

/// White space and the underscores that set italics, before a token.
fn gap(input: &[u8]) -> IResult<&[u8], &[u8]> {
    recognize(many0_count(alt((
        take_while1(|b: u8| CLASS[usize::from(b)] == Class::Space),
        verify(wide, |c: &[u8]| {
            first_char(c).is_some_and(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
        }),
    ))))
    .parse(input)
}

fn token(input: &[u8]) -> IResult<&[u8], TokenKind> {
    alt((
        word.map(|_| TokenKind::Word),
        number.map(|_| TokenKind::Number),
        mark.map(|_| TokenKind::Mark),
        punctuation,
        symbol.map(|_| TokenKind::Symbol),
    ))
    .parse(input)
}

/// Letters, then parts joined by what joins inside a word: *well-known*, *O’Brien*, *U.N*, *AT&T*; or a clitic: *’s*.
fn word(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let (after, first) = letters(input)?;
    let mut rest = after;
    let mut part = first;
    loop {
        if clitic(rest).is_ok() && !negation(part, rest) {
            break;
        }
        match joined(part, rest) {
            Ok((next, joined)) => (rest, part) = (next, joined),
            Err(_) => break,
        }
    }
    Ok((rest, &input[..input.len() - rest.len()]))
}

/// *n’t* stays with its verb: *don’t*.
fn negation(part: &[u8], rest: &[u8]) -> bool {
    part.last().is_some_and(|b| b.eq_ignore_ascii_case(&b'n'))
        && preceded(apostrophe, letters).parse(rest).is_ok_and(|(_, t)| t.eq_ignore_ascii_case(b"t"))
}

fn joined<'b>(part: &[u8], rest: &'b [u8]) -> IResult<&'b [u8], &'b [u8]> {
    let initial = part.len() == 1;
    let capital = part.last().is_some_and(u8::is_ascii_uppercase);
    alt((
        preceded(hyphen, alt((letters, digits))),
        preceded(apostrophe, letters),
        verify(preceded(stop, letters), move |_: &[u8]| initial),
        verify(preceded(ampersand, letters), move |next: &[u8]| capital && next[0].is_ascii_uppercase()),
        digits,
    ))
    .parse(rest)
}

/// What contracts onto a word, from its apostrophe on: ’s ’m ’re ’ve ’ll ’d.
fn clitic(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let short = |t: &[u8]| {
        matches!(
            (t.len(), t[0].to_ascii_lowercase(), t.get(1).map(u8::to_ascii_lowercase)),
            (1, b's' | b'm' | b'd', _) | (2, b'r' | b'v', Some(b'e')) | (2, b'l', Some(b'l'))
        )
    };
    recognize(pair(apostrophe, verify(letters, short))).parse(input)
}

/// *1.5*, *150,000*, *3:15*, *14th*, *66-year-old*, *’60s* without its apostrophe.
fn number(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let separated = preceded(one_of(b".,:/"), digits);
    let suffixed = preceded(opt(hyphen), letters);
    recognize((digits, many0_count(alt((separated, suffixed))))).parse(input)
}

fn one_of<'b>(
    of: &'static [u8],
) -> impl Parser<&'b [u8], Output = &'b [u8], Error = nom::error::Error<&'b [u8]>> {
    verify(take(1usize), move |b: &[u8]| of.contains(&b[0]))
}

/// A quotation mark of any kind; two apostrophes or two grave accents are one mark.
fn mark(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((
        nom::bytes::complete::tag("''"),
        nom::bytes::complete::tag("``"),
        one_of(b"\"'`"),
        verify(wide, |c: &[u8]| first_char(c).is_some_and(is_mark)),
    ))
    .parse(input)
}

pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201F}' | '´')
}

fn punctuation(input: &[u8]) -> IResult<&[u8], TokenKind> {
    let (rest, first) = alt((wide, take(1usize))).parse(input)?;
    let run = |of: u8| input.iter().take_while(|b| **b == of).count();
    let (length, kind): (usize, TokenKind) = match first {
        b"," => (1, TokenKind::Comma),
        b"." if run(b'.') > 1 => (run(b'.'), TokenKind::Ellipsis),
        b"." => (1, TokenKind::Stop),
        b"?" => (1, TokenKind::Question),
        b"!" => (1, TokenKind::Exclamation),
        b";" => (1, TokenKind::Semicolon),
        b":" => (1, TokenKind::Colon),
        b"-" => (run(b'-'), TokenKind::Dash),
        b"(" | b"[" | b"{" => (1, TokenKind::Opening),
        b")" | b"]" | b"}" => (1, TokenKind::Closing),
        _ => match first_char(first) {
            Some('…') => (input.len() - rest.len(), TokenKind::Ellipsis),
            Some('\u{2012}'..='\u{2015}') => (input.len() - rest.len(), TokenKind::Dash),
            _ => (0, TokenKind::Symbol),
        },
    };
    if length == 0 {
        return nom::combinator::fail().parse(input);
    }
    take(length).map(|_| kind).parse(input)
}

/// Any one character.
fn symbol(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((wide, take(1usize))).parse(input)
}

/// Letters and the marks that combine with them.
fn letters(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let ascii = take_while1(|b: u8| CLASS[usize::from(b)] == Class::Letter);
    let other = verify(wide, |c: &[u8]| first_char(c).is_some_and(is_letter));
    verify(recognize(many0_count(alt((ascii, other)))), |w: &[u8]| !w.is_empty()).parse(input)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200C}' | '\u{200D}')
}

fn digits(input: &[u8]) -> IResult<&[u8], &[u8]> {
    verify(take_while(|b: u8| b.is_ascii_digit()), |d: &[u8]| !d.is_empty()).parse(input)
}

fn apostrophe(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((one_of(b"'"), nom::bytes::complete::tag("’"), nom::bytes::complete::tag("‘"))).parse(input)
}

fn hyphen(input: &[u8]) -> IResult<&[u8], &[u8]> {
    one_of(b"-").parse(input)
}

fn stop(input: &[u8]) -> IResult<&[u8], &[u8]> {
    one_of(b".").parse(input)
}

fn ampersand(input: &[u8]) -> IResult<&[u8], &[u8]> {
    one_of(b"&").parse(input)
}

/// One character outside ASCII.
fn wide(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let length: usize = match input.first() {
        Some(0xC0..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..) => 4,
        _ => return nom::combinator::fail().parse(input),
    };
    take(length).parse(input)
}

fn first_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(&bytes[..bytes.len().min(4)])
        .or_else(|cut| std::str::from_utf8(&bytes[..cut.valid_up_to()]))
        .ok()?
        .chars()
        .next()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Letter,
    Space,
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | b'_' => Class::Space,
            _ => Class::Other,
        };
        b += 1;
    }
    table
};
