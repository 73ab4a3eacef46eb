//! Words, numbers, marks and punctuation.
//!
//! A token depends on the bytes around its place alone: what a quotation mark does there, and what class a word
//! has in its sentence, later stages say.

mod plain;
mod starts;

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take, take_while, take_while1};
use nom::combinator::{fail, map, not, opt, recognize, value, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::growth::Growth;
use crate::lexicon::{Lexicon, Packed, Traits, WordId};
use crate::span::Span;
use plain::{AHEAD, Plain, Short, Sign};
use starts::Starts;

/// How many numbers a kind may have.
pub(crate) const KINDS: usize = 16;

/// Lists the kinds.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// What a token is by its bytes.
        ///
        /// ```
        /// use whosaid::TokenKind;
        /// let doc = whosaid::extract("At 3:15, it rained.");
        /// let kinds = doc.tokens().map(|token| token.kind()).take(3);
        /// assert!(kinds.eq([TokenKind::Word, TokenKind::Number, TokenKind::Comma]));
        /// ```
        #[repr(u8)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum TokenKind {
            $($(#[$doc])* $name,)*
        }

        /// The kinds by their numbers; what is the number of none is a symbol.
        const BY_NUMBER: [TokenKind; KINDS] = {
            let listed = [$(TokenKind::$name),*];
            let mut kinds = [TokenKind::Symbol; KINDS];
            let mut at = 0;
            while at < listed.len() {
                kinds[at] = listed[at];
                at += 1;
            }
            kinds
        };
    };
}

kinds! {
    /// Letters, with hyphens, apostrophes and the stops of an abbreviation inside: *Kovač*, *well-known*, *U.N.*
    Word
    /// Digits with what belongs to them: *1.5*, *3:15*, *14th*
    Number
    /// A quotation mark or apostrophe that stands at the edge of a word.
    Mark
    /// ,
    Comma
    /// .
    Stop
    /// ?
    Question
    /// !
    Exclamation
    /// … or ...
    Ellipsis
    /// ;
    Semicolon
    /// :
    Colon
    /// — – ― -- and a hyphen that joins nothing
    Dash
    /// ( [ {
    Opening
    /// ) ] }
    Closing
    /// Anything else: $ % & / 🙂
    Symbol
}

impl TokenKind {
    /// Whether words pause there inside a sentence.
    pub(crate) fn pauses(self) -> bool {
        use TokenKind::{Colon, Comma, Dash, Semicolon};
        matches!(self, Comma | Dash | Semicolon | Colon)
    }

    /// Whether a quotation ends in it before its tag: *“It leaks,” said Ruiz*
    pub(crate) fn announces_tag(self) -> bool {
        matches!(self, TokenKind::Comma | TokenKind::Question | TokenKind::Exclamation)
    }

    /// Whether it can end a sentence by itself: a stop, a question or exclamation mark, an ellipsis.
    pub(crate) fn ends_sentence(self) -> bool {
        matches!(self, TokenKind::Stop | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis)
    }
}

/// How a token is written, as a set of bits; its kind are the highest four.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(u16);

impl Shape {
    /// Where the kind begins.
    const KIND: u32 = 12;
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
    /// The part of a contraction from its apostrophe on: ’s, ’re, ’ll; an apostrophe behind a word.
    pub(crate) const CLITIC: Shape = Shape(1 << 5);
    /// Ends with the stop of an abbreviation.
    pub(crate) const DOTTED: Shape = Shape(1 << 6);
    /// A blank line stands before it.
    pub(crate) const BLANK: Shape = Shape(1 << 7);
    /// Lies inside quotation marks, or is one of them.
    pub(crate) const QUOTED: Shape = Shape(1 << 8);
    /// A quotation mark that opens.
    pub(crate) const OPENS: Shape = Shape(1 << 9);
    /// A quotation mark that closes.
    pub(crate) const CLOSES: Shape = Shape(1 << 10);
    /// Has an apostrophe that is neither ' nor ’.
    const RESPELT: Shape = Shape(1 << 11);

    pub(crate) fn has(self, bit: Shape) -> bool {
        self.0 & bit.0 != 0
    }

    pub(crate) fn any(self, bit: Shape, other: Shape) -> bool {
        self.has(bit.and(other))
    }

    #[inline]
    pub(crate) fn with(self, bit: Shape, set: bool) -> Shape {
        Shape(self.0 | if set { bit.0 } else { 0 })
    }

    /// Whether the token is a word.
    #[inline]
    pub(crate) fn is_word(self) -> bool {
        self.0 >> Shape::KIND == TokenKind::Word as u16
    }

    /// Whether the token is a word without a capital, and no clitic.
    #[inline]
    pub(crate) fn is_small_word(self) -> bool {
        !self.any(Shape::CAPITAL, Shape::CLITIC) & self.is_word()
    }

    /// Whether a sentence may end with the token: with a sign that can end one, or the stop of an abbreviation.
    #[inline]
    pub(crate) fn may_end_sentence(self) -> bool {
        self.kind().ends_sentence() | self.has(Shape::DOTTED)
    }

    fn of(self, kind: TokenKind) -> Shape {
        self.and(Shape((kind as u16) << Shape::KIND))
    }

    #[inline]
    pub(crate) fn kind(self) -> TokenKind {
        BY_NUMBER[self.number()]
    }

