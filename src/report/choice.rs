//! Makes attributions of the readings that are likely enough and go together.

use crate::grammar::mention::{self, Mention};
use crate::grammar::tag::Tagged;
use crate::lexicon::{CueKind, Tag, Traits};
use crate::report::addressee;
use crate::report::attribution::{Attribution, Rule};
use crate::report::company::{self, Scored};
use crate::report::cue::Form;
use crate::report::layout::LayoutKind;
use crate::report::reading::{self, Kind};
use crate::report::script::{self, Script};
use crate::report::search::{Bench, Parts};
use crate::report::threshold::{THRESHOLD, least};
use crate::report::untagged::{self, SENTENCE_WORDS};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// How sure an attribution is that the page sets out.
const SCRIPTED: f32 = 0.9;

/// Makes quotations, ascending by their first piece, of the readings that are likely enough and go together; joins those
/// that go on.
pub(crate) fn read(
    parts: &Parts,
    bench: &mut Bench,
    pieces: &mut Vec<Stretch>,
    attributions: &mut Vec<Attribution>,
) {
    pieces.clear();
    attributions.clear();
    script::read(parts.tagged, parts.paragraphs, parts.quoted, &mut bench.scripted);
    let Bench { readings, told, scripted, quotes, owners, order, joined, .. } = bench;
    // what a cue says of scripted speech, the page says better
    let spoken = |at: u32| script::holding(scripted, at).is_some();
    readings.retain(|r| {
        let within = spoken(r.head()) || r.pieces().any(|p| spoken(p.first));
        r.probability >= least(r) && !within
    });
    company::single_out(parts.tagged, readings);
    // those that have marks in them compete, the likeliest first
    order.clear();
    order.reserve_exact(readings.len());
    let quotes_in = |r: &Scored| r.pieces().any(|p| !within(quotes, p).is_empty());
    order.extend(
        (0..)
            .zip(readings.iter())
            .filter(|(_, r)| r.marked != Kind::Indirect || quotes_in(r))
            .map(|(at, _)| at),
    );
    order.sort_unstable_by(|&a, &b| {
        let [a, b] = [a, b].map(|at: u32| &readings[at as usize]);
        b.probability.total_cmp(&a.probability).then(a.head().cmp(&b.head()))
    });
    owners.clear();
    owners.resize(quotes.len(), None);
    let words = |p: Stretch| p.range().filter(|&at| parts.tagged.kind(at) == TokenKind::Word).count();
    for &index in order.iter() {
        let scored = &mut readings[index as usize];
        // whether what stands in marks has a speaker, and whether a sentence there has none
        let (mut taken, mut sentence) = (false, false);
        for piece in scored.pieces() {
            let stretches = within(quotes, piece);
            taken |= !stretches.is_empty() && stretches.clone().all(|at| owners[at].is_some());
            sentence |=
                stretches.into_iter().any(|at| owners[at].is_none() && words(quotes[at]) >= SENTENCE_WORDS);
        }
        let unlikely = scored.probability < THRESHOLD && scored.marked != Kind::Indirect;
        if scored.marked == Kind::Direct && taken || unlikely && !sentence {
            scored.probability = 0.0;
            continue;
        }
        for piece in scored.pieces() {
            for at in within(quotes, piece) {
                owners[at].get_or_insert(index);
            }
        }
    }
    untagged::join(parts, readings, scripted, quotes, owners, (&mut *order, &mut *joined));
    attributions.reserve_exact(readings.len() + scripted.len());
    for (index, scored) in readings.iter().enumerate().filter(|(_, r)| r.probability > 0.0) {
        let first = pieces.len();
        pieces.extend(scored.pieces());
        let own = joined.partition_point(|&(owner, _)| (owner as usize) < index);
        let own = joined[own..].iter().take_while(|&&(owner, _)| owner as usize == index);
        let whole = pieces.len();
        pieces.extend(own.map(|&(_, piece)| piece));
        let kind = match pieces.len() > whole {
            true => reading::marked(parts.tagged, pieces[first..].iter().copied()),
            false => scored.marked,
        };
        pieces[first..].sort_unstable_by_key(|p| p.first);
        merge(pieces, first);
        attributions.push(Attribution {
            kind,
            pieces: Stretch::new(first, pieces.len()),
            cue: Some(scored.cue()),
            source: scored.source,
            addressee: addressee(parts, scored, told),
            rule: rule(scored, parts.tagged),
            score: scored.probability,
            speaker: None,
            addressed: None,
            grounds: scored.grounds,
        });
    }
    for speech in scripted.iter() {
        let first = pieces.len();
        pieces.push(speech.content);
        attributions.push(Attribution {
            kind: Kind::Direct,
            pieces: Stretch::new(first, pieces.len()),
            cue: Some(speech.cue),
            source: Some(speech.source),
            addressee: None,
            rule: match speech.script {
                Script::Transcript => Rule::Transcript,
                Script::Signature => Rule::Signature,
            },
            score: SCRIPTED,
            speaker: None,
            addressed: None,
            grounds: [None, None],
        });
    }
    attributions.sort_unstable_by_key(|a| a.place(pieces));
    untagged::add(parts, bench, pieces, attributions);
    attributions.sort_unstable_by_key(|a| a.place(pieces));
}

