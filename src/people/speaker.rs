//! Who the names of a text stand for: one speaker for all the forms of a name.
//!
//! Full names come first, then a title with one word, then one word alone, each joining the one speaker that it
//! can stand for. Of a family, *Mr.*, *Mrs.* and *Miss* are kept apart.

use crate::blocks::Blocks;
use crate::grammar::mention::{MentionKind, byte};
use crate::grammar::tag::Tagged;
use crate::growth::Growth;
use crate::lexicon::{Function, Gender, Outline, Pronoun, Tag, Traits};
use crate::people::cast::Cast;
use crate::people::name::{Class, Name, Names, OFFICE, Title, TitleWord, labels};
use crate::people::nominal::{Nominal, Nominals};
use crate::people::vocabulary::{NameWord, NumberMap};
use crate::text::sentence::Stretch;
use crate::text::token::{Shape, TokenKind};

/// A person or body of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    pub(crate) identity: Identity,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
}

/// Under which name a speaker is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// The source has none: *an official*, *she*.
    Nameless,
    /// The fullest form in the text, as tokens. The title is left out, but where nothing else tells one of a family from
    /// another.
    Named(Stretch),
    /// That of a member of the cast.
    Character(u32),
}

impl Speaker {
    /// Somebody of whom the text gives no name.
    pub(crate) fn nameless(gender: Gender, plural: bool) -> Self {
        Speaker { identity: Identity::Nameless, gender, plural }
    }

    /// Whether the text or the cast names it.
    pub(crate) fn is_named(&self) -> bool {
        self.identity != Identity::Nameless
    }

    /// Whether it is a member of the cast.
    pub(crate) fn is_character(&self) -> bool {
        matches!(self.identity, Identity::Character(_))
    }
}

/// Where a speaker is named. A text has so many that each byte counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    first: u32,
    pub(crate) speaker: u32,
    /// Where the others who bear the name begin among the rivals, and how many they are.
    rivals: u32,
    others: u8,
    length: u8,
    pub(crate) kind: MentionKind,
}

impl Naming {
    /// The name with its title, or the nominal with its determiner.
    pub(crate) fn tokens(&self) -> Stretch {
        Stretch { first: self.first, end: self.first + u32::from(self.length) }
    }
}

/// The people and bodies of a text and where they are named.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    /// In the order in which the text names them first; the members of a cast, in its order, come before.
    pub(crate) speakers: Vec<Speaker>,
    /// Ascending.
    pub(crate) namings: Vec<Naming>,
    /// Which of the speakers have names, and not only nouns that stand for them.
    pub(crate) named: Vec<bool>,
    /// Who tells the story in the first person.
    pub(crate) narrator: Option<u32>,
    /// The people of the text are known beforehand.
    cast: bool,
    clusters: Blocks<Cluster>,
    forms: Vec<Form>,
    /// The form of each name.
    form_of: Vec<u32>,
    /// The first form of each short key.
    by_words: NumberMap<u32, u32>,
    by_pair: NumberMap<u32>,
    by_initials: NumberMap<u32>,
    /// Initials label lines of the text, as in a transcript.
    labelled: bool,
    /// For each word the first of its links.
    heads: Vec<u32>,
    links: Blocks<Link>,
    /// Who has each of the roles that nouns name.
    roles: Vec<Bearer>,
    /// Who else bears the names.
    rivals: Vec<u32>,
    /// What the narration calls most of the clusters that it calls anything often, and how often.
    habits: NumberMap<(NameWord, u32)>,
}

/// Who has a role.
#[derive(Clone, Copy, Debug)]
enum Bearer {
    /// Somebody who is named as well.
    Cluster(u32),
    /// Somebody who is not.
    Speaker(u32),
    /// The role has not come yet.
    Nobody,
}

/// What is one by title and words, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// The place in the list of the name that shows it best, which tells title and words.
    name: u32,
    class: Class,
    gender: Gender,
    /// How often it stands in the text, and outside quotation marks.
    count: u32,
    narrated: u32,
    /// How often *he* and *she* follow.
    he: u32,
    she: u32,
    cluster: u32,
    /// The cast lists it.
    listed: bool,
    /// Where those that it may stand for else begin among the rivals, and how many they are.
    rivals: u32,
    others: u8,
    /// The next form with the same key.
    next: u32,
}

/// Forms that stand for one person or body.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    class: Class,
    gender: Gender,
    titles: Titles,
    /// How often it is named, by any form.
    count: u32,
    /// How often by a form that names it alone: a full name or one with a title.
    weight: u32,
    /// The first of its forms with the most words, which a family name is told from a given one by.
    form: u32,
    /// The form that it is shown under.
    shown: u32,
    /// It is a member of the cast, whose place there is that of the cluster.
    listed: bool,
    speaker: u32,
}

/// Which titles a speaker was seen with.
#[derive(Clone, Copy, Debug, Default)]
struct Titles {
    mr: bool,
    mrs: bool,
    miss: bool,
    ms: bool,
    other: Option<TitleWord>,
    /// Seen without title.
    none: bool,
}

/// A speaker that has a word in its name.
#[derive(Clone, Copy, Debug)]
struct Link {
    cluster: u32,
    part: Part,
    next: u32,
}

/// Which part of a name a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Given,
    Middle,
    Family,
    /// All of it.
    Only,
    /// The title before it.
    Title,
}

const NONE: u32 = u32::MAX;

/// How many bearers of one word are looked at.
const BEARERS: usize = 24;

/// How far after a name a pronoun is taken for it, in tokens.
const REACH: usize = 24;

/// A form is none that the text really uses where less than one mention in so many has it.
const RARE: u32 = 50;

/// From how many mentions on a text is taken to be consistent in how it calls somebody.
const HABIT: u32 = 8;

impl People {
    /// What is named inside a stretch.
    pub(crate) fn namings_in(&self, within: Stretch) -> &[Naming] {
        let first = self.namings.partition_point(|n| n.tokens().end <= within.first);
        let end = self.namings.partition_point(|n| n.tokens().first < within.end);
        &self.namings[first.min(end)..end]
    }

    /// Finds the speakers of a text, in place of those that were there.
    pub(crate) fn tell_apart(&mut self, tagged: &Tagged, names: &Names, nominals: &Nominals, cast: &Cast) {
        self.clear(names);
        self.cast = !cast.characters().is_empty();
        self.list_forms(tagged, names);
        self.take_cast(tagged, names, cast);
        self.labelled = self.forms.iter().any(|form| label(tagged, names, form));
        for pass in [Form::full, Form::maiden, Form::titled, Form::bare] {
            for at in 0..self.forms.len() {
                if self.forms[at].cluster == NONE && pass(&self.forms[at], names) {
                    let cluster = self.cluster_of(tagged, names, at);
                    self.forms[at].cluster = cluster;
                }
            }
        }
        self.settle(names);
        self.show(tagged, names);
        self.find_rivals(names);
        self.take_nominals(tagged, names, nominals);
    }

