//! What blocks do to threads.

use super::{anonymous, open, send, threads, whisper};
use crate::blocks::block;
use crate::on_both;
use madang_harness::Campus;
use serde_json::{Value, json};

on_both! {
    fn blk_2_a_block_by_a_named_thread_is_one_by_name(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let id = open(u2, "user", &u1.id, "Hello").expect(201).string("/id");
        let made = block(u1, "message_thread", &id).expect(201);
        assert_eq!((made.at("/target_type"), made.at("/user/id")), (json!("user"), json!(u2.id)));
        assert_eq!(block(u1, "message_thread", &id).expect(200).json(), made.json());
        assert_eq!(block(u1, "user", &u2.id).expect(200).json(), made.json());
        u1.client.get(&format!("/message-threads/{id}")).refused(404, "not_found");
        assert_eq!((threads(u1), threads(u2)), (vec![], vec![id.clone()]));
        send(u2, &id, "Hello").refused(403, "recipient_unavailable");
        open(u1, "user", &u2.id, "Hello").refused(403, "recipient_unavailable");
        u1.client.delete(&format!("/blocks/{}", made.string("/id"))).expect(204);
        send(u2, &id, "Hello").expect(201);
        assert_eq!(threads(u1), [id]);
    }

    fn blk_3_a_blocked_label_takes_the_threads_along_that_were_opened_by_it(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let (first, second) = (anonymous(&campus, u1, "One"), anonymous(&campus, u1, "Two"));
        let [one, two] = [&first, &second].map(|post| open(u2, "post", post, "Hello").expect(201).string("/id"));
        let id = block(u2, "post", &first).expect(201).string("/id");
        assert_eq!(threads(u2), std::slice::from_ref(&two));
        u2.client.get(&format!("/message-threads/{one}")).refused(404, "not_found");
        open(u2, "post", &first, "Hello").refused(404, "not_found");
        // The other is refused as by anybody who takes no messages, there alone.
        send(u1, &one, "Hello").refused(403, "recipient_unavailable");
        send(u1, &two, "Hello").expect(201);
        u2.client.delete(&format!("/blocks/{id}")).expect(204);
        send(u1, &one, "Hello").expect(201);

        // The author's block of a writer's label refuses new threads of that writer, in that thread.
        let label = whisper(u2, &first);
        let third = campus.student("third");
        block(u1, "comment", &label).expect(201);
        let of_author = |post: &str| u2.client.get(&format!("/posts/{post}")).expect(200).at("/can/message");
        assert_eq!((of_author(&first), of_author(&second)), (json!(true), json!(true)));
        let by_author = whisper(u1, &first);
        open(u2, "comment", &by_author, "Hello").refused(403, "recipient_unavailable");
        open(&third, "comment", &by_author, "Hello").expect(201);
        // What was opened before tells nothing of labels, so it goes on.
        send(u2, &one, "Hello").expect(201);
        send(u1, &one, "Hello").expect(201);
        assert!(threads(u1).contains(&one));
    }

    fn blk_4_a_blocked_anonymous_thread_is_gone_and_no_other_is_opened_there(kind) {
        for blocker_is_opener in [true, false] {
            let campus = Campus::open(kind);
            let (u1, u2) = (&campus.u1, &campus.u2);
            let (post, elsewhere) = (anonymous(&campus, u1, "One"), anonymous(&campus, u1, "Two"));
            let by_author = whisper(u1, &post);
            let by_opener = whisper(u2, &post);
            let bystander = whisper(&campus.moderator, &post);
            let id = open(u2, "post", &post, "Hello").expect(201).string("/id");
            let (blocker, other) = if blocker_is_opener { (u2, u1) } else { (u1, u2) };
            let made = block(blocker, "message_thread", &id).expect(201);
            let label = if blocker_is_opener { "Anonymous (author)" } else { "Anonymous" };
            assert_eq!(
                (made.at("/target_type"), made.at("/label"), made.at("/user"), made.at("/context/id")),
                (json!("message_thread"), json!(label), Value::Null, json!(post))
            );
            assert_eq!(block(blocker, "message_thread", &id).expect(200).json(), made.json());
            assert_eq!(blocker.client.get("/blocks").expect(200).at("/results"), json!([made.json()]));
            assert_eq!((threads(blocker), threads(other)), (vec![], vec![id.clone()]));
            blocker.client.get(&format!("/message-threads/{id}")).refused(404, "not_found");
            send(blocker, &id, "Hello").refused(404, "not_found");
            send(other, &id, "Hello").refused(403, "recipient_unavailable");
            let seen = other.client.get(&format!("/message-threads/{id}")).expect(200);
            assert_eq!(seen.at("/cannot/reply"), json!("recipient_unavailable"));
            // Neither side opens another from items of the same post, and items of others tell neither who it was.
            open(u2, "post", &post, "Hello").refused(403, "recipient_unavailable");
            open(u2, "comment", &by_author, "Hello").refused(403, "recipient_unavailable");
            open(u2, "comment", &bystander, "Hello").expect(201);
            open(u1, "comment", &by_opener, "Hello").refused(403, "recipient_unavailable");
            open(u1, "comment", &bystander, "Hello").refused(403, "recipient_unavailable");
            // Elsewhere, by name, and for others, nothing has changed.
            open(u2, "post", &elsewhere, "Hello").expect(201);
            open(u2, "user", &u1.id, "Hello").expect(201);
            open(&campus.moderator, "post", &post, "Hello").expect(201);
            blocker.client.delete(&format!("/blocks/{}", made.string("/id"))).expect(204);
            send(other, &id, "Hello").expect(201);
            open(u1, "comment", &by_opener, "Hello").expect(201);
        }
    }
}
