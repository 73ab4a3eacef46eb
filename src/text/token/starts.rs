//! Where tokens begin, in two bytes a token.

use std::ops::Range;

use crate::growth::Growth;

/// How many bits of a place are kept for each token.
const LOW: u32 = u16::BITS;

/// The lower halves of the places at which tokens begin, and the tokens from which on the upper half is higher by one:
/// one in some thousands.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts {
    pub(super) low: Vec<u16>,
    turns: Vec<u32>,
}

impl Starts {
    /// The byte at which a token begins.
    #[inline]
    pub(super) fn get(&self, at: usize) -> u32 {
        let high =
            if self.turns.is_empty() { 0 } else { self.turns.partition_point(|&turn| turn as usize <= at) };
        (high as u32) << LOW | u32::from(self.low[at])
    }

    /// Lets the token, the last so far, begin at a byte.
    #[inline]
    pub(super) fn set(&mut self, at: usize, start: usize) {
        self.low[at] = start as u16;
        while start >> LOW != self.turns.len() {
            self.turns.add(at as u32);
        }
    }

    /// Notes that the upper half is higher from one of the last tokens on, where it is; they begin within few bytes
    /// before `end`, and their lower halves are there.
    #[inline]
    pub(super) fn turn(&mut self, last: Range<usize>, end: usize) {
        if end >> LOW != self.turns.len() {
            self.turn_once(last);
        }
    }

    #[cold]
    fn turn_once(&mut self, mut last: Range<usize>) {
        let low = |at: &usize| self.low[*at] < u16::MAX / 2;
        if let Some(first) = last.find(low) {
            self.turns.add(first as u32);
        }
    }

    /// Forgets the places, but not the room for them.
    pub(super) fn clear(&mut self) {
        self.turns.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_column(gaps in prop::collection::vec(prop_oneof![0..40_usize, 0..200_000_usize], 0..400)) {
            let mut starts = Starts::default();
            starts.low.resize(gaps.len(), 0);
            let places: Vec<usize> = gaps.iter().scan(0, |at, gap| { *at += gap; Some(*at) }).collect();
            for (at, &place) in places.iter().enumerate() {
                starts.set(at, place);
            }
            for (at, &place) in places.iter().enumerate() {
                prop_assert_eq!(starts.get(at) as usize, place);
            }
        }
    }
}
