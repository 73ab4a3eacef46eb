//! What is seen of the people around the turns of a conversation: where they are named, called, and said to act.

use std::ops::Range;

use crate::dialogue::pattern::Sign;
use crate::dialogue::turn::{self, Scene, Turn, Turns};
use crate::grammar::clause::Clauses;
use crate::grammar::mention::{Mention, MentionKind};
use crate::grammar::vocative;
use crate::growth::Growth;
use crate::lexicon::{Calling, Function, Gender, Honor, Pronoun, Reply, Tag, Traits};
use crate::named::{Named as _, named};
use crate::people::speaker::{Naming, People};
use crate::text::quotation::Quoted;
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// Somebody who is none of the candidates.
pub(crate) const ELSE: u32 = u32::MAX - 1;

/// A place that names a speaker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    pub(crate) at: u32,
    end: u32,
    pub(crate) speaker: u32,
    pub(crate) quoted: bool,
    pub(crate) vocative: bool,
    pub(crate) subject: bool,
}

named! {
    /// How a sign stands to a candidate.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Fit {
        None = "none",
        /// It names the candidate.
        Named = "named",
        /// It names the candidate by a noun.
        Described = "described",
        /// It names somebody else by a name that the candidate bears too.
        Rival = "rival",
        /// It names somebody else.
        Other = "other",
        /// It names somebody unknown.
        Stranger = "stranger",
        /// A pronoun of the candidate's gender.
        He = "pronoun fits",
        /// A pronoun, the candidate's gender unknown.
        Perhaps = "pronoun perhaps",
        /// A pronoun of the other gender.
        Never = "pronoun never",
        /// A noun of the candidate's gender.
        Noun = "noun fits",
        NounPerhaps = "noun perhaps",
        NounNever = "noun never",
        /// A noun that names somebody else, of the candidate's gender.
        NounElse = "noun else",
        Plural = "plural",
    }
}

pub(crate) const FITS: &[&str] = Fit::NAMES;

/// A speaker has a title where at least one naming in so many gives it.
const HONOR_SHARE: u32 = 8;

/// Reads what is seen of the candidates of a turn.
pub(crate) struct Reader<'a> {
    pub(crate) scene: Scene<'a>,
    pub(crate) people: &'a People,
    pub(crate) lists: Lists,
}

/// What a text is read into on the way, in memory that is used again.
#[derive(Clone, Default, Debug)]
pub(crate) struct Lists {
    pub(crate) named: Vec<Named>,
    pub(crate) frequency: Vec<u8>,
    /// For each speaker, in how many tags.
    pub(crate) speaks: Vec<u32>,
    /// For each turn, whom its tag names.
    pub(crate) tagged_by: Vec<Option<u32>>,
    /// The title that each speaker is named with.
    pub(crate) honors: Vec<u8>,
    /// How often each speaker is named with each of the titles.
    titles: Vec<[u32; Honor::NAMES.len()]>,
    /// The headings and lines of asterisks, by paragraph.
    breaks: Vec<u32>,
    /// First and last actor of a paragraph without quotations before or after a turn.
    pub(crate) clauses: Clauses,
    /// The quoted stretches of a paragraph.
    together: Vec<Quoted>,
    /// Who is named in the speech of the turns, and whether as the one it is for; where those of each turn begin.
    called: Vec<(u32, bool)>,
    called_from: Vec<u32>,
    /// The gender of the one whom the speech of each turn calls sir or madam.
    pub(crate) address: Vec<Option<Gender>>,
    /// How often each speaker is named outside quotations.
    counts: Vec<u32>,
    /// The speakers by that; then those that are named near a turn.
    order: Vec<u32>,
    /// For each speaker, what is seen of it near a turn.
    near: Vec<Near>,
    /// Who is named before a turn.
    pub(crate) before: Before,
}

/// Who is named in the narration before a turn, the last first.
#[derive(Clone, Default, Debug)]
pub(crate) struct Before {
    pub(crate) all: Vec<u32>,
    /// As subjects.
    pub(crate) subjects: Vec<u32>,
    /// Whom the pronoun of its tag fits.
    pub(crate) fitting: Vec<u32>,
    pub(crate) fitting_subjects: Vec<u32>,
    /// Since the turn before.
    pub(crate) since: Vec<u32>,
}

impl Lists {
    /// Lets go what was only needed to find out which titles the speakers have.
    pub(crate) fn drop_titles(&mut self) {
        self.titles = Vec::new();
    }

