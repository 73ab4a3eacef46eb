//! The clauses of a sentence: its noun phrases, its verb groups, and whose verb is whose.
//!
//! One pass over the words outside quotation marks, with a stack of clauses that still wait for their verb:
//! in *Ruiz, who thinks the dam leaks, said* the verb *said* finds *Ruiz* below two finished clauses.

use crate::grammar::cursor::Cursor;
use crate::grammar::mention::{self, Mention, MentionKind, Phrase, phrase};
use crate::grammar::tag::Tagged;
use crate::lexicon::{CueKind, Function, Pronoun, Tag, Traits};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// What a noun phrase does in its clause, as far as its neighbours tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Neither of the others: a subject, or an apposition.
    Free,
    /// Right after a verb.
    Object,
    /// Right after a preposition.
    Oblique,
    /// A common noun behind a name and a comma: *Ana Ruiz, **mayor** of Ash Falls*.
    Apposed,
}

/// How many tokens a phrase has at most.
const LONGEST: usize = 32;

/// A verb reports something where so many in a hundred of it do.
pub(crate) const REPORTS: u8 = 20;

/// Among how many verbs behind a subject its own is looked for.
const LONGEST_INTERRUPTION: usize = 4;

/// More than half of it.
const MOSTLY: u8 = 50;

/// A noun phrase of the sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk {
    pub(crate) phrase: Phrase,
    pub(crate) place: Place,
}

/// How a verb group came by its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Nothing was found.
    None,
    /// It stands before it in the same clause.
    Plain,
    /// *Ruiz, who lives there, **said***
    Resumed,
    /// *who **said***
    Relative,
    /// *thinks the dam **leaks***
    Embedded,
    /// *rose and **said***
    Coordinated,
    /// *wants **to say***, *spoke, **adding***
    Controlled,
    /// *the voters **backing** her*
    Reduced,
}

/// A verb with its auxiliaries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub(crate) first: u32,
    /// The lexical verb.
    pub(crate) head: u32,
    pub(crate) finite: bool,
    pub(crate) passive: bool,
    pub(crate) modal: bool,
    pub(crate) negated: bool,
    /// The phrase that is its subject, by its place among the chunks.
    pub(crate) subject: Option<u32>,
    pub(crate) link: Link,
}

/// The analysis of one sentence; its memory is reused for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clauses {
    pub(crate) sentence: Stretch,
    /// Where it goes on behind a dateline.
    pub(crate) dated: Option<usize>,
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) groups: Vec<Group>,
    /// For each token of the sentence the chunk that holds it, +1; 0 for none.
    chunk_of: Vec<u32>,
    /// For each token of the sentence the verb group that it heads, +1; 0 for none.
    group_of: Vec<u32>,
    stack: Vec<Clause>,
    /// The clause on the stack that the others hang on.
    main: usize,
}

/// What has been read since the last verb group.
#[derive(Clone, Copy, Debug)]
struct Before {
    /// The class of the last word.
    tag: Tag,
    /// A comma, dash or bracket.
    comma: bool,
    /// A coordinating conjunction.
    joined: bool,
}

impl Before {
    /// Whether a verb goes on with a clause before it: behind a conjunction or a comma.
    fn joins(self) -> bool {
        self.joined || self.comma && matches!(self.tag, Tag::Punctuation | Tag::Adverb)
    }
}

/// A clause that is being read.
#[derive(Clone, Copy, Debug)]
struct Clause {
    subject: Option<u32>,
    verb: Option<u32>,
    relative: bool,
}

impl Clauses {
    /// The chunk that holds the token.
    pub(crate) fn chunk_at(&self, token: usize) -> Option<usize> {
        let at = token.checked_sub(self.sentence.first as usize)?;
        (*self.chunk_of.get(at)? as usize).checked_sub(1)
    }

    /// The verb group whose lexical verb is the token.
    pub(crate) fn group_at(&self, token: usize) -> Option<usize> {
        let at = token.checked_sub(self.sentence.first as usize)?;
        (*self.group_of.get(at)? as usize).checked_sub(1)
    }

    /// The finite verb of the chunk, where few others stand between: *the dam, which was built to last, **leaks***.
    pub(crate) fn verb_of(&self, chunk: usize) -> Option<&Group> {
        let end = self.chunks[chunk].phrase.tokens.end;
        let behind = self.groups.partition_point(|g| g.first < end);
        let mut near = self.groups[behind..].iter().take(LONGEST_INTERRUPTION);
        near.find(|g| g.finite && g.subject == Some(chunk as u32))
    }

    /// The phrase that begins at the token, where `end` does not cut it off.
    fn phrase_at(&self, at: usize, end: usize) -> Option<Phrase> {
        let phrase = self.chunks[self.chunk_at(at)?].phrase;
        let Stretch { first, end: last } = phrase.tokens;
        (first as usize == at && (last as usize) < end.min(at + LONGEST - 1)).then_some(phrase)
    }

    /// The phrase that begins at the token, as far as `end` lets it.
    pub(crate) fn phrase(&self, tagged: &Tagged, at: usize, end: usize) -> Option<Phrase> {
        let cursor = || Cursor::new(tagged, at, end.min(at + mention::LONGEST));
        self.phrase_at(at, end).or_else(|| phrase(cursor()).ok().map(|(_, phrase)| phrase))
    }

