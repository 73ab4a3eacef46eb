//! The word class of every token in its place.
//!
//! A form has up to three classes in the lexicon; its neighbours choose between them. Forms that the lexicon
//! does not have are classed by how they are written.

use crate::lexicon::{Lexicon, Tag, Traits, Word};
use crate::sentence::Stretch;
use crate::token::{Shape, TokenKind, Tokens};

/// The tokens of a text with their classes: what the grammar parses.
#[derive(Clone, Copy)]
pub(crate) struct Tagged<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a Tokens,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tags: &'a [Tag],
}

impl<'a> Tagged<'a> {
    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.tags[at]
    }

    pub(crate) fn kind(&self, at: usize) -> TokenKind {
        self.tokens.kind[at]
    }

    pub(crate) fn word(&self, at: usize) -> &'a Word {
        self.lexicon.word(self.tokens.word[at])
    }

    pub(crate) fn any(&self, at: usize, traits: Traits) -> bool {
        self.word(at).traits.any(traits)
    }

    pub(crate) fn form(&self, at: usize) -> &'a str {
        self.tokens.text(self.text, at)
    }

    pub(crate) fn is(&self, at: usize, form: &str) -> bool {
        self.form(at).eq_ignore_ascii_case(form)
    }
}

impl Tag {
    /// A verb in any form, the modals left out.
    pub(crate) fn verb(self) -> bool {
        matches!(self, Tag::Base | Tag::Third | Tag::Past | Tag::Gerund | Tag::Participle)
    }

    /// A verb form that can be finite.
    pub(crate) fn finite(self) -> bool {
        matches!(self, Tag::Base | Tag::Third | Tag::Past | Tag::Modal)
    }

    /// What can be the head of a noun phrase.
    pub(crate) fn nominal(self) -> bool {
        matches!(self, Tag::Noun | Tag::Plural | Tag::Name)
    }
}

/// Classes all tokens, in place of what was in `tags`.
pub(crate) fn read(
    text: &str,
    tokens: &Tokens,
    lexicon: &Lexicon,
    paragraphs: &[Stretch],
    tags: &mut Vec<Tag>,
) {
    tags.clear();
    for &paragraph in paragraphs {
        let heading = heading(tokens, paragraph);
        read_paragraph(text, tokens, lexicon, paragraph, heading, tags);
    }
}

/// Whether most words of a paragraph without a final stop have capitals, so that a capital says nothing.
fn heading(tokens: &Tokens, paragraph: Stretch) -> bool {
    let range = paragraph.range();
    if !(4..=30).contains(&range.len()) || tokens.kind[range.end - 1] == TokenKind::Stop {
        return false;
    }
    let long = |at: &usize| tokens.kind[*at] == TokenKind::Word && tokens.end[*at] - tokens.start[*at] > 3;
    let (words, capitals) = range.filter(long).fold((0, 0), |(words, capitals), at| {
        (words + 1, capitals + usize::from(tokens.has(at, Shape::CAPITAL)))
    });
    words >= 3 && capitals * 5 >= words * 4
}

fn read_paragraph(
    text: &str,
    tokens: &Tokens,
    lexicon: &Lexicon,
    paragraph: Stretch,
    heading: bool,
    tags: &mut Vec<Tag>,
) {
    let mut opens = true;
    for at in paragraph.range() {
        opens |= heading;
        let tag = if tokens.kind[at] == TokenKind::Word {
            in_place(&Place { text, tokens, lexicon, tags, at, opens, heading, paragraph })
        } else {
            alone(text, tokens, lexicon, at, opens)
        };
        tags.push(tag);
        opens = match tokens.kind[at] {
            TokenKind::Stop
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Ellipsis
            | TokenKind::Colon => true,
            TokenKind::Mark | TokenKind::Opening | TokenKind::Dash => opens || tokens.has(at, Shape::SPACED),
            _ => false,
        };
    }
}

/// The commonest class of a token, its neighbours unseen.
fn alone(text: &str, tokens: &Tokens, lexicon: &Lexicon, at: usize, opens: bool) -> Tag {
    match tokens.kind[at] {
        TokenKind::Number => Tag::Number,
        TokenKind::Word => {
            let word = lexicon.word(tokens.word[at]);
            let capital = tokens.has(at, Shape::CAPITAL);
            if capital && tokens.has(at, Shape::DOTTED) && tokens.end[at] - tokens.start[at] == 2 {
                return Tag::Name;
            }
            let named = Traits::GIVEN_NAME.0 | Traits::PLACE.0 | Traits::TITLE.0;
            match word.tags[0] {
                Tag::Unknown if capital => Tag::Name,
                Tag::Unknown => by_ending(tokens.text(text, at)),
                tag if capital && (!opens || word.traits.any(Traits(named))) && open_class(tag) => Tag::Name,
                Tag::Modal if capital && !opens => Tag::Name,
                tag => tag,
            }
        }
        _ => Tag::Punctuation,
    }
}

