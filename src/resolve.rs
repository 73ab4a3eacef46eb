//! Who the sources and addressees of a report stand for.
//!
//! In the order of the text: names by what they name, *who* by what stands before it, *she* by who was spoken of and
//! who spoke, *the minister* by who was called one. What nobody fits stays without a name.

use crate::attribution::{Attribution, Rule};
use crate::lexicon::{Gender, Pronoun, Tag, Traits};
use crate::mention::{Mention, MentionKind};
use crate::sentence::{Stretch, holding};
use crate::speaker::{Naming, People, Speaker};
use crate::tag::Tagged;
use crate::token::{Shape, TokenKind};

/// How many namings before a pronoun are looked at for whom it stands for.
const NEAR: usize = 40;

/// How many sentences before a pronoun its antecedent may stand.
const FAR: usize = 12;

/// How many sentences count as one that who spoke last is nearer than who was only spoken of.
const SPOKE: i32 = 6;

/// What whoever holds the highest office of a nation is called, whatever the office: *the Russian leader*.
const LEADER: &str = "leader";

/// Gives the sources and addressees of the attributions their speakers.
pub(crate) fn read(
    tagged: &Tagged,
    sentences: &[Stretch],
    people: &mut People,
    pieces: &[Stretch],
    attributions: &mut [Attribution],
) {
    let mut spoke: Option<Turn> = None;
    for attribution in attributions {
        let place = Place { tagged, sentences, people: &*people, spoke };
        let addressed = attribution.addressee.map(|m| (m, place.named(m)));
        let barred = addressed.and_then(|(_, who)| who);
        let source = attribution.source;
        if attribution.rule == Rule::Floating {
            let at = pieces[attribution.pieces.range().start].range().start;
            attribution.speaker = place.floating(at);
        }
        let who = source.and_then(|m| place.named(m).or_else(|| place.referred(m, barred)));
        let told = addressed.and_then(|(m, named)| named.or_else(|| place.referred(m, who)));
        attribution.speaker =
            attribution.speaker.or(source.map(|m| who.unwrap_or_else(|| people.nameless(tagged, m))));
        attribution.addressed =
            attribution.addressee.map(|m| told.unwrap_or_else(|| people.nameless(tagged, m)));
        if let (Some(source), Some(speaker)) = (source, who) {
            spoke = Some(Turn { speaker, at: source.tokens.first as usize });
        }
    }
}

/// Who spoke last, and where it was said.
#[derive(Clone, Copy, Debug)]
struct Turn {
    speaker: u32,
    at: usize,
}

impl People {
    /// Somebody of whom the text gives no name.
    fn nameless(&mut self, tagged: &Tagged, mention: Mention) -> u32 {
        let pronoun = tagged.word(mention.core.range().start);
        let gender = if mention.gender == Gender::Unknown { pronoun.gender } else { mention.gender };
        self.speakers.push(Speaker { name: None, character: None, gender, plural: mention.plural });
        self.speakers.len() as u32 - 1
    }
}

/// What is known when a mention is read.
#[derive(Clone, Copy)]
struct Place<'a> {
    tagged: &'a Tagged<'a>,
    sentences: &'a [Stretch],
    people: &'a People,
    spoke: Option<Turn>,
}