    /// Lets go what was only needed to tell them apart.
    pub(crate) fn drop_words(&mut self) {
        self.by_words = NumberMap::default();
        self.by_pair = NumberMap::default();
        self.by_initials = NumberMap::default();
        self.habits = NumberMap::default();
    }

    /// Lets go all but the speakers and where they are named.
    pub(crate) fn drop_names(&mut self) {
        let People { speakers, namings, named, narrator, cast, rivals, .. } = std::mem::take(self);
        *self = People { speakers, namings, named, narrator, cast, rivals, ..People::default() };
    }

    fn clear(&mut self, names: &Names) {
        self.speakers.clear();
        self.namings.clear();
        self.named.clear();
        self.narrator = None;
        self.cast = false;
        self.clusters.clear();
        self.forms.clear();
        self.form_of.clear();
        self.by_words.clear();
        self.by_pair.clear();
        self.by_initials.clear();
        self.heads.clear();
        self.heads.resize(names.vocabulary.len(), NONE);
        self.links.clear();
        self.rivals.clear();
    }

    /// Lists the different forms of the names.
    fn list_forms(&mut self, tagged: &Tagged, names: &Names) {
        self.form_of.reserve_exact(names.list.len());
        for (at, name) in names.list.iter().enumerate() {
            let words = names.words(name);
            let key = short(key(name.title, words));
            let first = self.by_words.get(&key).copied().unwrap_or(NONE);
            let mut index = self.form(names, first, name.title, words);
            if index == NONE {
                index = self.forms.len() as u32;
                self.by_words.insert(key, index);
                self.forms.add(Form {
                    name: at as u32,
                    class: name.class,
                    gender: name.gender,
                    count: 0,
                    narrated: 0,
                    he: 0,
                    she: 0,
                    cluster: NONE,
                    listed: false,
                    rivals: 0,
                    others: 0,
                    next: first,
                });
            }
            self.form_of.add(index);
            let form = &mut self.forms[index as usize];
            if shouts(tagged, &names.list[form.name as usize]) && !shouts(tagged, name) {
                form.name = at as u32;
            }
            form.count += 1;
            if tagged.tokens.has(name.core().range().start, Shape::QUOTED) {
                continue;
            }
            form.narrated += 1;
            if form.gender == Gender::Unknown {
                let next = names.list.get(at + 1).map_or(tagged.tokens.len(), |n| n.first as usize);
                match pronoun_after(tagged, name.core().range().end, next) {
                    Gender::Male => form.he += 1,
                    Gender::Female => form.she += 1,
                    _ => {}
                }
            }
        }
        for form in self.forms.iter_mut().filter(|form| form.gender == Gender::Unknown) {
            form.gender = match (form.he, form.she) {
                (he, she) if he > 2 * she => Gender::Male,
                (he, she) if she > 2 * he => Gender::Female,
                _ => Gender::Unknown,
            };
        }
    }

    /// The form with the title and words, among those of one key; `NONE` where there is none.
    fn form(&self, names: &Names, first: u32, title: Title, words: &[NameWord]) -> u32 {
        let mut at = first;
        while let Some(form) = self.forms.get(at as usize) {
            if form.title(names) == title && form.words(names) == words {
                break;
            }
            at = form.next;
        }
        at
    }

    /// The form of one word with a title, if the text has it.
    fn single(&self, names: &Names, title: Title, word: NameWord) -> Option<&Form> {
        let first = *self.by_words.get(&short(key(title, &[word])))?;
        self.forms.get(self.form(names, first, title, &[word]) as usize)
    }

    /// The cluster that a form joins, a new one where there is none for it.
    fn cluster_of(&mut self, tagged: &Tagged, names: &Names, at: usize) -> u32 {
        let form = self.forms[at];
        let words = form.words(names);
        let found = match (form.class, words) {
            (Class::Body | Class::Place, [word]) => self.body(tagged, names, *word),
            (Class::Body | Class::Place, _) => None,
            (_, [word]) if form.title(names) == Title::None => {
                let bearer = self.bearer(tagged, names, *word);
                bearer
                    .or_else(|| self.holder(tagged, names, &form))
                    .or_else(|| self.called(tagged, names, &form))
                    .or_else(|| self.initialed(tagged, names, &form))
            }
            (_, [word]) => self.titled_bearer(tagged, names, &form, *word),
            (_, [first, .., last]) => self
                .holder(tagged, names, &form)
                .or_else(|| self.namesake(tagged, names, &form, *first, *last)),
            (_, []) => None,
        };
        match found {
            Some(cluster) => {
                self.join(names, &form, cluster);
                cluster
            }
            None => self.found(tagged, names, at),
        }
    }

    /// Makes a cluster of a form.
    fn found(&mut self, tagged: &Tagged, names: &Names, at: usize) -> u32 {
        let form = self.forms[at];
        let cluster = self.clusters.len() as u32;
        let words = form.words(names);
        self.clusters.push(Cluster {
            class: form.class,
            gender: form.gender,
            titles: Titles::default().with(form.title(names)),
            count: form.count,
            weight: form.count,
            form: at as u32,
            shown: at as u32,
            listed: false,
            speaker: NONE,
        });
        self.link_title(form.title(names), cluster);
        let person = !matches!(form.class, Class::Body | Class::Place);
        match *words {
            [word] => {
                self.link(word, cluster, Part::Only);
                self.link_full_names(tagged, names, word, cluster, Part::Only);
            }
            [_, .., last] if person && self.doubtful(tagged, names, &form, last) => {}
            [first, ref middle @ .., last] if person => {
                self.link(first, cluster, Part::Given);
                self.link_full_names(tagged, names, first, cluster, Part::Given);
                middle.iter().for_each(|&word| self.link(word, cluster, Part::Middle));
                self.link(last, cluster, Part::Family);
                let wife = wife(tagged, names, form.title(names), first);
                self.by_pair.entry(pair(first, last, wife)).or_insert(cluster);
                for &word in middle {
                    self.by_pair.entry(pair(first, word, wife)).or_insert(cluster);
                }
                for two in words[1..].windows(2) {
                    self.by_pair.entry(pair(two[0], two[1], wife)).or_insert(cluster);
                }
                let initial = initial(names.vocabulary.form(tagged.text, first));
                self.by_pair.entry(initialled(initial, last, wife)).or_insert(cluster);
                if self.labelled {
                    let core = names.list[form.name as usize].core();
                    self.by_initials.entry(signed(initials(tagged, core))).or_insert(cluster);
                }
            }
            _ => {
                let core = names.list[form.name as usize].core();
                self.by_initials.entry(initials(tagged, core)).or_insert(cluster);
                if let (Class::Body, [first, ..]) = (form.class, words)
                    && firm(tagged, core)
                {
                    self.link(*first, cluster, Part::Given);
                }
            }
        }
        cluster
    }