/// Joins pieces from `first` on that overlap.
fn merge(pieces: &mut Vec<Stretch>, first: usize) {
    let mut kept = first;
    for at in first + 1..pieces.len() {
        if pieces[at].first < pieces[kept].end {
            pieces[kept].end = pieces[kept].end.max(pieces[at].end);
        } else {
            kept += 1;
            pieces[kept] = pieces[at];
        }
    }
    pieces.truncate(kept + 1);
}

/// The quoted stretches that lie inside a piece, by their places.
fn within(quotes: &[Stretch], piece: Stretch) -> std::ops::Range<usize> {
    let first = quotes.partition_point(|q| q.first < piece.first);
    let end = quotes.partition_point(|q| q.end <= piece.end);
    first..end.max(first)
}

/// Who is told: the subject, where that is `told`, or by the words around the cue or the name that the speech calls.
fn addressee(parts: &Parts, scored: &Scored, told: &[(u32, Mention)]) -> Option<Mention> {
    let (cue, source, head) = (scored.cue(), scored.source, scored.head());
    let tagged = parts.tagged;
    let subject = told.binary_search_by_key(&head, |&(head, _)| head).ok();
    if subject.is_some() || !scored.verbal {
        return subject.map(|at| told[at].1);
    }
    let sentence = parts.sentences[scored.sentence as usize];
    let takes = tagged.any(head as usize, Traits::TOLD);
    // *urged parents to go*: who is told is part of the content
    if let Some(right) = scored.right().filter(|&r| takes && r == cue.end) {
        let mention = mention::to_the_right(tagged, right as usize, sentence.end as usize)?;
        let next = mention.tokens().end as usize;
        return (next < sentence.end as usize && tagged.tag(next) == Tag::To).then_some(mention);
    }
    let between = source.filter(|m| scored.inverted && m.tokens().first == cue.end);
    let behind = between.map_or(cue.end, |m| m.tokens().end) as usize;
    let limit = scored.right().unwrap_or(sentence.end).min(sentence.end) as usize;
    let opening = || addressee::before(tagged, sentence, source?.tokens());
    let speech = || scored.pieces().filter(|_| scored.marked == Kind::Direct);
    let called = || speech().find_map(|piece| addressee::called(tagged, piece));
    addressee::behind(tagged, behind, limit, takes && between.is_none()).or_else(opening).or_else(called)
}

/// The pattern that a reading follows.
fn rule(reading: &Scored, tagged: &Tagged) -> Rule {
    let quoted = |at: u32| tagged.tokens.has(at as usize, Shape::QUOTED);
    let inverted = reading.inverted;
    match reading.layout {
        _ if reading.form == Form::Phrase => Rule::Phrase,
        LayoutKind::Antecedent => Rule::Relative,
        LayoutKind::Subject if reading.kind == CueKind::Raising => Rule::Sourceless,
        LayoutKind::Subject => Rule::Passive,
        _ if reading.form == Form::Noun => Rule::Noun,
        _ if reading.source.is_none() => Rule::Sourceless,
        LayoutKind::Around => Rule::TagInside,
        LayoutKind::QuoteBefore if inverted => Rule::QuoteVerbSubject,
        LayoutKind::QuoteBefore => Rule::QuoteSubjectVerb,
        LayoutKind::SentenceBefore | LayoutKind::ClauseBefore if inverted => Rule::ContentVerbSubject,
        LayoutKind::SentenceBefore | LayoutKind::ClauseBefore => Rule::ContentSubjectVerb,
        _ if reading.right().is_some_and(quoted) && inverted => Rule::VerbSubjectQuote,
        _ if reading.right().is_some_and(quoted) => Rule::SubjectVerbQuote,
        _ => Rule::SubjectVerbContent,
    }
}
