//! Who the names of a text stand for: one speaker for all the forms of a name.
//!
//! Full names come first, then a title with one word, then one word alone, each joining the one speaker that it
//! can stand for. Of a family, *Mr.*, *Mrs.* and *Miss* are kept apart.

use crate::cast::Cast;
use crate::lexicon::{Gender, Pronoun, Tag, Traits};
use crate::name::{Class, Name, Names, OFFICE, Title, title};
use crate::sentence::Stretch;
use crate::tag::Tagged;
use crate::token::Shape;
use crate::vocabulary::{NameWord, NumberMap};

/// A person or body of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    /// The fullest form of the name without title, as tokens of the text; none for a nameless source.
    pub(crate) name: Option<Stretch>,
    /// The member of the cast that it is, under whose name it is then reported.
    pub(crate) character: Option<u32>,
    pub(crate) gender: Gender,
    pub(crate) plural: bool,
}

/// Where a speaker is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    /// The name with its title.
    pub(crate) tokens: Stretch,
    pub(crate) speaker: u32,
}

/// The people and bodies of a text and where they are named.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    /// In the order in which the text names them first; the members of a cast, in its order, come before.
    pub(crate) speakers: Vec<Speaker>,
    /// Ascending.
    pub(crate) namings: Vec<Naming>,
    /// Who tells the story in the first person.
    pub(crate) narrator: Option<u32>,
    clusters: Vec<Cluster>,
    forms: Vec<Form>,
    /// The form of each name.
    form_of: Vec<u32>,
    by_words: NumberMap<u32>,
    by_pair: NumberMap<u32>,
    by_initials: NumberMap<u32>,
    /// For each word the first of its links.
    heads: Vec<u32>,
    links: Vec<Link>,
}

/// What is one by title and words, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Form {
    words: Stretch,
    title: Title,
    class: Class,
    gender: Gender,
    /// The place in the list of the name that shows it best.
    name: u32,
    cluster: u32,
    /// The next form with the same hash.
    next: u32,
}

/// Forms that stand for one person or body.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    /// Place in the list of the name that is the fullest.
    name: u32,
    length: u32,
    class: Class,
    gender: Gender,
    titles: Titles,
    count: u32,
    character: Option<u32>,
    /// How often *he* or *she* follows.
    he: u32,
    she: u32,
    speaker: u32,
}

/// Which titles a speaker was seen with.
#[derive(Clone, Copy, Debug, Default)]
struct Titles {
    mr: bool,
    mrs: bool,
    miss: bool,
    other: Option<NameWord>,
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
    Only,
}

const NONE: u32 = u32::MAX;

/// How many bearers of one word are looked at.
const BEARERS: usize = 24;

/// How far after a name a pronoun is taken for it, in tokens.
const REACH: usize = 24;

impl People {
    /// Finds the speakers of a text, in place of those that were there.
    pub(crate) fn read(&mut self, tagged: &Tagged, names: &Names, cast: &Cast) {
        self.clear(names);
        self.list_forms(tagged, names);
        self.take_cast(tagged, names, cast);
        for pass in [Form::full, Form::titled, Form::bare] {
            for at in 0..self.forms.len() {
                if self.forms[at].cluster == NONE && pass(&self.forms[at]) {
                    self.forms[at].cluster = self.cluster_of(tagged, names, at);
                }
            }
        }
        self.count(tagged, names);
        self.number(names, cast);
    }

    fn clear(&mut self, names: &Names) {
        self.speakers.clear();
        self.namings.clear();
        self.narrator = None;
        self.clusters.clear();
        self.forms.clear();
        self.form_of.clear();
        self.by_words.clear();
        self.by_pair.clear();
        self.by_initials.clear();
        self.heads.clear();
        self.heads.resize(names.vocabulary.len(), NONE);
        self.links.clear();
    }

