//! Who speaks in an exchange: all its turns decided at once.

use std::ops::Range;

use once_cell::sync::Lazy;

use crate::dialogue::candidate::{self, CANDIDATE, STEP, step_row};
use crate::dialogue::chain::{Chain, PATTERNS, STATES, Step, Sums};
use crate::dialogue::pattern::Sign;
use crate::dialogue::presence::{ELSE, Lists, Reader};
use crate::dialogue::turn::{Scene, Turns};
use crate::grammar::mention::{Mention, MentionKind};
use crate::grammar::tag::Tagged;
use crate::lexicon::{Gender, Pronoun, Traits};
use crate::model::linear::{Grounds, Model, Row, Seen};
use crate::model::scorer::Scorer;
use crate::people::speaker::People;
use crate::report::addressee;
use crate::report::attribution::{Attribution, Rule};
use crate::report::reading::Kind;
use crate::text::quotation::Quoted;
use crate::text::sentence::Stretch;

/// The fitted models.
#[derive(Debug)]
pub(crate) struct Models {
    pub(crate) candidate: Scorer,
    pub(crate) step: Scorer,
}

pub(crate) static MODELS: Lazy<Models> = Lazy::new(|| {
    let weights = include_str!("../weights/dialogue.tsv");
    let read = |schema| Scorer::new(Model::read(schema, weights));
    Models { candidate: read(&CANDIDATE), step: read(&STEP) }
});

/// The exchange as the decoding sees it, and its memory.
#[derive(Clone, Default, Debug)]
pub(crate) struct Exchange {
    pub(crate) turns: Turns,
    /// A link for each turn.
    pub(crate) chain: Chain,
    /// The rows of the candidates of a turn: those of all turns would be most of what a novel takes.
    rows: Vec<Row>,
    /// For each turn, the candidate that is likeliest by itself, and what it was weighed with.
    likeliest: Vec<(u32, Grounds)>,
    pub(crate) sums: Sums,
    lists: Lists,
    /// It serves one text, so that memory is let go as soon as no later step reads it.
    passing: bool,
}

/// Finds the quotations of a text in the style of dialogue, ascending, and their speakers.
pub(crate) fn read(
    scene: Scene,
    people: &People,
    quoted: &[Quoted],
    exchange: &mut Exchange,
    pieces: &mut Vec<Stretch>,
    attributions: &mut Vec<Attribution>,
    seen: &mut Seen,
) {
    attributions.clear();
    seen.clear();
    let mut reader = exchange.gather(scene, people, quoted, pieces);
    exchange.weigh(&mut reader, seen);
    exchange.chain.marginals(&mut exchange.sums, |_, _, _, _| {});
    if exchange.passing {
        exchange.drop_steps();
    }
    attributions.reserve_exact(exchange.turns.len());
    for at in 0..exchange.turns.len() {
        let turn = exchange.turns.at(at);
        let chosen = exchange.chosen(at);
        let speaker = chosen.map(|c| exchange.chain.who[c]);
        let grounds = chosen.map(|c| exchange.grounds(&mut reader, at, c, seen));
        let row = grounds.map(|grounds| seen.row(grounds));
        let called = reader.vocative(pieces, &turn).filter(|&(_, who)| Some(who) != speaker);
        let called = called.map(|(tokens, who)| {
            let gender = people.speakers[who as usize].gender;
            (Mention::new(tokens, MentionKind::Name, gender, false), Some(who))
        });
        let addressee = called.or_else(|| {
            let told = told(scene.tagged, &turn.tag?)?;
            let before = at.checked_sub(1).and_then(|b| exchange.chosen(b)).map(|c| exchange.chain.who[c]);
            Some((told, addressed(scene.tagged, people, &told, before).filter(|&who| Some(who) != speaker)))
        });
        attributions.push(Attribution {
            kind: Kind::Direct,
            pieces: turn.pieces,
            cue: turn.tag.map(|t| t.verb),
            source: turn.tag.map(|t| t.who),
            addressee: addressee.map(|(mention, _)| mention),
            rule: exchange.rule(at, row.as_ref()),
            score: chosen.map_or(0.0, |c| exchange.sums.marginal[c]),
            speaker,
            addressed: addressee.and_then(|(_, who)| who),
            grounds: [grounds, None],
        });
    }
    exchange.lists = reader.lists;
}

/// Who the tag says was told: *she told **him***, *asked Ruiz **the clerk***, *she said to **the clerk***.
fn told(tagged: &Tagged, tag: &Sign) -> Option<Mention> {
    let at = if tag.inverted { tag.who.tokens().range().end } else { tag.verb.range().end };
    let takes = tag.verb.range().any(|i| tagged.any(i, Traits::TOLD));
    addressee::behind(tagged, at, tagged.tokens.len(), takes)
}

/// Whom the words for the addressee name; a pronoun that fits is whoever spoke `before`.
fn addressed(tagged: &Tagged, people: &People, told: &Mention, before: Option<u32>) -> Option<u32> {
    let named = people.namings_in(Stretch { first: told.tokens().first, end: told.core().end }).first();
    let fits = |who: &u32| {
        let gender = people.speakers[*who as usize].gender;
        let word = tagged.word(told.core().range().start);
        word.pronoun.any(Pronoun::THIRD) && (gender == word.gender || gender == Gender::Unknown)
    };
    named.map(|n| n.speaker).or_else(|| before.filter(fits).filter(|_| told.kind == MentionKind::Pronoun))
}

impl Exchange {
    /// The exchange of one text.
    pub(crate) fn passing() -> Self {
        Exchange { passing: true, ..Exchange::default() }
    }