    /// The number of its kind.
    #[inline]
    pub(crate) fn number(self) -> usize {
        usize::from(self.0 >> Shape::KIND)
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn and(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }
}

/// The tokens of a text, a column each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    starts: Starts,
    length: Vec<u8>,
    pub(crate) shape: Vec<Shape>,
    pub(crate) word: Vec<WordId>,
    /// Which tokens are of the kind `Mark`.
    pub(crate) marks: Vec<u32>,
    /// Which tokens begin a line, but for the first line.
    pub(crate) lines: Vec<u32>,
    /// How many there are: as long as a text is read, the columns are longer.
    count: usize,
}

impl Tokens {
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The bytes from the first of the tokens to the last.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        Span { start: self.start(first) as usize, end: self.end(end - 1) as usize }
    }

    /// The tokens of a range, each with its place, kind, shape and word.
    #[inline]
    pub(crate) fn rows(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, TokenKind, Shape, WordId)> + '_ {
        let shapes = self.shape[range.clone()].iter();
        let words = self.word[range.clone()].iter();
        let rows = shapes.zip(words).enumerate();
        rows.map(move |(at, (&shape, &word))| (range.start + at, shape.kind(), shape, word))
    }

    /// How many longer words there are, and how many of them have a capital.
    pub(crate) fn capitals(&self, range: Range<usize>) -> (usize, usize) {
        let tokens = self.shape[range.clone()].iter().zip(&self.length[range]);
        tokens.fold((0, 0), |(long, capitals), (shape, &size)| {
            let is_long = shape.is_word() & (size > 3);
            (long + usize::from(is_long), capitals + usize::from(is_long & shape.has(Shape::CAPITAL)))
        })
    }

    /// The byte at which the token begins.
    #[inline]
    pub(crate) fn start(&self, at: usize) -> u32 {
        self.starts.get(at)
    }

    /// The byte after the token.
    #[inline]
    pub(crate) fn end(&self, at: usize) -> u32 {
        self.start(at) + u32::from(self.length[at])
    }

    /// How many bytes the token has.
    #[inline]
    pub(crate) fn size(&self, at: usize) -> usize {
        usize::from(self.length[at])
    }

    pub(crate) fn text<'t>(&self, text: &'t str, at: usize) -> &'t str {
        let start = self.start(at) as usize;
        &text[start..start + self.size(at)]
    }

    #[inline]
    pub(crate) fn kind(&self, at: usize) -> TokenKind {
        self.shape[at].kind()
    }

    pub(crate) fn has(&self, at: usize, shape: Shape) -> bool {
        self.shape[at].has(shape)
    }

    /// Reads the tokens of `text`, in place of what was there.
    pub(crate) fn read(&mut self, text: &str, lexicon: &Lexicon) {
        self.clear();
        self.make_room(text.len() / USUAL + BLOCK);
        let bytes = text.as_bytes();
        let bare = !has_apostrophes(bytes);
        let mut place = Place::default();
        loop {
            if !bare {
                place = self.read_plain(bytes, place, lexicon);
            }
            let (start, gap, after_word) = place.after_gap(bytes);
            let input = &bytes[start..];
            let window = &input[..whole(input, LONGEST)];
            let Ok((after, (kind, shape))) = token(window, after_word) else { break };
            if gap.has(Shape::LINE) && !place.gap.has(Shape::LINE) && self.count > 0 {
                self.lines.add(self.count as u32);
            }
            let form = &input[..window.len() - after.len()];
            let shape = shape.and(gap);
            let glues = matches!(kind, TokenKind::Word | TokenKind::Number);
            let mut at = start + form.len();
            match kind {
                TokenKind::Word
                    if bare && gap == Shape::SPACED && self.contract(bytes, start, form, lexicon) => {}
                TokenKind::Word => at += self.add_word(start, input, form.len(), shape, lexicon),
                TokenKind::Mark => {
                    self.marks.add(self.count as u32);
                    self.push(start, form.len(), kind, shape, WordId::default());
                }
                _ => self.push(start, form.len(), kind, shape, WordId::default()),
            }
            place = Place { at, gap: Shape::default(), glues };
        }
        // no token stands in a last line without one
        if self.lines.last().is_some_and(|&line| line as usize == self.count) {
            self.lines.pop();
        }
        self.truncate(self.count);
    }

    /// Reads on from a place while plain tokens come; returns where that ends.
    fn read_plain(&mut self, bytes: &[u8], place: Place, lexicon: &Lexicon) -> Place {
        let Place { mut at, mut gap, mut glues } = place;
        let mut forms = [Packed::default(); BLOCK];
        loop {
            self.make_room(BLOCK);
            let mut block = Block {
                start: self.starts.low[self.count..].first_chunk_mut().expect("there is room"),
                length: self.length[self.count..].first_chunk_mut().expect("there is room"),
                shape: self.shape[self.count..].first_chunk_mut().expect("there is room"),
                form: &mut forms,
            };
            let mut count = 0;
            while count < BLOCK {
                let last;
                let ahead = match bytes.get(at..at + AHEAD).and_then(|ahead| ahead.first_chunk()) {
                    Some(ahead) => ahead,
                    None if at < bytes.len() => {
                        last = plain::last(&bytes[at..]);
                        &last
                    }
                    None => break,
                };
                let length = if let Some(Short { form, length, shape }) = plain::short(ahead) {
                    block.set(count, at, length, shape.and(gap), form);
                    at += length + 1;
                    (gap, glues) = (Shape::SPACED, false);
                    count += 1;
                    continue;
                } else if let Some(Sign { kind, shape, length }) = plain::sign(ahead, glues) {
                    if kind == TokenKind::Mark {
                        self.marks.add((self.count + count) as u32);
                    }
                    block.set(count, at, length, shape.and(gap).of(kind), Packed::default());
                    glues = kind == TokenKind::Number;
                    length
                } else if let Some(Plain { form, length, shape, stops }) = plain::word(ahead, glues) {
                    let dotted = if stops { dotted(&form, length, &bytes[at..], lexicon) } else { None };
                    let form = dotted.flatten().unwrap_or(form);
                    let length = length + usize::from(dotted.is_some());
                    let shape = shape.and(gap).with(Shape::DOTTED, dotted.is_some());
                    block.set(count, at, length, shape, form);
                    glues = true;
                    length
                } else if !GAP[usize::from(ahead[0])] {
                    break;
                } else {
                    let (next, wider, after_word) = Place { at, gap, glues }.after_gap(bytes);
                    if next == at {
                        break;
                    }
                    if wider.has(Shape::LINE) && self.count + count > 0 {
                        self.lines.add((self.count + count) as u32);
                    }
                    (at, gap, glues) = (next, wider, after_word);
                    continue;
                };
                at += length;
                let space = bytes.get(at) == Some(&b' ');
                at += usize::from(space);
                (gap, glues) = (Shape(u16::from(space)), glues & !space);
                count += 1;
            }
            let from = self.count;
            self.count += count;
            lexicon.look_up_all(&forms[..count], &mut self.word[from..self.count]);
            self.starts.turn(from..self.count, at);
            if count < BLOCK {
                return Place { at, gap, glues };
            }
        }
    }

    /// Adds the word that the input begins with, and the full stop after it, where that belongs to it; returns how
    /// many bytes more that is.
    fn add_word(
        &mut self,
        start: usize,
        input: &[u8],
        length: usize,
        shape: Shape,
        lexicon: &Lexicon,
    ) -> usize {
        let (form, after) = input.split_at(length);
        let stop = stop_after(form, after, lexicon);
        let dots = usize::from(stop.is_some());
        let packed = || Packed::first(input, length, shape.has(Shape::RESPELT));
        let alone = || packed().map_or(WordId::default(), |form| lexicon.look_up_packed(&form));
        let word = stop.flatten().unwrap_or_else(alone);
        let shape = shape.with(Shape::DOTTED, stop.is_some());
        self.push(start, length + dots, TokenKind::Word, shape, word);
        dots
    }

    fn push(&mut self, start: usize, length: usize, kind: TokenKind, shape: Shape, word: WordId) {
        self.make_room(1);
        let at = self.count;
        self.starts.set(at, start);
        self.length[at] = length as u8;
        self.shape[at] = shape.of(kind);
        self.word[at] = word;
        self.count += 1;
    }

    /// Makes room for so many more tokens, and for few besides: the columns are most of what a text takes.
    #[inline]
    fn make_room(&mut self, more: usize) {
        if self.length.len() < self.count + more {
            self.resize(self.count + more.max(self.count / 8));
        }
    }

    #[cold]
    fn resize(&mut self, count: usize) {
        fn resize<T: Clone>(column: &mut Vec<T>, count: usize, value: T) {
            column.reserve_exact(count - column.len());
            column.resize(count, value);
        }
        resize(&mut self.starts.low, count, 0);
        resize(&mut self.length, count, 0);
        resize(&mut self.shape, count, Shape::default());
        resize(&mut self.word, count, WordId::default());
    }

    /// Lets go the room that is left.
    pub(crate) fn drop_room(&mut self) {
        self.starts.low.shrink_to_fit();
        self.length.shrink_to_fit();
        self.shape.shrink_to_fit();
        self.word.shrink_to_fit();
    }

    fn truncate(&mut self, count: usize) {
        self.starts.low.truncate(count);
        self.length.truncate(count);
        self.shape.truncate(count);
        self.word.truncate(count);
    }

    /// Contracts *won t* and *he ll* of a text whose apostrophes were lost: whether the form that begins at
    /// `start` is the end of a contraction, and was added as such.
    fn contract(&mut self, bytes: &[u8], start: usize, form: &[u8], lexicon: &Lexicon) -> bool {
        let Some(last) = self.count.checked_sub(1).filter(|&last| self.kind(last) == TokenKind::Word) else {
            return false;
        };
        if form == b"t" {
            let from = self.start(last) as usize;
            let whole = lexicon.look_up_parts(&[&bytes[from..start - 1], b"'t"]);
            if whole != WordId::default() {
                self.length[last] = (start + 1 - from) as u8;
                self.word[last] = whole;
            }
            return whole != WordId::default();
        }
        let contracts = matches!(form, b"s" | b"m" | b"d" | b"re" | b"ve" | b"ll");
        if contracts {
            let word = lexicon.look_up_parts(&[b"'", form]);
            self.push(start, form.len(), TokenKind::Word, Shape::SPACED.and(Shape::CLITIC), word);
        }
        contracts
    }

    /// Forgets the tokens; their columns stay as they are, to be written over.
    fn clear(&mut self) {
        self.starts.clear();
        self.marks.clear();
        self.lines.clear();
        self.count = 0;
    }
}

