//! Word forms to ids: a table of packed lower-case forms.
//!
//! Nearly every word of a text is looked up here, and most of the time would go into waiting for memory and into
//! guessing wrong how a comparison comes out. So the tables hold no forms, only ids, and the forms themselves lie
//! together by how frequent they are. A small table has one frequent form a place; the others are looked for in
//! buckets of the size of a cache line, whose slots are compared without a branch.

use super::{Word, WordId};
use crate::bits::places;

/// The longest form that the table holds, in bytes.
pub(super) const LONGEST: usize = 24;

/// A form in lower case with ’ as ', filled up with zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Packed(pub(crate) [u64; LONGEST / 8]);

impl Packed {
    /// Packs a form; `None` where that is nothing or too much.
    pub(crate) fn of(form: &[u8]) -> Option<Packed> {
        Packed::first(form, form.len(), false)
    }

    /// Packs the first `length` bytes of a text, of which it may read on; `respelt` tells whether there are other
    /// apostrophes than ' and ’.
    #[inline]
    pub(crate) fn first(text: &[u8], length: usize, respelt: bool) -> Option<Packed> {
        let Some(mask) = MASKS.get(length) else { return Packed::straightened(&text[..length], respelt) };
        let mut copy = [0; LONGEST];
        let ahead = text.get(..LONGEST).unwrap_or_else(|| {
            copy[..length].copy_from_slice(&text[..length]);
            &copy
        });
        // Twenty-four bytes at once, then away with those after the form: no branch depends on its length.
        let eights = [eight(ahead, 0) & mask[0], eight(ahead, 1) & mask[1], eight(ahead, 2) & mask[2]];
        let ascii = (eights[0] | eights[1] | eights[2]) & 0x8080_8080_8080_8080 == 0;
        if !ascii || respelt || length == 0 {
            return Packed::straightened(&text[..length], respelt);
        }
        // a zero at the end would be one with the filling
        (text[length - 1] != 0).then_some(Packed(eights.map(lower)))
    }

    /// With a full stop after its `length` bytes, where there is room.
    #[inline]
    pub(crate) fn dotted(mut self, length: usize) -> Option<Packed> {
        *self.0.get_mut(length / 8)? |= u64::from(b'.') << (8 * (length % 8));
        Some(self)
    }

    /// The slow way, for forms with bytes outside ASCII: ’ and ‘ become ', and so do ` and ´ where the form is respelt.
    #[cold]
    fn straightened(form: &[u8], respelt: bool) -> Option<Packed> {
        let mut bytes = [0; LONGEST];
        let mut length = 0;
        let mut rest = form;
        while let Some((&first, after)) = rest.split_first() {
            let (byte, after) = match rest {
                [0xE2, 0x80, 0x98 | 0x99, after @ ..] => (b'\'', after),
                [b'`', after @ ..] | [0xC2, 0xB4, after @ ..] if respelt => (b'\'', after),
                _ => (first.to_ascii_lowercase(), after),
            };
            *bytes.get_mut(length)? = byte;
            length += 1;
            rest = after;
        }
        let eights = [eight(&bytes, 0), eight(&bytes, 1), eight(&bytes, 2)];
        (length > 0 && bytes[length - 1] != 0).then_some(Packed(eights))
    }

    /// Whether it has an apostrophe.
    #[inline]
    pub(crate) fn has_apostrophe(&self) -> bool {
        const EACH: u64 = 0x0101_0101_0101_0101;
        let with = |eight: u64| {
            let others = eight ^ (u64::from(b'\'') * EACH);
            others.wrapping_sub(EACH) & !others & (0x80 * EACH)
        };
        with(self.0[0]) | with(self.0[1]) | with(self.0[2]) != 0
    }
}

/// How many of the frequent forms are found before the buckets.
const FRONT: usize = 1 << 15;

/// How many forms a bucket has room for.
const ROOM: usize = 16;

/// Forms of one place; those that do not fit are in the next.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Bucket {
    /// What tells a form from most others.
    marks: [u16; ROOM],
    ids: [u16; ROOM],
}

impl Bucket {
    /// The slots of the forms that have the mark, a bit each: all are compared at once.
    #[inline]
    fn find(&self, mark: u16) -> u64 {
        let same =
            |found, (slot, &other): (usize, &u16)| found | if other == mark { 1 << slot } else { 0_u16 };
        u64::from(self.marks.iter().enumerate().fold(0, same))
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.ids[ROOM - 1] != 0
    }

