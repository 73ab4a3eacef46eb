//! What holds for each of some tokens in a row, a bit each: found without a branch, and read where it holds.

/// How many tokens there are at most.
pub(crate) const BITS: usize = u64::BITS as usize;

/// The places of the bits that are set, ascending.
pub(crate) fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}
