//! Well-formed news articles, put together from templates, in any style of quotation marks.

use proptest::prelude::*;

/// A style of quotation marks: what opens and closes a quotation, what stands for an apostrophe.
#[derive(Debug)]
pub(crate) struct Style {
    pub(crate) name: &'static str,
    opens: &'static str,
    closes: &'static str,
    apostrophe: &'static str,
}

pub(crate) const STYLES: &[Style] = &[
    Style { name: "curly", opens: "“", closes: "”", apostrophe: "’" },
    Style { name: "straight", opens: "\"", closes: "\"", apostrophe: "'" },
    Style { name: "TeX", opens: "``", closes: "''", apostrophe: "'" },
    Style { name: "guillemets", opens: "«", closes: "»", apostrophe: "’" },
    Style { name: "two apostrophes", opens: "''", closes: "''", apostrophe: "'" },
    Style { name: "curly single", opens: "‘", closes: "’", apostrophe: "’" },
    Style { name: "straight single", opens: "'", closes: "'", apostrophe: "'" },
    Style { name: "low and high", opens: "„", closes: "“", apostrophe: "’" },
    Style { name: "opened curly, closed straight", opens: "“", closes: "\"", apostrophe: "'" },
];

/// Paragraphs in which `<` opens a quotation, `>` closes it and `~` is an apostrophe.
#[derive(Clone, Debug)]
pub(crate) struct Article(Vec<String>);

impl Article {
    /// How many paragraphs there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The article in curly marks.
    pub(crate) fn plain(&self) -> String {
        self.set_in(&STYLES[0])
    }

    /// The article in marks of the style.
    pub(crate) fn set_in(&self, style: &Style) -> String {
        let paragraphs: Vec<String> = self.0.iter().map(|p| set_in(p, style)).collect();
        paragraphs.join("\n\n")
    }

    /// The article with lines of at most so many characters, if no word is longer.
    pub(crate) fn wrapped(&self, width: usize) -> String {
        let mut wrapped = String::new();
        for (at, paragraph) in self.plain().split("\n\n").enumerate() {
            wrapped.push_str(if at == 0 { "" } else { "\n\n" });
            let mut column = 0;
            for word in paragraph.split(' ') {
                let wide = word.chars().count();
                let fits = column + 1 + wide <= width;
                wrapped.push_str(if column == 0 {
                    ""
                } else if fits {
                    " "
                } else {
                    "\n"
                });
                column = if column > 0 && fits { column + 1 + wide } else { wide };
                wrapped.push_str(word);
            }
        }
        wrapped
    }

    /// The article with every paragraph on one line and no blank lines between.
    pub(crate) fn by_lines(&self) -> String {
        self.plain().replace("\n\n", "\n")
    }

    /// The article with the last closing mark of one paragraph gone.
    pub(crate) fn without_last_mark(&self, at: usize, style: &Style) -> String {
        let mut damaged = self.clone();
        if let Some(mark) = damaged.0[at].rfind('>') {
            damaged.0[at].remove(mark);
        }
        damaged.set_in(style)
    }

    /// From where to where a paragraph of the text of this article goes.
    pub(crate) fn bounds(&self, text: &str, at: usize) -> (usize, usize) {
        let start: usize = text.split("\n\n").take(at).map(|p| p.len() + 2).sum();
        let length = text.split("\n\n").nth(at).map_or(0, str::len);
        (start, start + length)
    }
}

fn set_in(paragraph: &str, style: &Style) -> String {
    paragraph.replace('<', style.opens).replace('>', style.closes).replace('~', style.apostrophe)
}

const PEOPLE: &[(&str, &str, &str)] = &[
    ("Ilse Brandt", "she", "Mayor"),
    ("Tobias Renner", "he", "Judge"),
    ("Mary Calloway", "she", "Senator"),
    ("John Okafor", "he", "Captain"),
    ("Anna Lindqvist", "she", "Dr."),
    ("Peter van Dael", "he", "Mr."),
];

const SAID: &[&str] = &[
    "We counted the boats twice and it doesn~t add up",
    "The harbour isn~t deep enough for a second pier",
    "Nobody~s asked the people who live here",
    "It rained for nine days and then the road went",
    "I~ve never seen the river as low as this",
    "My brother~s house was the first to go",
    "There will be no vote before the spring",
    "You can~t mend a roof with a promise",
];

const FRAGMENTS: &[&str] =
    &["a bridge to nowhere", "the worst winter in a century", "a gift to the wrong people", "late and poor"];

const NARRATION: &[&str] = &[
    "The harbour has been closed since the storm of last winter.",
    "Work on the second pier is in its third year.",
    "A small crowd stood outside the hall until dark.",
    "The town~s only bridge was built in 1912.",
];

/// Paragraphs of all the shapes in which news reports speech, each by a person of its own, with narration between.
pub(crate) fn article() -> impl Strategy<Value = Article> {
    let paragraph = (
        prop::sample::select(PEOPLE),
        prop::sample::select(SAID),
        prop::sample::select(SAID),
        prop::sample::select(FRAGMENTS),
        0..9_usize,
    );
    let narration = prop::sample::select(NARRATION);
    prop::collection::vec((paragraph, narration), 1..5).prop_map(|paragraphs| {
        let told = paragraphs.into_iter().flat_map(|((person, one, two, fragment, shape), narration)| {
            [speech(person, one, two, fragment, shape), narration.to_owned()]
        });
        Article(told.collect())
    })
}

fn speech(
    (name, pronoun, office): (&str, &str, &str),
    one: &str,
    two: &str,
    fragment: &str,
    shape: usize,
) -> String {
    let (first, rest) = one.split_at(one.find(" and ").unwrap_or(one.len()));
    match shape {
        0 => format!("<{one},> {office} {name} said. <{two}.>"),
        1 => format!("<{one},> said {office} {name}. <{two}.>"),
        2 => format!("{office} {name} said: <{one}. {two}.>"),
        3 => format!("{office} {name} said the plan was <{fragment}.>"),
        4 => format!("{office} {name} called the plan <{fragment}> on Monday."),
        5 => format!("<{one},> {name} told reporters on Monday. <{two},> {pronoun} added."),
        6 => format!("<{one}?> asked {name}, who has lived here for years."),
        7 if !rest.is_empty() => format!("<{first},> {name} said, <{}.>", rest.trim_start()),
        _ => format!("{name} said that there would be no vote before the spring."),
    }
}