    /// The mention that begins at the token, with all that follows and belongs to it, before token `end`.
    pub(crate) fn mention(&self, tagged: &Tagged, at: usize, end: usize) -> Option<Mention> {
        mention::extended(tagged, self.phrase(tagged, at, end)?, end)
    }

    /// Reads a sentence, in place of the one before.
    pub(crate) fn read(&mut self, tagged: &Tagged, sentence: Stretch) {
        self.sentence = sentence;
        self.chunks.clear();
        self.groups.clear();
        self.stack.clear();
        self.stack.push(Clause { subject: None, verb: None, relative: false });
        self.main = 0;
        let range = sentence.range();
        self.chunk_of.clear();
        self.chunk_of.resize(range.len(), 0);
        self.group_of.clear();
        self.group_of.resize(range.len(), 0);
        // the phrase that could be the subject of a clause inside the present one: *thinks | the dam*
        let mut late: Option<u32> = None;
        // how many clauses were open before the dash or bracket that opened last
        let (mut dash, mut bracketed) = (None, 0);
        let mut before = Before { tag: Tag::Punctuation, comma: false, joined: false };
        self.dated = dateline(tagged, sentence);
        let mut at = self.dated.unwrap_or(range.start);
        while at < range.end {
            let kind = tagged.kind(at);
            if tagged.tokens.has(at, Shape::QUOTED) {
                // the comma of *“It leaks,” she said, adding* stands inside
                before.comma = kind == TokenKind::Comma || kind == TokenKind::Mark && before.comma;
                before.tag = Tag::Punctuation;
                at += 1;
                continue;
            }
            let brackets = (kind == TokenKind::Opening).then(|| bracket(tagged, at, range.end));
            if let Some(end) = brackets.flatten() {
                before.tag = Tag::Punctuation;
                at = end;
                continue;
            }
            let tag = tagged.tag(at);
            if let Some((group, end)) = may_head(tagged, at).then(|| group(tagged, at, range.end)).flatten() {
                let index = self.groups.len() as u32;
                self.group_of[group.head as usize - range.start] = index + 1;
                if before.comma && !before.joined && tagged.tag(group.first as usize) == Tag::Participle {
                    self.suspend(tagged, late);
                }
                let inverted = before.comma && self.inverted(tagged, group, end);
                let group = match inverted {
                    true => Group { subject: Some(self.chunks.len() as u32), link: Link::Embedded, ..group },
                    false => self.attach(tagged, group, late, before),
                };
                self.groups.push(group);
                late = None;
                before = Before { tag: tagged.tag(end - 1), comma: false, joined: false };
                at = end;
                continue;
            }
            if starts_chunk(tag) {
                let end = range.end.min(at + LONGEST);
                if let Ok((rest, phrase)) = phrase(Cursor::new(tagged, at, end)) {
                    let index = self.chunks.len() as u32;
                    for token in at..rest.at {
                        self.chunk_of[token - range.start] = index + 1;
                    }
                    self.place_chunk(tagged, phrase, before, &mut late);
                    before = Before { tag: tagged.tag(rest.at - 1), joined: false, ..before };
                    at = rest.at;
                    continue;
                }
            }
            match tag {
                Tag::Subordinator | Tag::WhAdverb => {
                    self.open(Clause { subject: None, verb: None, relative: false });
                    late = None;
                }
                Tag::Coordinator => before.joined = true,
                _ => match kind {
                    TokenKind::Comma => before.comma = true,
                    // *Ruiz – who thinks the dam leaks – said*
                    TokenKind::Dash => {
                        before.comma = true;
                        dash = match dash {
                            Some(open) => {
                                self.close(open);
                                None
                            }
                            None => Some(self.stack.len()),
                        };
                    }
                    TokenKind::Opening => {
                        before.comma = true;
                        bracketed = self.stack.len();
                    }
                    TokenKind::Closing => {
                        before.comma = true;
                        self.close(bracketed);
                    }
                    TokenKind::Semicolon | TokenKind::Colon => {
                        self.stack.truncate(usize::from(kind == TokenKind::Semicolon));
                        self.main = self.stack.len();
                        self.open(Clause { subject: None, verb: None, relative: false });
                        late = None;
                    }
                    _ => {}
                },
            }
            before.tag = tag;
            at += 1;
        }
    }

    /// Whether the verb is that of a tag set into a clause right behind its subject, with its own behind it: *The dam,
    /// **says** Ruiz, leaks*.
    fn inverted(&self, tagged: &Tagged, group: Group, end: usize) -> bool {
        let verb = group.head as usize;
        let behind = group.first.checked_sub(2).and_then(|at| self.chunk_at(at as usize));
        let says =
            group.finite && !group.passive && tagged.word(verb).cue.says() && !tagged.any(verb, Traits::TOLD);
        let waits =
            self.stack.last().is_some_and(|c| c.verb.is_none() && c.subject == behind.map(|c| c as u32));
        let limit = self.sentence.range().end.min(end + LONGEST);
        let teller = || phrase(Cursor::new(tagged, end, limit)).ok().filter(|(_, p)| !times(tagged, *p));
        let closes = |at: usize| at < limit && tagged.kind(at) == TokenKind::Comma;
        behind.is_some() && says && waits && teller().is_some_and(|(rest, _)| closes(rest.at))
    }