/// How far a text is read.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    at: usize,
    /// What of the gap before the next token was read.
    gap: Shape,
    /// A word or number ends there, and no gap was read.
    glues: bool,
}

impl Place {
    /// Where the next token begins, what gap is before it, and whether it comes after a word without one.
    fn after_gap(self, bytes: &[u8]) -> (usize, Shape, bool) {
        let (rest, gap) = gap(&bytes[self.at..]);
        (bytes.len() - rest.len(), self.gap.and(gap), self.glues && gap.is_empty())
    }
}

/// The next tokens of the columns.
struct Block<'a> {
    start: &'a mut [u16; BLOCK],
    length: &'a mut [u8; BLOCK],
    shape: &'a mut [Shape; BLOCK],
    /// Empty for what is no word.
    form: &'a mut [Packed; BLOCK],
}

impl Block<'_> {
    #[inline(always)]
    fn set(&mut self, at: usize, start: usize, length: usize, shape: Shape, form: Packed) {
        self.start[at] = start as u16;
        self.length[at] = length as u8;
        self.shape[at] = shape;
        self.form[at] = form;
    }
}

/// How many tokens room is made for at once.
const BLOCK: usize = 64;

/// How many bytes of a text there are to a token, or a few more.
const USUAL: usize = 5;

/// How many bytes a token has at most; what is longer is cut.
const LONGEST: usize = u8::MAX as usize - 1;