/// Whether new words of the class appear: the classes of names' common words.
fn open_class(tag: Tag) -> bool {
    tag.verb() || tag.nominal() || matches!(tag, Tag::Adjective | Tag::Adverb | Tag::Number)
}

/// The likeliest class of an unknown word that is not capitalised.
fn by_ending(form: &str) -> Tag {
    const ENDINGS: [(&str, Tag); 14] = [
        ("ly", Tag::Adverb),
        ("ing", Tag::Gerund),
        ("ed", Tag::Past),
        ("ness", Tag::Noun),
        ("ss", Tag::Noun),
        ("ous", Tag::Adjective),
        ("us", Tag::Noun),
        ("is", Tag::Noun),
        ("s", Tag::Plural),
        ("able", Tag::Adjective),
        ("al", Tag::Adjective),
        ("ful", Tag::Adjective),
        ("ive", Tag::Adjective),
        ("ish", Tag::Adjective),
    ];
    ENDINGS.iter().find(|(ending, _)| form.ends_with(ending)).map_or(Tag::Noun, |&(_, tag)| tag)
}

/// A word among its neighbours; the classes of those before it are known.
struct Place<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    lexicon: &'a Lexicon,
    tags: &'a [Tag],
    at: usize,
    /// A sentence, line or quotation begins here, so that a capital says nothing.
    opens: bool,
    /// The paragraph is a heading, where capitals say nothing.
    heading: bool,
    paragraph: Stretch,
}

impl Place<'_> {
    fn before(&self, back: usize) -> Tag {
        let at = self.at.checked_sub(back).filter(|&at| self.paragraph.contains(at));
        at.map_or(Tag::Punctuation, |at| self.tags[at])
    }

    fn traits_before(&self, back: usize) -> Traits {
        self.at
            .checked_sub(back)
            .map_or(Traits::default(), |at| self.lexicon.word(self.tokens.word[at]).traits)
    }

    fn after(&self, on: usize) -> Tag {
        let at = self.at + on;
        if self.paragraph.contains(at) {
            alone(self.text, self.tokens, self.lexicon, at, self.heading)
        } else {
            Tag::Punctuation
        }
    }

    fn word(&self) -> &Word {
        self.lexicon.word(self.tokens.word[self.at])
    }

    fn can_be(&self, tag: Tag) -> bool {
        self.word().tags.contains(&tag)
    }

    fn form_is(&self, form: &str) -> bool {
        self.tokens.text(self.text, self.at).eq_ignore_ascii_case(form)
    }

    /// Whether the word before is one of the forms.
    fn before_is(&self, forms: &[&str]) -> bool {
        let before = self.at.checked_sub(1).map_or("", |at| self.tokens.text(self.text, at));
        forms.iter().any(|f| f.eq_ignore_ascii_case(before))
    }

    /// The first of the classes that the form can have.
    fn first_of(&self, tags: &[Tag]) -> Option<Tag> {
        self.word().tags.iter().copied().find(|tag| tags.contains(tag))
    }

    /// The class of the last word before that is no adverb: *has repeatedly* denied, *has long* denied.
    fn governor(&self) -> (Tag, Traits) {
        let light = |back: usize| {
            self.before(back) == Tag::Adverb
                || self.at.checked_sub(back).is_some_and(|at| {
                    ["long", "both", "all"]
                        .iter()
                        .any(|f| self.tokens.text(self.text, at).eq_ignore_ascii_case(f))
                })
        };
        let back = (1..4).find(|&b| !light(b)).unwrap_or(1);
        (self.before(back), self.traits_before(back))
    }
}

const VERBS: [Tag; 5] = [Tag::Base, Tag::Third, Tag::Past, Tag::Gerund, Tag::Participle];
const NOMINALS: [Tag; 7] =
    [Tag::Noun, Tag::Plural, Tag::Adjective, Tag::Number, Tag::Participle, Tag::Gerund, Tag::Adverb];