    fn open(&mut self, clause: Clause) {
        if self.stack.len() == 12 {
            self.stack.remove(1);
            self.main = self.main.saturating_sub(1);
        }
        self.stack.push(clause);
    }

    /// Ends the clauses that were opened since there were so many.
    fn close(&mut self, open: usize) {
        self.stack.truncate(open.max(1));
        self.main = self.main.min(self.stack.len() - 1);
    }

    fn top(&mut self) -> &mut Clause {
        self.stack.last_mut().expect("the sentence itself is a clause")
    }

    /// Enters a noun phrase: as subject of the clause that is open, or as one that may yet be a subject.
    fn place_chunk(&mut self, tagged: &Tagged, phrase: Phrase, before: Before, late: &mut Option<u32>) {
        let index = self.chunks.len() as u32;
        let first = phrase.tokens.first as usize;
        let place = match before.tag {
            Tag::Preposition => Place::Oblique,
            tag if tag.verb() || tag == Tag::To => Place::Object,
            _ if self.apposed(tagged, phrase) => Place::Apposed,
            _ => Place::Free,
        };
        self.chunks.push(Chunk { phrase, place });
        if tagged.tag(first) == Tag::WhPronoun {
            self.suspend(tagged, *late);
            self.open(Clause { subject: Some(index), verb: None, relative: true });
            *late = None;
            return;
        }
        let object = place == Place::Oblique || accusative(tagged, first);
        if object || times(tagged, phrase) || before.comma && self.extends_place(tagged, phrase) {
            return;
        }
        if late.is_some_and(|l| before.comma && self.names(tagged, l, phrase)) {
            self.suspend(tagged, *late);
            return;
        }
        let top = *self.top();
        let waits = top.verb.is_none() && top.subject.is_some();
        if top.verb.is_some() || place == Place::Object || waits && top.relative {
            *late = Some(index);
        } else if !waits || !before.comma && !before.joined {
            self.top().subject = Some(index);
        }
    }

    /// Opens the clause inside what somebody says whose subject is set apart from its verb: *said **the dam**, which was
    /// built in 1911, | leaks*.
    fn suspend(&mut self, tagged: &Tagged, late: Option<u32>) {
        let says = |group: &Group| {
            let head = group.head as usize;
            group.subject.is_some() && tagged.word(head).cue.says() && !tagged.any(head, Traits::TOLD)
        };
        let verb = self.top().verb;
        if late.is_some() && verb.is_some_and(|verb| says(&self.groups[verb as usize])) {
            self.open(Clause { subject: late, verb: None, relative: false });
        }
    }

    /// Whether a phrase between commas names the subject of what is said: *said her partner, **Ana Ruiz**, had left*.
    fn names(&self, tagged: &Tagged, subject: u32, phrase: Phrase) -> bool {
        let Stretch { first, end } = phrase.tokens;
        let before = &self.chunks[subject as usize];
        let comma =
            |at: u32| self.sentence.contains(at as usize) && tagged.kind(at as usize) == TokenKind::Comma;
        let verb = (end + 1) as usize;
        before.place == Place::Object
            && before.phrase.kind == MentionKind::Nominal
            && phrase.kind == MentionKind::Name
            && before.phrase.tokens.end + 1 == first
            && comma(first - 1)
            && comma(end)
            && self.sentence.contains(verb)
            && tagged.tag(verb).finite()
    }

    /// Whether a common noun stands behind a name and a comma.
    fn apposed(&self, tagged: &Tagged, phrase: Phrase) -> bool {
        let first = phrase.tokens.first;
        let name = self.chunks.last().filter(|c| c.phrase.kind == MentionKind::Name);
        // *In a letter seen by the Echo, **the mayor** wrote*
        let fronted = tagged.tag(self.sentence.range().start) == Tag::Preposition
            && self.stack.last().is_some_and(|c| c.verb.is_none());
        let subject = fronted && name.is_some_and(|c| c.place == Place::Oblique);
        phrase.kind == MentionKind::Nominal
            && !subject
            && name.is_some_and(|c| c.phrase.tokens.end + 1 == first)
            && tagged.kind(first as usize - 1) == TokenKind::Comma
    }

    /// *Ash Falls, **Ohio***: a place that says where the one before it lies.
    fn extends_place(&self, tagged: &Tagged, phrase: Phrase) -> bool {
        let first = phrase.tokens.first as usize;
        let last = first.checked_sub(2).and_then(|at| self.chunk_at(at)).map(|c| self.chunks[c].phrase);
        let place = |p: Phrase| tagged.any(p.head as usize, Traits::PLACE);
        tagged.kind(first - 1) == TokenKind::Comma && place(phrase) && last.is_some_and(place)
    }