    /// The place of the first naming at the token or behind it.
    pub(crate) fn naming_from(&self, token: u32) -> usize {
        self.named.partition_point(|n| n.at < token)
    }

    /// The namings among the words.
    fn namings(&self, words: Stretch) -> impl Iterator<Item = &Named> {
        self.named[self.naming_from(words.first)..].iter().take_while(move |n| n.at < words.end)
    }
}

/// What is seen of a speaker in the narration near a turn.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Near {
    /// How often it is named.
    pub(crate) count: u32,
    /// Where it is named last before the turn, one added.
    pub(crate) last: u32,
}

/// How many namings since the turn before are looked at.
const RECENT: usize = 60;

impl<'a> Reader<'a> {
    /// Reads the turns of a conversation, and what is seen of the people around them.
    pub(crate) fn read(
        scene: Scene<'a>,
        people: &'a People,
        quoted: &[Quoted],
        lists: Lists,
        (pieces, turns): (&mut Vec<Stretch>, &mut Turns),
    ) -> Self {
        let mut reader = Reader { scene, people, lists };
        let Lists { clauses, together, .. } = &mut reader.lists;
        turn::read(scene, clauses, quoted, together, pieces, turns);
        reader.tags(turns);
        reader.named();
        reader.honors();
        reader.breaks();
        reader.speech(pieces, turns);
        reader
    }

    /// Whom the tags name.
    fn tags(&mut self, turns: &Turns) {
        self.lists.speaks.clear();
        self.lists.speaks.resize(self.people.speakers.len(), 0);
        self.lists.tagged_by.clear();
        self.lists.tagged_by.reserve_exact(turns.len());
        for turn in turns.iter() {
            let who = turn.tag.and_then(|t| self.named_by(&t.who));
            if let Some(who) = who {
                self.lists.speaks[who as usize] += 1;
            }
            self.lists.tagged_by.push(who);
        }
    }

    /// The turns near a turn.
    pub(crate) fn turns_near(&self, at: usize) -> Range<usize> {
        at.saturating_sub(8)..(at + 5).min(self.lists.tagged_by.len())
    }

    /// How many speakers the tags near a turn name, five at most.
    pub(crate) fn tagged_near(&self, at: usize) -> u8 {
        let near = &self.lists.tagged_by[self.turns_near(at)];
        let first = |&at: &usize| near[at].is_some() && !near[..at].contains(&near[at]);
        (0..near.len()).filter(first).take(5).count() as u8
    }

    /// Whether the speaker may be somebody who speaks untagged.
    fn eligible(&self, who: u32) -> bool {
        let s = &self.people.speakers[who as usize];
        self.lists.speaks[who as usize] > 0
            || s.is_character()
            || Some(who) == self.people.narrator
            || !self.people.speakers[0].is_character() && s.gender != Gender::Neuter
    }

    /// The gender of a candidate.
    pub(crate) fn gender(&self, who: u32) -> Gender {
        if who == ELSE { Gender::Unknown } else { self.people.speakers[who as usize].gender }
    }

    /// How much is known of a candidate: nothing, from the cast, by name and gender, by name, by a noun, that it is no
    /// person.
    pub(crate) fn known(&self, who: u32) -> u8 {
        if who == ELSE {
            return 0;
        }
        let s = &self.people.speakers[who as usize];
        match () {
            () if s.is_character() => 1,
            () if s.gender == Gender::Neuter => 5,
            () if !self.people.named.get(who as usize).is_some_and(|n| *n) => 4,
            () if s.gender == Gender::Unknown => 3,
            () => 2,
        }
    }

    fn named(&mut self) {
        let t = self.scene.tagged;
        self.lists.named.clear();
        for n in &self.people.namings {
            if !self.eligible(n.speaker) {
                continue;
            }
            let r = n.tokens().range();
            let quoted = t.tokens.has(r.start, Shape::QUOTED);
            let after = r.end;
            self.lists.named.add(Named {
                at: r.start as u32,
                end: r.end as u32,
                speaker: n.speaker,
                quoted,
                vocative: quoted && vocative::calls(t, n.tokens()),
                subject: after < t.tokens.len() && (t.tag(after).finite() || t.tag(after) == Tag::Adverb),
            });
        }
        let Lists { named, counts, order, frequency, near, speaks, .. } = &mut self.lists;
        counts.clear();
        counts.resize(self.people.speakers.len(), 0);
        for n in &*named {
            counts[n.speaker as usize] += u32::from(!n.quoted);
        }
        if let Some(n) = self.people.narrator {
            counts[n as usize] += speaks[n as usize];
        }
        order.clear();
        order.extend(0..counts.len() as u32);
        order.sort_unstable_by_key(|&i| (std::cmp::Reverse(counts[i as usize]), i));
        frequency.clear();
        frequency.resize(counts.len(), 5);
        for (rank, &i) in order.iter().enumerate() {
            frequency[i as usize] = match rank {
                0..=3 => rank as u8,
                4..=7 => 4,
                _ => 5,
            };
        }
        near.clear();
        near.resize(counts.len(), Near::default());
    }