    /// Whether two words may stand together by chance, as in *“Poor Brandt!”* and *in London Brandt slept*: the first
    /// is a word for other things too, and the last hardly ever stands with it.
    fn doubtful(&self, tagged: &Tagged, names: &Names, form: &Form, last: NameWord) -> bool {
        let at = names.list[form.name as usize].core().range().start;
        let word = tagged.word(at);
        let other = word.traits.any(Traits(Traits::PLACE.0 | Traits::DAY.0 | Traits::MONTH.0))
            || word.tags[0] != Tag::Unknown && word.tags[0] != Tag::Name;
        let alone = self.single(names, Title::None, last).map_or(0, |single| single.count);
        other && alone >= HABIT * form.count
    }

    /// Makes a cluster known by the full names of which a short one is in its name: *Bill* by *William*.
    fn link_full_names(&mut self, tagged: &Tagged, names: &Names, short: NameWord, cluster: u32, part: Part) {
        let short = tagged.lexicon.look_up(names.vocabulary.form(tagged.text, short).as_bytes());
        for full in tagged.lexicon.full_names(short).filter_map(|id| names.vocabulary.known(id)) {
            self.link(full, cluster, part);
        }
    }

    fn link_title(&mut self, title: Title, cluster: u32) {
        let (Title::Familiar(word) | Title::Office(word)) = title else { return };
        if !self.bearers(word.into()).any(|link| link == (cluster, Part::Title)) {
            self.link(word.into(), cluster, Part::Title);
        }
    }

    fn link(&mut self, word: NameWord, cluster: u32, part: Part) {
        let head = &mut self.heads[word.0 as usize];
        self.links.push(Link { cluster, part, next: *head });
        *head = self.links.len() as u32 - 1;
    }

