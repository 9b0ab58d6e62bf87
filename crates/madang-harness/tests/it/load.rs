//! 64 clients at once, four reads to a write: nothing but answers.

use crate::on_both;
use madang_harness::{Campus, Config};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;

const CLIENTS: usize = 64;
const REQUESTS: usize = 50;

on_both! {
    fn s_73_many_clients_get_no_fault_and_no_lock(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.refuse_duplicate", false));
        let first = campus.post(&campus.u1, "First");
        let seen: Mutex<BTreeMap<u16, usize>> = Mutex::default();
        let faults: Mutex<Vec<String>> = Mutex::default();
        std::thread::scope(|scope| {
            for number in 0..CLIENTS {
                let (campus, first, seen, faults) = (&campus, &first, &seen, &faults);
                scope.spawn(move || {
                    let client = campus.u1.client.other_device();
                    let board = format!("/boards/{}/posts", campus.open_board);
                    for turn in 0..REQUESTS {
                        let answer = match turn % 5 {
                            0 => client.post(&board, json!({ "title": format!("{number}-{turn}"), "contents": "Words." })),
                            1 => client.get(&board),
                            2 => client.get("/posts?title__icontains=first"),
                            _ => client.get(&format!("/posts/{first}")),
                        };
                        *seen.lock().unwrap().entry(answer.status).or_default() += 1;
                        if answer.status >= 500 || answer.text().contains("is locked") {
                            faults.lock().unwrap().push(format!("{} {}", answer.status, answer.text()));
                        }
                    }
                });
            }
        });
        let (seen, faults) = (seen.into_inner().unwrap(), faults.into_inner().unwrap());
        assert!(faults.is_empty(), "{seen:?} {:?}", faults.first());
        assert_eq!(seen.keys().copied().collect::<Vec<_>>(), [200, 201]);
        let posts = campus.u1.client.get(&format!("/boards/{}", campus.open_board)).expect(200).at("/post_count");
        assert_eq!(posts, json!(CLIENTS * REQUESTS / 5 + 1), "CNT-1");
    }
}