    /// Notes who is named and called in the speech of the turns.
    fn speech(&mut self, pieces: &[Stretch], turns: &Turns) {
        let mut lists = std::mem::take(&mut self.lists);
        lists.called.clear();
        lists.called_from.clear();
        lists.address.clear();
        lists.called_from.reserve_exact(turns.len() + 1);
        lists.address.reserve_exact(turns.len());
        for turn in turns.iter() {
            lists.called_from.push(lists.called.len() as u32);
            for piece in &pieces[turn.pieces.range()] {
                let from = lists.naming_from(piece.first);
                let inside = lists.named[from..].iter().take_while(|n| n.at < piece.end);
                lists.called.extend(inside.map(|n| (n.speaker, n.vocative)));
            }
            lists.address.push(self.address(pieces, &turn));
        }
        lists.called_from.push(lists.called.len() as u32);
        self.lists = lists;
    }

    /// Who is named before a turn, in the memory of the lists: among the namings `near` it, which end there, and after
    /// token `since`.
    pub(crate) fn named_before(&mut self, near: Range<usize>, pronoun: Option<Gender>, since: u32) -> Before {
        let mut before = std::mem::take(&mut self.lists.before);
        let Before { all, subjects, fitting, fitting_subjects, since: recent } = &mut before;
        for list in [&mut *all, subjects, fitting, fitting_subjects, recent] {
            list.clear();
        }
        let note = |list: &mut Vec<u32>, who: u32| {
            let new = !list.contains(&who);
            if new {
                list.push(who);
            }
            new
        };
        for n in self.lists.named[near.clone()].iter().rev().filter(|n| !n.quoted) {
            let gender = self.gender(n.speaker);
            let fits = pronoun.is_some_and(|p| p == gender || gender == Gender::Unknown);
            if note(all, n.speaker) && fits {
                fitting.push(n.speaker);
            }
            if n.subject && note(subjects, n.speaker) && fits {
                fitting_subjects.push(n.speaker);
            }
        }
        let behind = self.lists.named[..near.end].iter().rev().take_while(|n| n.at >= since);
        for n in behind.take(RECENT).filter(|n| !n.quoted) {
            note(recent, n.speaker);
        }
        before
    }

    /// Notes of each speaker what the narration names of it among `before` and on to `end`, in place of what was noted.
    pub(crate) fn look_around(&mut self, before: Range<usize>, end: usize) {
        let Lists { near, named, order, .. } = &mut self.lists;
        for who in order.drain(..) {
            near[who as usize] = Near::default();
        }
        let end = end.min(named.len());
        for (at, n) in (before.start..end).zip(&named[before.start..end]).filter(|(_, n)| !n.quoted) {
            let near = &mut near[n.speaker as usize];
            if near.count == 0 {
                order.push(n.speaker);
            }
            near.count += 1;
            if at < before.end {
                near.last = at as u32 + 1;
            }
        }
    }

    /// What is noted of a candidate.
    pub(crate) fn near(&self, who: u32) -> Near {
        self.lists.near.get(who as usize).copied().unwrap_or_default()
    }

    /// Which title each speaker is named with: *Mrs. Brandt*.
    fn honors(&mut self) {
        let t = self.scene.tagged;
        let Lists { honors, titles, .. } = &mut self.lists;
        titles.clear();
        titles.resize(self.people.speakers.len(), [0; Honor::NAMES.len()]);
        for n in &self.people.namings {
            let at = n.tokens().range().start;
            let honor = match t.word(at).honor {
                Honor::None if t.any(at, Traits::TITLE) => Honor::Other,
                honor => honor,
            };
            titles[n.speaker as usize][honor as usize] += 1;
        }
        honors.clear();
        honors.extend(titles.iter().map(|counts| {
            let honor = (1..counts.len()).max_by_key(|&h| counts[h]).unwrap_or_default();
            let given = counts[honor] > 0 && counts[honor] * HONOR_SHARE >= counts.iter().sum();
            if given { honor as u8 } else { 0 }
        }));
    }

