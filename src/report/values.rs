//! What fields of several models have for values, and which value stands for a number.

use crate::lexicon::{CueKind, Tag, Traits};
use crate::named::Named;

pub(crate) const TAGS: &[&str] = Tag::NAMES;

pub(crate) const KINDS: &[&str] = CueKind::NAMES;

pub(crate) const SHARES: &[&str] =
    &["<6", "<10", "<15", "<20", "<25", "<30", "<40", "<50", "<60", "<70", "<80", "<90", "<101"];

pub(crate) const TRAITS: &[&str] =
    &["-", "told", "to", "object", "told to", "told object", "to object", "all"];

pub(crate) const LENGTHS: &[&str] =
    &["0", "1", "2", "3", "4-5", "6-8", "9-12", "13-17", "18-25", "26-40", ">40"];

pub(crate) const COUNTS: &[&str] = &["0", "1", "2", "3", ">3"];

pub(crate) const YES: &[&str] = &["no", "yes"];

/// The `N` values of all parts.
pub(crate) const fn join<const N: usize>(parts: &[&[&'static str]]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut value = 0;
        while value < parts[part].len() {
            all[at] = parts[part][value];
            (at, value) = (at + 1, value + 1);
        }
        part += 1;
    }
    assert!(at == N);
    all
}

/// For each number below `N` how many of the bounds it reaches.
pub(crate) const fn buckets<const N: usize>(bounds: &[u8]) -> [u8; N] {
    let mut buckets = [0; N];
    let mut number = 0;
    while number < N {
        let mut reached = 0;
        while reached < bounds.len() && bounds[reached] as usize <= number {
            reached += 1;
        }
        buckets[number] = reached as u8;
        number += 1;
    }
    buckets
}

pub(crate) fn share_bucket(share: u8) -> u8 {
    static BUCKETS: [u8; 101] = buckets(&[6, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90]);
    BUCKETS[usize::from(share).min(100)]
}

pub(crate) fn length_bucket(length: usize) -> u8 {
    static BUCKETS: [u8; 42] = buckets(&[1, 2, 3, 4, 6, 9, 13, 18, 26, 41]);
    BUCKETS[length.min(41)]
}

pub(crate) fn count(n: usize) -> u8 {
    n.min(4) as u8
}

/// What the verb takes, as a value of [`TRAITS`].
pub(crate) fn takes(traits: Traits) -> u8 {
    match (traits.any(Traits::TOLD), traits.any(Traits::INFINITIVE), traits.any(Traits::OBJECT)) {
        (false, false, false) => 0,
        (true, false, false) => 1,
        (false, true, false) => 2,
        (false, false, true) => 3,
        (true, true, false) => 4,
        (true, false, true) => 5,
        (false, true, true) => 6,
        (true, true, true) => 7,
    }
}