    /// Finds the subject of a verb group.
    fn attach(&mut self, tagged: &Tagged, mut group: Group, late: Option<u32>, before: Before) -> Group {
        let index = self.groups.len() as u32;
        let top = *self.top();
        if !group.finite {
            let near = self.near(tagged, group.first as usize);
            let to = tagged.tag(group.first as usize) == Tag::To;
            let absolute = near.filter(|_| !to).and_then(|n| self.absolute(tagged, n));
            let reduced = near.filter(|&n| before.tag.nominal() && !to && self.acts(tagged, n));
            if let Some(subject) = absolute.or(reduced) {
                (group.subject, group.link) = (Some(subject), Link::Reduced);
                return group;
            }
            // *promising **to leave***
            let governor = self.groups.last().filter(|g| to && g.head + 1 == group.first);
            if let Some(subject) = governor.and_then(|g| g.subject) {
                (group.subject, group.link) = (Some(subject), Link::Controlled);
                return group;
            }
            // *Ruiz said the dam leaked, adding …*: after a comma it is the main verb that governs;
            // *The dam leaked, Ruiz said, adding …*: or the verb right before the comma
            let tag = self.groups.last().filter(|g| g.finite && g.head + 2 == group.first);
            let tag = tag.filter(|g| tagged.word(g.head as usize).cue.says());
            let controller = match tag {
                Some(_) if before.comma => Some(index - 1),
                _ if before.comma => {
                    let of = |clauses: &[Clause]| clauses.iter().find_map(|c| c.verb);
                    of(&self.stack[self.main..]).or_else(|| of(&self.stack))
                }
                _ => self.stack.iter().rev().find_map(|c| c.verb),
            };
            group.subject = match controller {
                Some(verb) => self.groups[verb as usize].subject,
                None => top.subject,
            };
            group.link = if group.subject.is_some() { Link::Controlled } else { Link::None };
            return group;
        }
        let pending = self.stack.iter().rposition(|c| c.verb.is_none() && c.subject.is_some());
        let near = match self.near(tagged, group.first as usize) {
            Some(near) if self.stands_for_itself(tagged, near) => {
                Some(near).filter(|&n| self.agrees(tagged, n, group))
            }
            near => late.filter(|&l| !before.joined && self.reaches(tagged, l, group)).or(near),
        };
        let near = near.filter(|&n| !top.verb.is_some_and(|v| self.joins_agent(tagged, n, v)));
        (group.subject, group.link) = if top.verb.is_none() && top.subject.is_some() && near == top.subject {
            (
                top.subject,
                if top.relative && self.relative(tagged, near) { Link::Relative } else { Link::Plain },
            )
        } else if let Some(near) = near.filter(|&n| self.inner(tagged, n, top, late, pending.is_some())) {
            if top.relative && top.verb.is_none() {
                // *which **officials** said*, *whose **dam** leaks*
                self.top().subject = Some(near);
            } else {
                self.enter(tagged, near);
            }
            (Some(near), Link::Embedded)
        } else if top.verb.is_none() && top.subject.is_some() {
            let link = match () {
                () if top.relative => Link::Relative,
                () if before.comma => Link::Resumed,
                () => Link::Plain,
            };
            (top.subject, link)
        } else if let (Some(at), false) = (pending, before.joined) {
            self.close(at + 1);
            (self.stack[at].subject, Link::Resumed)
        } else if let Some(verb) =
            top.verb.filter(|&v| !before.joined && !before.comma && self.reducible(tagged, v))
        {
            // *A survey **taken** in May found …*
            let relative = &mut self.groups[verb as usize];
            (relative.finite, relative.link) = (false, Link::Reduced);
            (top.subject, Link::Plain)
        } else if let Some(at) = self.fellow(tagged, group).filter(|_| before.joins()) {
            self.close(at + 1);
            (self.stack[at].subject, Link::Coordinated)
        } else if before.joins() || late.is_some() {
            (late, if late.is_some() { Link::Plain } else { Link::None })
        } else {
            // *thinks **there is** a leak*, *thinks “the dam” **leaks***
            if top.verb.is_some() {
                self.open(Clause { subject: None, verb: None, relative: false });
            }
            (None, Link::None)
        };
        self.top().verb = Some(index);
        group
    }

    /// Opens the clause of a subject right before its verb: a main clause behind a fronted one, *When it rained, | Ruiz
    /// left*, or behind *and*; else one inside what is open.
    fn enter(&mut self, tagged: &Tagged, subject: u32) {
        let first = self.chunks[subject as usize].phrase.tokens.first as usize;
        let before = |back: usize| first.checked_sub(back).filter(|&at| self.sentence.contains(at));
        let comma = |at: usize| tagged.kind(at) == TokenKind::Comma;
        let parted = before(1).is_some_and(comma);
        let joined =
            before(1).is_some_and(|at| tagged.tag(at) == Tag::Coordinator) && before(2).is_some_and(comma);
        let base = self.stack[0];
        if parted && base.subject.is_none() && base.verb.is_none() {
            self.close(1);
            self.stack[0].subject = Some(subject);
        } else {
            self.open(Clause { subject: Some(subject), verb: None, relative: false });
            if joined {
                self.main = self.stack.len() - 1;
            }
        }
    }