    /// The speakers that have a word in their names, the latest first.
    fn bearers(&self, word: NameWord) -> impl Iterator<Item = (u32, Part)> + '_ {
        let mut at = self.heads[word.0 as usize];
        std::iter::from_fn(move || {
            let link = (at != NONE).then(|| self.links[at as usize])?;
            at = link.next;
            Some((link.cluster, link.part))
        })
        .take(BEARERS)
    }

    fn join(&mut self, names: &Names, form: &Form, cluster: u32) {
        let c = &mut self.clusters[cluster as usize];
        c.titles = c.titles.with(form.title(names));
        c.count += form.count;
        if !form.bare(names) {
            c.weight += form.count;
        }
        if c.gender == Gender::Unknown {
            c.gender = form.gender;
        }
        if c.class == Class::Unknown {
            c.class = form.class;
        }
        self.link_title(form.title(names), cluster);
    }

    /// Who a full name is another form of: *J. Brandt* or *Bill Brandt* of *Joan Brandt* or *William Brandt*.
    fn namesake(
        &self,
        tagged: &Tagged,
        names: &Names,
        form: &Form,
        first: NameWord,
        last: NameWord,
    ) -> Option<u32> {
        let wife = wife(tagged, names, form.title(names), first);
        let agrees = |&cluster: &u32| agree(self.clusters[cluster as usize].gender, form.gender);
        let known = |first: NameWord| self.by_pair.get(&pair(first, last, wife)).copied().filter(agrees);
        if let Some(cluster) = known(first).or_else(|| self.member(form, first, last)) {
            return Some(cluster);
        }
        let written = names.vocabulary.form(tagged.text, first);
        if written.trim_end_matches('.').chars().count() == 1 {
            return self.by_pair.get(&initialled(initial(written), last, wife)).copied().filter(agrees);
        }
        let short = tagged.lexicon.look_up(written.as_bytes());
        let full = tagged.lexicon.full_names(short);
        full.filter_map(|id| names.vocabulary.known(id)).find_map(known)
    }

    /// The one member of the cast whose given name the first is and whose family name may be the last.
    fn member(&self, form: &Form, first: NameWord, last: NameWord) -> Option<u32> {
        let mut given = self.bearers(first).filter(|&(cluster, part)| {
            let c = &self.clusters[cluster as usize];
            c.listed && matches!(part, Part::Given | Part::Only) && agree(c.gender, form.gender)
        });
        let (cluster, _) = given.next()?;
        let other = given.any(|(other, _)| other != cluster);
        let family = self.bearers(last).any(|(bearer, part)| bearer == cluster && part != Part::Given);
        (!other && family).then_some(cluster)
    }

    /// Who a title with one word stands for.
    fn titled_bearer(&self, tagged: &Tagged, names: &Names, form: &Form, word: NameWord) -> Option<u32> {
        let mut given = None;
        let mut family = None;
        let mut relatives = 0;
        // *Mrs. Brandt* is *Ana Ruiz Brandt*, named before, rather than who is named only later, where nobody calls her *Ana*
        let met = |c: &Cluster| {
            let full = self.forms.get(c.form as usize).filter(|full| full.name < form.name && c.titles.none);
            let given = full.and_then(|full| full.words(names).first().copied());
            given.is_some_and(|given| self.single(names, Title::None, given).is_none())
        };
        let relative = |part: Part| part == Part::Family;
        let introduced =
            self.bearers(word).any(|(cluster, part)| relative(part) && met(&self.clusters[cluster as usize]));
        for (cluster, part) in self.bearers(word) {
            let c = &self.clusters[cluster as usize];
            if matches!(c.class, Class::Body | Class::Place) || !agree(c.gender, form.gender) {
                continue;
            }
            if relative(part) && introduced && !met(c) {
                continue;
            }
            relatives += u32::from(relative(part));
            if !c.titles.allow(form.title(names)) {
                continue;
            }
            let best = match part {
                Part::Given | Part::Middle => &mut given,
                Part::Family | Part::Only => &mut family,
                Part::Title => continue,
            };
            // *Sir Tom* is rather *Sir Tom Brandt* than *Tom Ruiz*
            let rank = |cluster: u32| {
                let c = &self.clusters[cluster as usize];
                (c.titles.other.is_some(), c.weight)
            };
            let titled = matches!(form.title(names), Title::Familiar(_));
            let rank = |cluster: u32| if titled { rank(cluster) } else { (false, rank(cluster).1) };
            if best.is_none_or(|other: u32| rank(other) < rank(cluster)) {
                *best = Some(cluster);
            }
        }
        let known =
            || tagged.lexicon.gender_of_given_name(names.vocabulary.form(tagged.text, word).as_bytes());
        match form.title(names) {
            Title::Familiar(_) => {
                let same = |&cluster: &u32| self.clusters[cluster as usize].titles.other.is_some();
                given.or(family.filter(same)).or_else(|| self.by_full_name(tagged, names, word))
            }
            Title::Office(_) => {
                let same = |&cluster: &u32| {
                    let titles = self.clusters[cluster as usize].titles;
                    titles.other.is_some() || titles.none && relatives <= 1
                };
                family.filter(same)
            }
            _ => {
                let one = family.filter(|_| relatives <= 1);
                one.filter(|&cluster| self.is_called(tagged, names, form, word, cluster))
                    .or(given.filter(|_| {
                        family.is_none() && (form.title(names) != Title::Mrs || known() == Gender::Female)
                    }))
                    .or_else(|| self.by_full_name(tagged, names, word).filter(|_| family.is_none()))
            }
        }
    }

    /// Whether the text may call the cluster by a courtesy title and its family name, seeing how else it calls it.
    fn is_called(&self, tagged: &Tagged, names: &Names, form: &Form, word: NameWord, cluster: u32) -> bool {
        let c = &self.clusters[cluster as usize];
        let Some(full) = self.forms.get(c.form as usize) else { return true };
        let [first, _, ..] = *full.words(names) else { return true };
        let given = self.single(names, Title::None, first).map_or(0, |given| given.narrated);
        let unmarried = self.single(names, Title::Miss, word).is_some();
        let both = given >= HABIT && form.narrated >= HABIT && 2 * form.narrated > form.count;
        match form.title(names) {
            Title::Mr => !both && (!c.titles.mr || form.count <= 3 * c.count),
            Title::Mrs => c.titles.mrs || !unmarried,
            // of *the Miss Brandts*, the eldest is *Miss Brandt*, not she who is called *Lucy*
            Title::Miss => !both || !self.sisters(tagged, names, word),
            _ => true,
        }
    }

    /// Whether the text has several unmarried women of the name: *the Miss Brandts*.
    fn sisters(&self, tagged: &Tagged, names: &Names, word: NameWord) -> bool {
        let form = names.vocabulary.form(tagged.text, word).as_bytes();
        let mut plural = [b's'; u8::MAX as usize + 1];
        plural[..form.len()].copy_from_slice(form);
        let plural = names.vocabulary.get(tagged.text, &plural[..=form.len()]);
        plural.is_some_and(|plural| self.single(names, Title::Miss, plural).is_some())
    }

    /// Who one word stands for.
    fn bearer(&self, tagged: &Tagged, names: &Names, word: NameWord) -> Option<u32> {
        let weight = |(cluster, part): (u32, Part)| {
            let c = &self.clusters[cluster as usize];
            let share = match part {
                Part::Middle => 1,
                Part::Family if c.titles.mr => 12,
                Part::Family if c.gender == Gender::Female => 2,
                Part::Title => 2,
                _ => 6,
            };
            // a family name alone stands for no *Mrs.* or *Lady* of whom nothing else is known
            let lady = part == Part::Only && !c.titles.none && c.gender == Gender::Female;
            if lady { 0 } else { share * c.weight.max(1) }
        };
        let best =
            self.bearers(word).max_by_key(|&bearer| weight(bearer)).filter(|&bearer| weight(bearer) > 0);
        best.map(|(cluster, _)| cluster).or_else(|| self.by_full_name(tagged, names, word))
    }

    /// Who holds the office that a name is, by the apposition: *the Speaker, **Dame Ana Ruiz**, …*, ***Ana Ruiz**, the MP for
    /// Torvik*.
    fn holder(&self, tagged: &Tagged, names: &Names, form: &Form) -> Option<u32> {
        let at = form.name as usize;
        let name = names.list[at].tokens().range();
        if !tagged.any(name.start, OFFICE) || tagged.any(name.start, Traits::GIVEN_NAME) {
            return None;
        }
        let comma = |at: usize| at < tagged.tokens.len() && tagged.kind(at) == TokenKind::Comma;
        // not *Ana Ruiz, the Duke of Torvik and Bo Lind*
        let closes = |at: usize| at >= tagged.tokens.len() || tagged.tag(at) == Tag::Punctuation;
        let range = |name: &Name| name.tokens().range();
        let behind = names.list.get(at + 1).is_some_and(|next| {
            comma(name.end) && range(next).start == name.end + 1 && closes(range(next).end)
        });
        let before = at.checked_sub(1).is_some_and(|last| {
            let end = range(&names.list[last]).end;
            comma(end) && (end + 1..=end + 2).contains(&name.start) && closes(name.end)
        });
        let apposed = if before { Some(at - 1) } else { Some(at + 1).filter(|_| behind) };
        let cluster = |name: usize| self.forms[self.form_of[name] as usize].cluster;
        let holder = apposed.map(cluster).filter(|&holder| holder != NONE);
        holder.filter(|&holder| self.clusters[holder as usize].class == Class::Person)
    }

    /// Who is said to be known by a name: *Ana Ruiz, **known** to all **as** Mink, …*
    fn called(&self, tagged: &Tagged, names: &Names, form: &Form) -> Option<u32> {
        const LONGEST: usize = 5;
        let at = form.name as usize;
        let first = names.list[at].tokens().range().start;
        let as_at = first.checked_sub(1).filter(|&at| tagged.function(at) == Function::As)?;
        let known = (0..as_at).rev().take(LONGEST).find(|&at| tagged.is(at, "known"))?;
        let comma = known > 0 && tagged.kind(known - 1) == TokenKind::Comma;
        let end = known - usize::from(comma);
        let before =
            (0..at).rev().take(LONGEST).find(|&name| names.list[name].tokens().range().end == end)?;
        let cluster = self.forms[self.form_of[before] as usize].cluster;
        Some(cluster).filter(|&cluster| cluster != NONE)
    }

    /// Whose initials a label is: ***AR:** It leaks.*
    fn initialed(&self, tagged: &Tagged, names: &Names, form: &Form) -> Option<u32> {
        if !label(tagged, names, form) {
            return None;
        }
        let first = names.list[form.name as usize].tokens().first as usize;
        let letters = tagged.form(first).chars().fold(0, initials_with);
        self.by_initials.get(&signed(letters)).copied()
    }

    /// Who has the full name that a word is short for.
    fn by_full_name(&self, tagged: &Tagged, names: &Names, word: NameWord) -> Option<u32> {
        let short = tagged.lexicon.look_up(names.vocabulary.form(tagged.text, word).as_bytes());
        let full = tagged.lexicon.full_names(short).filter_map(|id| names.vocabulary.known(id));
        // a text that calls one *Kitty* and one *Catherine*, both often, means two
        let habit =
            |word: NameWord| self.single(names, Title::None, word).is_some_and(|f| f.narrated >= HABIT);
        let known = habit(word);
        full.filter(|&full| !(known && habit(full)))
            .filter_map(|word| {
                let given = self.bearers(word).filter(|&(_, part)| matches!(part, Part::Given | Part::Only));
                given
                    .map(|(cluster, _)| cluster)
                    .max_by_key(|&cluster| self.clusters[cluster as usize].weight)
            })
            .max_by_key(|&cluster| self.clusters[cluster as usize].weight)
    }

    /// What one word for a body or place names: a person after all, or the body whose initials it is.
    fn body(&self, tagged: &Tagged, names: &Names, word: NameWord) -> Option<u32> {
        let form = names.vocabulary.form(tagged.text, word);
        let letters = form.chars().filter(|c| c.is_alphabetic()).fold(0, initials_with);
        self.bearer(tagged, names, word).or_else(|| self.by_initials.get(&letters).copied())
    }

    /// Gives a given name that two bear to the one whom the narration calls nothing else, where it calls the other by
    /// a name of his own: where it says *Brandt* of *Tom Brandt*, *Tom* is *Tom Ruiz*.
    fn settle(&mut self, names: &Names) {
        let word = |form: &Form| match *form.words(names) {
            [word] if form.title(names) == Title::None && form.narrated >= HABIT => Some(word),
            _ => None,
        };
        let mut habits = std::mem::take(&mut self.habits);
        habits.clear();
        for form in &self.forms {
            let Some(word) = word(form) else { continue };
            let most = habits.entry(u64::from(form.cluster)).or_insert((word, form.narrated));
            if most.1 < form.narrated {
                *most = (word, form.narrated);
            }
        }
        for at in 0..self.forms.len() {
            let form = self.forms[at];
            let Some(word) = word(&form) else { continue };
            let other = |cluster: u32| habits.get(&u64::from(cluster)).filter(|(own, _)| *own != word);
            if other(form.cluster).is_none_or(|(_, narrated)| *narrated <= form.narrated) {
                continue;
            }
            let mut fellows = self.bearers(word).filter(|&(cluster, part)| {
                let c = &self.clusters[cluster as usize];
                part == Part::Given
                    && cluster != form.cluster
                    && (c.listed || !self.cast)
                    && 2 * c.count >= HABIT
                    && agree(c.gender, form.gender)
                    && other(cluster).is_none()
            });
            let only = fellows.next().filter(|_| fellows.next().is_none());
            drop(fellows);
            if let Some((cluster, _)) = only {
                self.forms[at].cluster = cluster;
                self.forms[at].listed = false;
            }
        }
        self.habits = habits;
    }

    /// Finds who else bears the names of one word.
    fn find_rivals(&mut self, names: &Names) {
        let mut rivals = std::mem::take(&mut self.rivals);
        for at in 0..self.forms.len() {
            let form = self.forms[at];
            let [word] = *form.words(names) else { continue };
            let first = rivals.len();
            if form.listed {
                continue;
            }
            for (cluster, part) in self.bearers(word) {
                let c = &self.clusters[cluster as usize];
                let person = !matches!(c.class, Class::Body | Class::Place);
                let known = c.listed || !self.cast && RARE * c.count >= form.count;
                let fits = known && agree(c.gender, form.gender) && c.titles.allow(form.title(names));
                if cluster != form.cluster
                    && person
                    && fits
                    && part != Part::Title
                    && !rivals[first..].contains(&cluster)
                {
                    rivals.push(cluster);
                }
            }
            let form = &mut self.forms[at];
            (form.rivals, form.others) = (first as u32, (rivals.len() - first) as u8);
        }
        self.rivals = rivals;
    }

    /// Who else a naming may stand for.
    pub(crate) fn rivals(&self, naming: &Naming) -> &[u32] {
        &self.rivals[naming.rivals as usize..][..usize::from(naming.others)]
    }

    /// Gives the roles that nouns name their clusters: that of a name of the same words or with that title.
    fn take_nominals(&mut self, tagged: &Tagged, names: &Names, nominals: &Nominals) {
        self.roles.clear();
        for role in &nominals.roles {
            let cluster = role.character.or_else(|| {
                let word = role.core.filter(|core| core.range().len() == 1)?.range().start;
                let word = names.vocabulary.get(tagged.text, tagged.form(word).as_bytes())?;
                let bearer = |part: Part| {
                    let person = |cluster: &u32| {
                        !matches!(self.clusters[*cluster as usize].class, Class::Body | Class::Place)
                    };
                    let bearers = || {
                        let bearers = self.bearers(word).filter(move |&(_, p)| p == part);
                        bearers.map(|(cluster, _)| cluster).filter(person)
                    };
                    let most = bearers().max_by_key(|&cluster| self.clusters[cluster as usize].weight)?;
                    let rest: u32 = bearers().map(|cluster| self.clusters[cluster as usize].weight).sum();
                    (2 * self.clusters[most as usize].weight > rest).then_some(most)
                };
                let only = if role.relative { None } else { bearer(Part::Only) };
                only.or_else(|| bearer(Part::Title))
            });
            self.roles.push(cluster.map_or(Bearer::Nobody, Bearer::Cluster));
        }
    }

    /// Lists the speakers and where they are named.
    pub(crate) fn number(&mut self, tagged: &Tagged, names: &Names, nominals: &Nominals, cast: &Cast) {
        for (at, character) in (0..).zip(cast.characters()) {
            let gender = character.gender;
            self.speakers.add(Speaker { identity: Identity::Character(at), gender, plural: false });
            if character.narrator || character.aliases.iter().any(|alias| alias == "I") {
                self.narrator = Some(at);
            }
        }
        self.namings.reserve_exact(names.list.len() + nominals.list.len());
        let mut roles = nominals.list.iter().peekable();
        for (at, name) in names.list.iter().enumerate() {
            while let Some(role) = roles.next_if(|role| role.tokens.first < name.first) {
                if role.tokens.end <= name.first {
                    self.name_role(tagged, names, nominals, role);
                }
            }
            let Form { cluster, rivals, others, .. } = self.forms[self.form_of[at] as usize];
            let speaker = self.speaker_of(tagged, names, cluster);
            self.namings.push(Naming {
                first: name.first,
                speaker,
                rivals,
                others,
                length: name.length(),
                kind: MentionKind::Name,
            });
        }
        roles.for_each(|role| self.name_role(tagged, names, nominals, role));
        // clusters that are never named by another form are nobody
        for rival in &mut self.rivals {
            *rival = self.clusters[*rival as usize].speaker;
        }
        self.named.resize(self.speakers.len(), false);
        for naming in self.namings.iter().filter(|n| n.kind == MentionKind::Name) {
            self.named[naming.speaker as usize] = true;
        }
    }

    /// Lists a nominal, with the speaker of the cluster that its role has or with one of its own.
    fn name_role(&mut self, tagged: &Tagged, names: &Names, nominals: &Nominals, nominal: &Nominal) {
        let role = &nominals.roles[nominal.role as usize];
        let speaker = match self.roles[nominal.role as usize] {
            Bearer::Cluster(cluster) => self.speaker_of(tagged, names, cluster),
            Bearer::Speaker(speaker) => speaker,
            Bearer::Nobody if self.cast || role.relative => return,
            Bearer::Nobody => {
                let id = self.speakers.len() as u32;
                let identity = role.core.map_or(Identity::Nameless, Identity::Named);
                self.speakers.add(Speaker { identity, gender: role.gender, plural: false });
                self.roles[nominal.role as usize] = Bearer::Speaker(id);
                id
            }
        };
        self.namings.push(Naming {
            first: nominal.tokens.first,
            speaker,
            rivals: 0,
            others: 0,
            length: byte(nominal.tokens.range().len()),
            kind: MentionKind::Nominal,
        });
    }

    /// The speaker that a cluster is, a new one where it was none yet.
    fn speaker_of(&mut self, tagged: &Tagged, names: &Names, cluster: u32) -> u32 {
        let c = self.clusters[cluster as usize];
        let mut id = c.speaker;
        if id == NONE {
            id = self.speakers.len() as u32;
            self.clusters[cluster as usize].speaker = id;
            let shown = self.forms[c.shown as usize];
            let name = &names.list[shown.name as usize];
            let alone = shown.title(names) == Title::None || !self.shared(names, &shown, cluster);
            let name = unranked(tagged, if alone { name.core() } else { name.tokens() });
            self.speakers.add(Speaker { identity: Identity::Named(name), gender: c.gender, plural: false });
        }
        let gender = &mut self.speakers[id as usize].gender;
        if *gender == Gender::Unknown {
            *gender = c.gender;
        }
        id
    }

    /// Whether the name is one word that another speaker bears too.
    fn shared(&self, names: &Names, form: &Form, cluster: u32) -> bool {
        match *form.words(names) {
            [word] => self.bearers(word).any(|(other, _)| other != cluster),
            _ => false,
        }
    }

    /// Finds the form that each cluster is shown under: the fullest of those that the text really uses.
    fn show(&mut self, tagged: &Tagged, names: &Names) {
        for at in 0..self.forms.len() {
            let form = self.forms[at];
            let c = self.clusters[form.cluster as usize];
            if !c.listed
                && c.shown as usize != at
                && self.fullness(tagged, names, at) > self.fullness(tagged, names, c.shown as usize)
            {
                self.clusters[form.cluster as usize].shown = at as u32;
            }
        }
    }

    /// How fit a form is for a name: used, not shouted, not begun with an initial; then how many words, and how often.
    fn fullness(&self, tagged: &Tagged, names: &Names, form: usize) -> (bool, bool, u32, u32) {
        let form = &self.forms[form];
        let name = &names.list[form.name as usize];
        let used = RARE * form.count >= self.clusters[form.cluster as usize].count;
        let words = form.words(names);
        let initial = names.vocabulary.form(tagged.text, words[0]).trim_end_matches('.').len() == 1;
        (used, !shouts(tagged, name) && !initial, words.len() as u32, form.count)
    }

    /// Makes the members of a cast clusters, and gives them the forms that are their names or aliases.
    fn take_cast(&mut self, tagged: &Tagged, names: &Names, cast: &Cast) {
        let mut exact: NumberMap<u32> = NumberMap::default();
        let mut plain: NumberMap<u32> = NumberMap::default();
        for (at, character) in cast.characters().iter().enumerate() {
            let cluster = at as u32;
            self.clusters.push(Cluster {
                class: Class::Person,
                gender: character.gender,
                titles: Titles::default(),
                count: 0,
                weight: 0,
                form: NONE,
                shown: NONE,
                listed: true,
                speaker: cluster,
            });
            for alias in [&character.name].into_iter().chain(&character.aliases) {
                let Some(alias) = Alias::read(tagged, names, alias) else { continue };
                let c = &mut self.clusters[at];
                c.titles = c.titles.with(alias.title);
                self.link_title(alias.title, cluster);
                if alias.whole {
                    exact.entry(key(alias.title, &alias.words)).or_insert(cluster);
                    plain.entry(key(Title::None, &alias.words)).or_insert(cluster);
                }
                self.link_alias(tagged, names, &alias, cluster);
            }
        }
        for form in &mut self.forms {
            let words = form.words(names);
            let agrees = |c: &&u32| agree(cast.characters()[**c as usize].gender, form.gender);
            let plain = || plain.get(&key(Title::None, words)).filter(agrees);
            let listed = exact.get(&key(form.title(names), words));
            if let Some(&cluster) = listed.or_else(plain) {
                form.cluster = cluster;
                form.listed = listed.is_some();
                self.clusters[cluster as usize].count += form.count;
                self.clusters[cluster as usize].weight += form.count;
            }
        }
    }

    fn link_alias(&mut self, tagged: &Tagged, names: &Names, alias: &Alias, cluster: u32) {
        for &(at, word) in &alias.places {
            let part = match at {
                0 if alias.count == 1 => Part::Only,
                0 => Part::Given,
                _ if at + 1 == alias.count => Part::Family,
                _ => Part::Middle,
            };
            if !self.bearers(word).any(|link| link == (cluster, part)) {
                self.link(word, cluster, part);
            }
        }
        if let ([first, .., last], true) = (&alias.words[..], alias.whole) {
            let wife = wife(tagged, names, alias.title, *first);
            self.by_pair.entry(pair(*first, *last, wife)).or_insert(cluster);
            let initial = initial(names.vocabulary.form(tagged.text, *first));
            self.by_pair.entry(initialled(initial, *last, wife)).or_insert(cluster);
        }
    }
}

