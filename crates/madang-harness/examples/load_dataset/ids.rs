//! UUIDs for the dataset's numbers: the same ones each time, of the version that the server itself would give.

use chrono::{DateTime, Utc};
use madang_domain::ids::Id;
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::hash::Hash;
use std::io::{BufWriter, Write};
use std::path::Path;
use uuid::{Builder, Uuid};

/// The ids of one kind.
pub(crate) struct IdMap<I>(HashMap<u64, I>);

impl<I: Id + Hash> IdMap<I> {
    pub(crate) fn new() -> Self {
        Self(HashMap::new())
    }

    /// The id of the row `number`, made at `at`; ids of the kinds that tell no time are spread instead.
    pub(crate) fn give(&mut self, number: u64, at: DateTime<Utc>) -> I {
        let id = I::from(if I::ORDERED { ordered(number, at) } else { spread(number) });
        self.0.insert(number, id);
        id
    }

    /// The id that was given.
    pub(crate) fn find(&self, number: u64) -> Result<I, Box<dyn Error>> {
        self.0
            .get(&number)
            .copied()
            .ok_or_else(|| format!("the dataset names a row {number} that it lacks").into())
    }

    fn texts(&self) -> HashMap<u64, Uuid> {
        self.0.iter().map(|(number, id)| (*number, (*id).into())).collect()
    }
}

/// Writes the file that an adapter of the load driver names as `id_map_file`.
pub(crate) fn write_map(path: &Path, kinds: [(&str, HashMap<u64, Uuid>); 4]) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    serde_json::to_writer(&mut file, &HashMap::from(kinds))?;
    Ok(file.flush()?)
}

impl<I: Id + Hash> From<&IdMap<I>> for HashMap<u64, Uuid> {
    fn from(map: &IdMap<I>) -> Self {
        map.texts()
    }
}

fn ordered(number: u64, at: DateTime<Utc>) -> Uuid {
    let mut tail = [0; 10];
    tail[2..].copy_from_slice(&number.to_be_bytes());
    Builder::from_unix_timestamp_millis(at.timestamp_millis().unsigned_abs(), &tail).into_uuid()
}

/// Numbers in a row come out far apart, as random ids do, so that indexes are as scattered as in real life.
fn spread(number: u64) -> Uuid {
    let bytes = u128::from(mix(number)) << 64 | u128::from(mix(!number));
    Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid()
}

/// The finaliser of SplitMix64, a bijection.
fn mix(number: u64) -> u64 {
    let n = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
