//! Who of the people and bodies of a text speaks or is spoken to, and in which words the text speaks of them.

use std::cmp::Reverse;

use crate::people::speaker::People;
use crate::report::attribution::Attribution;
use crate::text::sentence::Stretch;

/// Words that stand for a speaker or addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Voice {
    /// Index of the speaker.
    pub(crate) speaker: u32,
    pub(crate) tokens: Stretch,
}

/// Drops the speakers whom no attribution has and numbers the others anew, in their order. Lists the words that
/// stand for each, ascending by speaker and place, no two of one speaker overlapping.
pub(crate) fn read(
    people: &mut People,
    attributions: &mut [Attribution],
    voices: &mut Vec<Voice>,
    numbers: &mut Vec<Option<u32>>,
) {
    numbers.clear();
    numbers.resize(people.speakers.len(), None);
    for id in attributions.iter().flat_map(|a| [a.speaker, a.addressed]).flatten() {
        numbers[id as usize] = Some(0);
    }
    let mut numbering = 0..;
    for number in numbers.iter_mut().flatten() {
        *number = numbering.next().expect("there are fewer speakers than numbers");
    }
    let mut kept = numbers.iter();
    people.speakers.retain(|_| kept.next().is_some_and(Option::is_some));

    voices.clear();
    for attribution in attributions {
        let speaker = (&mut attribution.speaker, attribution.source);
        let addressee = (&mut attribution.addressed, attribution.addressee);
        for (id, mention) in [speaker, addressee] {
            *id = id.and_then(|id| numbers[id as usize]);
            if let (Some(speaker), Some(mention)) = (*id, mention) {
                voices.push(Voice { speaker, tokens: mention.tokens() });
            }
        }
    }
    for naming in &people.namings {
        if let Some(speaker) = numbers[naming.speaker as usize] {
            voices.push(Voice { speaker, tokens: naming.tokens() });
        }
    }
    voices.sort_unstable_by_key(|v| (v.speaker, v.tokens.first, Reverse(v.tokens.end)));
    // of a name inside a source, the source
    voices.dedup_by(|next, kept| next.speaker == kept.speaker && next.tokens.first < kept.tokens.end);
}