    /// The clause whose verb the group is joined to: the innermost of those that are most like it.
    ///
    /// *Ruiz **said** the dam leaked and **added***: reports go with reports, present with present.
    fn fellow(&self, tagged: &Tagged, group: Group) -> Option<usize> {
        let head = group.head as usize;
        // seldom a report, at times, mostly
        let reports = |at: usize| {
            let share = tagged.word(at).cue.verb_share;
            u8::from(share >= REPORTS) + u8::from(share >= MOSTLY)
        };
        let likeness = |clause: &Clause| {
            let other = self.groups[clause.verb? as usize];
            let at = other.head as usize;
            let form = |g: Group| tagged.tag(g.first as usize);
            let alike = form(other) == form(group);
            Some(2 * (2 - reports(at).abs_diff(reports(head))) + u8::from(alike))
        };
        let liked = self.stack.iter().enumerate().filter_map(|(at, c)| Some((likeness(c)?, at)));
        liked.max().map(|(_, at)| at)
    }

    /// Whether a phrase can be the subject of the verb that follows it: neither a time nor behind a preposition.
    fn stands_for_itself(&self, tagged: &Tagged, chunk: u32) -> bool {
        let chunk = &self.chunks[chunk as usize];
        let subject = !accusative(tagged, chunk.phrase.tokens.first as usize) && !times(tagged, chunk.phrase);
        subject && (chunk.place != Place::Oblique || after_subordinator(tagged, chunk))
    }

    /// Whether an object may be the subject of the verb as well, by its number: *had seen no **leaks** | **was** wrong*.
    fn agrees(&self, tagged: &Tagged, chunk: u32, group: Group) -> bool {
        let chunk = &self.chunks[chunk as usize];
        let verb = group.first as usize;
        let singular = tagged.tag(verb) == Tag::Third || tagged.is(verb, "was");
        let plural = tagged.tag(chunk.phrase.head as usize) == Tag::Plural;
        !(singular && plural && chunk.place == Place::Object)
    }

    /// Whether no comma parts the phrase from the verb.
    fn reaches(&self, tagged: &Tagged, chunk: u32, group: Group) -> bool {
        let between = self.chunks[chunk as usize].phrase.tokens.end..group.first;
        !between.into_iter().any(|at| tagged.kind(at as usize) == TokenKind::Comma)
    }

    /// The subject of a participle behind *with*, of the phrases joined by *of* the first: *with **one** of them saying*.
    fn absolute(&self, tagged: &Tagged, near: u32) -> Option<u32> {
        let mut at = near;
        loop {
            let before = (self.chunks[at as usize].phrase.tokens.first as usize).checked_sub(1)?;
            match tagged.function(before) {
                Function::With => return Some(at),
                Function::Of => at = self.chunk_at(before.checked_sub(1)?)? as u32,
                _ => return None,
            }
        }
    }

    /// Whether the phrase names somebody who can do something.
    pub(crate) fn acts(&self, tagged: &Tagged, chunk: u32) -> bool {
        let phrase = self.chunks[chunk as usize].phrase;
        let head = phrase.head as usize;
        let who = Traits::ROLE.0 | Traits::PEOPLE.0 | Traits::KIN.0 | Traits::BODY.0 | Traits::ORGANISATION.0;
        let apart = tagged.any(head, Traits(Traits::TIME.0 | Traits::DOCUMENT.0));
        match phrase.kind {
            MentionKind::Name => !apart,
            MentionKind::Pronoun => nominative(tagged, head),
            MentionKind::Nominal => !apart && tagged.any(head, Traits(who)),
        }
    }

    /// Whether the verb may be a participle after all.
    fn reducible(&self, tagged: &Tagged, group: u32) -> bool {
        let Group { first, head, .. } = self.groups[group as usize];
        let word = tagged.word(head as usize);
        let next = head as usize + 1;
        let time = || self.chunk_at(next).is_some_and(|c| times(tagged, self.chunks[c].phrase));
        let bare = tagged.tag(next) == Tag::Preposition || tagged.any(next, Traits::TIME) || time();
        first == head && bare && word.tags.contains(&Tag::Participle) && word.cue.verb_share < 60
    }

    /// Whether the token is a verb of saying that is not finite, so that a clause is what it reports: *a sign **saying** the
    /// dam leaks*.
    fn spoken(&self, tagged: &Tagged, at: usize) -> bool {
        let finite = self.group_at(at).is_none_or(|g| self.groups[g].finite);
        let cue = tagged.word(at).cue;
        !finite && cue.kind == CueKind::Speech && cue.verb_share > MOSTLY && !tagged.any(at, Traits::TOLD)
    }

    /// Whether *and* joins the phrase to who did what a participle says: *a survey taken by a guild and **a bank** | shows*.
    fn joins_agent(&self, tagged: &Tagged, chunk: u32, verb: u32) -> bool {
        let first = self.chunks[chunk as usize].phrase.tokens.first as usize;
        let joined = first >= 2 && tagged.tag(first - 1) == Tag::Coordinator;
        let agent = joined.then(|| self.chunk_at(first - 2)).flatten();
        let by = |c: usize| {
            let before = self.chunks[c].phrase.tokens.first as usize - 1;
            self.chunks[c].place == Place::Oblique && tagged.function(before) == Function::By
        };
        agent.is_some_and(by) && self.reducible(tagged, verb)
    }

