//! Word forms to ids: an open-addressing table of packed lower-case forms.

use super::{Word, WordId};

/// The longest form that the table holds, in bytes.
pub(super) const LONGEST: usize = 24;

/// A form in lower case with ’ as ', filled up with zeros.
type Key = [u64; LONGEST / 8];

#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    word: Word,
}

/// The words by id, and their ids by form.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// A power of two of places, at most half of them taken: 16 bits of the hash, then the id; 0 is free.
    slots: Vec<u32>,
    entries: Vec<Entry>,
}

impl Table {
    /// A table with the unknown word in it.
    pub(super) fn with_capacity(words: usize) -> Self {
        let mut entries = Vec::with_capacity(words + 1);
        entries.push(Entry { key: Key::default(), word: Word::default() });
        Table { slots: vec![0; (2 * words).next_power_of_two().max(16)], entries }
    }

    #[inline]
    pub(super) fn look_up(&self, form: &[u8]) -> WordId {
        key(form).and_then(|key| self.find(&key).ok()).unwrap_or_default()
    }

    #[inline]
    pub(super) fn word(&self, id: WordId) -> &Word {
        &self.entries[usize::from(id.0)].word
    }

    pub(super) fn word_mut(&mut self, id: WordId) -> &mut Word {
        &mut self.entries[usize::from(id.0)].word
    }

    /// The id of a form, a new one where the table did not have it; `None` where it is too long or the table full.
    pub(super) fn intern(&mut self, form: &[u8]) -> Option<WordId> {
        let key = key(form)?;
        let slot = match self.find(&key) {
            Ok(id) => return Some(id),
            Err(slot) => slot,
        };
        let id = u16::try_from(self.entries.len()).ok()?;
        self.entries.push(Entry { key, word: Word::default() });
        self.slots[slot] = fingerprint(hash(&key)) | u32::from(id);
        if 2 * self.entries.len() > self.slots.len() {
            self.grow();
        }
        Some(WordId(id))
    }

    /// The id of the key, or the slot where it would stand.
    #[inline]
    fn find(&self, key: &Key) -> Result<WordId, usize> {
        let hash = hash(key);
        let wanted = fingerprint(hash);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return Err(at);
            }
            let id = slot as u16;
            if slot & 0xFFFF_0000 == wanted && self.entries[usize::from(id)].key == *key {
                return Ok(WordId(id));
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for id in 1..self.entries.len() {
            let key = self.entries[id].key;
            if let Err(slot) = self.find(&key) {
                self.slots[slot] = fingerprint(hash(&key)) | id as u32;
            }
        }
    }
}

#[inline]
fn fingerprint(hash: u64) -> u32 {
    (hash as u32) << 16
}

#[inline]
fn hash(key: &Key) -> u64 {
    let one = u128::from(key[0] ^ 0x9E37_79B9_7F4A_7C15);
    let other = u128::from(key[1] ^ key[2].rotate_left(23) ^ 0xD1B5_4A32_D192_ED03);
    let product = one.wrapping_mul(other);
    (product >> 64) as u64 ^ product as u64
}

/// Packs a form; `None` where it is empty or too long.
#[inline]
fn key(form: &[u8]) -> Option<Key> {
    let length = form.len();
    let key = match length {
        1..=8 => [short(form), 0, 0],
        9..=16 => [long(&form[..8]), last(form, length - 8), 0],
        17..=24 => [long(&form[..8]), long(&form[8..16]), last(form, length - 16)],
        _ => return if form.is_ascii() { None } else { straightened(form) },
    };
    if (key[0] | key[1] | key[2]) & 0x8080_8080_8080_8080 != 0 {
        return straightened(form);
    }
    Some(key.map(lower))
}

#[inline]
fn short(form: &[u8]) -> u64 {
    let length = form.len();
    match length {
        8 => long(form),
        4..8 => {
            let half = |at: usize| u32::from_le_bytes([form[at], form[at + 1], form[at + 2], form[at + 3]]);
            u64::from(half(0)) | u64::from(half(length - 4)) << (8 * (length - 4))
        }
        _ => form.iter().rev().fold(0, |packed, &byte| packed << 8 | u64::from(byte)),
    }
}

#[inline]
fn long(eight: &[u8]) -> u64 {
    eight.try_into().map_or(0, u64::from_le_bytes)
}

/// The last `rest` bytes of a form of eight or more.
#[inline]
fn last(form: &[u8], rest: usize) -> u64 {
    long(&form[form.len() - 8..]) >> (8 * (8 - rest))
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
    Some([long(&bytes[..8]), long(&bytes[8..16]), long(&bytes[16..])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_found_whatever_its_case_and_apostrophe() {
        let mut table = Table::with_capacity(1);
        for length in 1..=LONGEST {
            let form = &b"o'Rourke-Bergstromsdottir"[..length];
            let id = table.intern(form).expect("short enough");
            assert_eq!(table.look_up(&form.to_ascii_uppercase()), id, "{length}");
            assert_eq!(usize::from(id.0), length);
        }
        assert_eq!(table.look_up("O’ROURKE".as_bytes()), table.look_up(b"o'rourke"));
        assert_eq!(table.look_up(b"o`rourke"), WordId::default());
    }

    #[test]
    fn letters_outside_ascii_count_as_they_are() {
        let mut table = Table::with_capacity(1);
        let id = table.intern("Škoda-[@`{]".as_bytes());
        assert_eq!(Some(table.look_up("ŠKODA-[@`{]".as_bytes())), id);
        assert_eq!(table.look_up("škoda-[@`{]".as_bytes()), WordId::default());
        assert_eq!(table.look_up("Škoda-[`@{]".as_bytes()), WordId::default());
    }

    #[test]
    fn what_is_empty_or_too_long_is_unknown() {
        let mut table = Table::with_capacity(1);
        assert_eq!(table.intern(b""), None);
        assert_eq!(table.intern(&[b'a'; LONGEST + 1]), None);
        assert_eq!(table.look_up(&[b'a'; 1000]), WordId::default());
        assert_eq!(table.look_up("é".repeat(1000).as_bytes()), WordId::default());
    }
}