    /// Adds a form; whether there was room.
    fn add(&mut self, mark: u16, id: u16) -> bool {
        let Some(slot) = self.ids.iter().position(|id| *id == 0) else { return false };
        self.marks[slot] = mark;
        self.ids[slot] = id;
        true
    }
}

/// A set that may take what it does not have for a member, but no member for anything else.
#[derive(Clone, Debug)]
pub(crate) struct Filter([u64; 64]);

impl Default for Filter {
    fn default() -> Self {
        Filter([0; 64])
    }
}

impl Filter {
    pub(crate) fn add(&mut self, hash: u64) {
        self.0[(hash >> 6) as usize % 64] |= 1 << (hash % 64);
    }

    pub(crate) fn may_have(&self, hash: u64) -> bool {
        self.0[(hash >> 6) as usize % 64] & 1 << (hash % 64) != 0
    }
}

/// The words by id, and their ids by form.
#[derive(Clone)]
pub(super) struct Table {
    /// Of the forms that are looked for first in one place, the one that came first.
    front: Box<[u16; FRONT]>,
    /// A power of two of them.
    buckets: Vec<Bucket>,
    /// The forms that end with a full stop.
    dotted: Filter,
    words: Vec<Word>,
    /// The forms by id.
    forms: Vec<Packed>,
}

impl Table {
    /// A table with the unknown word in it.
    pub(super) fn with_capacity(words: usize) -> Self {
        let mut table = Table {
            front: Box::new([0; FRONT]),
            buckets: vec![Bucket::default(); (words / ROOM + 1).next_power_of_two()],
            dotted: Filter::default(),
            words: Vec::with_capacity(words),
            forms: Vec::with_capacity(words),
        };
        table.words.push(Word::default());
        table.forms.push(Packed::default());
        table
    }

    /// How many forms it has.
    pub(super) fn len(&self) -> usize {
        self.words.len() - 1
    }

    /// The word that has the form.
    #[inline]
    pub(super) fn look_up(&self, form: &[u8]) -> WordId {
        Packed::of(form).map_or(WordId::default(), |form| self.look_up_packed(&form))
    }

    /// The word that has the form, which ends with a full stop: few do, as the filter tells at once.
    #[inline]
    pub(super) fn look_up_dotted(&self, form: &Packed) -> WordId {
        let known = self.dotted.may_have(hash(form));
        if known { self.look_up_packed(form) } else { WordId::default() }
    }

    /// The word that has the form; most are frequent.
    #[inline(always)]
    pub(super) fn look_up_packed(&self, form: &Packed) -> WordId {
        let hash = hash(form);
        let front = self.front[hash as usize % FRONT];
        if self.forms[usize::from(front)] == *form { WordId(front) } else { self.look_up_rare(form, hash) }
    }

    #[inline(never)]
    fn look_up_rare(&self, form: &Packed, hash: u64) -> WordId {
        let mut place = self.place(hash);
        loop {
            let bucket = &self.buckets[place];
            let mut known = places(bucket.find(mark(hash))).map(|slot| bucket.ids[slot]);
            if let Some(id) = known.find(|&id| self.forms[usize::from(id)] == *form) {
                return WordId(id);
            }
            if !bucket.is_full() {
                return WordId::default();
            }
            place = self.next(place);
        }
    }

    #[inline]
    pub(super) fn word(&self, id: WordId) -> &Word {
        &self.words[usize::from(id.0)]
    }

    pub(super) fn word_mut(&mut self, id: WordId) -> &mut Word {
        &mut self.words[usize::from(id.0)]
    }

    /// The id of a form, a new one where the table did not have it; `None` where it is too long or the table full.
    pub(super) fn intern(&mut self, form: &[u8]) -> Option<WordId> {
        let dotted = form.ends_with(b".");
        let form = Packed::of(form)?;
        let known = self.look_up_packed(&form);
        if known != WordId::default() {
            return Some(known);
        }
        let id = u16::try_from(self.words.len()).ok()?;
        self.forms.push(form);
        self.words.push(Word::default());
        if 4 * self.words.len() > 3 * ROOM * self.buckets.len() {
            self.grow();
        } else {
            self.settle(id);
        }
        if dotted {
            self.dotted.add(hash(&form));
        }
        Some(WordId(id))
    }

    /// Puts a form where it is looked for.
    fn settle(&mut self, id: u16) {
        let hash = hash(&self.forms[usize::from(id)]);
        let front = &mut self.front[hash as usize % FRONT];
        if *front == 0 {
            *front = id;
        }
        let mut place = self.place(hash);
        while !self.buckets[place].add(mark(hash), id) {
            place = self.next(place);
        }
    }

