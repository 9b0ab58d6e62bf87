//! Where a request comes from.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<Block>);

#[derive(Clone, Copy, Debug)]
struct Block {
    address: u128,
    bits: u32,
}

/// A value that is no address or block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is neither an IP address nor a block such as 10.0.0.0/8")]
pub struct BlockError(String);

impl TrustedProxies {
    /// Proxies from addresses and blocks in CIDR notation.
    pub fn parse<S: AsRef<str>>(blocks: &[S]) -> Result<Self, BlockError> {
        blocks.iter().map(|block| block.as_ref().parse()).collect::<Result<_, _>>().map(Self)
    }

    fn holds(&self, address: IpAddr) -> bool {
        let address = wide(address);
        self.0.iter().any(|block| (address ^ block.address).leading_zeros() >= block.bits)
    }
}

impl FromStr for Block {
    type Err = BlockError;

    fn from_str(text: &str) -> Result<Self, BlockError> {
        let error = || BlockError(text.to_owned());
        let (address, bits) = text.split_once('/').map_or((text, None), |(head, tail)| (head, Some(tail)));
        let address: IpAddr = address.trim().parse().map_err(|_| error())?;
        let offset = if address.is_ipv4() { 96 } else { 0 };
        let bits = match bits {
            Some(bits) => bits.trim().parse::<u32>().map_err(|_| error())? + offset,
            None => 128,
        };
        if bits > 128 { Err(error()) } else { Ok(Self { address: wide(address), bits }) }
    }
}

/// The caller's address: the socket's peer or, behind trusted proxies, the right-most hop that is not one of them.
pub fn address(request: &HttpRequest, trusted: &TrustedProxies) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    behind(peer, request.headers(), trusted)
}

fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let mut client = canonical(peer);
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in hops.into_iter().rev() {
        if !trusted.holds(client) {
            break;
        }
        // An entry that is no address was not written by a proxy of ours: what stands left of it is not believed.
        let Ok(address) = hop.trim().parse() else { break };
        client = canonical(address);
    }
    client
}

/// The network that shares one allowance: an IPv4 address, or the first 64 bits of an IPv6 address.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    fn client(peer: &str, hops: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for hop in hops {
            headers.append(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_str(hop).unwrap());
        }
        behind(peer.parse().unwrap(), &headers, &TrustedProxies::parse(trusted).unwrap()).to_string()
    }

    #[test]
    fn s_48_forwarding_counts_from_trusted_proxies_only() {
        assert_eq!(client("192.0.2.1", &["198.51.100.7"], &[]), "192.0.2.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, 198.51.100.7"], &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(
            client("10.0.0.1", &["203.0.113.9", "198.51.100.7, 10.0.0.2"], &["10.0.0.0/8"]),
            "198.51.100.7"
        );
        assert_eq!(client("10.0.0.1", &["nonsense"], &["10.0.0.1"]), "10.0.0.1");
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.7"], &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(client("2001:db8::1", &["198.51.100.7"], &["2001:db8::/32"]), "198.51.100.7");
    }

    #[test]
    fn bad_blocks_are_named() {
        assert!(TrustedProxies::parse(&["10.0.0.0/33"]).is_err());
        assert_eq!(
            TrustedProxies::parse(&["proxy"]).unwrap_err().to_string().split(' ').next(),
            Some("proxy")
        );
    }

    #[test]
    fn ipv6_shares_by_64_bits() {
        assert_eq!(network("2001:db8:1:2:3::4".parse().unwrap()).to_string(), "2001:db8:1:2::");
    }

    proptest! {
        #[test]
        fn no_chain_panics(chain in "[ -~]{0,60}") {
            let _ = client("10.0.0.1", &[&chain], &["10.0.0.0/8"]);
        }
    }
}