/// How many of the first bytes end with a character, `limit` at most.
fn whole(input: &[u8], limit: usize) -> usize {
    let mut end = limit.min(input.len());
    while input.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end -= 1;
    }
    end
}

/// Whether there is an apostrophe in the text; scanning has lost those of some books.
fn has_apostrophes(bytes: &[u8]) -> bool {
    memchr::memchr2(b'\'', b'`', bytes).is_some() || memchr::memmem::find(bytes, "’".as_bytes()).is_some()
}

/// Whether the full stop after a word belongs to it: *Mr.*, *J.*, *U.N.*, *No. 5*; and the entry of the word with
/// it, where it has one of its own.
fn stop_after(form: &[u8], after: &[u8], lexicon: &Lexicon) -> Option<Option<WordId>> {
    let after = after.strip_prefix(b".").filter(|after| after.first() != Some(&b'.'))?;
    let last = memchr::memrchr(b'-', form).map_or(form, |hyphen| &form[hyphen + 1..]);
    let known = abbreviation(last, lexicon.look_up_parts(&[last, b"."]), after, lexicon)?;
    Some(known.filter(|_| last.len() == form.len()))
}

/// The same of a plain word, with the form of the entry.
#[inline]
fn dotted(form: &Packed, length: usize, input: &[u8], lexicon: &Lexicon) -> Option<Option<Packed>> {
    let dotted = form.dotted(length);
    let known = dotted.as_ref().map_or(WordId::default(), |dotted| lexicon.look_up_dotted(dotted));
    let known = abbreviation(&input[..length], known, &input[length + 1..], lexicon)?;
    Some(dotted.filter(|_| known.is_some()))
}

/// Whether a form is an abbreviation with the full stop after it, and which; `dotted` is the entry of both.
fn abbreviation(form: &[u8], dotted: WordId, after: &[u8], lexicon: &Lexicon) -> Option<Option<WordId>> {
    let traits = lexicon.word(dotted).traits;
    let capital = form.first().is_some_and(u8::is_ascii_uppercase);
    let known = traits.any(Traits::ABBREVIATION)
        && (capital || !traits.any(Traits::CAPITALISED))
        && (!traits.any(Traits::BEFORE_NUMBER)
            || traits.any(Traits(Traits::BEFORE_NAME.0 | Traits::CAN_END.0))
            || preceded(opt(space), amount).parse(after).is_ok());
    if known {
        return Some(Some(dotted));
    }
    let initial = matches!(form, [letter] if letter.is_ascii_uppercase())
        && (form != b"I" || preceded(space, pair(ascii_letter, stop)).parse(after).is_ok());
    let initials = matches!(form, [.., b'.', letter] if letter.is_ascii_alphabetic());
    (initial || initials).then_some(None)
}

/// What begins a number or a sum: *No. 5*, *approx. £5*
fn amount(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((recognize(one_of(b"0123456789#$")), tag("£".as_bytes()), tag("€".as_bytes()))).parse(input)
}

/// White space, and what shows as little: the underscores that set italics, characters of no width.
#[inline]
fn gap(input: &[u8]) -> (&[u8], Shape) {
    match input {
        [b' ', next, ..] if !GAP[usize::from(*next)] => (&input[1..], Shape::SPACED),
        [next, ..] if !GAP[usize::from(*next)] => (input, Shape::default()),
        _ => any_gap(input),
    }
}