    /// Lists the different forms of the names.
    fn list_forms(&mut self, tagged: &Tagged, names: &Names) {
        for (at, name) in names.list.iter().enumerate() {
            let key = key(name.title, names.words(name));
            let first = *self.by_words.entry(key).or_insert(NONE);
            let mut form = first;
            while form != NONE && !self.is_form(names, form, name) {
                form = self.forms[form as usize].next;
            }
            if form == NONE {
                form = self.forms.len() as u32;
                self.by_words.insert(key, form);
                self.forms.push(Form {
                    words: name.words,
                    title: name.title,
                    class: name.class,
                    gender: name.gender,
                    name: at as u32,
                    cluster: NONE,
                    next: first,
                });
            } else {
                let shown = &mut self.forms[form as usize];
                if shouts(tagged, &names.list[shown.name as usize]) && !shouts(tagged, name) {
                    shown.name = at as u32;
                }
                if shown.gender == Gender::Unknown {
                    shown.gender = name.gender;
                }
            }
            self.form_of.push(form);
        }
    }

    fn is_form(&self, names: &Names, form: u32, name: &Name) -> bool {
        let form = &self.forms[form as usize];
        form.title == name.title && names.pool[form.words.range()] == *names.words(name)
    }

    /// The cluster that a form joins, a new one where there is none for it.
    fn cluster_of(&mut self, tagged: &Tagged, names: &Names, at: usize) -> u32 {
        let form = self.forms[at];
        let words = &names.pool[form.words.range()];
        let found = match (form.class, words) {
            (Class::Body | Class::Place, [word]) => self.by_acronym(tagged, names, *word),
            (Class::Body | Class::Place, _) => None,
            (_, [word]) if form.title == Title::None => self.bearer(tagged, names, *word),
            (_, [word]) => self.titled_bearer(&form, *word),
            (_, [first, .., last]) => self.namesake(tagged, names, &form, *first, *last),
            (_, []) => None,
        };
        match found {
            Some(cluster) => {
                self.join(&form, cluster);
                cluster
            }
            None => self.found_cluster(tagged, names, &form),
        }
    }

