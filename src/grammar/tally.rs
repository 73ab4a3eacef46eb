//! How often some words of the lexicon are written in a way, of the few that are asked about.

use crate::lexicon::{Filter, WordId};

/// A count, up to 255, of each of the words; an open-addressing table of a power of two of slots, half of them free.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    slots: Vec<Slot>,
    /// The words, and memory for growing.
    words: Vec<WordId>,
    /// Tells most other words at once.
    watched: Filter,
    /// How often words come that the lexicon does not have.
    unknown: u8,
}

/// A word with its count; free where the word is the unknown one.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    word: WordId,
    count: u8,
}

impl Tally {
    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.words.clear();
        self.watched = Filter::default();
        self.unknown = 0;
    }

    /// From now on the word is counted; all are to be named before the first is.
    pub(crate) fn watch(&mut self, word: WordId) {
        if word == WordId::default() {
            return;
        }
        if 2 * (self.words.len() + 1) > self.slots.len() {
            self.grow();
        }
        let at = self.place(word);
        if self.slots[at].word != word {
            self.slots[at].word = word;
            self.words.push(word);
            self.watched.add(u64::from(word.0));
        }
    }

    /// Whether the word is counted.
    pub(crate) fn watches(&self, word: WordId) -> bool {
        word != WordId::default() && !self.slots.is_empty() && self.slots[self.place(word)].word == word
    }

    /// Whether a glance at the word leaves it open that it is counted.
    #[inline]
    pub(crate) fn may_watch(&self, word: WordId) -> bool {
        self.watched.may_have(u64::from(word.0))
    }

    /// Counts the word, where it is watched.
    pub(crate) fn count(&mut self, word: WordId) {
        if self.watches(word) {
            let at = self.place(word);
            self.slots[at].count = self.slots[at].count.saturating_add(1);
        }
    }

    /// Counts a word that the lexicon does not have.
    pub(crate) fn count_unknown(&mut self) {
        self.unknown = self.unknown.saturating_add(1);
    }

    /// How often a watched word came.
    pub(crate) fn of(&self, word: WordId) -> u8 {
        match word {
            _ if word == WordId::default() => self.unknown,
            _ if self.slots.is_empty() => 0,
            _ => self.slots[self.place(word)].count,
        }
    }

    /// The slot of the word, or the free one where it would stand. The ids of words that are common lie close together,
    /// so that few want the same slot.
    #[inline]
    fn place(&self, word: WordId) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = usize::from(word.0) & mask;
        while self.slots[at].word != word && self.slots[at].word != WordId::default() {
            at = (at + 1) & mask;
        }
        at
    }

    /// Doubles the slots, as long as nothing is counted.
    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(32);
        self.slots.clear();
        self.slots.resize(size, Slot::default());
        for at in 0..self.words.len() {
            let slot = self.place(self.words[at]);
            self.slots[slot].word = self.words[at];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watched_words_are_counted() {
        let mut tally = Tally::default();
        for round in 0..2 {
            tally.clear();
            for id in (1..2000).step_by(3) {
                tally.watch(WordId(id));
                tally.watch(WordId(id));
            }
            for id in 0..2000 {
                (0..=id % 7 + round).for_each(|_| tally.count(WordId(id)));
            }
            (0..=round).for_each(|_| tally.count_unknown());
            (0..300).for_each(|_| tally.count(WordId(4)));
            assert_eq!(tally.of(WordId::default()), 1 + round as u8);
            assert_eq!(tally.of(WordId(4)), u8::MAX);
            assert!((7..2000).step_by(3).all(|id| u16::from(tally.of(WordId(id))) == id % 7 + round + 1));
            assert_eq!(tally.of(WordId(2)), 0);
            assert!(
                tally.watches(WordId(4)) && !tally.watches(WordId(2)) && !tally.watches(WordId::default())
            );
        }
    }
}