fn any_gap(input: &[u8]) -> (&[u8], Shape) {
    let mut rest = input;
    let mut shape = Shape::default();
    while let Some(&first) = rest.first() {
        let (after, space) = match first {
            b' ' | b'\t' => (&rest[1..], Shape::SPACED),
            b'\n' | 0x0B | 0x0C => (&rest[1..], LINE_END),
            b'\r' if rest.get(1) == Some(&b'\n') => (&rest[2..], LINE_END),
            b'\r' => (&rest[1..], LINE_END),
            b'_' => (&rest[1..], Shape::default()),
            0x80.. => match wide(rest) {
                Ok((after, '\u{85}' | '\u{2028}')) => (after, LINE_END),
                Ok((after, '\u{2029}')) => (after, LINE_END.and(Shape::BLANK)),
                Ok((after, c)) if c.is_whitespace() => (after, Shape::SPACED),
                Ok((after, c)) if invisible(c) => (after, Shape::default()),
                _ => break,
            },
            _ => break,
        };
        let blank = shape.has(Shape::LINE) && space.has(Shape::LINE);
        shape = shape.and(space).with(Shape::BLANK, blank);
        rest = after;
    }
    (rest, shape)
}

const LINE_END: Shape = Shape(Shape::SPACED.0 | Shape::LINE.0);

/// Joiners, directions, a byte order mark.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A token, `after_word` without a gap or not.
fn token(input: &[u8], after_word: bool) -> IResult<&[u8], (TokenKind, Shape)> {
    let Some(&first) = input.first() else { return fail().parse(input) };
    match CLASS[usize::from(first)] {
        Class::Letter => word(input),
        Class::Digit => number(input),
        Class::Apostrophe if after_word => alt((clitic, mark)).parse(input),
        Class::Apostrophe | Class::Quote => mark(input),
        Class::Stop if !after_word => alt((ellipsis, number, single(TokenKind::Stop))).parse(input),
        Class::Stop => alt((ellipsis, single(TokenKind::Stop))).parse(input),
        Class::Hyphen => dash(input),
        Class::Sign if !after_word => alt((handle, symbol)).parse(input),
        Class::Sign => symbol(input),
        Class::Wide if after_word => alt((clitic, mark, dash, ellipsis, symbol)).parse(input),
        Class::Wide => alt((word, mark, dash, ellipsis, symbol)).parse(input),
        Class::Single(kind) => single(kind).parse(input),
    }
}

fn single<'b>(
    kind: TokenKind,
) -> impl Parser<&'b [u8], Output = (TokenKind, Shape), Error = nom::error::Error<&'b [u8]>> {
    value((kind, Shape::default()), take(1usize))
}

/// Letters, then parts joined by what joins inside a word: *well-known*, *O’Brien*, *U.N*, *AT&T*, *MH370*
#[inline]
fn word(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let (mut rest, first) = letters(input)?;
    let mut part = first;
    let mut whole = first;
    while rest.first().is_some_and(|&next| JOINS[usize::from(next)]) {
        let Ok((after, next)) = joined(part, rest) else { break };
        (rest, part, whole) = (after, next, whole.and(next));
    }
    Ok((rest, (TokenKind::Word, whole.shape())))
}

/// A part of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    letters: usize,
    /// Its first letter is a capital.
    capital: bool,
    /// It has a lower-case letter.
    lower: bool,
    digits: bool,
    /// It has an apostrophe that is neither ' nor ’.
    respelt: bool,
}

impl Part {
    #[inline]
    fn and(self, other: Part) -> Part {
        Part {
            letters: self.letters + other.letters,
            capital: self.capital,
            lower: self.lower || other.lower,
            digits: self.digits || other.digits,
            respelt: self.respelt || other.respelt,
        }
    }

    #[inline]
    fn shape(self) -> Shape {
        Shape::default()
            .with(Shape::CAPITAL, self.capital)
            .with(Shape::UPPER, self.letters > 1 && !self.lower)
            .with(Shape::DIGIT, self.digits)
            .with(Shape::RESPELT, self.respelt)
    }
}

/// What goes on with a word after its last part.
fn joined(last: Part, rest: &[u8]) -> IResult<&[u8], Part> {
    match rest {
        [b'-', ..] => alt((hyphenated, suspended)).parse(rest),
        [b'.', b'-', ..] if last.letters == 1 => preceded(stop, hyphenated).parse(rest),
        [b'.', ..] if last.letters == 1 => alt((initial, address)).parse(rest),
        [b'.' | b':' | b'@', ..] => address(rest),
        [b'&', ..] => preceded(ampersand, verify(letters, |next| !last.lower && !next.lower)).parse(rest),
        [b'0'..=b'9', ..] => digits(rest),
        _ => contracted(rest),
    }
}

/// *’t* of *don’t*, *’Brien* of *O’Brien*
fn contracted(input: &[u8]) -> IResult<&[u8], Part> {
    let (rest, glyph) = preceded(not(clitic), apostrophe).parse(input)?;
    map(letters, |part| Part { respelt: odd(glyph), ..part }).parse(rest)
}

/// *-known*, *-19*, *-’90s*
fn hyphenated(input: &[u8]) -> IResult<&[u8], Part> {
    preceded(hyphen, alt((letters, preceded(opt(apostrophe), digits)))).parse(input)
}

/// The hyphen of *two- and three-storey*.
fn suspended(input: &[u8]) -> IResult<&[u8], Part> {
    let (rest, _) = hyphen(input)?;
    let mut other = preceded(space, alt((tag("and "), tag("or "), tag("to "))));
    other.parse(rest).map(|_: (&[u8], &[u8])| (rest, Part::default()))
}

