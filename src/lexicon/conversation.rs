//! What the words of a conversation tell of its people.

/// Lists the values of an attribute by their names, the first for words that do not have it.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident: $($name:ident $label:literal)+) => {
        $(#[$doc])*
        #[repr(u8)]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $type {
            #[default]
            None,
            $(#[doc = $label] $name,)+
        }

        impl $type {
            /// The names of all values, by their numbers.
            pub(crate) const NAMES: &[&str] = &["none", $($label),+];

            pub(super) fn named(name: &str) -> Option<$type> {
                match name {
                    $($label => Some($type::$name),)+
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// What a noun calls the speaker of a tag: *said her **mother***.
    Calling:
    Other "other" Wife "wife" Husband "husband" Mother "mother" Father "father" Sister "sister" Brother "brother"
    Daughter "daughter" Son "son" Aunt "aunt" Uncle "uncle" Friend "friend" Man "man" Woman "woman" Girl "girl" Boy "boy"
    Rest "rest"
}

named! {
    /// The title of a name, as far as it tells who somebody's wife, mother or daughter may be.
    Honor:
    Mr "mr" Mrs "mrs" Miss "miss" Lady "lady" Lord "lord" Kin "kin" Other "other"
}

named! {
    /// How speech follows what was said before, by the verb of its tag.
    Reply:
    Other "other" Continues "continues" Replies "replies" Asks "asks"
}
