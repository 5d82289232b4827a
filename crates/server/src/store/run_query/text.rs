//! Comparisons of texts that mean the same in both databases: by bytes, and for `ILIKE` ASCII letters in either case.

use models::query::Operator;

use crate::store::Sql;

/// `column` compares so with `text`. Missing texts make it unknown.
pub(in crate::store) fn condition(
    column: &'static str,
    operator: Operator,
    text: &str,
    is_postgres: bool,
) -> Sql {
    let mut sql = Sql::default();
    match (operator, is_postgres) {
        (Operator::Like, true) => sql.push(column).push(" LIKE ").bind(text).push(" ESCAPE ''"),
        (Operator::Like, false) => sql.push(column).push(" GLOB ").bind(glob(text)),
        (Operator::LikeIgnoringCase, true) => {
            let pattern = text.to_ascii_lowercase();
            sql.push("LOWER(").push(column).push(" COLLATE \"C\") LIKE ").bind(pattern).push(" ESCAPE ''")
        }
        (Operator::LikeIgnoringCase, false) => sql.push(column).push(" LIKE ").bind(text),
        (Operator::Equal, _) => sql.push(column).push(" = ").bind(text),
        (Operator::NotEqual, _) => sql.push(column).push(" <> ").bind(text),
        // The parser refuses to order texts, and expressions are matched elsewhere.
        (
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Matches
            | Operator::MatchesNot,
            _,
        ) => sql.push("FALSE"),
    };
    sql
}

/// A `LIKE` pattern in the language of `GLOB`, which minds the case.
fn glob(pattern: &str) -> String {
    let mut glob = String::with_capacity(pattern.len() + 8);
    for character in pattern.chars() {
        match character {
            '%' => glob.push('*'),
            '_' => glob.push('?'),
            '*' | '?' | '[' => glob.extend(['[', character, ']']),
            other => glob.push(other),
        }
    }
    glob
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn wildcards_change_their_spelling_and_others_lose_their_meaning() {
        assert_eq!(glob("a%b_c"), "a*b?c");
        assert_eq!(glob("[x]*?"), "[[]x][*][?]");
    }
}
