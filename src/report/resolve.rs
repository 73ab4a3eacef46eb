//! Who the sources and addressees of a report stand for.
//!
//! In the order of the text: names by what they name, *who* by what stands before it, *she* by who was spoken of and
//! who spoke, *the minister* by who was called one, *they* and *the spokesman* by who spoke without a name. What
//! nobody fits stays without a name.

use crate::grammar::clause;
use crate::grammar::mention::{Mention, MentionKind};
use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::lexicon::{Function, Gender, Pronoun, Tag, Traits, WordId};
use crate::people::speaker::{Naming, People, Speaker};
use crate::report::attribution::{Attribution, Rule};
use crate::text::sentence::{Stretch, holding};
use crate::text::token::{Shape, TokenKind};

/// How many namings before a pronoun are looked at for whom it stands for.
const NEAR: usize = 40;

/// How many sentences before a pronoun its antecedent may stand.
const FAR: usize = 12;

/// How many sentences before a noun phrase somebody may have spoken whom it newly describes.
const SOON: i32 = 8;

/// How many sentences count as one that who spoke last is nearer than who was only spoken of.
const SPOKE: i32 = 6;

/// What somebody named in the sentence of a pronoun fits it at most: a known subject right before a verb.
const BEST: i32 = 9;

/// What whoever holds the highest office of a nation is called, whatever the office: *the Russian leader*.
const LEADER: &str = "leader";

/// What one person is called.
const PERSON: Traits = Traits(Traits::ROLE.0 | Traits::KIN.0 | Traits::TITLE.0);

/// How many tokens from a name on its phrase or clause is read.
const REACH: usize = 24;

/// How many of those who spoke before are asked whether a mention is one of them.
const TURNS: usize = 12;

/// Gives the sources and addressees of the attributions their speakers; `turns` is memory to use again.
pub(crate) fn read(
    tagged: &Tagged,
    sentences: &[Stretch],
    people: &mut People,
    turns: &mut Vec<Turn>,
    pieces: &[Stretch],
    attributions: &mut [Attribution],
) {
    turns.clear();
    for attribution in attributions {
        let place = Place { tagged, sentences, people: &*people, turns };
        let addressed = attribution.addressee.map(|m| (m, place.named(m)));
        let barred = addressed.and_then(|(_, who)| who);
        let source = attribution.source;
        if attribution.rule == Rule::Floating && source.is_none() {
            let at = pieces[attribution.pieces.range().start].range().start;
            attribution.speaker = place.floating(at);
        }
        let who = source.and_then(|m| place.spoken(m, barred));
        let told = addressed.and_then(|(m, named)| named.or_else(|| place.referred(m, who)));
        attribution.speaker =
            attribution.speaker.or(source.map(|m| who.unwrap_or_else(|| people.nameless(tagged, m))));
        attribution.addressed =
            attribution.addressee.map(|m| told.unwrap_or_else(|| people.nameless(tagged, m)));
        if let (Some(mention), Some(speaker)) = (source, attribution.speaker) {
            turns.add(Turn { speaker, mention });
        }
    }
}

/// Who spoke, and in which words the text says so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    speaker: u32,
    mention: Mention,
}

impl People {
    /// Somebody of whom the text gives no name.
    fn nameless(&mut self, tagged: &Tagged, mention: Mention) -> u32 {
        let pronoun = tagged.word(mention.core().range().start);
        let head = mention.core().range().end - 1;
        let thing = Traits(Traits::BODY.0 | Traits::ORGANISATION.0 | Traits::DOCUMENT.0);
        let gender = match mention.gender {
            Gender::Unknown if mention.kind == MentionKind::Pronoun => pronoun.gender,
            Gender::Unknown if tagged.any(head, thing) && !tagged.any(head, Traits::ROLE) => Gender::Neuter,
            gender => gender,
        };
        self.speakers.push(Speaker::nameless(gender, mention.plural));
        self.speakers.len() as u32 - 1
    }
}

/// What is known when a mention is read.
#[derive(Clone, Copy)]
struct Place<'a> {
    tagged: &'a Tagged<'a>,
    sentences: &'a [Stretch],
    people: &'a People,
    /// Who spoke before, in the order of the text.
    turns: &'a [Turn],
}

