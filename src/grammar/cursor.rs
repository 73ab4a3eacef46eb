//! Tagged tokens as input of nom, and the parsers of single tokens that grammars are made of.

use nom::combinator::fail;
use nom::error::Error;
use nom::{IResult, Input, Needed, Offset, Parser};

use crate::grammar::tag::Tagged;
use crate::lexicon::{Tag, Traits};
use crate::text::token::TokenKind;

/// A place among the tagged tokens, as input of the grammar.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    pub(crate) tagged: &'a Tagged<'a>,
    pub(crate) at: usize,
    pub(crate) end: usize,
}

pub(crate) type Parsed<'a, T> = IResult<Cursor<'a>, T, Error<Cursor<'a>>>;

impl<'a> Cursor<'a> {
    pub(crate) fn new(tagged: &'a Tagged<'a>, at: usize, end: usize) -> Self {
        Cursor { tagged, at, end }
    }

    /// The class of the next token; punctuation at the end.
    pub(crate) fn tag(&self) -> Tag {
        if self.at < self.end { self.tagged.tag(self.at) } else { Tag::Punctuation }
    }
}

impl std::fmt::Debug for Cursor<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.at, self.end)
    }
}

impl Input for Cursor<'_> {
    type Item = usize;
    type Iter = std::ops::Range<usize>;
    type IterIndices = std::iter::Enumerate<std::ops::Range<usize>>;

    fn input_len(&self) -> usize {
        self.end - self.at
    }

    fn take(&self, count: usize) -> Self {
        Cursor { end: self.at + count, ..*self }
    }

    fn take_from(&self, count: usize) -> Self {
        Cursor { at: self.at + count, ..*self }
    }

    fn take_split(&self, count: usize) -> (Self, Self) {
        (self.take_from(count), self.take(count))
    }

    fn position<P: Fn(usize) -> bool>(&self, predicate: P) -> Option<usize> {
        (self.at..self.end).position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.at..self.end
    }

    fn iter_indices(&self) -> Self::IterIndices {
        (self.at..self.end).enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.input_len() { Ok(count) } else { Err(Needed::new(count - self.input_len())) }
    }
}

impl Offset for Cursor<'_> {
    fn offset(&self, later: &Self) -> usize {
        later.at - self.at
    }
}

/// One token that passes the test.
pub(crate) fn one<'a>(
    test: impl Fn(&Tagged<'a>, usize) -> bool,
) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    move |c: Cursor<'a>| {
        if c.at < c.end && test(c.tagged, c.at) { Ok((c.take_from(1), c.at)) } else { fail().parse(c) }
    }
}

/// One token of the class.
pub(crate) fn tagged<'a>(tag: Tag) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    one(move |t, at| t.tag(at) == tag)
}

/// One token of the kind.
pub(crate) fn kind<'a>(
    kind: TokenKind,
) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    one(move |t, at| t.kind(at) == kind)
}

/// One token with one of the traits.
pub(crate) fn with<'a>(traits: Traits) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    one(move |t, at| t.any(at, traits))
}

/// The word, in any case.
pub(crate) fn word<'a>(
    form: &'static str,
) -> impl Parser<Cursor<'a>, Output = usize, Error = Error<Cursor<'a>>> {
    one(move |t, at| t.is(at, form))
}