    /// Lets go what was only needed to find out how likely each candidate is.
    fn drop_steps(&mut self) {
        self.sums.drop_tables();
        self.chain.drop_weights();
    }

    /// Gathers the turns, the `pieces` that they are made of, and who may speak them.
    pub(crate) fn gather<'a>(
        &mut self,
        scene: Scene<'a>,
        people: &'a People,
        quoted: &[Quoted],
        pieces: &mut Vec<Stretch>,
    ) -> Reader<'a> {
        let lists = std::mem::take(&mut self.lists);
        let mut reader = Reader::read(scene, people, quoted, lists, (pieces, &mut self.turns));
        self.chain.clear();
        for at in 0..self.turns.len() {
            candidate::gather(&reader, &self.turns, at, &mut self.chain.who);
            self.chain.first.push(self.chain.who.len() as u32);
        }
        let Chain { first, who, state, .. } = &mut self.chain;
        state.reserve_exact(who.len());
        for after in 1..first.len() {
            let candidates = &who[state.len()..first[after] as usize];
            let seen = |&who: &u32| if after < self.turns.len() { reader.called(after, who) } else { 0 };
            state.extend(candidates.iter().map(seen));
        }
        if self.passing {
            self.turns.drop_room();
            self.chain.who.shrink_to_fit();
            reader.lists.drop_titles();
        }
        reader
    }

    /// The likeliest candidate of a turn; none where its tag names nobody known.
    pub(crate) fn chosen(&self, at: usize) -> Option<usize> {
        let range = self.chain.candidates(at);
        let marginal = &self.sums.marginal;
        let best = |range: Range<usize>| range.max_by(|&a, &b| marginal[a].total_cmp(&marginal[b]));
        let known = best(range.start..range.end - 1);
        match best(range.clone()) {
            Some(top) if self.chain.who[top] == ELSE && self.names_somebody(at) => None,
            _ => known,
        }
    }

    /// Whether the tag of a turn has a name or a noun.
    fn names_somebody(&self, at: usize) -> bool {
        self.turns.at(at).tag.is_some_and(|tag| tag.who.kind != MentionKind::Pronoun)
    }

    /// What tells who speaks.
    fn rule(&self, at: usize, chosen: Option<&Row>) -> Rule {
        let turn = self.turns.at(at);
        let Some(row) = chosen else { return Rule::Unattributed };
        match turn.tag {
            Some(t) if t.who.tokens().first > turn.tokens.first && turn.pieces.range().len() > 1 => {
                Rule::TagInside
            }
            Some(t) if t.who.tokens().first > turn.tokens.first && t.inverted => Rule::QuoteVerbSubject,
            Some(t) if t.who.tokens().first > turn.tokens.first => Rule::QuoteSubjectVerb,
            Some(t) if t.inverted => Rule::VerbSubjectQuote,
            Some(_) => Rule::SubjectVerbQuote,
            None if candidate::acts(row) => Rule::ActionBeat,
            None => Rule::TurnTaking,
        }
    }

    /// The rows of the candidates of a turn, and what the step to the turn has in common for all patterns and states.
    pub(crate) fn rows(&mut self, reader: &mut Reader, at: usize) -> (&[Row], Row) {
        let candidates = &self.chain.who[self.chain.candidates(at)];
        let common = candidate::rows(reader, &self.turns, at, candidates, &mut self.rows);
        (&self.rows, common)
    }

    /// What a candidate of a turn was weighed with.
    fn grounds(&mut self, reader: &mut Reader, at: usize, candidate: usize, seen: &mut Seen) -> Grounds {
        let (likeliest, grounds) = self.likeliest[at];
        if candidate == likeliest as usize {
            return grounds;
        }
        let first = self.chain.candidates(at).start;
        seen.replace(grounds, &self.rows(reader, at).0[candidate - first]);
        grounds
    }

    /// Sets the chain to the weights of the models.
    fn weigh(&mut self, reader: &mut Reader, seen: &mut Seen) {
        let Models { candidate, step } = &*MODELS;
        self.chain.weight.reserve_exact(self.chain.who.len());
        self.chain.step.reserve_exact(self.turns.len());
        self.likeliest.clear();
        self.likeliest.reserve_exact(self.turns.len());
        seen.reserve(&candidate.model, self.turns.len());
        for at in 0..self.turns.len() {
            let common = self.rows(reader, at).1;
            let Exchange { rows, chain: Chain { weight, step: steps, .. }, likeliest, .. } = self;
            let from = weight.len();
            weight.extend(rows.iter().map(|row| candidate.score(row)));
            let weights = &mut weight[from..];
            let most = weights.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            weights.iter_mut().for_each(|w| *w = (*w - most).max(-30.0).exp());
            let top = top(weights);
            likeliest.push(((from + top) as u32, seen.keep(&candidate.model, &rows[top])));
            let mut weights: Step = [[0.0; STATES]; PATTERNS];
            for (p, states) in weights.iter_mut().enumerate() {
                for (s, weight) in states.iter_mut().enumerate() {
                    *weight = step.score(&step_row(&common, p, s)).clamp(-20.0, 20.0).exp();
                }
            }
            steps.push(weights);
        }
    }
}

/// The first of the highest weights.
fn top(weights: &[f32]) -> usize {
    (0..weights.len()).rev().max_by(|&a, &b| weights[a].total_cmp(&weights[b])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        assert_eq!(
            MODELS.candidate.model.write() + &MODELS.step.model.write(),
            include_str!("../weights/dialogue.tsv")
        );
    }
}
