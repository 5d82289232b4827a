//! A file of Rust as a flat list of tokens: what a text search sees, without comments, and inside macros too.

use proc_macro2::{Delimiter, LexError, TokenStream, TokenTree};

/// A token and where it stands.
#[derive(Debug)]
pub(super) struct Token {
    /// From 1.
    pub line: usize,
    /// How many braces, brackets and parentheses are open around it; a bracket itself stands outside.
    pub depth: usize,
    /// Whether it is a name or a keyword.
    pub is_name: bool,
    text: String,
}

impl Token {
    /// The token as written; `::` is one token.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is written like this.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// What a string literal holds, escapes as written; `None` for other tokens.
    pub(super) fn string(&self) -> Option<&str> {
        let text = self.text.trim_start_matches('r').trim_matches('#');
        text.strip_prefix('"')?.strip_suffix('"')
    }
}

/// The tokens of a file, or the line and the reason why it is not Rust.
pub(super) fn of(text: &str) -> Result<Vec<Token>, (usize, String)> {
    let stream: TokenStream =
        text.parse().map_err(|error: LexError| (error.span().start().line, error.to_string()))?;
    let mut tokens = Vec::new();
    flatten(stream, 0, &mut tokens);
    Ok(tokens)
}

/// The tokens of code that is shipped: tests are left out, a file that is not Rust is empty.
pub(super) fn of_shipped(text: &str) -> Vec<Token> {
    let mut tokens = of(text).unwrap_or_default();
    while let Some(start) = tokens.windows(5).position(is_for_tests) {
        tokens.drain(start..item_end(&tokens, start));
    }
    tokens
}

/// The index after a group, from the index of the bracket that opens it.
pub(super) fn after_group(tokens: &[Token], open: usize) -> usize {
    let Some(opening) = tokens.get(open) else { return tokens.len() };
    let inside = tokens.iter().skip(open + 1).take_while(|token| token.depth > opening.depth).count();
    open + inside + 2
}

/// Whether the tokens are `#[cfg(test`.
fn is_for_tests(tokens: &[Token]) -> bool {
    tokens.iter().zip(["#", "[", "cfg", "(", "test"]).all(|(token, text)| token.is(text))
}

/// The index after the item at an index: after its semicolon or its body.
fn item_end(tokens: &[Token], start: usize) -> usize {
    let Some(first) = tokens.get(start) else { return tokens.len() };
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        if token.depth < first.depth || token.is("}") && token.depth == first.depth && at == start {
            return at;
        }
        if token.is(";") && token.depth == first.depth {
            return at + 1;
        }
        if token.is("{") && token.depth == first.depth {
            let is_import = tokens.get(at - 1).is_some_and(|before| before.is("::"));
            at = after_group(tokens, at);
            if !is_import {
                return at;
            }
            continue;
        }
        at += 1;
    }
    tokens.len()
}

fn flatten(stream: TokenStream, depth: usize, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(Token { line, depth, is_name: false, text: open.to_owned() });
                flatten(group.stream(), depth + 1, tokens);
                let line = group.span_close().end().line;
                tokens.push(Token { line, depth, is_name: false, text: close.to_owned() });
            }
            TokenTree::Ident(name) => {
                tokens.push(Token { line, depth, is_name: true, text: name.to_string() })
            }
            TokenTree::Literal(literal) => {
                tokens.push(Token { line, depth, is_name: false, text: literal.to_string() });
            }
            TokenTree::Punct(sign) => push_sign(sign.as_char(), line, depth, tokens),
        }
    }
}

/// Adds a sign; two colons become one token.
fn push_sign(sign: char, line: usize, depth: usize, tokens: &mut Vec<Token>) {
    if let Some(last) = tokens.last_mut()
        && sign == ':'
        && last.is(":")
        && last.depth == depth
    {
        last.text.push(':');
        return;
    }
    tokens.push(Token { line, depth, is_name: false, text: sign.to_string() });
}

#[cfg(test)]
mod tests {
    use super::{of, of_shipped};

    fn texts(tokens: &[super::Token]) -> Vec<&str> {
        tokens.iter().map(super::Token::text).collect()
    }

    #[test]
    fn comments_are_left_out_and_macros_are_seen() {
        let tokens = of("// a::b\nview! { <A b=c::d/> }").unwrap();
        assert_eq!(texts(&tokens), ["view", "!", "{", "<", "A", "b", "=", "c", "::", "d", "/", ">", "}"]);
        assert_eq!(tokens[0].line, 2);
    }

    #[test]
    fn tests_are_not_shipped() {
        let text =
            "fn a() {}\n#[cfg(test)]\nuse b::{c, d};\n#[cfg(test)]\nmod tests { fn e() { f() } }\nfn g() {}";
        assert_eq!(texts(&of_shipped(text)), ["fn", "a", "(", ")", "{", "}", "fn", "g", "(", ")", "{", "}"]);
    }

    #[test]
    fn a_string_is_what_stands_between_its_quotes() {
        let tokens = of(r###"a "b c" r#"d"# 'e' 1"###).unwrap();
        let strings: Vec<_> = tokens.iter().filter_map(super::Token::string).collect();
        assert_eq!(strings, ["b c", "d"]);
    }
}
