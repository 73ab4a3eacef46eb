//! Word forms to ids: an open-addressing table of packed lower-case forms.

use super::{Word, WordId};

/// The longest form that the table holds, in bytes.
pub(super) const LONGEST: usize = 24;

/// A form in lower case with ’ as ', filled up with zeros, and its length.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    eights: [u64; LONGEST / 8],
    length: usize,
}

/// What is known of a form where it is looked for; of most forms that is all of it.
#[derive(Clone, Copy, Default)]
struct Slot {
    first: u64,
    length: u8,
    /// 0 where the slot is free.
    id: u16,
}

/// The words by id, and their ids by form.
#[derive(Clone)]
pub(super) struct Table {
    /// A power of two of slots, at most three quarters of them taken.
    slots: Vec<Slot>,
    words: Vec<Word>,
    /// The bytes of the forms after the first eight, by id.
    rests: Vec<[u64; 2]>,
}

impl Table {
    /// A table with the unknown word in it.
    pub(super) fn with_capacity(words: usize) -> Self {
        let mut table = Table {
            slots: vec![Slot::default(); (4 * words / 3).next_power_of_two().max(16)],
            words: Vec::with_capacity(words),
            rests: Vec::with_capacity(words),
        };
        table.words.push(Word::default());
        table.rests.push([0; 2]);
        table
    }

    /// How many forms it has.
    pub(super) fn len(&self) -> usize {
        self.words.len() - 1
    }

    /// The word that is the first `length` bytes of a text.
    #[inline]
    pub(super) fn look_up(&self, text: &[u8], length: usize) -> WordId {
        key(text, length).and_then(|key| self.find(&key).ok()).unwrap_or_default()
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
        let key = key(form, form.len())?;
        if 4 * self.words.len() > 3 * self.slots.len() {
            self.grow();
        }
        let slot = match self.find(&key) {
            Ok(id) => return Some(id),
            Err(slot) => slot,
        };
        let id = u16::try_from(self.words.len()).ok()?;
        let [first, rest @ ..] = key.eights;
        self.slots[slot] = Slot { first, length: key.length as u8, id };
        self.words.push(Word::default());
        self.rests.push(rest);
        Some(WordId(id))
    }

    /// The id of the key, or the slot where it would stand.
    #[inline]
    fn find(&self, key: &Key) -> Result<WordId, usize> {
        let [first, rest @ ..] = key.eights;
        let mask = self.slots.len() - 1;
        let mut at = hash(&key.eights) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.id == 0 {
                return Err(at);
            }
            if slot.first == first
                && usize::from(slot.length) == key.length
                && (key.length <= 8 || self.rests[usize::from(slot.id)] == rest)
            {
                return Ok(WordId(slot.id));
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let double = vec![Slot::default(); 2 * self.slots.len()];
        for slot in std::mem::replace(&mut self.slots, double) {
            let [second, third] = self.rests[usize::from(slot.id)];
            let key = Key { eights: [slot.first, second, third], length: usize::from(slot.length) };
            if slot.id != 0
                && let Err(free) = self.find(&key)
            {
                self.slots[free] = slot;
            }
        }
    }
}

#[inline]
fn hash(eights: &[u64; 3]) -> u64 {
    let one = u128::from(eights[0] ^ 0x9E37_79B9_7F4A_7C15);
    let other = u128::from(eights[1] ^ eights[2].rotate_left(23) ^ 0xD1B5_4A32_D192_ED03);
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

/// Packs the first `length` bytes of a text; `None` where that is nothing or too much.
#[inline]
fn key(text: &[u8], length: usize) -> Option<Key> {
    let Some(mask) = MASKS.get(length) else { return straightened(&text[..length]) };
    let mut copy = [0; LONGEST];
    let ahead = text.get(..LONGEST).unwrap_or_else(|| {
        copy[..length].copy_from_slice(&text[..length]);
        &copy
    });
    // Twenty-four bytes at once, then away with those after the form: no branch depends on its length.
    let eights = [eight(ahead, 0) & mask[0], eight(ahead, 1) & mask[1], eight(ahead, 2) & mask[2]];
    if (eights[0] | eights[1] | eights[2]) & 0x8080_8080_8080_8080 != 0 || length == 0 {
        return straightened(&text[..length]);
    }
    Some(Key { eights: eights.map(lower), length })
}

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

/// The slow way, for forms with bytes outside ASCII: ’ and ‘ become '.
#[cold]
fn straightened(form: &[u8]) -> Option<Key> {
    let mut bytes = [0; LONGEST];
    let mut length = 0;
    let mut rest = form;
    while let Some((&first, after)) = rest.split_first() {
        let (byte, after) = match rest {
            [0xE2, 0x80, 0x98 | 0x99, after @ ..] => (b'\'', after),
            _ => (first.to_ascii_lowercase(), after),
        };
        *bytes.get_mut(length)? = byte;
        length += 1;
        rest = after;
    }
    let eights = [eight(&bytes, 0), eight(&bytes, 1), eight(&bytes, 2)];
    (length > 0).then_some(Key { eights, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up(table: &Table, form: &str) -> WordId {
        let alone = table.look_up(form.as_bytes(), form.len());
        let text = format!("{form} and what stands after it in a text");
        assert_eq!(table.look_up(text.as_bytes(), form.len()), alone, "{form}");
        alone
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