impl Place<'_> {
    /// Whom a source stands for, if it is not `barred`. Two cues may share one, as they are or as *who*: *Ruiz laughed
    /// and said …*, *the mayor, **who** called it …, declined to …*
    fn spoken(&self, source: Mention, barred: Option<u32>) -> Option<u32> {
        let same = |turn: &&Turn| {
            let (one, other) = (turn.mention.tokens(), source.tokens());
            one.first == other.first
                || self.relative(turn.mention) && reaches(other, one.first)
                || self.relative(source) && reaches(one, other.first)
        };
        let shared = self.latest().find(same);
        let shared = shared.map(|turn| turn.speaker).filter(|&speaker| Some(speaker) != barred);
        shared.or_else(|| self.named(source)).or_else(|| self.referred(source, barred))
    }

    /// Those who spoke before, the latest first.
    fn latest(&self) -> impl Iterator<Item = &Turn> {
        self.turns.iter().rev().take(TURNS)
    }

    /// Whom a mention names, by its head or in an apposition: *the judge, Ana Ruiz*, *Ruiz, a judge*.
    fn named(&self, mention: Mention) -> Option<u32> {
        let inside = self.people.namings_in(mention.tokens());
        let head = mention.core().end;
        let names_head = |n: &&Naming| n.tokens().first < head && head <= n.tokens().end;
        if mention.kind == MentionKind::Name {
            return inside.iter().find(names_head).or(inside.first()).map(|n| n.speaker);
        }
        if self.relative(mention) {
            return self.antecedent(mention);
        }
        // *its head, retired judge **Ana Ruiz***
        let apposed = |n: &&Naming| {
            let phrase = || self.phrase_before(n.tokens().range().start, mention.tokens());
            n.kind == MentionKind::Name && n.tokens().first >= head && self.apposed(phrase())
        };
        let title = |n: &&Naming| n.kind == MentionKind::Name && n.tokens().end == mention.core().end;
        let document = self.tagged.any(head as usize - 1, Traits::DOCUMENT);
        // *the memo, **which** was leaked by Ruiz*, is not hers
        let apart = |n: &Naming| {
            let before = mention.core().range().end..n.tokens().range().start;
            before.into_iter().any(|at| self.tagged.tag(at) == Tag::WhPronoun)
        };
        let author = |n: &&Naming| {
            document && n.tokens().first >= head && self.authors(n.tokens().range().start) && !apart(n)
        };
        let named = inside.iter().find(title).or_else(|| inside.iter().find(apposed));
        named.or_else(|| inside.iter().find(author)).map(|n| n.speaker)
    }

    /// Whether a mention is *who* or *which*.
    fn relative(&self, mention: Mention) -> bool {
        self.tagged.tag(mention.core().range().start) == Tag::WhPronoun
    }

    /// *from* or *by* stands before a name, which says whose a document is: *data from the Tagus Institute*.
    fn authors(&self, at: usize) -> bool {
        let before = self.before_article(at);
        before.is_some_and(|at| matches!(self.tagged.function(at), Function::From | Function::By))
    }

    /// A comma stands before, not the preposition of another phrase.
    fn apposed(&self, at: usize) -> bool {
        at > 0 && self.tagged.kind(at - 1) == TokenKind::Comma
    }

    /// The token before one and its article.
    fn before_article(&self, at: usize) -> Option<usize> {
        let article = at.checked_sub(1).is_some_and(|before| self.tagged.tag(before) == Tag::Determiner);
        at.checked_sub(1 + usize::from(article))
    }

    /// Who goes on speaking in a paragraph that says nothing of it.
    fn floating(&self, at: usize) -> Option<u32> {
        self.likeliest(at, None, |s| s.is_named() && s.gender != Gender::Neuter && !s.plural)
    }

    /// Whom *who* refers to: what is named right before it.
    fn antecedent(&self, mention: Mention) -> Option<u32> {
        let at = mention.core().first;
        let sentence = holding(self.sentences, at as usize)?;
        // *Ana Ruiz (**Ind**), who …*
        let bracketed = |n: &Naming| {
            let before = n.tokens().range().start.checked_sub(1);
            before.is_some_and(|before| self.tagged.kind(before) == TokenKind::Opening)
        };
        let mut namings = self.namings_before(at as usize).take(NEAR);
        let last = namings.find(|n| !self.locates(n) && !bracketed(n))?;
        (last.tokens().first >= self.sentences[sentence].first).then_some(last.speaker)
    }

    /// Whom a pronoun or a nominal stands for, if it is not `barred`.
    fn referred(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let at = mention.core().range().start;
        let word = self.tagged.word(at);
        if self.joined(mention) {
            return None;
        }
        match mention.kind {
            MentionKind::Pronoun => {
                let speaking = Pronoun(Pronoun::FIRST.0 | Pronoun::SECOND.0);
                if word.pronoun.any(speaking) || self.relative(mention) {
                    return None;
                }
                match word.gender {
                    Gender::Unknown => self.several(at, barred).filter(|_| mention.plural),
                    Gender::Neuter => self.thing(at, barred),
                    gender => self.likeliest(at, barred, |s| agree(gender, s.gender) && !s.plural),
                }
            }
            MentionKind::Nominal => {
                let exact = self
                    .people
                    .namings_in(mention.tokens())
                    .first()
                    .filter(|n| n.kind == MentionKind::Nominal);
                let named = exact.and_then(|naming| self.known(naming.speaker));
                let definite = self.tagged.is(at, "the") || self.tagged.any(at, Traits::NATIONALITY);
                let may_describe = definite || exact.is_some();
                named.or_else(|| may_describe.then(|| self.described(mention, barred)).flatten())
            }
            // *the Greek*
            MentionKind::Name if self.tagged.any(mention.core().range().start, Traits::NATIONALITY) => {
                self.described(mention, barred)
            }
            MentionKind::Name => self.labelled(mention, barred),
        }
    }

    /// Whether a mention is a pronoun with another phrase, and so nobody alone: *she **and her son***.
    fn joined(&self, mention: Mention) -> bool {
        let end = mention.core().end;
        mention.kind == MentionKind::Pronoun
            && end < mention.tokens().end
            && self.tagged.function(end as usize) == Function::And
    }

    /// Who was called the same before, though it is nobody’s name: ***Q:** Why now?*, *Juror No. 7*.
    fn labelled(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let words = |m: Mention| (m.tokens().first..m.core().end).map(|at| self.tagged.form(at as usize));
        let same = |turn: &&Turn| {
            turn.mention.kind == MentionKind::Name
                && Some(turn.speaker) != barred
                && words(turn.mention).eq(words(mention))
        };
        self.latest().find(same).map(|turn| turn.speaker)
    }

    /// Who *they* are: the last of those who spoke that are several.
    fn several(&self, at: usize, barred: Option<u32>) -> Option<u32> {
        let plural = |turn: &&Turn| {
            let several = turn.mention.plural || self.people.speakers[turn.speaker as usize].plural;
            Some(turn.speaker) != barred && several
        };
        let near = |turn: &&Turn| self.sentences_back(turn.mention.tokens().range().start, at) <= FAR as i32;
        let spoke = self.latest().find(plural).filter(near);
        match self.body_ahead(at) {
            Some(body) if spoke.is_none_or(|turn| turn.mention.tokens().end <= body) => self.body_at(body),
            _ => spoke.map(|turn| turn.speaker),
        }
    }

    /// What *it* is: the body of which the sentence before speaks, or the likeliest with a name.
    fn thing(&self, at: usize, barred: Option<u32>) -> Option<u32> {
        let likeliest = || self.likeliest(at, barred, |s| s.gender == Gender::Neuter && !s.plural);
        let Some(head) = self.body_ahead(at) else { return likeliest() };
        let head = head as usize;
        let spoke = self.latest().find(|turn| turn.mention.core().contains(head)).map(|turn| turn.speaker);
        let common = self.tagged.tag(head) != Tag::Name && !self.tagged.any(head, Traits::ANY_BODY);
        spoke.or_else(|| self.body_at(head as u32)).or_else(|| if common { None } else { likeliest() })
    }

    /// The head of the body that is the subject of the sentence before: *The **mill** closed. They said it was old.*
    fn body_ahead(&self, at: usize) -> Option<u32> {
        let before = self.sentence(at).checked_sub(1)?;
        let words = self.sentences[before].range().take(REACH);
        let subject = words
            .take_while(|&at| !self.tagged.tag(at).finite() && !self.tagged.tokens.has(at, Shape::QUOTED));
        let head = subject.filter(|&at| self.tagged.tag(at).nominal()).last()?;
        let body = Traits(Traits::BODY.0 | Traits::ORGANISATION.0);
        let neuter = |s: u32| self.people.speakers[s as usize].gender == Gender::Neuter;
        let named = || self.body_at(head as u32).is_some_and(neuter);
        (self.tagged.any(head, body) || named()).then_some(head as u32)
    }

    /// The body that is named by a phrase with that head, if it has a name.
    fn body_at(&self, head: u32) -> Option<u32> {
        let holds = |n: &&Naming| n.tokens().contains(head as usize);
        self.namings_before(head as usize + 1).take(NEAR).find(holds).map(|n| n.speaker)
    }

    /// The names and nominals before a token, the last first.
    fn namings_before(&self, at: usize) -> impl Iterator<Item = &Naming> + Clone {
        let end = self.people.namings.partition_point(|n| (n.tokens().first as usize) < at);
        self.people.namings[..end].iter().rev()
    }

    /// How many sentences one token stands before another.
    fn sentences_back(&self, before: usize, at: usize) -> i32 {
        self.sentence(at) as i32 - self.sentence(before) as i32
    }

    /// Which sentence holds a token.
    fn sentence(&self, token: usize) -> usize {
        holding(self.sentences, token).unwrap_or(0)
    }

    /// The speaker, where the text names it and does not only describe it.
    fn known(&self, speaker: u32) -> Option<u32> {
        self.people.named.get(speaker as usize).is_some_and(|named| *named).then_some(speaker)
    }

    /// Whom a noun phrase stands for: who was called so before, in a description or as one who spoke without a name.
    fn described(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let head = mention.core().range().end - 1;
        let names = self.namings_before(mention.tokens().range().start).take(4 * NEAR);
        let mut names = names.filter(|n| n.kind == MentionKind::Name && Some(n.speaker) != barred);
        let called = |turn: &&Turn| {
            let word = turn.mention.core().range().end - 1;
            turn.mention.kind == MentionKind::Nominal
                && Some(turn.speaker) != barred
                && self.tagged.is(word, self.tagged.form(head))
        };
        let turn = self.latest().find(called).map(|turn| (turn.mention.tokens().first, turn.speaker));
        let name = names.clone().find(|n| self.has_role(n, mention)).map(|n| (n.tokens().first, n.speaker));
        let agent = || names.find(|n| self.does(n, head)).map(|n| n.speaker);
        let told = turn.max(name).map(|(_, speaker)| speaker);
        told.or_else(|| self.body(mention, barred)).or_else(agent).or_else(|| self.newcomer(mention, barred))
    }

    /// Who spoke last, where nobody was named since and no word has told what he is: *the striker* may be the word.
    fn newcomer(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let at = mention.core().range().start;
        let head = mention.core().range().end - 1;
        let other = Traits(Traits::BODY.0 | Traits::DOCUMENT.0 | Traits::PEOPLE.0 | Traits::TIME.0);
        if mention.plural || mention.kind != MentionKind::Nominal || self.tagged.any(head, other) {
            return None;
        }
        let turn = self.latest().next().filter(|turn| Some(turn.speaker) != barred)?;
        let speaker = &self.people.speakers[turn.speaker as usize];
        let fits = speaker.is_named()
            && !speaker.plural
            && (agree(speaker.gender, mention.gender) || agree(mention.gender, speaker.gender));
        let near = self.sentences_back(turn.mention.tokens().range().start, at) <= SOON;
        let namings = self.namings_before(at).take(4 * NEAR);
        let others = |n: &Naming| {
            n.speaker != turn.speaker
                && self.people.speakers[n.speaker as usize].gender != Gender::Neuter
                && !self.tagged.tokens.has(n.tokens().range().start, Shape::QUOTED)
                && !self.locates(n)
        };
        let between =
            namings.clone().take_while(|n| n.tokens().first >= turn.mention.tokens().end).any(others);
        let told = |at: usize| self.tagged.any(at, PERSON) && !self.tagged.any(at, Traits::COURTESY);
        let introduced = |n: &Naming| {
            n.speaker == turn.speaker
                && (self.around(n).range().any(told) || self.before_apposition(n).range().any(told))
        };
        // *the retired vet*, *the former teacher*: what somebody was is no second office
        let life = |at: usize| self.tagged.is(at, "retired") || self.tagged.is(at, "former");
        let once = mention.core().range().any(life);
        // *the father **of two***
        let of = head + 2 < self.tagged.tokens.len() && self.tagged.function(head + 1) == Function::Of;
        let parent = of && self.tagged.any(head, Traits::KIN) && self.tagged.tag(head + 2) == Tag::Number;
        let other_office = !once && !parent && namings.into_iter().any(introduced);
        (fits && near && !between && !other_office).then_some(turn.speaker)
    }

    /// Whether a name is said to be what a noun phrase calls somebody: *Ana Ruiz, the Greek **minister***, *Mayor
    /// Ruiz*, *Ana Ruiz, 29* for *the 29-year-old*.
    fn has_role(&self, naming: &Naming, mention: Mention) -> bool {
        let head = mention.core().range().end - 1;
        let form = self.tagged.form(head);
        if let Some(age) = form.strip_suffix("-year-old") {
            let after = naming.tokens().range().end;
            return after + 1 < self.tagged.tokens.len()
                && self.tagged.kind(after) == TokenKind::Comma
                && self.tagged.is(after + 1, age);
        }
        let leading = form.eq_ignore_ascii_case(LEADER);
        if !leading && !self.may_be_called(naming, self.tagged.tokens.word[head]) {
            return false;
        }
        let nation = mention.core().range().find(|&i| self.tagged.any(i, Traits::NATIONALITY));
        let stretches = [self.around(naming), self.before_apposition(naming)];
        let around = stretches.into_iter().flat_map(Stretch::range);
        let short = |i: usize| self.short_for(i, self.tagged.tokens.word[head]);
        // the *trust’s* secretary is no trust
        let owns = |i: usize| self.tagged.tags.get(i + 1) == Some(&Tag::Genitive);
        // the ***district** attorney* is no district
        let modifies = |i: usize| {
            let (next, nation) = (i + 1, self.tagged.any(i, Traits::NATIONALITY));
            let office = |at: usize| self.tagged.any(at, PERSON) && !self.tagged.any(at, Traits::GIVEN_NAME);
            !nation && next < self.tagged.tokens.len() && office(next)
        };
        let alike = |i: usize| {
            let called = self.tagged.is(i, form) && !owns(i) && !modifies(i) && !self.ruled_by_of(i);
            (called || short(i)) && !self.tagged.tokens.has(i, Shape::QUOTED)
        };
        let leads = |i: usize| self.tagged.any(i, Traits::TITLE) && !self.tagged.any(i, Traits::COURTESY);
        let leader = nation.is_some() && leading && naming.tokens().range().any(leads);
        // *the Russian leader* leads Russia
        let nation_fits = |nation: usize| {
            let place = self.tagged.word(nation).lemma;
            let of = |i: usize| place != WordId::default() && self.tagged.tokens.word[i] == place;
            let lies = naming.tokens().range().end..self.ruled(naming);
            around.clone().chain(lies).any(|i| self.tagged.is(i, self.tagged.form(nation)) || of(i))
        };
        let titled = || naming.tokens().range().any(short);
        (leader || around.clone().any(alike) || titled()) && nation.is_none_or(nation_fits)
    }

    /// Whether *of* rules the noun at a token: the leader of the ***council*** is no council.
    fn ruled_by_of(&self, noun: usize) -> bool {
        let inner = |tag: Tag| tag.nominal() || matches!(tag, Tag::Determiner | Tag::Adjective | Tag::Number);
        let before = (0..noun).rev().take(REACH).find(|&at| !inner(self.tagged.tag(at)));
        before.is_some_and(|at| self.tagged.function(at) == Function::Of)
    }

    /// Whether a word stands so near a name that what its bearer is called may hold it.
    fn may_be_called(&self, naming: &Naming, word: WordId) -> bool {
        let words = &self.tagged.tokens.word;
        let (first, end) = (naming.tokens().range().start, naming.tokens().range().end);
        let near = &words[first.saturating_sub(REACH + 1)..words.len().min(end + REACH + 1)];
        // it does not stop where it is found, so that many words are compared at once
        let alike =
            word == WordId::default() || near.iter().fold(false, |found, &other| found | (other == word));
        alike || naming.tokens().range().any(|at| self.short_for(at, word))
    }

    /// Whether a title is short for a word: *Gov.* for *governor*.
    fn short_for(&self, at: usize, word: WordId) -> bool {
        word != WordId::default() && self.tagged.any(at, Traits::TITLE) && self.tagged.word(at).lemma == word
    }

    /// Whether somebody is said to do what a noun says one does: *Brandt drives a bus* for *the driver*.
    fn does(&self, naming: &Naming, head: usize) -> bool {
        let form = self.tagged.form(head);
        let stem = form.strip_suffix("er").or_else(|| form.strip_suffix("or"));
        let Some(stem) = stem.filter(|stem| stem.len() >= 4) else { return false };
        let after = naming.tokens().range().end;
        let end = holding(self.sentences, after - 1).map_or(after, |s| self.sentences[s].range().end);
        (after..end.min(after + REACH))
            .any(|at| self.tagged.tag(at).verb() && self.tagged.form(at).starts_with(stem))
    }

    /// The body named before that *the company* is, whatever its name.
    fn body(&self, mention: Mention, barred: Option<u32>) -> Option<u32> {
        let head = mention.core().range().end - 1;
        let any = self.tagged.any(head, Traits::ANY_BODY) && !mention.plural;
        let named = |s: &Speaker| s.gender == Gender::Neuter && s.is_named();
        any.then(|| self.likeliest(mention.core().range().start, barred, named)).flatten()
    }

    /// The words around a name that may say what its bearer is: those before it in its phrase, and its apposition.
    fn around(&self, naming: &Naming) -> Stretch {
        let limit = self.sentence_of(naming);
        let first = self.phrase_before(naming.tokens().range().start, limit);
        let mut end = naming.tokens().range().end;
        if end < limit.range().end && self.tagged.kind(end) == TokenKind::Comma {
            end += 1;
            let stops =
                |i: usize| self.tagged.kind(i) != TokenKind::Word && self.tagged.kind(i) != TokenKind::Number;
            let longest = end + REACH;
            // *seen by the Echo, the mayor **wrote***
            let plain = |&at: &usize| !stops(at) && self.tagged.tag(at) != Tag::WhPronoun;
            let mut plain = (end..limit.range().end.min(longest)).take_while(plain);
            let apposition = !plain.any(|at| self.tagged.tag(at).finite());
            while apposition && end < limit.range().end.min(longest) && !stops(end) {
                end += 1;
            }
        }
        Stretch::new(first, end)
    }

    /// The end of what *of* says behind a name: *President Ana Ruiz **of Norway***.
    fn ruled(&self, naming: &Naming) -> usize {
        let end = naming.tokens().range().end;
        let of = end + 1 < self.sentence_of(naming).range().end && self.tagged.function(end) == Function::Of;
        end + 2 * usize::from(of)
    }

    /// The phrase to which a name between commas is the apposition: *his deputy*, Shirin Brandt, …
    fn before_apposition(&self, naming: &Naming) -> Stretch {
        let at = naming.tokens().range().start;
        if !self.apposed(at) {
            return Stretch::default();
        }
        let limit = self.sentence_of(naming);
        if at <= limit.range().start {
            return Stretch::default();
        }
        let first = self.phrase_before(at - 1, limit);
        let owned = first > limit.range().start && self.tagged.tag(first - 1) == Tag::Possessive;
        if owned || self.tagged.tag(first) == Tag::Determiner {
            Stretch::new(first, at - 1)
        } else {
            Stretch::default()
        }
    }

    /// Whether a name is the apposition to the phrase with which its sentence begins: *His deputy, **Ana Ruiz**, …*
    fn opening_apposition(&self, naming: &Naming, sentence: u32) -> bool {
        let phrase = self.before_apposition(naming);
        let first = phrase.range().start;
        // the owner is part of the phrase
        phrase != Stretch::default() && (sentence..=sentence + 1).contains(&(first as u32))
    }

    /// Where the noun phrase begins of which the words before a token are part.
    fn phrase_before(&self, end: usize, limit: Stretch) -> usize {
        let inner = |at: usize| {
            let tag = self.tagged.tag(at);
            tag.nominal()
                || matches!(
                    tag,
                    Tag::Adjective | Tag::Determiner | Tag::Number | Tag::Genitive | Tag::Participle
                )
                || at + 1 < end && self.tagged.is(at, "of")
        };
        (limit.range().start..end).rev().take(REACH).take_while(|&at| inner(at)).last().unwrap_or(end)
    }

    fn sentence_of(&self, naming: &Naming) -> Stretch {
        holding(self.sentences, naming.tokens().range().start).map_or(naming.tokens(), |s| self.sentences[s])
    }

    /// Who of those named before fits best: near, a subject, the one who spoke last.
    fn likeliest(&self, at: usize, barred: Option<u32>, fits: impl Fn(&Speaker) -> bool) -> Option<u32> {
        let open = |speaker: u32| Some(speaker) != barred && fits(&self.people.speakers[speaker as usize]);
        let mut best: Option<(i32, u32)> = None;
        let better = |best: Option<(i32, u32)>, score: i32, speaker: u32| match best {
            Some((most, _)) if most >= score => best,
            _ => Some((score, speaker)),
        };
        let own = self.sentence(at);
        let back = |token: usize| own as i32 - self.sentence(token) as i32;
        let far = self.sentences[own.saturating_sub(FAR)].first;
        for naming in self.namings_before(at).take(NEAR).take_while(|n| n.tokens().first >= far) {
            let token = naming.tokens().range().start;
            let distance = back(token);
            if best.is_some_and(|(score, _)| score >= BEST - 4 * distance) {
                break;
            }
            let quoted = self.tagged.tokens.has(token, Shape::QUOTED);
            if naming.kind != MentionKind::Name
                || quoted
                || !open(naming.speaker)
                || self.locates(naming)
                || self.dates(naming)
                || self.asks(token, at)
            {
                continue;
            }
            let known = self.people.speakers[naming.speaker as usize].gender != Gender::Unknown;
            let score = -4 * distance + self.prominence(naming) + 2 * i32::from(known);
            best = better(best, score, naming.speaker);
        }
        let place = |turn: &Turn| turn.mention.tokens().range().start;
        // those who spoke since the last who has a name, and that one
        for turn in self.latest().filter(|turn| place(turn) < at) {
            let named = self.people.speakers[turn.speaker as usize].is_named();
            if open(turn.speaker) && (named || self.person(turn)) && !self.asks(place(turn), at) {
                best = better(best, -2 * back(place(turn)) + SPOKE, turn.speaker);
            }
            if named {
                break;
            }
        }
        best.map(|(_, speaker)| speaker)
    }

    /// Whether somebody without a name is called something that a pronoun of one can stand for.
    fn person(&self, turn: &Turn) -> bool {
        let called =
            |m: Mention| (m.tokens().first..m.core().end).any(|at| self.tagged.any(at as usize, PERSON));
        let known = self.people.speakers[turn.speaker as usize].gender != Gender::Unknown;
        turn.mention.kind != MentionKind::Pronoun && (known || called(turn.mention))
    }

    /// Whether the name says where: *at Kalven Bridge*, *an expert from Basel*, *Ruiz, 61, of Ash Falls*.
    fn locates(&self, naming: &Naming) -> bool {
        let before = naming.tokens().range().start.checked_sub(1);
        before.is_some_and(|at| match self.tagged.function(at) {
            Function::At | Function::In | Function::Near | Function::From => true,
            Function::Of => self.apposed(at),
            _ => false,
        })
    }

    /// Whether the name stands in a dateline: *BASEL, May 3 – …*
    fn dates(&self, naming: &Naming) -> bool {
        let end = clause::dateline(self.tagged, self.sentence_of(naming));
        end.is_some_and(|end| naming.tokens().range().start < end)
    }

    /// Whether the phrase at a token is the agent of the participle that opens the sentence, whose subject is somebody else:
    /// *Asked by **Ruiz** why, she said …*
    fn asks(&self, phrase: usize, subject: usize) -> bool {
        let first = self.sentences[self.sentence(subject)].range().start;
        let opens = first + usize::from(self.tagged.tag(first) == Tag::Subordinator);
        let by =
            self.before_article(phrase).filter(|&by| by > opens && self.tagged.function(by) == Function::By);
        by.is_some_and(|by| {
            self.tagged.tag(opens) == Tag::Participle
                && (opens + 1..by).all(|at| self.tagged.tag(at) == Tag::Adverb)
        })
    }

    /// Whether the name is the subject of its sentence or hides behind a preposition, a genitive, a relative.
    fn prominence(&self, naming: &Naming) -> i32 {
        let (first, end) = (naming.tokens().range().start, naming.tokens().range().end);
        let opens = holding(self.sentences, first)
            .map(|s| self.sentences[s].first)
            .is_some_and(|s| self.around(naming).first == s || self.opening_apposition(naming, s));
        let before = first.checked_sub(1).map_or(Tag::Punctuation, |i| self.tagged.tag(i));
        let after = if end < self.tagged.tokens.len() { self.tagged.tag(end) } else { Tag::Punctuation };
        let mut score = 0;
        score += if opens { 5 } else { 0 };
        score += if after.finite() { 2 } else { 0 };
        // *Alpina’s* owner, the *Alpina* owner
        score -= if after == Tag::Genitive { 2 } else { 0 };
        score -= if after.nominal() { 6 } else { 0 };
        score -= if matches!(before, Tag::Preposition | Tag::Noun | Tag::Possessive) { 2 } else { 0 };
        score
    }
}