    /// Makes a cluster of a form.
    fn found_cluster(&mut self, tagged: &Tagged, names: &Names, form: &Form) -> u32 {
        let cluster = self.clusters.len() as u32;
        let words = &names.pool[form.words.range()];
        self.clusters.push(Cluster {
            name: form.name,
            length: words.len() as u32,
            class: form.class,
            gender: form.gender,
            titles: Titles::default().with(form.title),
            count: 0,
            character: None,
            he: 0,
            she: 0,
            speaker: NONE,
        });
        let person = !matches!(form.class, Class::Body | Class::Place);
        match *words {
            [word] => self.link(word, cluster, Part::Only),
            [first, ref middle @ .., last] if person => {
                self.link(first, cluster, Part::Given);
                middle.iter().for_each(|&word| self.link(word, cluster, Part::Middle));
                self.link(last, cluster, Part::Family);
                let wife = form.title == Title::Mrs;
                self.by_pair.entry(pair(first, last, wife)).or_insert(cluster);
                for &word in middle {
                    self.by_pair.entry(pair(first, word, wife)).or_insert(cluster);
                }
                let initial = initial(names.vocabulary.form(tagged.text, first));
                self.by_pair.entry(initialled(initial, last)).or_insert(cluster);
            }
            _ => {
                let core = names.list[form.name as usize].core;
                self.by_initials.entry(initials(tagged, core)).or_insert(cluster);
            }
        }
        cluster
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
            let link = *self.links.get(at as usize)?;
            at = link.next;
            Some((link.cluster, link.part))
        })
        .take(BEARERS)
    }

    fn join(&mut self, form: &Form, cluster: u32) {
        let c = &mut self.clusters[cluster as usize];
        if form.words.range().len() as u32 > c.length {
            (c.name, c.length) = (form.name, form.words.range().len() as u32);
        }
        c.titles = c.titles.with(form.title);
        if c.gender == Gender::Unknown {
            c.gender = form.gender;
        }
        if c.class == Class::Unknown {
            c.class = form.class;
        }
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
        let wife = form.title == Title::Mrs;
        let agrees = |&cluster: &u32| agree(self.clusters[cluster as usize].gender, form.gender);
        let known = |first: NameWord| self.by_pair.get(&pair(first, last, wife)).copied().filter(agrees);
        if let Some(cluster) = known(first) {
            return Some(cluster);
        }
        let written = names.vocabulary.form(tagged.text, first);
        if written.trim_end_matches('.').chars().count() == 1 {
            return self.by_pair.get(&initialled(initial(written), last)).copied().filter(agrees);
        }
        let short = tagged.lexicon.look_up(written.as_bytes());
        let full = tagged.lexicon.full_names(short);
        full.filter_map(|id| names.vocabulary.known(id)).find_map(known)
    }

    /// Who a title with one word stands for.
    fn titled_bearer(&self, form: &Form, word: NameWord) -> Option<u32> {
        let fits = |&(cluster, part): &(u32, Part)| {
            let c = &self.clusters[cluster as usize];
            let person = !matches!(c.class, Class::Body | Class::Place);
            person && agree(c.gender, form.gender) && c.titles.allow(form.title, part)
        };
        let mut one = None;
        let mut several = false;
        for (cluster, part) in self.bearers(word).filter(fits) {
            let same = matches!((form.title, self.clusters[cluster as usize].titles.other),
                (Title::Office(a) | Title::Familiar(a), Some(b)) if a == b);
            if part == Part::Only && self.clusters[cluster as usize].titles.bare() || same {
                return Some(cluster);
            }
            several |= one.is_some_and(|other| other != cluster);
            one = Some(cluster);
        }
        one.filter(|_| !several)
    }

    /// Who one word stands for.
    fn bearer(&self, tagged: &Tagged, names: &Names, word: NameWord) -> Option<u32> {
        let rank = |cluster: u32, part: Part| match part {
            Part::Only if self.clusters[cluster as usize].titles.mr => 5,
            Part::Only => 4,
            Part::Given => 3,
            Part::Family => 2,
            Part::Middle => 1,
        };
        let best =
            self.bearers(word).max_by_key(|&(cluster, part)| rank(cluster, part)).map(|(cluster, _)| cluster);
        best.or_else(|| {
            let short = tagged.lexicon.look_up(names.vocabulary.form(tagged.text, word).as_bytes());
            let full = tagged.lexicon.full_names(short);
            let given =
                |word| self.bearers(word).find(|&(_, part)| part == Part::Given).map(|(cluster, _)| cluster);
            full.filter_map(|id| names.vocabulary.known(id)).find_map(given)
        })
    }

    /// The body whose initials the word is.
    fn by_acronym(&self, tagged: &Tagged, names: &Names, word: NameWord) -> Option<u32> {
        let form = names.vocabulary.form(tagged.text, word);
        let letters = form.chars().filter(|c| c.is_alphabetic()).fold(0, initials_with);
        self.bearers(word)
            .next()
            .map(|(cluster, _)| cluster)
            .or_else(|| self.by_initials.get(&letters).copied())
    }

    /// Counts how often each cluster is named, and the pronouns after its names.
    fn count(&mut self, tagged: &Tagged, names: &Names) {
        for (at, name) in names.list.iter().enumerate() {
            let cluster = self.forms[self.form_of[at] as usize].cluster as usize;
            self.clusters[cluster].count += 1;
            if self.clusters[cluster].gender != Gender::Unknown
                || tagged.tokens.has(name.core.first as usize, Shape::QUOTED)
            {
                continue;
            }
            let next = names.list.get(at + 1).map_or(tagged.tokens.len(), |n| n.tokens.first as usize);
            match pronoun_after(tagged, name.core.range().end, next) {
                Gender::Male => self.clusters[cluster].he += 1,
                Gender::Female => self.clusters[cluster].she += 1,
                _ => {}
            }
        }
        for c in self.clusters.iter_mut().filter(|c| c.gender == Gender::Unknown) {
            c.gender = match (c.he, c.she) {
                (he, she) if he > 2 * she => Gender::Male,
                (he, she) if she > 2 * he => Gender::Female,
                _ => Gender::Unknown,
            };
        }
    }

    /// Lists the speakers and where they are named.
    fn number(&mut self, names: &Names, cast: &Cast) {
        for (at, character) in cast.characters().iter().enumerate() {
            self.speakers.push(Speaker {
                name: None,
                character: Some(at as u32),
                gender: character.gender,
                plural: false,
            });
            if character.narrator {
                self.narrator = Some(at as u32);
            }
        }
        for (at, name) in names.list.iter().enumerate() {
            let cluster = self.forms[self.form_of[at] as usize].cluster as usize;
            let c = &mut self.clusters[cluster];
            if c.speaker == NONE {
                c.speaker = c.character.unwrap_or(self.speakers.len() as u32);
                if c.character.is_none() {
                    let name = names.list[c.name as usize].core;
                    self.speakers.push(Speaker {
                        name: Some(name),
                        character: None,
                        gender: c.gender,
                        plural: false,
                    });
                }
            }
            let speaker = &mut self.speakers[c.speaker as usize];
            if speaker.gender == Gender::Unknown {
                speaker.gender = c.gender;
            }
            self.namings.push(Naming { tokens: name.tokens, speaker: c.speaker });
        }
    }

    /// Makes the members of a cast clusters, and gives them the forms that are their names or aliases.
    fn take_cast(&mut self, tagged: &Tagged, names: &Names, cast: &Cast) {
        let mut exact: NumberMap<u32> = NumberMap::default();
        let mut plain: NumberMap<u32> = NumberMap::default();
        for (at, character) in cast.characters().iter().enumerate() {
            let cluster = at as u32;
            self.clusters.push(Cluster {
                name: NONE,
                length: u32::MAX,
                class: Class::Person,
                gender: character.gender,
                titles: Titles::default(),
                count: 0,
                character: Some(cluster),
                he: 0,
                she: 0,
                speaker: cluster,
            });
            for alias in [&character.name].into_iter().chain(&character.aliases) {
                let Some(alias) = Alias::read(tagged, names, alias) else { continue };
                let c = &mut self.clusters[at];
                c.titles = c.titles.with(alias.title);
                if alias.whole {
                    exact.entry(key(alias.title, &alias.words)).or_insert(cluster);
                    plain.entry(key(Title::None, &alias.words)).or_insert(cluster);
                }
                self.link_all(tagged, names, &alias, cluster);
            }
        }
        for form in &mut self.forms {
            let words = &names.pool[form.words.range()];
            let gender = form.gender;
            let agrees = |&cluster: &u32| agree(cast.characters()[cluster as usize].gender, gender);
            let found = exact
                .get(&key(form.title, words))
                .or_else(|| plain.get(&key(Title::None, words)).filter(|c| agrees(c)));
            form.cluster = found.copied().unwrap_or(NONE);
        }
    }

    fn link_all(&mut self, tagged: &Tagged, names: &Names, alias: &Alias, cluster: u32) {
        let count = alias.words.len();
        for (at, &word) in alias.words.iter().enumerate() {
            let part = match at {
                _ if !alias.whole => Part::Middle,
                0 if count == 1 => Part::Only,
                0 => Part::Given,
                _ if at + 1 == count => Part::Family,
                _ => Part::Middle,
            };
            if !self.bearers(word).any(|link| link == (cluster, part)) {
                self.link(word, cluster, part);
            }
        }
        if let ([first, .., last], true) = (&alias.words[..], alias.whole) {
            self.by_pair.entry(pair(*first, *last, alias.title == Title::Mrs)).or_insert(cluster);
            let initial = initial(names.vocabulary.form(tagged.text, *first));
            self.by_pair.entry(initialled(initial, *last)).or_insert(cluster);
        }
    }
}