/// A name or alias of the cast, in the words that the text has.
#[derive(Debug)]
struct Alias {
    title: Title,
    words: Vec<NameWord>,
    /// The same with their places among all words of the alias.
    places: Vec<(usize, NameWord)>,
    /// How many words the alias has.
    count: usize,
    /// The text has all of them.
    whole: bool,
}

impl Alias {
    fn read(tagged: &Tagged, names: &Names, alias: &str) -> Option<Self> {
        let parts: Vec<&str> = alias
            .split(|c: char| c.is_whitespace() || c == ',')
            .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
            .filter(|part| !part.is_empty())
            .collect();
        let known = |form: &str| tagged.lexicon.word(tagged.lexicon.look_up(form.as_bytes()));
        let number = |form: &str| names.vocabulary.get(tagged.text, form.as_bytes());
        let determined = parts.first().is_some_and(|first| known(first).tags[0] == Tag::Determiner);
        if parts.first().is_some_and(|first| ["a", "an"].iter().any(|a| first.eq_ignore_ascii_case(a))) {
            return None;
        }
        let from = usize::from(determined);
        let last = parts.len().checked_sub(1)?;
        let office = |&at: &usize| {
            let traits = known(parts[at]).traits;
            traits.any(OFFICE) && !traits.any(Traits::PARTICLE)
        };
        let leads = |&at: &usize| office(&at) || known(parts[at]).tags[0] == Tag::Adjective;
        let before = (from..last).take_while(leads).filter(office).last();
        let title = before.and_then(|at| {
            let courtesy = Title::of(known(parts[at]), NameWord(NONE));
            let other = matches!(courtesy, Title::Familiar(_) | Title::Office(_));
            if other {
                number(parts[at]).map(|word| Title::of(known(parts[at]), word))
            } else {
                Some(courtesy)
            }
        });
        let core = &parts[before.map_or(from, |at| at + 1)..];
        // *the man with the scar*, *sister of Captain Ruiz*: a description
        let bound = |part: &&str| {
            known(part).tags[0] == Tag::Preposition && !known(part).traits.any(Traits::PARTICLE)
        };
        let ranked = before.is_some_and(|at| known(parts[at]).traits.any(Traits::TITLE));
        if !ranked && core.iter().any(bound) {
            return None;
        }
        let parts = core.iter().filter(|part| !known(part).traits.any(Traits::PARTICLE));
        let count = parts.clone().count();
        let places: Vec<_> =
            parts.enumerate().filter_map(|(at, part)| number(part).map(|word| (at, word))).collect();
        let words: Vec<_> = places.iter().map(|&(_, word)| word).collect();
        let whole = places.len() == count;
        (count > 0).then_some(Alias { title: title.unwrap_or(Title::None), words, places, count, whole })
    }
}

