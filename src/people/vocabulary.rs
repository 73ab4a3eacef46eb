//! The words that the names of a text are made of, numbered.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::{Index, Range};

use crate::growth::Growth;
use crate::lexicon::{Packed, WordId};

/// A word of names, by its number: two forms have the same one where they differ in case, in how their apostrophe
/// is drawn, or in the full stop of an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameWord(pub(crate) u32);

/// How a text uses a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Bytes of its first occurrence.
    start: u32,
    length: u16,
    /// How often it is the name of a day or month and the subject of a verb.
    pub(crate) acts: u16,
    /// How often it has a capital where a common word would not.
    pub(crate) capital: u32,
}

impl Usage {
    fn range(&self) -> Range<usize> {
        self.start as usize..self.start as usize + usize::from(self.length)
    }
}

/// The words and an open-addressing table of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// One more than the number of the word; 0 where the slot is free. A power of two of slots, a quarter of them free.
    slots: Vec<u32>,
    hashes: Vec<u32>,
    usages: Vec<Usage>,
    /// The words that the lexicon has.
    known: HashMap<WordId, NameWord, BuildHasherDefault<Mixer>>,
}

impl Vocabulary {
    pub(crate) fn clear(&mut self) {
        // few words in a large table: free their slots alone
        let mask = self.slots.len().wrapping_sub(1);
        if 8 * self.usages.len() < self.slots.len() {
            for &hash in &self.hashes {
                let mut at = hash as usize & mask;
                while self.slots[at] != 0 {
                    self.slots[at] = 0;
                    at = (at + 1) & mask;
                }
            }
        } else {
            self.slots.fill(0);
        }
        self.hashes.clear();
        self.usages.clear();
        self.known.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.usages.len()
    }

    /// The number of the word that is `text[start..end]`, a new one where it was not met before.
    pub(crate) fn intern(&mut self, text: &str, start: u32, end: u32, id: WordId) -> NameWord {
        if let Some(known) = self.known(id) {
            return known;
        }
        if 4 * (self.usages.len() + 1) > 3 * self.slots.len() {
            self.grow();
        }
        let form = &text.as_bytes()[start as usize..end as usize];
        let hash = hash_first(&text.as_bytes()[start as usize..], form.len());
        match self.find(text, form, hash) {
            Ok(word) => word,
            Err(slot) => {
                let word = NameWord(self.usages.len() as u32);
                self.slots[slot] = word.0 + 1;
                self.hashes.add(hash);
                self.usages.add(Usage { start, length: (end - start) as u16, ..Usage::default() });
                if id != WordId::default() {
                    self.known.insert(id, word);
                }
                word
            }
        }
    }

    /// The number of a word of the lexicon, where the text has it.
    pub(crate) fn known(&self, id: WordId) -> Option<NameWord> {
        if id == WordId::default() { None } else { self.known.get(&id).copied() }
    }

    /// The number of a form that need not be of the text, where the text has it.
    pub(crate) fn get(&self, text: &str, form: &[u8]) -> Option<NameWord> {
        if self.slots.is_empty() {
            return None;
        }
        self.find(text, form, hash(form)).ok()
    }

    pub(crate) fn usage_mut(&mut self, word: NameWord) -> &mut Usage {
        &mut self.usages[word.0 as usize]
    }

    /// The word as it is first written.
    pub(crate) fn form<'t>(&self, text: &'t str, word: NameWord) -> &'t str {
        &text[self[word].range()]
    }

    /// The number of the form, or the slot where it would stand.
    fn find(&self, text: &str, form: &[u8], hash: u32) -> Result<NameWord, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            let word = NameWord(self.slots[at] - 1);
            if self.hashes[word.0 as usize] == hash {
                let known = &text.as_bytes()[self[word].range()];
                if known == form || folded(known).eq(folded(form)) {
                    return Ok(word);
                }
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(64);
        self.slots.clear();
        self.slots.resize(size, 0);
        for (word, &hash) in self.hashes.iter().enumerate() {
            let mut at = hash as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = word as u32 + 1;
        }
    }
}

impl Index<NameWord> for Vocabulary {
    type Output = Usage;

    fn index(&self, word: NameWord) -> &Usage {
        &self.usages[word.0 as usize]
    }
}

/// The bytes that tell a word from others: in lower case, without apostrophes and the full stop at the end.
fn folded(form: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let stops = form.iter().rev().take_while(|&&b| b == b'.').count();
    let form = &form[..form.len() - stops];
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match form[at..] {
                [b'\'', ..] => at += 1,
                [0xE2, 0x80, 0x98 | 0x99, ..] => at += 3,
                [byte, ..] => {
                    at += 1;
                    return Some(byte.to_ascii_lowercase());
                }
                [] => return None,
            }
        }
    })
}

/// The hash of what tells a form from others.
pub(crate) fn hash(form: &[u8]) -> u32 {
    hash_first(form, form.len())
}

/// The same of the first `length` bytes of a text.
fn hash_first(text: &[u8], length: usize) -> u32 {
    let form = &text[..length];
    let whole = Packed::first(text, length, false).filter(|form| !form.has_apostrophe());
    let packed = whole.filter(|_| !form.ends_with(b".")).or_else(|| {
        let mut bytes = [0; 24];
        let mut length = 0;
        for byte in folded(form) {
            bytes[length % 24] = byte;
            length += 1;
        }
        Packed::of(&bytes[..length.min(24)]).filter(|_| length <= 24)
    });
    let mix = |hash: u64, part: u64| (hash.rotate_left(29) ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = match packed {
        Some(Packed(eights)) => eights.into_iter().fold(0, mix),
        None => folded(form).map(u64::from).fold(0, mix),
    };
    (mixed >> 32) as u32
}

/// A map from numbers that are no secret of anybody's, quick to look up.
pub(crate) type NumberMap<V, K = u64> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// Multiplies and folds; the numbers come from a [`Vocabulary`], not from whoever wrote the text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ 0x9E37_79B9_7F4A_7C15) * 0xD1B5_4A32_D192_ED03;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_number() {
        let text = "O’Hara O'HARA J. j Ruiz";
        let mut words = Vocabulary::default();
        let mut at = 0;
        let numbers: Vec<_> = text
            .split(' ')
            .map(|form| {
                let start = at;
                at += form.len() as u32 + 1;
                words.intern(text, start, start + form.len() as u32, WordId::default())
            })
            .collect();
        assert_eq!(numbers[0], numbers[1]);
        assert_eq!(numbers[2], numbers[3]);
        assert_eq!(words.len(), 3);
        assert_eq!(words.form(text, numbers[1]), "O’Hara");
        assert_eq!(words.get(text, b"ruiz"), Some(numbers[4]));
        assert_eq!(words.get(text, b"Brandt"), None);
    }

    #[test]
    fn a_table_is_used_again() {
        let text: String = (0..1000).map(|i| format!("w{i} ")).collect();
        let mut words = Vocabulary::default();
        for take in [1000, 3, 1000] {
            words.clear();
            let mut at = 0;
            for form in text.split(' ').take(take) {
                words.intern(&text, at, at + form.len() as u32, WordId::default());
                at += form.len() as u32 + 1;
            }
            assert_eq!(words.len(), take);
            assert!(words.get(&text, b"w2").is_some());
        }
    }
}