/// Whether *who* at the token may be the one of the phrase: within it, or behind it and a comma.
fn reaches(phrase: Stretch, who: u32) -> bool {
    (phrase.first..=phrase.end + 1).contains(&who)
}

/// Whether a pronoun of one gender can stand for somebody of the other.
fn agree(pronoun: Gender, speaker: Gender) -> bool {
    pronoun == speaker || speaker == Gender::Unknown && pronoun != Gender::Neuter
}

#[cfg(test)]
mod tests {
    /// The speakers of the quotations of a text.
    fn speakers(text: &str) -> Vec<u32> {
        crate::extract(text).quotations().filter_map(|quotation| Some(quotation.speaker()?.id())).collect()
    }

    #[test]
    fn two_cues_of_one_source_have_one_speaker() {
        assert_eq!(
            speakers("A spokesman for the mill called the plan “brutal” and vowed to fight it."),
            [0, 0]
        );
    }

    #[test]
    fn who_spoke_without_a_name_speaks_on() {
        let text = "A spokesman for the mill said that it was closed. The spokesman said that nobody knew.";
        assert_eq!(speakers(text), [0, 0]);
        let text = "Analysts at the bank said that snow was late. “We have sold our coats,” they wrote.";
        assert_eq!(speakers(text), [0, 0]);
        let text = "The report said that costs would rise. It said that nobody knew why.";
        assert_eq!(speakers(text), [0, 0]);
    }