impl Form {
    fn title(&self, names: &Names) -> Title {
        names.list[self.name as usize].title
    }

    fn words<'a>(&self, names: &'a Names) -> &'a [NameWord] {
        names.words(&names.list[self.name as usize])
    }

    fn full(&self, names: &Names) -> bool {
        self.words(names).len() > 1
    }

    /// *Miss Brandt*: tells that a woman is unmarried, and comes before *Mrs. Brandt*.
    fn maiden(&self, names: &Names) -> bool {
        !self.full(names) && self.title(names) == Title::Miss
    }

    fn titled(&self, names: &Names) -> bool {
        !self.full(names) && self.title(names) != Title::None
    }

    fn bare(&self, names: &Names) -> bool {
        !self.full(names) && self.title(names) == Title::None
    }
}

impl Titles {
    fn with(mut self, title: Title) -> Self {
        match title {
            Title::None => self.none = true,
            Title::Mr => self.mr = true,
            Title::Mrs => self.mrs = true,
            Title::Miss => self.miss = true,
            Title::Ms => self.ms = true,
            Title::Familiar(word) | Title::Office(word) => self.other = self.other.or(Some(word)),
        }
        self
    }

    /// Whether who bears these titles may bear the other.
    fn allow(self, title: Title) -> bool {
        match title {
            Title::None => true,
            Title::Mr => !self.mrs && !self.miss && !self.ms,
            Title::Mrs => !self.mr && !self.miss,
            Title::Miss => !self.mr && !self.mrs,
            Title::Ms => !self.mr,
            Title::Familiar(word) | Title::Office(word) => self.other.is_none_or(|other| other == word),
        }
    }
}

