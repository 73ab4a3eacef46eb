//! JSON lines in, records out.
fn main() {}
