//! Who of the people and bodies of a text speaks or is spoken to, and in which words.

use crate::attribution::Attribution;
use crate::sentence::Stretch;
use crate::speaker::Speaker;

/// Words that stand for a speaker or addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Voice {
    /// Index of the speaker.
    pub(crate) speaker: u32,
    pub(crate) tokens: Stretch,
}

/// Drops the speakers whom no attribution names, renumbers the others in their order, and lists the words that
/// stand for each, ascending by speaker and place.
pub(crate) fn read(
    speakers: &mut Vec<Speaker>,
    attributions: &mut [Attribution],
    voices: &mut Vec<Voice>,
    numbers: &mut Vec<u32>,
) {
    const SILENT: u32 = u32::MAX;
    numbers.clear();
    numbers.resize(speakers.len(), SILENT);
    for id in attributions.iter().flat_map(|a| [a.speaker, a.addressed]).flatten() {
        numbers[id as usize] = 0;
    }
    let mut kept = 0;
    for (at, number) in numbers.iter_mut().enumerate().filter(|(_, number)| **number != SILENT) {
        *number = kept;
        speakers[kept as usize] = speakers[at];
        kept += 1;
    }
    speakers.truncate(kept as usize);

    voices.clear();
    for attribution in attributions {
        let speaker = (&mut attribution.speaker, attribution.source);
        let addressee = (&mut attribution.addressed, attribution.addressee);
        for (id, mention) in [speaker, addressee] {
            *id = id.map(|id| numbers[id as usize]);
            if let (Some(speaker), Some(mention)) = (*id, mention) {
                voices.push(Voice { speaker, tokens: mention.tokens });
            }
        }
    }
    voices.sort_unstable();
    voices.dedup();
}