fn agree(one: Gender, other: Gender) -> bool {
    one == other || one == Gender::Unknown || other == Gender::Unknown
}

/// Whether words of a name are written in capitals.
fn shouts(tagged: &Tagged, name: &Name) -> bool {
    let word = |&at: &usize| !tagged.any(at, Traits::NAME_SUFFIX);
    name.core().range().filter(word).any(|at| tagged.tokens.has(at, Shape::UPPER))
}

/// A name without the ranks behind it: *Ana Ruiz*, PhD.
fn unranked(tagged: &Tagged, name: Stretch) -> Stretch {
    let ranks = |&at: &usize| tagged.any(at, Traits::RANK) || tagged.kind(at) == TokenKind::Comma;
    let end = name.range().rev().find(|at| !ranks(at)).map_or(name.range().end, |last| last + 1);
    Stretch::new(name.range().start, end)
}

/// Whether a body is called by the first word of its name as well: *Kestrel Foods*, but not *Ashdale Council*.
fn firm(tagged: &Tagged, core: Stretch) -> bool {
    let first = tagged.word(core.range().start);
    let public = |at: usize| tagged.any(at, Traits::BODY);
    let other = Traits(Traits::PLACE.0 | Traits::DAY.0);
    matches!(first.tags[0], Tag::Unknown | Tag::Name) && !first.traits.any(other) && !core.range().any(public)
}

/// Whether a title makes a husband's name that of his wife: *Mrs. Tomas Brandt*.
fn wife(tagged: &Tagged, names: &Names, title: Title, first: NameWord) -> bool {
    let given = names.vocabulary.form(tagged.text, first);
    title == Title::Mrs && tagged.lexicon.gender_of_given_name(given.as_bytes()) != Gender::Female
}

/// The half of a key that it is looked up by where more is compared than the key.
fn short(key: u64) -> u32 {
    (key >> 32) as u32
}