/// *.N* of *U.N.*, *.m* of *a.m.*
fn initial(input: &[u8]) -> IResult<&[u8], Part> {
    verify(preceded(stop, letters), |next| next.letters == 1).parse(input)
}

/// The rest of an address on the net: *.com*, *://example.org/a?b=1*, *@example.org*
fn address(input: &[u8]) -> IResult<&[u8], Part> {
    let (rest, _) = alt((
        recognize(pair(stop, verify(letters, |part| !part.capital))),
        tag("://"),
        recognize((tag("@"), letters, stop, letters)),
    ))
    .parse(input)?;
    let (_, tail) = take_while(|b| ADDRESS[usize::from(b)])(rest)?;
    let kept = tail.iter().rposition(|b| b.is_ascii_alphanumeric() || *b == b'/').map_or(0, |last| last + 1);
    Ok((&rest[kept..], Part { letters: 2, lower: true, ..Part::default() }))
}

/// *@name*, *#topic*
fn handle(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    preceded(one_of(b"@#"), word).parse(input)
}

/// What contracts onto a word, from its apostrophe on: ’s ’m ’re ’ve ’ll ’d.
fn clitic(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let (rest, glyph) = apostrophe(input)?;
    let shape = Shape::CLITIC.with(Shape::RESPELT, odd(glyph));
    let lower = |at: usize| rest.get(at).map_or(0, |b| b | 0x20);
    let length = match (lower(0), lower(1)) {
        (b'r' | b'v', b'e') | (b'l', b'l') => 2usize,
        (b's' | b'm' | b'd', _) => 1,
        _ => return fail().parse(input),
    };
    map(pair(take(length), not(letters)), |_| (TokenKind::Word, shape)).parse(rest)
}

/// *1.5*, *150,000*, *3:15*, *14th*, *66-year-old*, *.22*
fn number(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let more = alt((preceded(one_of(b".,:/"), digits), preceded(opt(hyphen), alt((letters, digits)))));
    let number = recognize((opt(stop), digits, many0_count(more)));
    value((TokenKind::Number, Shape::DIGIT), number).parse(input)
}

/// A quotation mark of any kind; two apostrophes or two grave accents are one mark.
fn mark(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let mark = alt((
        single_before_double,
        tag("''"),
        tag("``"),
        one_of(b"\"'`"),
        recognize(verify(wide, |&c| is_mark(c))),
    ));
    value((TokenKind::Mark, Shape::default()), mark).parse(input)
}

/// Of three apostrophes that close, the first closes the inner quotation: *‘No,’’’*
fn single_before_double(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let (rest, first) = tag("'")(input)?;
    let (after, _) = tag("''")(rest)?;
    not(alt((tag("'"), recognize(letters), recognize(digits)))).parse(after)?;
    Ok((rest, first))
}

pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201F}' | '´')
}

/// *...*, *. . .*, *…*
fn ellipsis(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let close = many1_count(alt((stop, tag("…"))));
    let spaced = verify(many1_count(preceded(opt(space), stop)), |stops| *stops > 2);
    let ellipsis = alt((recognize(spaced), verify(recognize(close), |dots: &[u8]| dots.len() > 1)));
    value((TokenKind::Ellipsis, Shape::default()), ellipsis).parse(input)
}

/// *—*, *--*, and a hyphen that joins nothing
fn dash(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let long = recognize(verify(wide, |c| matches!(c, '\u{2010}'..='\u{2015}')));
    value((TokenKind::Dash, Shape::default()), many1_count(alt((hyphen, long)))).parse(input)
}

/// Any one character, with what modifies it.
fn symbol(input: &[u8]) -> IResult<&[u8], (TokenKind, Shape)> {
    let modifier = verify(
        wide,
        |c| matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}'),
    );
    let joined = preceded(tag("\u{200D}"), wide);
    let one = alt((recognize(wide), take(1usize)));
    value((TokenKind::Symbol, Shape::default()), pair(one, many0_count(alt((modifier, joined))))).parse(input)
}

/// Letters and the marks that combine with them.
#[inline]
fn letters(input: &[u8]) -> IResult<&[u8], Part> {
    let (rest, part) = ascii_letters(input);
    if rest.first().is_some_and(|&next| next >= 0x80) {
        return letters_of_any_kind(rest, part);
    }
    if part.letters == 0 { fail().parse(input) } else { Ok((rest, part)) }
}

/// Goes on with `part` where there may be letters outside ASCII.
fn letters_of_any_kind(input: &[u8], mut part: Part) -> IResult<&[u8], Part> {
    let mut rest = input;
    while let Ok((after, letter)) = wide_letter(rest) {
        let (after, letters) = ascii_letters(after);
        part = if part.letters == 0 { letter } else { part.and(letter) };
        part = part.and(letters);
        rest = after;
    }
    if part.letters == 0 { fail().parse(input) } else { Ok((rest, part)) }
}