/// The class of a word where it stands.
fn in_place(place: &Place) -> Tag {
    let tag = alone(place.text, place.tokens, place.lexicon, place.at, place.opens);
    if place.tokens.has(place.at, Shape::CLITIC) {
        return clitic(place);
    }
    if place.form_is("that") {
        return that(place);
    }
    if place.form_is("to") {
        return to(place);
    }
    if place.form_is("her") {
        return her(place);
    }
    if tag == Tag::Name && place.opens && !place.heading && inverted(place) {
        return Tag::Past;
    }
    if tag == Tag::Name || place.word().tags[1] == Tag::Unknown && !matches!(tag, Tag::Past | Tag::Base) {
        return tag;
    }
    if place.word().tags[0] == Tag::Unknown && tag != Tag::Past {
        return tag;
    }
    if let Some(tag) = beside_noun(place, tag) {
        return tag;
    }
    let verbal = place.first_of(&VERBS);
    let (governor, traits) = place.governor();
    if traits.any(Traits(Traits::HAVE.0 | Traits::BE.0))
        && governor != Tag::Noun
        && (place.can_be(Tag::Participle) || tag == Tag::Past)
    {
        return Tag::Participle;
    }
    match governor {
        Tag::Modal | Tag::To if place.can_be(Tag::Base) => return Tag::Base,
        _ if traits.any(Traits::DO) && place.can_be(Tag::Base) => return Tag::Base,
        _ => {}
    }
    match place.before(1) {
        Tag::Determiner | Tag::Possessive | Tag::Genitive | Tag::Adjective | Tag::Number => {
            let nominal = place.first_of(&NOMINALS).unwrap_or(tag);
            if nominal == Tag::Adverb { tag } else { nominal }
        }
        Tag::Pronoun | Tag::WhPronoun if !place.word().tags.contains(&Tag::Adverb) || tag.verb() => {
            verbal.map_or(tag, |verb| finite(place, verb))
        }
        Tag::Preposition if verbal.is_some() => {
            place.first_of(&[Tag::Gerund, Tag::Noun, Tag::Plural, Tag::Adjective]).unwrap_or(tag)
        }
        _ if tag.verb() => verb(place, tag),
        Tag::Noun | Tag::Plural | Tag::Name if verbal.is_some() && tag.nominal() => {
            after_noun(place, tag, verbal.unwrap_or(tag))
        }
        _ => tag,
    }
}

/// Whether a verb that is a given name as well opens the sentence before its subject: ***Said** Ana Ruiz: “It leaks.”*
fn inverted(place: &Place) -> bool {
    let word = place.word();
    let end = place.paragraph.range().end;
    let name = |at: usize| place.tokens.kind[at] == TokenKind::Word && place.tokens.has(at, Shape::CAPITAL);
    let after = (place.at + 1..end).find(|&at| !name(at)).filter(|&at| at > place.at + 1);
    word.tags[0] == Tag::Past
        && word.cue.verb_share >= INVERTED_SHARE
        && after.is_some_and(|at| matches!(place.tokens.kind[at], TokenKind::Comma | TokenKind::Colon))
}

/// A verb that is a name as well is one at the beginning of a sentence where it reports this often.
const INVERTED_SHARE: u8 = 80;

/// The class of a word that a neighbouring noun decides: *the base **chief***, *said **retired** judge Ruiz*,
/// *another **tweeted** it*, *Article 3 **states***.
fn beside_noun(place: &Place, tag: Tag) -> Option<Tag> {
    let (before, after) = (place.before(1), place.after(1));
    let verbal = place.first_of(&[Tag::Past, Tag::Third]);
    match (before, tag) {
        (Tag::Noun | Tag::Name, Tag::Adjective) if place.can_be(Tag::Noun) => {
            let ends = after.finite() || matches!(after, Tag::Participle | Tag::Punctuation);
            ends.then_some(Tag::Noun)
        }
        (Tag::Past | Tag::Third, Tag::Participle) if place.can_be(Tag::Adjective) && after.nominal() => {
            Some(Tag::Adjective)
        }
        (Tag::Determiner, Tag::Past | Tag::Third) if place.before_is(&STAND_ALONE) => {
            let object = matches!(
                after,
                Tag::Determiner
                    | Tag::Possessive
                    | Tag::Pronoun
                    | Tag::Subordinator
                    | Tag::Punctuation
                    | Tag::To
            );
            verbal.filter(|_| object || after == Tag::Number)
        }
        (Tag::Number, _) if matches!(place.before(2), Tag::Noun | Tag::Name) && after == Tag::Punctuation => {
            verbal.filter(|_| tag.verb())
        }
        _ => None,
    }
}

/// Determiners that can be subjects.
const STAND_ALONE: [&str; 7] = ["another", "many", "some", "most", "others", "both", "several"];

