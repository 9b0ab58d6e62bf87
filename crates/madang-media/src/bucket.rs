//! A bucket that speaks S3.

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{BackoffConfig, Error, RetryConfig};
use std::time::Duration;

/// How often a request is repeated whose answer did not come or was a fault, and until when: somebody waits for it.
const RETRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(8);

/// How long the pause before a repetition may become.
const PAUSE: Duration = Duration::from_secs(1);

/// Opens `bucket`: where it is, and by whose credentials, is in the usual `AWS_…` variables. Nothing is asked yet.
pub(crate) fn open(bucket: &str) -> Result<AmazonS3, Error> {
    // The same as everywhere else in the program. Where the process has one already, that one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        // A request for each file, which every server knows, unlike the one that deletes many.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig {
            backoff: BackoffConfig { max_backoff: PAUSE, ..BackoffConfig::default() },
            max_retries: RETRIES,
            retry_timeout: PATIENCE,
        })
        .build()
}
