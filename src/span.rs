//! Where something stands in a text.

use std::ops::Range;

/// A half-open stretch of a text, in **UTF-8 bytes**.
///
/// Every span that an extraction returns starts and ends on a character boundary of its text.
/// [`Offsets`] turns bytes into code points or UTF-16 units for those who count in them.
///
/// ```
/// use whosaid::Span;
/// let span = Span { start: 4, end: 9 };
/// assert_eq!(span.of("the raven flew"), "raven");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset one past the last byte.
    pub end: usize,
}

impl Span {
    /// The stretch of `text` that this span covers.
    ///
    /// # Panics
    /// Where the span does not lie inside `text` or cuts a character in two: it is of another text.
    ///
    /// ```
    /// assert_eq!(whosaid::Span { start: 4, end: 9 }.of("the raven flew"), "raven");
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range, to index with.
    ///
    /// ```
    /// assert_eq!(whosaid::Span { start: 4, end: 9 }.range(), 4..9);
    /// ```
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the two spans share a byte.
    ///
    /// ```
    /// use whosaid::Span;
    /// let raven = Span { start: 4, end: 9 };
    /// assert!(raven.overlaps(Span { start: 0, end: 5 }) && !raven.overlaps(Span { start: 9, end: 14 }));
    /// ```
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Turns byte offsets of one text into code points (Python, brat, spaCy) or UTF-16 units (JavaScript,
/// Java), in one pass over the text for ascending offsets.
///
/// ```
/// use whosaid::{Offsets, Span};
/// let text = "“Oui,” said Zoé 🙂 softly.";
/// let mut offsets = Offsets::new(text);
/// let at = text.find("softly").unwrap();
/// assert_eq!(offsets.code_points(at), 18);
/// assert_eq!(offsets.utf16(at), 19);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    bytes: usize,
    code_points: usize,
    utf16: usize,
}

impl<'t> Offsets<'t> {
    /// A converter for offsets into `text`.
    ///
    /// ```
    /// assert_eq!(whosaid::Offsets::new("Zoé").utf16(4), 3);
    /// ```
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Offsets { text, bytes: 0, code_points: 0, utf16: 0 }
    }

    /// How many code points (Unicode scalar values) stand before the byte offset.
    ///
    /// # Panics
    /// Where `byte` is not a character boundary of the text.
    ///
    /// ```
    /// assert_eq!(whosaid::Offsets::new("Zoé 🙂!").code_points(9), 5);
    /// ```
    pub fn code_points(&mut self, byte: usize) -> usize {
        self.advance(byte);
        self.code_points
    }

    /// How many UTF-16 units stand before the byte offset.
    ///
    /// # Panics
    /// Where `byte` is not a character boundary of the text.
    ///
    /// ```
    /// assert_eq!(whosaid::Offsets::new("Zoé 🙂!").utf16(9), 6);
    /// ```
    pub fn utf16(&mut self, byte: usize) -> usize {
        self.advance(byte);
        self.utf16
    }

    fn advance(&mut self, byte: usize) {
        if byte < self.bytes {
            *self = Offsets::new(self.text);
        }
        for c in self.text[self.bytes..byte].chars() {
            self.code_points += 1;
            self.utf16 += c.len_utf16();
        }
        self.bytes = byte;
    }
}