    fn relative(&self, tagged: &Tagged, chunk: Option<u32>) -> bool {
        chunk.is_some_and(|c| {
            tagged.tag(self.chunks[c as usize].phrase.tokens.first as usize) == Tag::WhPronoun
        })
    }

    /// The phrase right before the token, adverbs passed over.
    fn near(&self, tagged: &Tagged, mut at: usize) -> Option<u32> {
        while at > self.sentence.first as usize && tagged.tag(at - 1) == Tag::Adverb {
            at -= 1;
        }
        let index = self.chunk_at(at.checked_sub(1)?)?;
        Some(index as u32)
    }

    /// Whether the phrase right before a verb opens a clause of its own inside what is open: *the dam* in
    /// *thinks the dam leaks*, *the mayor* in *The dam, the mayor said, leaks*.
    fn inner(&self, tagged: &Tagged, near: u32, top: Clause, late: Option<u32>, pending: bool) -> bool {
        let chunk = &self.chunks[near as usize];
        let first = chunk.phrase.tokens.first as usize;
        if nominative(tagged, first) && chunk.phrase.kind == MentionKind::Pronoun {
            return true;
        }
        // *The owner of the dam, a bank, **today** said*
        if times(tagged, chunk.phrase) {
            return false;
        }
        let before = first.checked_sub(1);
        match chunk.place {
            // *after the dam broke*
            Place::Oblique => after_subordinator(tagged, chunk),
            Place::Object => {
                let clausal = before.is_some_and(|b| tagged.word(b).cue.takes_clause());
                let spoken = || before.is_some_and(|b| self.spoken(tagged, b));
                late == Some(near) && (top.verb.is_some() && (clausal || !pending) || spoken())
            }
            Place::Free | Place::Apposed if top.verb.is_some() || top.relative => late == Some(near),
            Place::Free | Place::Apposed => before
                .is_some_and(|b| tagged.kind(b) == TokenKind::Comma || tagged.tokens.has(b, Shape::QUOTED)),
        }
    }
}

/// Whether a phrase says when: *today*, *last week*.
pub(crate) fn times(tagged: &Tagged, phrase: Phrase) -> bool {
    phrase.kind != MentionKind::Pronoun && tagged.any(phrase.head as usize, Traits::TIME)
}

/// *after the dam broke*: what stands before the phrase can also open a clause.
fn after_subordinator(tagged: &Tagged, chunk: &Chunk) -> bool {
    let before = (chunk.phrase.tokens.first as usize).checked_sub(1);
    before.is_some_and(|b| tagged.word(b).tags.contains(&Tag::Subordinator))
}

/// Where the sentence goes on behind the place and the agency that date it: *LISBON (Tagus News) — | The dam*
pub(crate) fn dateline(tagged: &Tagged, sentence: Stretch) -> Option<usize> {
    const LONGEST: usize = 12;
    let range = sentence.range();
    let opens = tagged.tokens.has(range.start, Shape::UPPER) || tagged.tag(range.start) == Tag::Name;
    if !opens && tagged.kind(range.start) != TokenKind::Dash {
        return None;
    }
    let dash = range.clone().take(LONGEST).find(|&at| tagged.kind(at) == TokenKind::Dash)?;
    let dates = |at: usize| {
        tagged.kind(at) != TokenKind::Word
            || tagged.tokens.has(at, Shape::UPPER)
            || tagged.tag(at) == Tag::Name
            || tagged.any(at, Traits::TIME)
    };
    // *Lisbon (TN) –*
    let agency = dash > range.start && tagged.kind(dash - 1) == TokenKind::Closing;
    let placed =
        tagged.tokens.has(range.start, Shape::UPPER) || agency && tagged.tag(range.start) == Tag::Name;
    let mut at = range.start;
    while at < dash && placed {
        match bracket(tagged, at, dash) {
            Some(end) => at = end,
            None if dates(at) => at += 1,
            None => return None,
        }
    }
    (at == dash).then_some(dash + 1)
}

/// The end of the brackets that open at the token, where no clause stands in them: *(D-Ohio)*.
fn bracket(tagged: &Tagged, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    if tagged.kind(at) != TokenKind::Opening {
        return None;
    }
    let inside = at + 1..end.min(at + LONGEST);
    let last = inside.clone().find(|&i| tagged.kind(i) == TokenKind::Closing)?;
    (!(inside.start..last).any(|i| tagged.tag(i).finite())).then_some(last + 1)
}

/// *he*, *they*: pronouns that can only be subjects.
fn nominative(tagged: &Tagged, at: usize) -> bool {
    matches!(
        tagged.function(at),
        Function::He | Function::She | Function::They | Function::We | Function::I | Function::Who
    )
}

/// *him*, *herself*: pronouns that are no subject.
fn accusative(tagged: &Tagged, at: usize) -> bool {
    let object = Pronoun(Pronoun::OBJECT.0 | Pronoun::REFLEXIVE.0);
    let objective = |pronoun: Pronoun| pronoun.any(object) && !pronoun.any(Pronoun::SUBJECT);
    tagged.tag(at) == Tag::Pronoun && objective(tagged.word(at).pronoun)
}

