use super::*;
use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::sync::mpsc;
use tokio::time::sleep;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1));

fn pool(queue_max: usize, wait_ms: u64) -> Arc<HashPool> {
    let wait = Duration::from_millis(wait_ms);
    Arc::new(HashPool::start(HashPoolSettings { threads: 1, queue_max, wait }).unwrap())
}

/// Occupies the only thread until the returned sender is dropped.
async fn occupy(pool: &Arc<HashPool>) -> mpsc::Sender<()> {
    let (hold, held) = mpsc::channel::<()>();
    let (begun, begins) = oneshot::channel();
    let running = Arc::clone(pool);
    tokio::spawn(async move {
        let work = move || {
            begun.send(()).unwrap();
            held.recv().ok()
        };
        running.run(HERE, work).await.unwrap();
    });
    begins.await.unwrap();
    hold
}

async fn until(condition: impl Fn() -> bool) {
    while !condition() {
        sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn auth_2_each_attempt_is_counted_once() {
    let pool = pool(4, 5000);
    assert_eq!(pool.run(HERE, || 7).await, Ok(7));
    assert_eq!(pool.run(HERE, || 8).await, Ok(8));
    assert_eq!(pool.jobs_total(), 2);
}

#[tokio::test]
async fn auth_2_a_full_queue_and_a_full_share_are_busy() {
    let pool = pool(4, 5000);
    let hold = occupy(&pool).await;
    let waiting = |client| {
        tokio::spawn({
            let pool = Arc::clone(&pool);
            async move { pool.run(client, || ()).await }
        })
    };
    let mut jobs = vec![waiting(HERE), waiting(HERE)];
    until(|| pool.waiting() == 2).await;
    assert_eq!(pool.run(HERE, || ()).await, Err(HashError::Busy), "half of the queue is one address's share");
    jobs.extend([waiting(THERE), waiting(THERE)]);
    until(|| pool.waiting() == 4).await;
    let third = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1));
    assert_eq!(pool.run(third, || ()).await, Err(HashError::Busy), "the queue is full");
    drop(hold);
    for job in jobs {
        assert_eq!(job.await.unwrap(), Ok(()));
    }
}

#[tokio::test]
async fn auth_2_a_long_wait_is_busy_and_not_computed() {
    let pool = pool(4, 20);
    let hold = occupy(&pool).await;
    assert_eq!(pool.run(THERE, || ()).await, Err(HashError::Busy));
    drop(hold);
    assert_eq!(pool.run(THERE, || 1).await, Ok(1));
    assert_eq!(pool.jobs_total(), 2, "the one that gave up was never begun");
}

#[tokio::test]
async fn work_begun_in_time_is_waited_for() {
    let pool = pool(4, 30);
    let slow = || std::thread::sleep(Duration::from_millis(90));
    assert_eq!(pool.run(HERE, slow).await, Ok(()));
}

#[tokio::test]
async fn a_client_who_left_costs_nothing_and_gives_the_place_back() {
    let pool = pool(2, 5000);
    let hold = occupy(&pool).await;
    for _ in 0..10 {
        let left = tokio::time::timeout(Duration::from_millis(2), pool.run(THERE, || ()));
        assert!(left.await.is_err());
    }
    let next = tokio::spawn({
        let pool = Arc::clone(&pool);
        async move { pool.run(THERE, || 5).await }
    });
    sleep(Duration::from_millis(5)).await;
    drop(hold);
    assert_eq!(next.await.unwrap(), Ok(5));
    assert_eq!(pool.jobs_total(), 2);
}

#[tokio::test]
async fn clients_take_turns() {
    let pool = pool(16, 5000);
    let hold = occupy(&pool).await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut jobs = Vec::new();
    for (n, client) in [HERE, HERE, HERE, HERE, THERE].into_iter().enumerate() {
        let (pool, order) = (Arc::clone(&pool), Arc::clone(&order));
        let before = pool.waiting();
        let waiting = Arc::clone(&pool);
        jobs.push(tokio::spawn(async move { pool.run(client, move || order.lock().unwrap().push(n)).await }));
        until(|| waiting.waiting() > before).await;
    }
    drop(hold);
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [0, 4, 1, 2, 3]);
}

#[tokio::test]
async fn a_panic_is_a_failure_of_one_attempt() {
    let pool = pool(4, 5000);
    assert_eq!(pool.run(HERE, || -> u8 { panic!("as if") }).await, Err(HashError::Failed));
    assert_eq!(pool.run(HERE, || 1).await, Ok(1));
}
