//! What a cue is read in: its sentence with the clauses, and what is seen of the words in it.

use std::cell::Cell;

use crate::grammar::clause::{Clauses, Link};
use crate::grammar::mention::{Mention, MentionKind};
use crate::grammar::tag::Tagged;
use crate::lexicon::{Complement, Follows, Function, Tag, Traits};
use crate::named::{Named as _, named};
use crate::report::cue::{Cue, Form};
use crate::report::standing::{Standing, Stands};
use crate::text::sentence::{Stretch, holding};
use crate::text::token::{Shape, TokenKind};

/// A sentence, its clauses, what stands where, and the quoted stretches of the text.
#[derive(Clone, Copy)]
pub(crate) struct Sight<'a> {
    pub(crate) tagged: &'a Tagged<'a>,
    pub(crate) clauses: &'a Clauses,
    pub(crate) standing: &'a Standing,
    pub(crate) cues: &'a [Cue],
    /// The outermost quoted stretches of the text, ascending.
    pub(crate) quotes: &'a [Stretch],
    pub(crate) sentence: Stretch,
    pub(crate) paragraph: Stretch,
    /// The paragraph after it; empty where there is none.
    pub(crate) next_paragraph: Stretch,
    /// The phrase that was read last with all that follows and belongs to it, by its first token.
    pub(crate) whole: &'a Cell<Option<(usize, Option<Mention>)>>,
}

pub(crate) const FORMS: &[&str] = &[
    "past",
    "present",
    "modal",
    "gerund",
    "passive",
    "participle",
    "infinitive",
    "noun",
    "adjective",
    "adverb",
    "phrase",
    "colon",
];

named! {
    /// The values of that field.
    #[repr(u8)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Referent {
        None = "none",
        He = "he",
        They = "they",
        I = "I",
        We = "we",
        It = "it",
        Who = "who",
        Pronoun = "pronoun",
        PersonName = "person name",
        Name = "name",
        Person = "person",
        People = "people",
        Body = "body",
        Document = "document",
        Time = "time",
        Place = "place",
        Nominal = "nominal",
        Plural = "plural",
        Possessive = "possessive",
    }
}

pub(crate) const REFERENTS: &[&str] = Referent::NAMES;

pub(crate) const LINKS: &[&str] =
    &["no", "none", "plain", "resumed", "relative", "embedded", "coordinated", "controlled", "reduced"];