/// A name or alias of the cast, in the words that the text has.
#[derive(Debug)]
struct Alias {
    title: Title,
    words: Vec<NameWord>,
    /// The text has all of its words.
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
        let from = usize::from(parts.first().is_some_and(|first| known(first).tags[0] == Tag::Determiner));
        let last = parts.len().checked_sub(1)?;
        let office = |&at: &usize| {
            known(parts[at]).traits.any(OFFICE) && !known(parts[at]).traits.any(Traits::PARTICLE)
        };
        let core = (from..last).rev().find(office).map_or(from, |at| at + 1);
        let title = match core.checked_sub(1).filter(|&at| at >= from) {
            Some(at) => {
                let kin = known(parts[at]).traits.any(Traits::KIN);
                title(parts[at], kin, names.vocabulary.get(tagged.text, parts[at]))
            }
            None => Title::None,
        };
        let parts = parts[core..].iter().filter(|part| !known(part).traits.any(Traits::PARTICLE));
        let (mut words, mut whole) = (Vec::new(), true);
        for part in parts {
            match names.vocabulary.get(tagged.text, part) {
                Some(word) => words.push(word),
                None => whole = false,
            }
        }
        (!words.is_empty()).then_some(Alias { title, words, whole })
    }
}

impl Form {
    fn full(&self) -> bool {
        self.words.range().len() > 1
    }