    /// Which paragraphs part scenes: short ones without a word in lower case, *XII.*, *CHAPTER THREE*, *\* \* \**.
    fn breaks(&mut self) {
        let t = self.scene.tagged;
        let outside = |at: usize| {
            !t.tokens.has(at, Shape::QUOTED)
                && (t.kind(at) != TokenKind::Word || t.tokens.has(at, Shape::CAPITAL))
        };
        let parts = |p: &Stretch| p.range().len() <= 12 && p.range().all(outside);
        let breaks = (0..).zip(self.scene.paragraphs).filter(|(_, p)| parts(p)).map(|(at, _)| at);
        self.lists.breaks.clear();
        self.lists.breaks.extend(breaks);
    }

    /// The first token of the scene that a paragraph belongs to.
    pub(crate) fn scene_of(&self, paragraph: usize) -> u32 {
        let next = self.lists.breaks.partition_point(|&b| (b as usize) < paragraph);
        next.checked_sub(1).map_or(0, |last| self.scene.paragraphs[self.lists.breaks[last] as usize].first)
    }

    /// The namings from the turn `reach` before to the turn `reach` after.
    pub(crate) fn around(&self, turns: &Turns, at: usize, reach: usize) -> Range<usize> {
        let first = turns.at(at.saturating_sub(reach)).tokens.first;
        let end = turns.at((at + reach).min(turns.len() - 1)).tokens.end;
        self.lists.naming_from(first)..self.lists.naming_from(end)
    }

    /// The words of the sentence that leads up to a turn, but those before token `from`.
    pub(crate) fn lead(&self, turn: &Turn, from: u32) -> Stretch {
        let end = turn.tokens.range().start;
        let sentence = self.scene.sentences.partition_point(|s| (s.end as usize) < end);
        let quoted = end == 0 || self.scene.tagged.tokens.has(end - 1, Shape::QUOTED);
        let first = self.scene.sentences.get(sentence).map_or(end, |s| s.first.max(from) as usize);
        Stretch::new(if quoted { end } else { first.min(end) }, end)
    }

    /// How the words that lead up to a turn name the candidate: as the subject, as the one who is told, otherwise.
    pub(crate) fn led(&self, lead: Stretch, subject: Option<Sign>, who: u32) -> u8 {
        let t = self.scene.tagged;
        let mut found = 0;
        for n in self.lists.namings(lead).filter(|n| n.speaker == who) {
            let told = |at: usize| t.is(at, "to") || t.is(at, "at") || t.any(at, Traits::TOLD);
            found = match () {
                () if subject.is_some_and(|s| s.who.tokens().contains(n.at as usize)) => 1,
                () if n.at > 0 && told(n.at as usize - 1) => 3,
                () if found == 0 => 2,
                () => found,
            };
        }
        found
    }

    /// By which noun the tag calls its speaker: *said her **mother***.
    pub(crate) fn head(&self, tag: &Sign) -> u8 {
        if tag.who.kind != MentionKind::Nominal {
            return 0;
        }
        match self.scene.tagged.word(tag.who.core().range().end - 1).calling {
            Calling::None => Calling::Rest as u8,
            calling => calling as u8,
        }
    }

