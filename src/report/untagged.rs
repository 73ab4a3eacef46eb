//! Quoted sentences without a tag of their own: which reading they go on with, or who else says them.

use crate::blocks::Blocks;
use crate::grammar::clause::Clauses;
use crate::grammar::mention::Mention;
use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::report::attribution::{Attribution, Rule};
use crate::report::company::Scored;
use crate::report::reading::Kind;
use crate::report::script::{self, Scripted};
use crate::report::search::{Bench, LONGEST_SENTENCE, Parts};
use crate::text::sentence::{Stretch, holding};
use crate::text::token::{Shape, TokenKind};

/// What stands in marks is a sentence of somebody’s rather than a word of his from this many words on.
pub(super) const SENTENCE_WORDS: usize = 5;

/// How many readings back the one is looked for that a quoted sentence goes on with.
const LONGEST_SEARCH: usize = 8;

/// The quoted sentences without a tag of their own that go on with the reading before them.
pub(super) fn join(
    parts: &Parts,
    readings: &Blocks<Scored>,
    scripted: &[Scripted],
    quotes: &[Stretch],
    owners: &mut [Option<u32>],
    (order, joined): (&mut Vec<u32>, &mut Vec<(u32, Stretch)>),
) {
    joined.clear();
    // the last reading of each paragraph so far, by the place of its cue
    order.clear();
    order.extend((0..).zip(readings.iter()).filter(|(_, r)| r.probability > 0.0).map(|(at, _)| at));
    order.sort_unstable_by_key(|&i| (readings[i as usize].head(), i));
    let mut continues = false;
    for (at, outer) in parts.quoted.iter().filter(|q| q.depth == 0).enumerate() {
        let continued = std::mem::replace(&mut continues, outer.continues);
        if owners[at].is_some() || script::holding(scripted, quotes[at].first).is_some() {
            continue;
        }
        let quote = quotes[at];
        let opens = holding(parts.sentences, quote.first as usize)
            .is_some_and(|s| parts.sentences[s].first == quote.first || abbreviated(parts.tagged, quote));
        let owner = if continued || at > 0 && follows(parts, quotes[at - 1], quote) {
            owners[at - 1]
        } else if opens {
            let before = order.partition_point(|&i| readings[i as usize].head() < quote.first);
            let paragraph = parts.paragraphs[outer.paragraph as usize];
            let mut earlier = order[..before]
                .iter()
                .rev()
                .copied()
                .take(LONGEST_SEARCH)
                .take_while(|&i| paragraph.contains(readings[i as usize].head() as usize));
            let mut nearest = None;
            let near = &order[before.saturating_sub(LONGEST_SEARCH)..before];
            let beside = |i: u32| {
                let quoted = |&&j: &&u32| readings[j as usize].marked == Kind::Direct;
                near.iter()
                    .rfind(quoted)
                    .is_some_and(|&j| readings[j as usize].sentence == readings[i as usize].sentence)
            };
            // who is quoted or says something goes on, rather than who thinks or is spoken of between
            let quoted = earlier.find(|&i| {
                nearest.get_or_insert(i);
                let scored = &readings[i as usize];
                scored.marked == Kind::Direct || scored.utters() && !beside(i)
            });
            quoted.or(nearest)
        } else {
            None
        };
        if let Some(owner) = owner {
            owners[at] = Some(owner);
            joined.push((owner, quote));
        } else if let Some((owner, sentence)) = resumed(parts, readings, order, quote) {
            owners[at] = Some(owner);
            joined.push((owner, sentence));
        }
    }
    joined.sort_unstable_by_key(|&(owner, piece)| (owner, piece.first));
}

/// Whether a quotation that is a paragraph of its own goes on with `before`, the last one of the paragraph before, though
/// that was closed. Who annotated the news that weights are fitted on had it so 52 times of 62.
fn follows(parts: &Parts, before: Stretch, quote: Stretch) -> bool {
    let paragraph = holding(parts.paragraphs, before.first as usize).map(|at| parts.paragraphs[at]);
    paragraph.is_some_and(|p| p.end == quote.first) && floats(parts, quote, Some(before))
}

/// Whether an abbreviation stands before that could end a sentence: *in Ames, N.H. | “It leaks.”*
fn abbreviated(tagged: &Tagged, quote: Stretch) -> bool {
    let before = quote.range().start.checked_sub(1);
    before.is_some_and(|at| tagged.tokens.has(at, Shape::DOTTED) && tagged.tokens.has(at, Shape::CAPITAL))
}

