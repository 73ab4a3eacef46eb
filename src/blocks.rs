//! A list of many large elements, in blocks: it grows without moving what is in it, which for a time would take twice
//! the memory.

use std::ops::{Index, IndexMut};

/// How many elements a block has.
const BLOCK: usize = 8;

/// The blocks in use are full but for the last; those behind them are kept for later.
#[derive(Clone, Debug)]
pub(crate) struct Blocks<T> {
    blocks: Vec<Vec<T>>,
    length: usize,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Blocks { blocks: Vec::new(), length: 0 }
    }
}

impl<T: Copy> Blocks<T> {
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn clear(&mut self) {
        self.truncate(0);
    }

    pub(crate) fn push(&mut self, element: T) {
        let block = self.length / BLOCK;
        if block == self.blocks.len() {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        self.blocks[block].push(element);
        self.length += 1;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.blocks.iter().flatten()
    }

    /// Keeps those of which `keeps` is true, in their order.
    pub(crate) fn retain(&mut self, mut keeps: impl FnMut(&T) -> bool) {
        let mut kept = 0;
        for at in 0..self.length {
            let element = self[at];
            if keeps(&element) {
                self[kept] = element;
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    fn truncate(&mut self, length: usize) {
        for (block, first) in self.blocks.iter_mut().zip((0..).step_by(BLOCK)) {
            block.truncate(length.saturating_sub(first));
        }
        self.length = length;
    }
}

impl<T> Index<usize> for Blocks<T> {
    type Output = T;

    #[inline]
    fn index(&self, at: usize) -> &T {
        &self.blocks[at / BLOCK][at % BLOCK]
    }
}

impl<T> IndexMut<usize> for Blocks<T> {
    #[inline]
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.blocks[at / BLOCK][at % BLOCK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_list() {
        let mut blocks = Blocks::default();
        let mut list = Vec::new();
        for count in [3 * BLOCK, BLOCK + 1, 5 * BLOCK - 1] {
            blocks.clear();
            list.clear();
            for element in 0..count {
                blocks.push(element);
                list.push(element);
            }
            blocks.retain(|element| element % 3 > 0);
            list.retain(|element| element % 3 > 0);
            blocks[0] += 1;
            list[0] += 1;
            assert_eq!(blocks.len(), list.len());
            assert!(blocks.iter().eq(&list));
            assert!((0..list.len()).all(|at| blocks[at] == list[at]));
        }
    }
}
