//! Word forms to ids: a table of packed lower-case forms.
//!
//! Nearly every word of a text is looked up here, and most of the time goes into waiting for memory. So the id of a
//! word is the place where it is found, and a form lies together with what is known of it: most words cost one cache
//! line. Words that are read early lie where they are looked for first; for others, and for those that nobody knows,
//! a few bits of each form are looked through.

use super::{Outline, Word, WordId};
use crate::bits::{BITS, places};

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

    /// Whether the two are the same, found without a branch.
    #[inline]
    fn is(&self, other: &Packed) -> bool {
        self.0.iter().zip(&other.0).fold(0, |all, (one, other)| all | (one ^ other)) == 0
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

/// How many places there are for forms.
const PLACES: usize = 1 << 16;

/// How many forms the table takes: where few places are free, it takes long to find out that a form is unknown.
const MOST: usize = PLACES - PLACES / 16;

/// All that is known of a form, in one cache line: what has found the word has fetched what is asked next.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Entry {
    form: Packed,
    word: Word,
    outline: Outline,
    /// Its number among those that something belongs to: phrases, complements, full names; 0 where nothing does.
    owner: u16,
}

const _: () = assert!(size_of::<Entry>() == 64);

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

/// The words by the places of their forms, which are their ids.
#[derive(Clone)]
pub(super) struct Table {
    entries: Box<[Entry; PLACES]>,
    /// Of the forms at all places what tells them from most others; 0 where a place is free.
    marks: Box<[u8; PLACES]>,
    /// The forms that end with a full stop.
    dotted: Filter,
    count: usize,
}

impl Table {
    /// A table with the unknown word in it.
    pub(super) fn new() -> Self {
        let word = Word::default();
        let free = Entry { form: Packed::default(), word, outline: Outline::of(&word), owner: 0 };
        let mut table = Table { entries: boxed(free), marks: boxed(0), dotted: Filter::default(), count: 0 };
        table.marks[0] = 1;
        table
    }