impl Place<'_> {
    /// Whom a mention names, by its head or in an apposition: *the judge, Ana Ruiz*, *Ruiz, a judge*.
    fn named(&self, mention: Mention) -> Option<u32> {
        let inside = self.people.namings_in(mention.tokens);
        let head = mention.core.end;
        let names_head = |n: &&Naming| n.tokens.first < head && head <= n.tokens.end;
        if mention.kind == MentionKind::Name {
            return inside.iter().find(names_head).or(inside.first()).map(|n| n.speaker);
        }
        if mention.kind == MentionKind::Pronoun && self.tagged.is(mention.core.range().start, "who") {
            return self.antecedent(mention);
        }
        let apposed = |n: &&Naming| {
            n.kind == MentionKind::Name && n.tokens.first >= head && self.apposed(n.tokens.range().start)
        };
        let title = |n: &&Naming| n.kind == MentionKind::Name && n.tokens.end == mention.core.end;
        inside.iter().find(title).or_else(|| inside.iter().find(apposed)).map(|n| n.speaker)
    }

    /// A comma stands before, not the preposition of another phrase.
    fn apposed(&self, at: usize) -> bool {
        at > 0 && self.tagged.kind(at - 1) == TokenKind::Comma
    }

    /// Who goes on speaking in a paragraph that says nothing of it.
    fn floating(&self, at: usize) -> Option<u32> {
        self.likeliest(at, None, |s| s.name.is_some() && s.gender != Gender::Neuter && !s.plural)
    }

    /// Whom *who* refers to: what is named right before it.
    fn antecedent(&self, mention: Mention) -> Option<u32> {
        let at = mention.core.first;
        let before = self.people.namings.partition_point(|n| n.tokens.first < at);
        let sentence = holding(self.sentences, at as usize)?;
        let last = self.people.namings[..before].iter().rev().take(NEAR).find(|n| !self.locates(n))?;
        (last.tokens.first >= self.sentences[sentence].first).then_some(last.speaker)
    }

    /// Whom a pronoun or a nominal stands for, if it is not `barred`.
    fn referred(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let at = mention.core.range().start;
        let word = self.tagged.word(at);
        match mention.kind {
            MentionKind::Pronoun => {
                if word.pronoun.any(Pronoun::FIRST) || word.pronoun.any(Pronoun::SECOND) {
                    return None;
                }
                let wanted = if word.gender != Gender::Unknown { word.gender } else { return None };
                self.likeliest(at, barred, |s| agree(wanted, s.gender) && !s.plural)
            }
            MentionKind::Nominal => {
                let exact =
                    self.people.namings_in(mention.tokens).first().filter(|n| n.kind == MentionKind::Nominal);
                let definite = self.tagged.is(at, "the") || self.tagged.any(at, Traits::NATIONALITY);
                match exact {
                    Some(naming) if self.people.speakers[naming.speaker as usize].name.is_some() => {
                        self.known(naming.speaker).or_else(|| self.described(mention, barred))
                    }
                    _ if definite => self.described(mention, barred),
                    _ => None,
                }
            }
            MentionKind::Name => None,
        }
    }

    /// The speaker, where the text names it and does not only describe it.
    fn known(&self, speaker: u32) -> Option<u32> {
        self.people.named.get(speaker as usize).is_some_and(|named| *named).then_some(speaker)
    }

    /// Who was described before by the head of the nominal: *Ana Ruiz, the Greek **minister***, *Mayor Ruiz*.
    fn described(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let head = mention.core.range().end - 1;
        let form = self.tagged.form(head);
        let end = self.people.namings.partition_point(|n| n.tokens.first < mention.tokens.first);
        let before = &self.people.namings[..end];
        let nation = mention.core.range().find(|&i| self.tagged.any(i, Traits::NATIONALITY));
        let role = |n: &Naming| {
            let around = self.around(n);
            let alike = |i: usize| !self.tagged.tokens.has(i, Shape::QUOTED) && self.tagged.is(i, form);
            let nation_fits = nation
                .is_none_or(|nation| around.range().any(|i| self.tagged.is(i, self.tagged.form(nation))));
            let leads = |i: usize| self.tagged.any(i, Traits::TITLE) && !self.tagged.any(i, Traits::COURTESY);
            let leader = nation.is_some() && form.eq_ignore_ascii_case(LEADER) && n.tokens.range().any(leads);
            nation_fits && (around.range().any(alike) || leader)
        };
        let found = before
            .iter()
            .rev()
            .take(4 * NEAR)
            .find(|n| n.kind == MentionKind::Name && Some(n.speaker) != barred && role(n));
        found.map(|n| n.speaker)
    }

    /// The words around a name that may say what its bearer is: those before it in its phrase, and its apposition.
    fn around(&self, naming: &Naming) -> Stretch {
        let limit =
            holding(self.sentences, naming.tokens.range().start).map_or(naming.tokens, |s| self.sentences[s]);
        let inner = |tag: Tag| {
            tag.nominal() || matches!(tag, Tag::Adjective | Tag::Determiner | Tag::Number | Tag::Genitive)
        };
        let mut first = naming.tokens.range().start;
        while first > limit.range().start
            && (inner(self.tagged.tag(first - 1)) || self.tagged.is(first - 1, "of"))
        {
            first -= 1;
        }
        let mut end = naming.tokens.range().end;
        if end < limit.range().end && self.tagged.kind(end) == TokenKind::Comma {
            end += 1;
            let stops =
                |i: usize| self.tagged.kind(i) != TokenKind::Word && self.tagged.kind(i) != TokenKind::Number;
            let apposition = !self.tagged.tag(end.min(limit.range().end - 1)).finite();
            while apposition && end < limit.range().end && !stops(end) {
                end += 1;
            }
        }
        Stretch::new(first, end)
    }

    /// Who of those named before fits best: near, a subject, the one who spoke last.
    fn likeliest(&self, at: usize, barred: Option<u32>, fits: impl Fn(&Speaker) -> bool) -> Option<u32> {
        let here = holding(self.sentences, at).unwrap_or(0) as i32;
        let sentence = |token: usize| holding(self.sentences, token).unwrap_or(0) as i32;
        let open = |speaker: u32| Some(speaker) != barred && fits(&self.people.speakers[speaker as usize]);
        let end = self.people.namings.partition_point(|n| (n.tokens.first as usize) < at);
        let mut best: Option<(i32, u32)> = None;
        let mut offer = |score: i32, speaker: u32| {
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, speaker));
            }
        };
        for naming in self.people.namings[..end].iter().rev().take(NEAR) {
            let token = naming.tokens.range().start;
            let back = here - sentence(token);
            if back > FAR as i32 {
                break;
            }
            let quoted = self.tagged.tokens.has(token, Shape::QUOTED);
            if naming.kind != MentionKind::Name || quoted || self.locates(naming) || !open(naming.speaker) {
                continue;
            }
            let known = self.people.speakers[naming.speaker as usize].gender != Gender::Unknown;
            offer(-4 * back + self.prominence(naming) + 2 * i32::from(known), naming.speaker);
        }
        if let Some(turn) = self.spoke.filter(|turn| open(turn.speaker) && turn.at < at) {
            offer(-4 * (here - sentence(turn.at)) / 2 + SPOKE, turn.speaker);
        }
        best.map(|(_, speaker)| speaker)
    }

    /// Whether the name says where: *at Kalven Bridge*, *an expert from Basel*.
    fn locates(&self, naming: &Naming) -> bool {
        let before = naming.tokens.range().start.checked_sub(1);
        before.is_some_and(|at| ["at", "in", "near", "from"].iter().any(|p| self.tagged.is(at, p)))
    }

    /// Whether the name is the subject of its sentence or hides behind a preposition, a genitive, a relative.
    fn prominence(&self, naming: &Naming) -> i32 {
        let (first, end) = (naming.tokens.range().start, naming.tokens.range().end);
        let opens = holding(self.sentences, first)
            .is_some_and(|s| self.around(naming).first == self.sentences[s].first);
        let before = first.checked_sub(1).map_or(Tag::Punctuation, |i| self.tagged.tag(i));
        let after = if end < self.tagged.tokens.len() { self.tagged.tag(end) } else { Tag::Punctuation };
        let mut score = 0;
        score += if opens { 5 } else { 0 };
        score += if after.finite() { 2 } else { 0 };
        score -= if after == Tag::Genitive { 2 } else { 0 };
        score -= if matches!(before, Tag::Preposition | Tag::Noun | Tag::Possessive) { 2 } else { 0 };
        score
    }
}

/// Whether a pronoun of one gender can stand for somebody of the other.
fn agree(pronoun: Gender, speaker: Gender) -> bool {
    pronoun == speaker || speaker == Gender::Unknown && pronoun != Gender::Neuter
}
