//! Usual amounts of what a machine offers.

use serde_json::Value;

/// An amount to begin with.
pub(super) struct Preset {
    /// What it is called.
    pub(super) title: &'static str,
    nodes: u32,
    runtime: &'static str,
    gpus_per_node: Option<u32>,
}

/// The amounts that are offered.
pub(super) const PRESETS: [Preset; 4] = [
    Preset { title: "A short test: one node, 30 minutes", nodes: 1, runtime: "30m", gpus_per_node: None },
    Preset { title: "One node, 12 hours", nodes: 1, runtime: "12h", gpus_per_node: None },
    Preset { title: "One node with 4 GPUs, 12 hours", nodes: 1, runtime: "12h", gpus_per_node: Some(4) },
    Preset { title: "Four nodes with 4 GPUs, 1 day", nodes: 4, runtime: "1d", gpus_per_node: Some(4) },
];

impl Preset {
    /// The keys that it sets, and those that it takes out.
    pub(super) fn values(&self) -> [([&'static str; 2], Option<Value>); 3] {
        [
            (["Resources", "Nodes"], Some(self.nodes.into())),
            (["Resources", "Runtime"], Some(self.runtime.into())),
            (["Resources", "GPUsPerNode"], self.gpus_per_node.map(Value::from)),
        ]
    }
}