/// The sentence of a quoted stretch without a tag, where it goes on with the quotation of the sentence before:
/// *“It leaks,” Ruiz said. | But “nobody cares.”*
fn resumed(
    parts: &Parts,
    readings: &Blocks<Scored>,
    order: &[u32],
    quote: Stretch,
) -> Option<(u32, Stretch)> {
    let at = holding(parts.sentences, quote.first as usize)?;
    let sentence = parts.sentences[at];
    let long = quote.range().filter(|&at| parts.tagged.kind(at) == TokenKind::Word).count() >= SENTENCE_WORDS;
    let before = order.partition_point(|&i| readings[i as usize].head() < quote.first);
    let owner = order[..before].last().copied()?;
    let last = &readings[owner as usize];
    let goes_on = last.marked != Kind::Indirect && last.sentence as usize + 1 == at && long;
    let told = order[before..].first().is_some_and(|&i| readings[i as usize].sentence as usize == at);
    let paragraph = parts.paragraphs[holding(parts.paragraphs, last.head() as usize)?];
    (goes_on && !told && sentence.first < paragraph.end).then_some((owner, sentence))
}

/// How sure an attribution is that rests on the paragraph before.
const FLOATING: f32 = 0.2;

/// Adds the quotations without a tag: whoever was quoted in the paragraph before goes on in one that is a paragraph of
/// its own, and who acts in the sentence before says what ends the paragraph of that sentence.
pub(super) fn add(
    parts: &Parts,
    bench: &mut Bench,
    pieces: &mut Vec<Stretch>,
    attributions: &mut Vec<Attribution>,
) {
    let Bench { quotes, owners, scripted, clauses, .. } = bench;
    let told = attributions.len();
    let mut last: Option<(usize, Mention)> = None;
    for (at, &quote) in quotes.iter().enumerate() {
        if owners[at].is_some() || script::holding(scripted, quote.first).is_some() {
            continue;
        }
        let before = at.checked_sub(1).map(|before| quotes[before]);
        let (rule, source) = if floats(parts, quote, before) {
            let paragraph = parts.paragraphs.partition_point(|p| p.end <= quote.first);
            let before = parts.paragraphs[paragraph - 1];
            let end = attributions[..told].partition_point(|a| a.place(pieces).0 < quote.first);
            let near = attributions[..end].iter().rev().take(LONGEST_SEARCH);
            let near = near.take_while(|a| a.place(pieces).0 >= before.first).filter(|a| a.source.is_some());
            let heard = near.min_by_key(|a| a.kind == Kind::Indirect).and_then(|a| a.source);
            let goes_on = last.filter(|l| l.0 + 1 == paragraph).map(|l| l.1);
            let source = heard.or(goes_on);
            last = source.map(|source| (paragraph, source));
            (Rule::Floating, source)
        } else if let Some(before) = narrated(parts, quote) {
            let actor = actor(parts.tagged, clauses, before);
            (if actor.is_some() { Rule::ActionBeat } else { Rule::Unattributed }, actor)
        } else {
            continue;
        };
        pieces.add(quote);
        attributions.add(Attribution {
            kind: Kind::Direct,
            pieces: Stretch::new(pieces.len() - 1, pieces.len()),
            cue: None,
            source,
            addressee: None,
            rule,
            score: FLOATING,
            speaker: None,
            addressed: None,
            grounds: [None, None],
        });
    }
}

/// The sentence before a quotation of whole sentences that follows it in its paragraph.
fn narrated(parts: &Parts, quote: Stretch) -> Option<Stretch> {
    let at = holding(parts.sentences, quote.first as usize)?;
    let (before, own) = (parts.sentences[at.checked_sub(1)?], parts.sentences[at]);
    let paragraph = parts.paragraphs[holding(parts.paragraphs, quote.first as usize)?];
    let last = holding(parts.sentences, quote.end as usize - 1)?;
    let whole = own.first == quote.first && parts.sentences[last].end == quote.end;
    (whole && sentences(parts.tagged, quote) && before.first >= paragraph.first).then_some(before)
}

/// Who acts in the sentence: ***Ruiz** was blunt. “It leaks.”*
fn actor(tagged: &Tagged, clauses: &mut Clauses, sentence: Stretch) -> Option<Mention> {
    let end = sentence.end.min(sentence.first + LONGEST_SENTENCE as u32);
    clauses.read(tagged, Stretch { end, ..sentence });
    let group = clauses.groups.iter().find(|g| g.finite)?;
    let subject = group.subject.filter(|&s| clauses.acts(tagged, s))?;
    let start = clauses.chunks[subject as usize].phrase.tokens.range().start;
    clauses.mention(tagged, start, group.first as usize)
}

/// Whether a quoted stretch is a paragraph of its own, with whole sentences in it, after the first.
fn floats(parts: &Parts, quote: Stretch, before: Option<Stretch>) -> bool {
    let tagged = parts.tagged;
    // headings stand in other marks than speech
    let mark = |q: Stretch| tagged.form(q.first as usize);
    if before.is_some_and(|before| mark(before) != mark(quote)) {
        return false;
    }
    let whole = holding(parts.paragraphs, quote.first as usize)
        .is_some_and(|at| at > 0 && parts.paragraphs[at] == quote);
    whole && sentences(tagged, quote)
}

/// Whether what a quoted stretch holds is no mere word and ends as a sentence does.
fn sentences(tagged: &Tagged, quote: Stretch) -> bool {
    quote.range().len() > 3 && tagged.kind(quote.range().end - 2).ends_sentence()
}