    /// Doubles the buckets.
    fn grow(&mut self) {
        let size = 2 * self.buckets.len();
        self.buckets.clear();
        self.buckets.resize(size, Bucket::default());
        (1..self.forms.len()).for_each(|id| self.settle(id as u16));
    }

    /// The bucket where a form is looked for first.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        (hash >> 16) as usize & (self.buckets.len() - 1)
    }

    /// The one where it is looked for next.
    fn next(&self, place: usize) -> usize {
        (place + 1) & (self.buckets.len() - 1)
    }
}

/// The mark of a form in its bucket.
#[inline]
fn mark(hash: u64) -> u16 {
    (hash >> 48) as u16
}

#[inline]
fn hash(form: &Packed) -> u64 {
    let Packed([first, second, third]) = form;
    let one = u128::from(first ^ 0x9E37_79B9_7F4A_7C15);
    let other = u128::from(second ^ third.rotate_left(23) ^ 0xD1B5_4A32_D192_ED03);
    let product = one.wrapping_mul(other);
    (product >> 64) as u64 ^ product as u64
}

/// By length, which bytes of the next 24 belong to a form.
const MASKS: [[u64; 3]; LONGEST + 1] = {
    let mut masks = [[0; 3]; LONGEST + 1];
    let mut length = 0;
    while length <= LONGEST {
        let mut byte = 0;
        while byte < length {
            masks[length][byte / 8] |= 0xFF << (8 * (byte % 8));
            byte += 1;
        }
        length += 1;
    }
    masks
};

/// The eight bytes at a place, counted in eights.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes[8 * at..8 * at + 8].try_into().map_or(0, u64::from_le_bytes)
}

/// Eight ASCII bytes at once: a byte from A to Z gets the bit that makes it small, any other stays.
#[inline]
fn lower(packed: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = packed & (0x7F * EACH);
    let from_a = low + (0x80 - u64::from(b'A')) * EACH;
    let past_z = low + (0x7F - u64::from(b'Z')) * EACH;
    let capital = !packed & from_a & !past_z & (0x80 * EACH);
    packed | capital >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up(table: &Table, form: &str) -> WordId {
        let text = format!("{form} and what stands after it in a text");
        let packed = [(form, form.len()), (&text, form.len())]
            .map(|(text, length)| Packed::first(text.as_bytes(), length, false));
        assert_eq!(packed[0], packed[1], "{form}");
        table.look_up(form.as_bytes())
    }

    #[test]
    fn a_form_is_found_whatever_its_case_and_apostrophe() {
        let mut table = Table::with_capacity(1);
        for length in 1..=LONGEST {
            let form = &"o'Rourke-Bergstromsdottir"[..length];
            let id = table.intern(form.as_bytes()).expect("short enough");
            assert_eq!(look_up(&table, &form.to_uppercase()), id);
            assert_eq!(usize::from(id.0), length);
        }
        assert_eq!(look_up(&table, "O’ROURKE"), look_up(&table, "o'rourke"));
        assert_eq!(look_up(&table, "o`rourke"), WordId::default());
    }

    #[test]
    fn letters_outside_ascii_count_as_they_are() {
        let mut table = Table::with_capacity(1);
        let id = table.intern("Škoda-[@`{]".as_bytes());
        assert_eq!(Some(look_up(&table, "ŠKODA-[@`{]")), id);
        assert_eq!(look_up(&table, "škoda-[@`{]"), WordId::default());
        assert_eq!(look_up(&table, "Škoda-[`@{]"), WordId::default());
    }

    #[test]
    fn what_is_empty_or_too_long_is_unknown() {
        let mut table = Table::with_capacity(1);
        assert_eq!(table.intern(b""), None);
        assert_eq!(table.intern(&[b'a'; LONGEST + 1]), None);
        for form in ["", &"a".repeat(1000), &"é".repeat(1000)] {
            assert_eq!(look_up(&table, form), WordId::default());
        }
    }

    #[test]
    fn a_full_table_refuses_more() {
        let mut table = Table::with_capacity(1);
        for n in 1..=65_535_u32 {
            assert_eq!(table.intern(format!("{n}").as_bytes()).map(|id| u32::from(id.0)), Some(n));
        }
        assert_eq!(table.intern(b"more"), None);
        assert_eq!(look_up(&table, "4711"), WordId(4711));
    }
}