    /// How many forms it has.
    pub(super) fn len(&self) -> usize {
        self.count
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

    /// The word that has the form; most are where they are looked for first.
    #[inline]
    pub(super) fn look_up_packed(&self, form: &Packed) -> WordId {
        let first = place(hash(form));
        if self.form(first).is(form) { WordId(first) } else { self.look_on(form) }
    }

    /// The words that have the forms, up to 64 of them; what is empty is unknown. Each step is done for all, so that
    /// memory answers for many at once, and which are where they are looked for first is found without a branch.
    #[inline]
    pub(super) fn look_up_all(&self, forms: &[Packed], words: &mut [WordId]) {
        let mut firsts = [0; BITS];
        for (word, form) in words.iter_mut().zip(forms) {
            *word = WordId(place(hash(form)));
        }
        for (first, word) in firsts.iter_mut().zip(&*words) {
            *first = self.form(word.0).0[0];
        }
        let mut others = 0;
        for (at, ((form, word), first)) in forms.iter().zip(&*words).zip(&firsts).enumerate() {
            let Packed([_, second, third]) = self.form(word.0);
            let same = Packed([*first, *second, *third]).is(form);
            others |= u64::from(!same) << at;
        }
        places(others).for_each(|at| words[at] = self.look_on(&forms[at]));
    }

    /// The word that has the form, which is not where it is looked for first.
    #[inline(never)]
    fn look_on(&self, form: &Packed) -> WordId {
        self.find(form).map_or(WordId::default(), WordId)
    }

    /// The place of a form, or the free place for it.
    fn find(&self, form: &Packed) -> Result<u16, u16> {
        let hash = hash(form);
        let mut at = place(hash);
        loop {
            match self.marks[usize::from(at)] {
                0 => return Err(at),
                found if found == mark(hash) && self.form(at) == form => return Ok(at),
                _ => at = at.wrapping_add(1),
            }
        }
    }

    #[inline]
    fn form(&self, place: u16) -> &Packed {
        &self.entries[usize::from(place)].form
    }

    #[inline]
    pub(super) fn word(&self, id: WordId) -> &Word {
        &self.entries[usize::from(id.0)].word
    }

    pub(super) fn word_mut(&mut self, id: WordId) -> &mut Word {
        &mut self.entries[usize::from(id.0)].word
    }

    #[inline]
    pub(super) fn outline(&self, id: WordId) -> Outline {
        self.entries[usize::from(id.0)].outline
    }

    pub(super) fn outline_mut(&mut self, id: WordId) -> &mut Outline {
        &mut self.entries[usize::from(id.0)].outline
    }

    #[inline]
    pub(super) fn owner(&self, id: WordId) -> u16 {
        self.entries[usize::from(id.0)].owner
    }

    pub(super) fn owner_mut(&mut self, id: WordId) -> &mut u16 {
        &mut self.entries[usize::from(id.0)].owner
    }

    /// The id of a form, a new one where the table did not have it; `None` where it has a zero, is too long or the table
    /// full.
    pub(super) fn intern(&mut self, form: &[u8]) -> Option<WordId> {
        let packed = Packed::of(form).filter(|_| !form.contains(&0))?;
        let free = match self.find(&packed) {
            Ok(known) => return Some(WordId(known)),
            Err(free) => free,
        };
        if self.count == MOST {
            return None;
        }
        self.count += 1;
        let hash = hash(&packed);
        self.marks[usize::from(free)] = mark(hash);
        self.entries[usize::from(free)].form = packed;
        if form.ends_with(b".") {
            self.dotted.add(hash);
        }
        Some(WordId(free))
    }
}

/// As many of a value as there are places.
fn boxed<T: Clone>(value: T) -> Box<[T; PLACES]> {
    let all = vec![value; PLACES].into_boxed_slice();
    all.try_into().unwrap_or_else(|_| unreachable!("there are as many"))
}

/// Where a form is looked for first.
#[inline]
fn place(hash: u64) -> u16 {
    hash as u16
}

/// The mark of a form, which is not 0.
#[inline]
fn mark(hash: u64) -> u8 {
    (hash >> 56) as u8 | 1
}

/// What tells a form from others; that of a short one is one product.
#[inline]
fn hash(form: &Packed) -> u64 {
    const FACTORS: [u64; 3] = [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03, 0xA24B_AED4_963E_E407];
    let Packed([first, second, third]) = form;
    let product =
        first.wrapping_mul(FACTORS[0]) ^ second.wrapping_mul(FACTORS[1]) ^ third.wrapping_mul(FACTORS[2]);
    // the high bits are the best
    product.rotate_left(16)
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
        let mut table = Table::new();
        for length in 1..=LONGEST {
            let form = &"o'Rourke-Bergstromsdottir"[..length];
            let id = table.intern(form.as_bytes()).expect("short enough");
            assert_eq!(look_up(&table, &form.to_uppercase()), id);
            assert_eq!(table.len(), length);
        }
        assert_eq!(look_up(&table, "O’ROURKE"), look_up(&table, "o'rourke"));
        assert_eq!(look_up(&table, "o`rourke"), WordId::default());
    }

    #[test]
    fn letters_outside_ascii_count_as_they_are() {
        let mut table = Table::new();
        let id = table.intern("Škoda-[@`{]".as_bytes());
        assert_eq!(Some(look_up(&table, "ŠKODA-[@`{]")), id);
        assert_eq!(look_up(&table, "škoda-[@`{]"), WordId::default());
        assert_eq!(look_up(&table, "Škoda-[`@{]"), WordId::default());
    }

    #[test]
    fn what_is_empty_or_too_long_is_unknown() {
        let mut table = Table::new();
        assert_eq!(table.intern(b""), None);
        assert_eq!(table.intern(&[b'a'; LONGEST + 1]), None);
        for form in ["", &"a".repeat(1000), &"é".repeat(1000)] {
            assert_eq!(look_up(&table, form), WordId::default());
        }
    }

    #[test]
    fn a_full_table_refuses_more() {
        let mut table = Table::new();
        let ids: Vec<_> = (1..=MOST).map(|n| table.intern(n.to_string().as_bytes())).collect();
        assert_eq!(table.intern(b"more"), None);
        assert_eq!(look_up(&table, "more"), WordId::default());
        assert!((1..=MOST).all(|n| Some(look_up(&table, &n.to_string())) == ids[n - 1]));
    }
}
