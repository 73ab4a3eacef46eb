//! Log-linear models over named features: as they are fitted, and in the form in which they are quick.

pub(crate) mod linear;
pub(crate) mod odds;
pub(crate) mod scorer;