    /// What names the one that is mentioned.
    pub(crate) fn naming_in(&self, who: &Mention) -> Option<&'_ Naming> {
        match who.kind {
            MentionKind::Pronoun => None,
            MentionKind::Name => self.people.namings_in(who.tokens()).first(),
            MentionKind::Nominal => {
                let head = who.core().range().end - 1;
                self.people.namings_in(who.tokens()).iter().find(|n| n.tokens().contains(head))
            }
        }
    }

    /// Whom the mention names; *I* names the narrator.
    fn named_by(&self, who: &Mention) -> Option<u32> {
        let t = self.scene.tagged;
        let head = who.core().range().start;
        if t.word(head).pronoun.any(Pronoun::FIRST) && !t.is(head, "we") {
            return self.people.narrator;
        }
        self.naming_in(who).map(|n| n.speaker)
    }

    pub(crate) fn fit(&self, who: &Mention, candidate: u32) -> Fit {
        let t = self.scene.tagged;
        let head = who.core().range().start;
        if who.kind == MentionKind::Pronoun {
            let word = t.word(head).pronoun;
            if word.any(Pronoun::FIRST) {
                return match () {
                    () if t.is(head, "we") => Fit::Plural,
                    () if Some(candidate) == self.people.narrator => Fit::Named,
                    () => Fit::Other,
                };
            }
        } else if let Some(naming) = self.naming_in(who) {
            let noun = naming.kind == MentionKind::Nominal;
            if naming.speaker == candidate {
                return if noun { Fit::Described } else { Fit::Named };
            }
            if self.people.rivals(naming).contains(&candidate) {
                return Fit::Rival;
            }
            if !noun {
                return Fit::Other;
            }
            let gender = self.gender(candidate);
            let clash = who.gender != Gender::Unknown && gender != Gender::Unknown && who.gender != gender;
            return if clash { Fit::NounNever } else { Fit::NounElse };
        }
        if who.plural {
            return Fit::Plural;
        }
        let same = match (who.gender, self.gender(candidate)) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => None,
            (a, b) => Some(a == b),
        };
        match (who.kind, same) {
            (MentionKind::Name, _) => Fit::Stranger,
            (MentionKind::Pronoun, None) => Fit::Perhaps,
            (MentionKind::Pronoun, Some(true)) => Fit::He,
            (MentionKind::Pronoun, Some(false)) => Fit::Never,
            (MentionKind::Nominal, None) => Fit::NounPerhaps,
            (MentionKind::Nominal, Some(true)) => Fit::Noun,
            (MentionKind::Nominal, Some(false)) => Fit::NounNever,
        }
    }

    /// Who is called by name in the speech of a turn, and where.
    pub(crate) fn vocative(&self, pieces: &[Stretch], turn: &Turn) -> Option<(Stretch, u32)> {
        pieces[turn.pieces.range()].iter().find_map(|&piece| {
            let called = self.lists.namings(piece).find(|n| n.vocative)?;
            Some((Stretch { first: called.at, end: called.end }, called.speaker))
        })
    }

    /// Whether the speech of a turn names the candidate, and as the one it is for.
    pub(crate) fn called(&self, turn: usize, who: u32) -> u8 {
        let [first, end] = [turn, turn + 1].map(|at| self.lists.called_from[at] as usize);
        let named = self.lists.called[first..end].iter().filter(|(speaker, _)| *speaker == who);
        named.map(|(_, vocative)| 1 + *vocative as u8).max().unwrap_or(0)
    }

    /// The gender of the one whom the speech calls sir or madam.
    fn address(&self, pieces: &[Stretch], turn: &Turn) -> Option<Gender> {
        let tokens = pieces[turn.pieces.range()].iter().flat_map(|piece| piece.range());
        tokens.into_iter().find_map(|at| match self.scene.tagged.function(at) {
            Function::Sir | Function::Monsieur => Some(Gender::Male),
            Function::Madam | Function::Maam | Function::Madame => Some(Gender::Female),
            _ => None,
        })
    }

    /// Where the narration in the paragraph of a turn names the candidate, but as its speaker.
    pub(crate) fn beside(&self, turn: &Turn, who: u32) -> u8 {
        let paragraphs = &self.scene.paragraphs[turn.paragraphs.range()];
        let words = Stretch { first: paragraphs[0].first, end: paragraphs[paragraphs.len() - 1].end };
        let mut found = 0;
        for n in self.lists.namings(words).filter(|n| n.speaker == who && !n.quoted) {
            if turn.tag.is_some_and(|t| t.who.tokens().contains(n.at as usize)) {
                continue;
            }
            let t = self.scene.tagged;
            let told = n.at > 0 && (t.is(n.at as usize - 1, "to") || t.any(n.at as usize - 1, Traits::TOLD));
            found = match () {
                () if told => return 4,
                () if n.at < turn.tokens.first => 1,
                () if n.at < turn.tokens.end => 2,
                () if found == 0 => 3,
                () => found,
            };
        }
        found
    }

    /// How the verb of a tag says that its speech follows what was said before.
    pub(crate) fn reply(&self, tag: &Sign) -> Reply {
        let replies = tag.verb.range().map(|at| self.scene.tagged.word(at).reply);
        replies.filter(|&reply| reply != Reply::None).min().unwrap_or(Reply::Other)
    }

    pub(crate) fn asks(&self, turn: &Turn) -> bool {
        let t = self.scene.tagged;
        let end = turn.tokens.range().end;
        (turn.tokens.range().start..end).rev().take(3).any(|at| t.kind(at) == TokenKind::Question)
    }

    pub(crate) fn broken(&self, turn: &Turn) -> bool {
        let t = self.scene.tagged;
        let end = turn.tokens.range().end;
        (turn.tokens.range().start..end).rev().take(2).any(|at| t.kind(at) == TokenKind::Dash)
    }
}