/// The ASCII letters that the input begins with, read eight bytes at a time.
#[inline]
fn ascii_letters(input: &[u8]) -> (&[u8], Part) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut length = 0;
    let mut small = 0;
    loop {
        let eight = eight(&input[length..]);
        let low = (eight | (0x20 * EACH)) & (0x7F * EACH);
        let from_a = low + (0x80 - u64::from(b'a')) * EACH;
        let past_z = low + (0x7F - u64::from(b'z')) * EACH;
        let others = (eight | !from_a | past_z) & (0x80 * EACH);
        let first = (others & others.wrapping_neg()) >> 7;
        small |= eight & first.wrapping_sub(1) & (0x20 * EACH);
        if others != 0 {
            length += others.trailing_zeros() as usize / 8;
            break;
        }
        length += 8;
    }
    let (letters, rest) = input.split_at(length);
    let capital = letters.first().is_some_and(u8::is_ascii_uppercase);
    (rest, Part { letters: length, capital, lower: small != 0, ..Part::default() })
}

/// The first eight bytes, zeros where there are fewer.
#[inline]
fn eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    let mut eight = [0; 8];
    eight[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(eight)
}

fn wide_letter(input: &[u8]) -> IResult<&[u8], Part> {
    let letter = |c: &char| {
        c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
    };
    let part =
        |c: char| Part { letters: 1, capital: c.is_uppercase(), lower: c.is_lowercase(), ..Part::default() };
    let (rest, part) = map(verify(wide, letter), part).parse(input)?;
    Ok((misread(input).map_or(rest, |(rest, _)| rest), part))
}

/// A letter whose two bytes were read as two of Latin 1, once or twice: *TomÃ¡s* for *Tomás*.
fn misread(input: &[u8]) -> IResult<&[u8], &[u8]> {
    let second = || verify(wide, |&c| matches!(c, '\u{80}'..='\u{BF}') && !c.is_whitespace() && !is_mark(c));
    recognize((tag("Ã"), second(), opt(preceded(tag("Â"), second())))).parse(input)
}

/// Digits, and letters glued to them.
fn digits(input: &[u8]) -> IResult<&[u8], Part> {
    let digits = take_while1(|b: u8| b.is_ascii_digit());
    value(Part { digits: true, ..Part::default() }, pair(digits, opt(letters))).parse(input)
}

/// Whether an apostrophe is a glyph that the lexicon does not read as one.
fn odd(glyph: &[u8]) -> bool {
    glyph != b"'" && glyph != "’".as_bytes()
}

fn apostrophe(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((one_of(b"'`"), tag("’"), tag("‘"), tag("´"))).parse(input)
}

fn hyphen(input: &[u8]) -> IResult<&[u8], &[u8]> {
    tag("-")(input)
}

fn stop(input: &[u8]) -> IResult<&[u8], &[u8]> {
    tag(".")(input)
}

fn ampersand(input: &[u8]) -> IResult<&[u8], &[u8]> {
    tag("&")(input)
}

fn space(input: &[u8]) -> IResult<&[u8], &[u8]> {
    alt((tag(" "), tag("\u{A0}"))).parse(input)
}

fn ascii_letter(input: &[u8]) -> IResult<&[u8], &[u8]> {
    verify(take(1usize), |b: &[u8]| b[0].is_ascii_alphabetic()).parse(input)
}

fn one_of<'b>(
    of: &'static [u8],
) -> impl Parser<&'b [u8], Output = &'b [u8], Error = nom::error::Error<&'b [u8]>> {
    verify(take(1usize), move |b: &[u8]| of.contains(&b[0]))
}

/// One character outside ASCII.
fn wide(input: &[u8]) -> IResult<&[u8], char> {
    let low = |at: usize| u32::from(input.get(at).copied().unwrap_or_default() & 0x3F);
    let (length, code) = match input.first() {
        Some(&lead @ 0xC0..=0xDF) => (2, u32::from(lead & 0x1F) << 6 | low(1)),
        Some(&lead @ 0xE0..=0xEF) => (3, u32::from(lead & 0x0F) << 12 | low(1) << 6 | low(2)),
        Some(&lead @ 0xF0..) => (4, u32::from(lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3)),
        _ => return fail().parse(input),
    };
    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    value(c, take(length as usize)).parse(input)
}

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Apostrophe,
    Quote,
    Stop,
    Hyphen,
    Sign,
    /// A character outside ASCII.
    Wide,
    /// A token of one byte.
    Single(TokenKind),
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Single(TokenKind::Symbol); 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' | b'`' => Class::Apostrophe,
            b'"' => Class::Quote,
            b'.' => Class::Stop,
            b'-' => Class::Hyphen,
            b'@' | b'#' => Class::Sign,
            b',' => Class::Single(TokenKind::Comma),
            b'?' => Class::Single(TokenKind::Question),
            b'!' => Class::Single(TokenKind::Exclamation),
            b';' => Class::Single(TokenKind::Semicolon),
            b':' => Class::Single(TokenKind::Colon),
            b'(' | b'[' | b'{' => Class::Single(TokenKind::Opening),
            b')' | b']' | b'}' => Class::Single(TokenKind::Closing),
            0x80.. => Class::Wide,
            _ => Class::Single(TokenKind::Symbol),
        };
        b += 1;
    }
    table
};

/// The bytes that a gap may begin with.
const GAP: [bool; 256] = set(b" \t\n\x0B\x0C\r_", true);

/// The bytes that a word may go on after.
const JOINS: [bool; 256] = set(b"-.:@&'`0123456789", true);