impl Sight<'_> {
    /// The outermost quoted stretch that holds the token.
    pub(crate) fn quote_at(&self, at: usize) -> Option<Stretch> {
        let index = if self.quoted(at) { holding(self.quotes, at) } else { None };
        index.map(|i| self.quotes[i])
    }

    pub(crate) fn quoted(&self, at: usize) -> bool {
        self.tagged.tokens.has(at, Shape::QUOTED)
    }

    /// The first of the tokens that stands in quotation marks.
    pub(crate) fn first_quoted(&self, mut tokens: std::ops::Range<usize>) -> Option<usize> {
        let outside = self.within(&tokens) && !self.standing.quoted(tokens.clone());
        if outside { None } else { tokens.find(|&at| self.quoted(at)) }
    }

    /// Whether the sentence holds the tokens.
    pub(crate) fn within(&self, tokens: &std::ops::Range<usize>) -> bool {
        self.sentence.range().start <= tokens.start && tokens.end <= self.sentence.range().end
    }

    /// The mention that begins at the token, with all that follows and belongs to it.
    pub(crate) fn whole(&self, at: usize) -> Option<Mention> {
        match self.whole.get() {
            Some((last, whole)) if last == at => whole,
            _ => {
                let whole = self.clauses.mention(self.tagged, at, self.sentence.end as usize);
                self.whole.set(Some((at, whole)));
                whole
            }
        }
    }

    /// What stands at a token of the sentence.
    pub(crate) fn stands(&self, at: usize) -> Stands {
        self.standing.at(at)
    }

    /// What stands before a token of the sentence, closing marks seen.
    pub(crate) fn stands_before(&self, at: usize) -> Stands {
        if at <= self.sentence.first as usize { Stands::End } else { self.stands(at - 1) }
    }

    pub(crate) fn referent(&self, mention: Option<&Mention>) -> Referent {
        mention.map_or(Referent::None, |m| self.referent_of(m.kind, m.core(), m.tokens().first))
    }

    /// The same of what begins at the token and has the core.
    pub(crate) fn referent_of(&self, kind: MentionKind, core: Stretch, first: u32) -> Referent {
        let t = self.tagged;
        let head = core.end as usize - 1;
        match kind {
            MentionKind::Pronoun => match t.function(head) {
                Function::He | Function::She => Referent::He,
                Function::They => Referent::They,
                Function::I => Referent::I,
                Function::We => Referent::We,
                Function::It => Referent::It,
                Function::Who => Referent::Who,
                Function::His | Function::Her | Function::Their => Referent::Possessive,
                Function::My | Function::Our | Function::Its => Referent::Possessive,
                _ => Referent::Pronoun,
            },
            MentionKind::Name => {
                let given = core.range().any(|at| t.any(at, Traits(Traits::GIVEN_NAME.0 | Traits::TITLE.0)));
                let titled = core.first > first;
                let body = core.range().any(|at| t.any(at, Traits(Traits::ORGANISATION.0 | Traits::BODY.0)));
                match () {
                    () if t.any(head, Traits::TIME) => Referent::Time,
                    () if body => Referent::Body,
                    () if given || titled => Referent::PersonName,
                    () if core.range().all(|at| t.any(at, Traits::PLACE)) => Referent::Place,
                    () => Referent::Name,
                }
            }
            MentionKind::Nominal => match () {
                () if t.any(head, Traits::TIME) => Referent::Time,
                () if t.any(head, Traits::PEOPLE) => Referent::People,
                () if t.any(head, Traits(Traits::ROLE.0 | Traits::KIN.0)) => Referent::Person,
                () if t.any(head, Traits::DOCUMENT) => Referent::Document,
                () if t.any(head, Traits(Traits::BODY.0 | Traits::ORGANISATION.0)) => Referent::Body,
                () if t.tag(head) == Tag::Plural => Referent::Plural,
                () => Referent::Nominal,
            },
        }
    }

    /// How often the head of the mention names a source.
    pub(crate) fn worth(&self, mention: Option<&Mention>) -> u8 {
        mention.map_or(0, |m| self.tagged.word(m.core().end as usize - 1).source_share)
    }

    /// The subject of the main clause behind a participle or infinitive that opens the sentence: *Citing the leak,
    /// **Ruiz** left*; not where it names the topic of what comes: *Commenting on the leak, Ruiz said …*
    pub(crate) fn fronted(&self, cue: &Cue) -> Option<usize> {
        let opens = matches!(cue.form, Form::Gerund | Form::Infinitive | Form::Participle);
        let topic = |c: Complement| matches!(c.follows(), Follows::On | Follows::About);
        let own = cue.group.filter(|_| opens && !cue.complement.is_some_and(topic))?;
        let (before, after) = self.clauses.groups.split_at(own as usize);
        if before.iter().any(|g| g.finite) {
            return None;
        }
        let quoted = self.quoted(cue.head as usize);
        let comma = |at: usize| self.tagged.kind(at) == TokenKind::Comma;
        let parted =
            |at: usize| comma(at - 1) || self.tagged.kind(at - 1) == TokenKind::Mark && comma(at - 2);
        let main = after
            .iter()
            .filter(|g| g.finite && g.link != Link::Relative && self.quoted(g.head as usize) == quoted);
        let mut subjects = main.filter_map(|g| g.subject).map(|s| s as usize);
        subjects.find(|&index| {
            let start = self.clauses.chunks[index].phrase.tokens.first as usize;
            start > cue.end as usize + 1 && parted(start)
        })
    }

    /// The subject of the verb that the cue heads or that governs it, by its place among the chunks.
    pub(crate) fn subject(&self, cue: &Cue) -> Option<usize> {
        let group = &self.clauses.groups[cue.group? as usize];
        group.subject.map(|s| s as usize)
    }

    /// What stands before the closing mark of the quoted stretch that ends there.
    pub(crate) fn closes(&self, end: usize) -> Ending {
        match self.tagged.kind(end.saturating_sub(2)) {
            TokenKind::Comma => Ending::Comma,
            kind if kind.ends_sentence() => Ending::Stop,
            _ => Ending::Word,
        }
    }
}

/// How what stands in marks ends. Fields that tell it list values for each, in this order.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// *“It leaks.”*
    Stop,
    /// *“It leaks,”*
    Comma,
    /// *“leaks”*
    Word,
}

/// Whether what a value of the referent stands for has no mind of its own: a body, a place, a document, *which*.
pub(crate) fn mindless(referent: u8) -> bool {
    use Referent::{Body, Document, It, Place, Pronoun};
    [It, Pronoun, Body, Document, Place].iter().any(|&r| r as u8 == referent)
}
