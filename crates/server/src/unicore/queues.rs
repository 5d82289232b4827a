//! The queues of a site.

use serde_json::Value;

use super::answer::last_id;
use super::error::line;
use super::{Site, SiteError};

/// How many machines of a site are asked for their queues.
const MOST: usize = 5;

impl Site {
    /// The names of the queues; `None` where the site does not tell.
    ///
    /// # Errors
    /// [`SiteError`]
    pub async fn queues(&self) -> Result<Option<Vec<String>>, SiteError> {
        let answer = self.read(&["factories"], &[]).await?;
        let factories = answer.get("factories").and_then(Value::as_array).ok_or(SiteError::Odd)?;
        let ids = factories.iter().filter_map(Value::as_str).filter_map(last_id);
        let mut queues = Vec::new();
        for id in ids.take(MOST) {
            let factory = self.read(&["factories", &id], &[]).await?;
            let Some(found) = of_factory(&factory) else { return Ok(None) };
            queues.extend(found);
        }
        queues.sort();
        queues.dedup();
        Ok(Some(queues).filter(|queues| !queues.is_empty() && factories.len() <= MOST))
    }
}

/// The queues of a machine, each with what it has; `None` where it is described in another way.
fn of_factory(factory: &Value) -> Option<Vec<String>> {
    let resources = factory.get("resources")?.as_object()?;
    resources.values().all(Value::is_object).then(|| resources.keys().map(|name| line(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::of_factory;
    use serde_json::json;

    #[test]
    fn queues_are_read_where_they_are_told() {
        let told = json!({"resources": {"devel": {"Nodes": "1-8:1"}, "batch": {}}});
        assert_eq!(of_factory(&told), Some(vec!["batch".to_owned(), "devel".to_owned()]));
        assert_eq!(of_factory(&json!({"resources": {"Nodes": "1-8:1", "Queue": "devel"}})), None);
        assert_eq!(of_factory(&json!({})), None);
    }
}