/// The bytes of an address on the net.
const ADDRESS: [bool; 256] =
    set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$&*+;=%", false);

/// A table of the bytes, with those outside ASCII or without.
const fn set(bytes: &[u8], wide: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = wide && at >= 0x80;
        at += 1;
    }
    at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, parted by bars.
    fn tokens(text: &str) -> String {
        let mut tokens = Tokens::default();
        tokens.read(text, &Lexicon::english());
        (0..tokens.len()).map(|at| tokens.text(text, at)).collect::<Vec<_>>().join("|")
    }

    /// The tokens that have the shape.
    fn shaped(text: &str, shape: Shape) -> String {
        let mut tokens = Tokens::default();
        tokens.read(text, &Lexicon::english());
        let has = (0..tokens.len()).filter(|&at| tokens.has(at, shape));
        has.map(|at| tokens.text(text, at)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_join_at_hyphens_apostrophes_and_stops() {
        for text in [
            "a|well-known|ne'er-do-well",
            "O'Brien|and|D’Arcy",
            "don't|won‘t|don`t",
            "the|U.S.-led|talks",
            "two-|and|three-storey",
            "AT&T|MH370|B2B",
            "mid-’90s|@ferryman|#tides",
            "mail|desk@example.org|or|see|https://example.org/a?b=1",
        ] {
            assert_eq!(tokens(&text.replace('|', " ")), text);
        }
    }

    #[test]
    fn contractions_are_words_of_their_own() {
        assert_eq!(tokens("she's we’ll I'd they‘ve"), "she|'s|we|’ll|I|'d|they|‘ve");
        assert_eq!(shaped("she's we’ll", Shape::CLITIC), "'s ’ll");
    }

    #[test]
    fn contractions_are_found_where_the_apostrophes_were_lost() {
        assert_eq!(tokens("He won t go. She ll stay."), "He|won t|go|.|She|ll|stay|.");
        assert_eq!(shaped("She ll stay.", Shape::CLITIC), "ll");
        assert_eq!(tokens("I won't. Vitamin t"), "I|won't|.|Vitamin|t");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        assert_eq!(tokens("Mr. J. K. Ortiz, I. M. Pei"), "Mr.|J.|K.|Ortiz|,|I.|M.|Pei");
        assert_eq!(tokens("at 9 a.m. or p.m. in the U.N."), "at|9|a.m.|or|p.m.|in|the|U.N.");
        assert_eq!(tokens("Rep. Roe (D-N.Y.), No. 5"), "Rep.|Roe|(|D-N.Y.|)|,|No.|5");
        assert_eq!(tokens("No. Not I. It sat."), "No|.|Not|I|.|It|sat|.");
    }

    #[test]
    fn numbers_keep_what_belongs_to_them() {
        assert_eq!(tokens("$1.5 3,900 3:15 14th 66-year-old .22"), "$|1.5|3,900|3:15|14th|66-year-old|.22");
        assert_eq!(tokens("5'11\" in '98"), "5|'|11|\"|in|'|98");
    }

    #[test]
    fn dashes_and_ellipses_are_one_token() {
        assert_eq!(tokens("a--b a -- b a - b a— b"), "a|--|b|a|--|b|a|-|b|a|—|b");
        assert_eq!(tokens("so . . . and so... and …"), "so|. . .|and|so|...|and|…");
    }

    #[test]
    fn marks_stand_alone_and_doubled_apostrophes_are_one() {
        assert_eq!(tokens("''I said ``no'''"), "''|I|said|``|no|'|''");
        assert_eq!(tokens("'''No,' he said"), "''|'|No|,|'|he|said");
    }

    #[test]
    fn lines_end_in_many_ways() {
        for end in ["\n", "\r\n", "\r", "\u{2028}", "\u{85}"] {
            let text = format!("one{end}two{end}{end}three");
            assert_eq!(shaped(&text, Shape::LINE), "two three", "{end:?}");
            assert_eq!(shaped(&text, Shape::BLANK), "three", "{end:?}");
        }
        assert_eq!(shaped("a\u{A0}b\u{200B}c _d_", Shape::SPACED), "b d");
    }

    #[test]
    fn shapes_tell_capitals() {
        let text = "NUOT, and The U.N. of McAdam, ÉTÉ, Élan A";
        assert_eq!(shaped(text, Shape::UPPER), "NUOT U.N. ÉTÉ");
        assert_eq!(shaped(text, Shape::CAPITAL), "NUOT The U.N. McAdam ÉTÉ Élan A");
    }

    #[test]
    fn eight_letters_at_a_time_are_as_good_as_one() {
        for length in 0..20 {
            for end in ["", ")", " x", "é", "\u{7f}", "[", "@", "`", "{"] {
                for letter in ["a", "z", "A", "Z"] {
                    let text = letter.repeat(length) + end;
                    let (rest, part) = ascii_letters(text.as_bytes());
                    let lower = letter.as_bytes()[0].is_ascii_lowercase();
                    assert_eq!(rest, end.as_bytes());
                    assert_eq!(part.letters, length);
                    assert_eq!(
                        (part.lower, part.capital),
                        (length > 0 && lower, length > 0 && !lower),
                        "{text}"
                    );
                }
            }
        }
    }
}