/// Whether a noun phrase can begin with a word of the class.
fn starts_chunk(tag: Tag) -> bool {
    tag.nominal()
        || matches!(
            tag,
            Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Number | Tag::Pronoun | Tag::WhPronoun
        )
}

/// Whether a verb group can begin with the token.
fn may_head(tagged: &Tagged, at: usize) -> bool {
    let tag = tagged.tag(at);
    tag.verb() || matches!(tag, Tag::To | Tag::Modal) || negates(tagged, at)
}

/// *never*, *not*, but not *none* or *nobody*, which are subjects
fn negates(tagged: &Tagged, at: usize) -> bool {
    let subject = tagged.tag(at) == Tag::Determiner || tagged.tag(at).nominal();
    !subject && tagged.any(at, Traits::NEGATION)
}

/// A verb with its auxiliaries, adverbs and negations: *has never said*, *to say*, *was being told*.
fn group(tagged: &Tagged, at: usize, end: usize) -> Option<(Group, usize)> {
    let helps = Traits(Traits::BE.0 | Traits::HAVE.0 | Traits::DO.0);
    let mut group = Group {
        first: at as u32,
        head: at as u32,
        finite: false,
        passive: false,
        modal: false,
        negated: false,
        subject: None,
        link: Link::None,
    };
    // the last verb so far; its traits say what may follow
    let mut last: Option<usize> = None;
    let mut infinitive = false;
    let mut i = at;
    while i < end && i < at + 16 && !tagged.tokens.has(i, Shape::QUOTED) {
        let tag = tagged.tag(i);
        if tag == Tag::To && i == at {
            infinitive = true;
        } else if tag.verb() || tag == Tag::Modal {
            let follows = match last {
                None => true,
                Some(l) if tagged.tag(l) == Tag::Modal => tag == Tag::Base,
                Some(l) if tagged.any(l, Traits::BE) => matches!(tag, Tag::Gerund | Tag::Participle),
                Some(l) if tagged.any(l, Traits::HAVE) => tag == Tag::Participle,
                Some(l) if tagged.any(l, Traits::DO) => tag == Tag::Base,
                Some(_) => false,
            };
            if !follows {
                break;
            }
            group.passive = tag == Tag::Participle && last.is_some_and(|l| tagged.any(l, Traits::BE));
            if last.is_none() {
                group.finite = !infinitive && tag.finite();
                group.modal = tag == Tag::Modal;
            }
            group.head = i as u32;
            last = Some(i);
            if tag != Tag::Modal && !tagged.any(i, helps) {
                break;
            }
        } else if negates(tagged, i) {
            group.negated = true;
        } else if !(tag == Tag::Adverb
            || last.is_some()
                && matches!(tagged.function(i), Function::Long | Function::Both | Function::All))
            || last.is_none() && !infinitive
        {
            break;
        }
        i += 1;
    }
    let last = last?;
    Some((group, last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractor::Extractor;
    use crate::lexicon::Lexicon;
    use crate::workspace::Workspace;

    /// The verbs of the first sentence, each with its subject up to the head and how it came by it.
    fn subjects(text: &str) -> Vec<(String, String, Link)> {
        let lexicon = Lexicon::english();
        let mut w = Workspace::new();
        Extractor::new().parse(&mut w, text, |_| {});
        let tagged = Tagged { text, tokens: &w.found.tokens, lexicon: &lexicon, tags: &w.tags };
        let mut clauses = Clauses::default();
        clauses.read(&tagged, w.found.sentences[0]);
        let phrase = |c: u32| {
            let tokens = clauses.chunks[c as usize].phrase.tokens;
            w.found.tokens.span(tokens.first as usize, tokens.end as usize).of(text).to_owned()
        };
        let verb = |g: &Group| tagged.form(g.head as usize).to_owned();
        clauses.groups.iter().map(|g| (verb(g), g.subject.map(phrase).unwrap_or_default(), g.link)).collect()
    }

    /// Whether the text has the verb with the subject and the link.
    fn has(text: &str, verb: &str, subject: &str, link: Link) {
        let found = subjects(text);
        assert!(
            found.iter().any(|(v, s, l)| v == verb && s == subject && *l == link),
            "{verb} of {subject} as {link:?} in {text}: {found:?}"
        );
    }

    #[test]
    fn a_subject_stands_before_its_verb() {
        has("The harbour master has never denied the leak.", "denied", "The harbour master", Link::Plain);
    }

    #[test]
    fn a_relative_clause_does_not_take_the_subject_of_the_main_verb() {
        let text = "Orla Finch, who thinks the pump broke, said it would hold.";
        has(text, "thinks", "who", Link::Relative);
        has(text, "broke", "the pump", Link::Embedded);
        has(text, "said", "Orla Finch", Link::Resumed);
    }

    #[test]
    fn a_subject_set_apart_from_its_verb_inside_what_is_said_waits_for_it() {
        let text = "Orla Finch said the pump, which came from Odense, had sprung a leak.";
        has(text, "sprung", "the pump", Link::Resumed);
        has("Orla Finch said the pump, built in Odense, had failed.", "failed", "the pump", Link::Resumed);
    }

    #[test]
    fn an_apposition_is_no_subject() {
        has("Orla Finch, a retired diver, said it would hold.", "said", "Orla Finch", Link::Resumed);
    }

    #[test]
    fn a_parenthesis_has_a_subject_of_its_own() {
        has("The pump, the diver said, leaks badly.", "said", "the diver", Link::Embedded);
    }

    #[test]
    fn brackets_and_datelines_hold_no_subject() {
        has("The diver (Guild of Salvors) said it would hold.", "said", "The diver", Link::Plain);
        has("ODENSE (Coast Wire) — Old divers said it would hold.", "said", "Old divers", Link::Plain);
        has("Odense (CW) – Old divers said it would hold.", "said", "Old divers", Link::Plain);
    }

    #[test]
    fn a_subject_reaches_its_verb_over_a_phrase_and_a_time() {
        has(
            "While the pump ran, the diver in recent weeks has said little.",
            "said",
            "the diver",
            Link::Embedded,
        );
        has("Orla Finch thinks the pump in the cellar broke.", "broke", "the pump", Link::Embedded);
    }

    #[test]
    fn a_relative_pronoun_that_is_no_subject_leaves_the_verb_to_another() {
        has("The pump, which officials praised, leaks.", "praised", "officials", Link::Embedded);
        has("Orla Finch, whose sister sank the boat, said it was old.", "said", "Orla Finch", Link::Resumed);
    }

    #[test]
    fn a_participle_that_looks_finite_leaves_the_verb_to_its_noun() {
        has("A survey taken in May found two leaks.", "found", "A survey", Link::Plain);
    }

    #[test]
    fn who_acted_in_a_participle_is_no_subject() {
        let text = "A survey taken in May by the guild and Coast Radio shows leaks.";
        has(text, "shows", "A survey", Link::Plain);
        has("A survey released last week showed leaks.", "showed", "A survey", Link::Plain);
        has("Those who back her crew say it rained.", "say", "Those", Link::Resumed);
    }

    #[test]
    fn a_joined_verb_goes_with_the_one_most_like_it() {
        has(
            "The diver said the crew rowed and added that it rained.",
            "added",
            "The diver",
            Link::Coordinated,
        );
    }

    #[test]
    fn a_verb_without_subject_borrows_none_unless_something_joins_it() {
        has("The diver said there was a leak.", "was", "", Link::None);
        has("The diver said “the pump” was old.", "was", "", Link::None);
    }

    #[test]
    fn an_object_in_the_plural_is_no_subject_of_a_verb_in_the_singular() {
        let text = "The claim that the pump had sprung no leaks was false.";
        has(text, "was", "The claim", Link::Resumed);
    }

    #[test]
    fn coordinated_verbs_share_their_subject() {
        has("The diver rose and thanked the crew.", "thanked", "The diver", Link::Coordinated);
    }

    #[test]
    fn quantities_are_subjects_and_accusatives_are_none() {
        has("Half of the divers said it would hold.", "said", "Half", Link::Plain);
        has("In Odense, most of the crew said it would hold.", "said", "most", Link::Resumed);
        has("The divers left; none has said why.", "said", "none", Link::Plain);
        has("Nine out of ten say it will hold.", "say", "Nine", Link::Plain);
        has("Divers who have seen him warned that it leaks.", "warned", "Divers", Link::Resumed);
        has("Orla Finch herself said it would hold.", "said", "Orla Finch", Link::Plain);
    }

    #[test]
    fn a_clause_between_dashes_or_in_brackets_ends_with_them() {
        has(
            "The diver praised the crew – it rowed all night – and thanked it.",
            "thanked",
            "The diver",
            Link::Coordinated,
        );
        has(
            "The diver praised the crew (though he missed the boat) and left.",
            "left",
            "The diver",
            Link::Coordinated,
        );
    }

    #[test]
    fn a_main_clause_follows_one_that_opens_the_sentence() {
        let text = "When the crew asked the diver, she declined, citing the leak.";
        has(text, "declined", "she", Link::Embedded);
        has(text, "citing", "she", Link::Controlled);
        let text = "The crew says the pump is new, and the diver has sued, citing the leak.";
        has(text, "citing", "the diver", Link::Controlled);
    }

    #[test]
    fn a_semicolon_keeps_the_subject() {
        has("The diver was asked twice; was told to wait; and left.", "left", "The diver", Link::Coordinated);
    }

    #[test]
    fn with_gives_a_participle_a_subject() {
        let text = "The crew left, with one of the divers promising to stay.";
        has(text, "promising", "one", Link::Reduced);
        has(text, "stay", "one", Link::Controlled);
    }

    #[test]
    fn a_participle_behind_a_tag_goes_with_it() {
        has(
            "The pump will hold, the diver said, adding that it was old.",
            "adding",
            "the diver",
            Link::Controlled,
        );
    }

    #[test]
    fn a_participle_after_a_comma_belongs_to_the_main_verb() {
        has(
            "The diver said the pump leaked, adding that it was old.",
            "adding",
            "The diver",
            Link::Controlled,
        );
    }
}