    fn titled(&self) -> bool {
        !self.full() && self.title != Title::None
    }

    fn bare(&self) -> bool {
        !self.full() && self.title == Title::None
    }
}

impl Titles {
    fn with(mut self, title: Title) -> Self {
        match title {
            Title::None => {}
            Title::Mr => self.mr = true,
            Title::Mrs => self.mrs = true,
            Title::Miss => self.miss = true,
            Title::Familiar(word) | Title::Office(word) => self.other = self.other.or(Some(word)),
        }
        self
    }

    fn bare(self) -> bool {
        !self.mr && !self.mrs && !self.miss && self.other.is_none()
    }

    /// Whether who bears these titles may bear the other before this part of the name.
    fn allow(self, title: Title, part: Part) -> bool {
        match title {
            Title::None => true,
            Title::Mr => !self.mrs && !self.miss,
            Title::Mrs => !self.mr && !self.miss && part != Part::Given,
            Title::Miss => !self.mr && !self.mrs,
            Title::Familiar(word) => part != Part::Family || self.other == Some(word),
            Title::Office(word) => part != Part::Given && self.other.is_none_or(|other| other == word),
        }
    }
}

fn agree(one: Gender, other: Gender) -> bool {
    one == other || one == Gender::Unknown || other == Gender::Unknown
}

/// Whether a name is written in capitals throughout.
fn shouts(tagged: &Tagged, name: &Name) -> bool {
    name.core.range().any(|at| tagged.tokens.has(at, Shape::UPPER))
}

fn key(title: Title, words: &[NameWord]) -> u64 {
    let title = match title {
        Title::None => 0,
        Title::Mr => 1,
        Title::Mrs => 2,
        Title::Miss => 3,
        Title::Familiar(word) | Title::Office(word) => 4 + u64::from(word.0),
    };
    words.iter().fold(title, |hash, word| {
        (hash.rotate_left(17) ^ u64::from(word.0)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

fn pair(first: NameWord, last: NameWord, wife: bool) -> u64 {
    u64::from(first.0) << 32 | u64::from(last.0) << 1 | u64::from(wife)
}

/// The key of a name of which the first word is an initial; initials are no words.
fn initialled(initial: char, last: NameWord) -> u64 {
    1 << 63 | u64::from(initial) << 32 | u64::from(last.0)
}

fn initial(form: &str) -> char {
    form.chars().next().unwrap_or(' ').to_ascii_uppercase()
}

/// The key of the initials of a name, those of *of* and *the* left out.
fn initials(tagged: &Tagged, core: Stretch) -> u64 {
    let capitals = core.range().filter(|&at| tagged.tokens.has(at, Shape::CAPITAL));
    capitals.map(|at| initial(tagged.form(at))).fold(0, initials_with)
}

fn initials_with(key: u64, letter: char) -> u64 {
    (key.rotate_left(7) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The gender of the pronoun that goes on about a name, before another name comes.
fn pronoun_after(tagged: &Tagged, from: usize, next: usize) -> Gender {
    for at in from..next.min(from + REACH).min(tagged.tokens.len()) {
        if tagged.tokens.has(at, Shape::BLANK) || tagged.tokens.has(at, Shape::QUOTED) {
            break;
        }
        let word = tagged.word(at);
        if word.pronoun.any(Pronoun::THIRD) && matches!(word.gender, Gender::Male | Gender::Female) {
            return word.gender;
        }
    }
    Gender::Unknown
}