    #[test]
    fn who_is_the_one_whose_clause_it_opens() {
        let text = "The mayor, who called the plan “the worst since the flood,” declined to comment.";
        assert_eq!(speakers(text), [0, 0]);
        let text = "The mill was shut. A juror, who called it “a crime,” said that nobody had been told.";
        assert_eq!(speakers(text), [0, 0]);
    }

    #[test]
    fn who_leaked_a_document_is_not_its_author() {
        let text =
            "The Ashdale Courier said that it was dry. A report by the Ashdale Courier said that it leaked.";
        assert_eq!(speakers(text), [0, 0]);
        let text = "The Ashdale Courier said that it was dry. A report, which was leaked by the Ashdale Courier, said \
                    that it leaked.";
        assert_eq!(speakers(text), [0, 1]);
    }

    #[test]
    fn a_label_stands_for_the_same_one_each_time() {
        let text = "Q: Why now?\n\nA: My wife asked.\n\nQ: And the mill?\n\nA: It stays.";
        assert_eq!(speakers(text), [0, 1, 0, 1]);
    }

    #[test]
    fn a_pronoun_may_stand_for_a_numbered_role() {
        let text =
            "A spokeswoman said that it leaked. Juror No. 4 said that it was dry. “I saw it,” she said.";
        assert_eq!(speakers(text), [0, 1, 1]);
    }
}
