//! Has the release server compiled again when the console in it has changed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug server reads the console's files when it is asked for them.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../dist");
    }
}
