//! Enumerations whose values have names: in a lexicon, in the table of a model, in JSON, in print.

/// An enumeration whose values have names.
pub(crate) trait Named: Copy + 'static {
    /// The values, by their numbers.
    const ALL: &'static [Self];
    /// Their names, in the same order.
    const NAMES: &'static [&'static str];

    /// The value that has the name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|at| Self::ALL[at])
    }
}

/// An enumeration with the name of each value behind it: `named! { enum Colour { Red = "red", } }`.
macro_rules! named {
    ($(#[$meta:meta])* $vis:vis enum $type:ident { $($(#[$about:meta])* $value:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        $vis enum $type { $($(#[$about])* $value,)+ }

        impl $crate::named::Named for $type {
            const ALL: &'static [Self] = &[$($type::$value),+];
            const NAMES: &'static [&'static str] = &[$($name),+];
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(<Self as $crate::named::Named>::NAMES[*self as usize])
            }
        }
    };
}
pub(crate) use named;
