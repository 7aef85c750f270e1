//! Listening sockets: one for each worker and port, shared out by the kernel (SO_REUSEPORT).

use socket2::{Domain, Protocol, SockAddr, Socket, TcpKeepalive, Type};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

/// Connections that may wait to be accepted.
const BACKLOG: i32 = 4096;

/// `n` sockets that listen on `addr`. Port 0 takes one that is free; all sockets have the same. Fails where somebody else
/// listens there already.
pub(crate) fn listen(addr: SocketAddr, n: usize) -> io::Result<Vec<TcpListener>> {
    // Sockets that share a port do so with every other process of the same user that asks for it, such as a second gateway
    // on this machine, and then each gets a part of the connections. A socket that does not share finds out.
    let probe = socket(addr, false)?;
    probe.bind(&SockAddr::from(addr))?;
    let addr = probe.local_addr()?.as_socket().unwrap_or(addr);
    drop(probe);
    (0..n)
        .map(|_| {
            let socket = socket(addr, true)?;
            socket.bind(&SockAddr::from(addr))?;
            socket.listen(BACKLOG)?;
            Ok(TcpListener::from(socket))
        })
        .collect()
}

fn socket(addr: SocketAddr, shared: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    // Old connections that linger in the kernel must not keep a restart from listening.
    socket.set_reuse_address(true)?;
    if shared {
        socket.set_reuse_port(true)?;
    }
    if addr.is_ipv6() {
        socket.set_only_v6(!addr.ip().is_unspecified())?;
    }
    // Accepted sockets inherit it: peers that vanished are found even where nothing is sent, as in tunnels.
    socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(Duration::from_secs(60)))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_share_a_port_that_others_cannot_have() {
        let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let sockets = listen(any, 3).unwrap();
        let addr = sockets[0].local_addr().unwrap();
        assert!(sockets.iter().all(|socket| socket.local_addr().unwrap() == addr));
        assert_eq!(listen(addr, 1).unwrap_err().kind(), io::ErrorKind::AddrInUse);
        drop(sockets);
        listen(addr, 1).unwrap();
    }
}