fn key(title: Title, words: &[NameWord]) -> u64 {
    let title = match title {
        Title::None => 0,
        Title::Mr => 1,
        Title::Mrs => 2,
        Title::Miss => 3,
        Title::Ms => 4,
        Title::Familiar(word) | Title::Office(word) => 5 + u64::from(NameWord::from(word).0),
    };
    words.iter().fold(title, |hash, word| {
        (hash.rotate_left(17) ^ u64::from(word.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

fn pair(first: NameWord, last: NameWord, wife: bool) -> u64 {
    u64::from(first.0) << 32 | u64::from(last.0) << 1 | u64::from(wife)
}

/// The key of a name of which the first word is an initial; initials are no words.
fn initialled(initial: char, last: NameWord, wife: bool) -> u64 {
    1 << 63 | u64::from(initial) << 32 | u64::from(last.0) << 1 | u64::from(wife)
}

fn initial(form: &str) -> char {
    form.chars().next().unwrap_or(' ').to_ascii_uppercase()
}

/// The key of the initials of a name, those of *of* and *the* left out.
fn initials(tagged: &Tagged, core: Stretch) -> u64 {
    let capitals = core.range().filter(|&at| tagged.tokens.has(at, Shape::CAPITAL));
    capitals.map(|at| initial(tagged.form(at))).fold(0, initials_with)
}

/// Whether a form is one word in capitals that labels a line: ***AR:** It leaks.*
fn label(tagged: &Tagged, names: &Names, form: &Form) -> bool {
    let name = names.list[form.name as usize].tokens().range();
    tagged.tokens.has(name.start, Shape::UPPER) && labels(tagged, name.start, name.end)
}

/// The key of the initials of a person, which are no acronym.
fn signed(initials: u64) -> u64 {
    initials_with(initials, ':')
}

fn initials_with(key: u64, letter: char) -> u64 {
    (key.rotate_left(7) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The gender of the pronoun that goes on about a name, before another name comes.
fn pronoun_after(tagged: &Tagged, from: usize, next: usize) -> Gender {
    let outlines = tagged.lexicon.outlines();
    let mut tokens = tagged.tokens.rows(from..next.min(from + REACH).min(tagged.tokens.len()).max(from));
    let told = tokens.find(|&(_, _, shape, word)| {
        shape.any(Shape::BLANK, Shape::QUOTED) | outlines.of(word).has(Outline::SEXED)
    });
    match told {
        Some((at, _, shape, _)) if !shape.any(Shape::BLANK, Shape::QUOTED) && !other(tagged, from, at) => {
            tagged.word(at).gender
        }
        _ => Gender::Unknown,
    }
}

/// Whether the pronoun at a token is somebody else than the subject that ends before `from`, being the object of its
/// verb: *Brandt accused **her** of fraud*.
fn other(tagged: &Tagged, from: usize, at: usize) -> bool {
    let object = tagged.tag(at) == Tag::Pronoun && tagged.word(at).pronoun.any(Pronoun::OBJECT);
    let verb = |&at: &usize| tagged.tag(at).verb();
    let group = || (from..at).rev().take_while(|at| verb(at) || tagged.tag(*at) == Tag::Adverb);
    object && verb(&(at - 1)) && (from..at).filter(verb).count() == group().filter(verb).count()
}

#[cfg(test)]
mod tests {
    use crate::extractor::Extractor;
    use crate::lexicon::Gender;
    use crate::people::cast::{Cast, Character};
    use crate::people::speaker::Identity;
    use crate::workspace::Workspace;

    /// The speakers of a text in order: name, gender, how often each is named.
    fn speakers(text: &str, cast: Cast) -> Vec<(String, Gender, usize)> {
        let mut w = Workspace::new();
        Extractor::builder().cast(cast).build().parse(&mut w, text, |_| {});
        let named = |id: usize| w.found.people.namings.iter().filter(|n| n.speaker as usize == id).count();
        let name = |id: usize| match w.found.people.speakers[id].identity {
            Identity::Nameless => "-".to_owned(),
            Identity::Named(name) => {
                w.found.tokens.span(name.range().start, name.range().end).of(text).to_owned()
            }
            Identity::Character(at) => w.found.cast.characters()[at as usize].name.clone(),
        };
        (0..w.found.people.speakers.len())
            .map(|id| (name(id), w.found.people.speakers[id].gender, named(id)))
            .collect()
    }

    fn bare(text: &str) -> Vec<(String, Gender, usize)> {
        speakers(text, Cast::new())
    }

    fn person(name: &str, gender: Gender, count: usize) -> (String, Gender, usize) {
        (name.to_owned(), gender, count)
    }

    #[test]
    fn all_forms_of_a_name_stand_for_one_speaker() {
        let text = "We met Senator Walter Prynne. Then Mr. Prynne left. The rest of us liked Walter, and Prynne knew it.";
        assert_eq!(bare(text), [person("Walter Prynne", Gender::Male, 4)]);
    }

    #[test]
    fn initials_and_short_names_join_the_full_name() {
        let text = "The letter was for William Oduya. It named W. Oduya, and a friend called him Bill.";
        assert_eq!(bare(text), [person("William Oduya", Gender::Male, 3)]);
    }

    #[test]
    fn a_family_is_kept_apart() {
        let text = "We saw Mr. Thorne and Mrs. Thorne, and later Agnes Thorne with Martha Thorne.";
        let names: Vec<_> = bare(text).into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["Mr. Thorne", "Mrs. Thorne", "Agnes Thorne", "Martha Thorne"]);
    }

    #[test]
    fn a_family_name_alone_is_not_the_lady() {
        let text = "We asked Mrs. Garrow in, and old Garrow came too, for Garrow was never far.";
        assert_eq!(
            bare(text),
            [person("Mrs. Garrow", Gender::Female, 1), person("Garrow", Gender::Unknown, 2)]
        );
    }

    #[test]
    fn pronouns_tell_a_gender_that_no_list_knows() {
        let text = "We waited for Zyntha, and when she came we ate. Then Zyntha took her coat.";
        assert_eq!(bare(text), [person("Zyntha", Gender::Female, 2)]);
    }

    #[test]
    fn an_acronym_is_the_body() {
        let text = "We wrote to the World Lantern Society. An answer from the WLS came late.";
        assert_eq!(bare(text), [person("World Lantern Society", Gender::Neuter, 2)]);
    }

    #[test]
    fn a_word_that_begins_a_sentence_is_no_name_for_its_capital() {
        assert_eq!(bare("Then it rained. Gently it stopped. Nobody came.\n\nQuietly we left."), []);
    }

    #[test]
    fn an_office_with_its_field_is_no_part_of_the_name() {
        let text = "It was signed by High Commissioner for Human Affairs Michelle Vantour.";
        assert_eq!(bare(text), [person("Michelle Vantour", Gender::Female, 1)]);
    }

    #[test]
    fn who_speaks_under_a_noun_is_a_character() {
        let text = "“Two coins,” said the ferryman.\n\nWe looked at the ferryman.";
        assert_eq!(bare(text), [person("ferryman", Gender::Male, 2)]);
    }

    #[test]
    fn a_cast_takes_the_names_and_nouns_that_it_lists() {
        let mut cast = Cast::new();
        cast.add(Character::new("Ilse Brandt").alias("the pilot").gender(Gender::Female)).expect("a name");
        cast.add(Character::new("Tomas Brandt").gender(Gender::Male)).expect("a name");
        let text = "We met Ilse. The pilot waved, and Mr. Brandt came with Miss Brandt.";
        let expected = [person("Ilse Brandt", Gender::Female, 3), person("Tomas Brandt", Gender::Male, 1)];
        assert_eq!(speakers(text, cast), expected);
    }
}