/// *’s* of the genitive or of *is* and *has*; *’re*, *’ll* and their like.
fn clitic(place: &Place) -> Tag {
    let form = place.tokens.text(place.text, place.at);
    match form.trim_start_matches(['\'', '’', '‘']).to_ascii_lowercase().as_str() {
        "s" => {
            let subject = matches!(
                place.before(1),
                Tag::Pronoun | Tag::Existential | Tag::WhPronoun | Tag::WhAdverb | Tag::Determiner
            );
            let predicate =
                matches!(place.after(1), Tag::Determiner | Tag::Pronoun | Tag::Preposition | Tag::To);
            if subject || predicate { Tag::Third } else { Tag::Genitive }
        }
        "ll" | "d" => Tag::Modal,
        _ => Tag::Base,
    }
}

/// *to* of *to say*, of *to the dam*
fn to(place: &Place) -> Tag {
    let on = if place.after(1) == Tag::Adverb { 2 } else { 1 };
    let at = place.at + on;
    let bare = at < place.tokens.len()
        && place.tokens.kind[at] == TokenKind::Word
        && !place.tokens.has(at, Shape::CAPITAL)
        && place.lexicon.word(place.tokens.word[at]).tags.contains(&Tag::Base);
    if bare { Tag::To } else { Tag::Preposition }
}

/// *her* of *her dam*, of *told her*
fn her(place: &Place) -> Tag {
    match place.after(1) {
        Tag::Noun | Tag::Plural | Tag::Adjective | Tag::Name | Tag::Number | Tag::Unknown => Tag::Possessive,
        Tag::Participle | Tag::Gerund | Tag::Base | Tag::Past if place.after(2).nominal() => Tag::Possessive,
        Tag::Adverb if matches!(place.after(2), Tag::Adjective | Tag::Noun) => Tag::Possessive,
        _ => Tag::Pronoun,
    }
}

/// *that* of *that dam*, of *said that the dam leaks*, of *the dam that leaks*.
fn that(place: &Place) -> Tag {
    match (place.before(1), place.after(1)) {
        (
            Tag::Noun | Tag::Plural | Tag::Name | Tag::Number,
            Tag::Third | Tag::Past | Tag::Modal | Tag::Base,
        ) => Tag::WhPronoun,
        (Tag::Noun | Tag::Plural | Tag::Name, _) => Tag::Subordinator,
        (before, Tag::Noun) if !before.verb() || !before.finite() => Tag::Determiner,
        (Tag::Preposition, _) => Tag::Determiner,
        (_, Tag::Punctuation | Tag::Third | Tag::Modal | Tag::Preposition) => Tag::Determiner,
        _ => Tag::Subordinator,
    }
}

/// The class of a verb after a subject.
fn finite(place: &Place, verb: Tag) -> Tag {
    match verb {
        Tag::Participle => place.first_of(&[Tag::Past, Tag::Third, Tag::Base]).unwrap_or(verb),
        verb => verb,
    }
}

/// Past tense or participle: *the plan backed by* all, *the mayor backed* it.
fn verb(place: &Place, tag: Tag) -> Tag {
    let subject = place.governor().0;
    let reduced = |place: &Place| {
        matches!(place.before(1), Tag::Noun | Tag::Plural | Tag::Adjective | Tag::Punctuation)
            && matches!(place.after(1), Tag::Preposition | Tag::To)
            && place.at + 1 < place.tokens.len()
            && place.tokens.text(place.text, place.at + 1).eq_ignore_ascii_case("by")
    };
    match tag {
        Tag::Past if reduced(place) => Tag::Participle,
        Tag::Participle if place.can_be(Tag::Past) && !reduced(place) => match subject {
            Tag::Noun | Tag::Plural | Tag::Name | Tag::Coordinator | Tag::Pronoun | Tag::WhPronoun => {
                Tag::Past
            }
            _ => tag,
        },
        Tag::Base if matches!(place.before(1), Tag::Noun | Tag::Name) => {
            place.first_of(&[Tag::Past, Tag::Noun]).unwrap_or(tag)
        }
        tag => tag,
    }
}

/// *The mayor plans to go*, but *the road plans*.
fn after_noun(place: &Place, nominal: Tag, verbal: Tag) -> Tag {
    let object = matches!(
        place.after(1),
        Tag::Determiner
            | Tag::Possessive
            | Tag::Pronoun
            | Tag::Subordinator
            | Tag::To
            | Tag::Name
            | Tag::WhAdverb
    );
    let agrees = match verbal {
        Tag::Third => matches!(place.before(1), Tag::Noun | Tag::Name),
        // *mountain guide Ana Ruiz*
        Tag::Base if place.after(1) == Tag::Name => place.before(1) == Tag::Plural,
        Tag::Base => place.before(1) != Tag::Name,
        _ => true,
    };
    // *Ruiz shot back*
    let told = verbal == Tag::Past && place.before(1) == Tag::Name && place.after(1) == Tag::Adverb;
    if object && agrees || told { verbal } else { nominal }
}
