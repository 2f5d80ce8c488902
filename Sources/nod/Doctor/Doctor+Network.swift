import LinuxIO

extension Doctor {
  /// What exchanges and people connect to.
  func networkFindings(_ server: Int32?) -> [Finding] {
    var findings = [backlog("net.core.somaxconn"), backlog("net.ipv4.tcp_max_syn_backlog")]
      .compactMap { $0 }
    findings.append(port("bidder.listen", configuration.bidder.listen, server))
    findings.append(port("control.listen", configuration.control.listen, server))
    let control = configuration.control.listen
    if !["127.0.0.1", "::1"].contains(control.host) {
      findings.append(
        .warn(
          "control_plane", "control.listen \(control): keys travel in the clear",
          "listen at 127.0.0.1 behind a proxy that speaks TLS; /metrics needs no key either"))
    }
    return findings
  }

  /// Exchanges connect in bursts; what the kernel does not queue it drops for a second.
  func backlog(_ key: String) -> Finding? {
    let path = "/proc/sys/" + key.replacing(".", with: "/")
    guard let value = machine.number(path) else { return nil }
    guard value < DoctorLimits.backlog else { return .ok(key, "\(value)") }
    return .warn(key, "\(value)", "sysctl -w \(key)=\(DoctorLimits.backlog)")
  }

  func port(_ key: String, _ address: ListenAddress, _ server: Int32?) -> Finding {
    guard server == nil else { return .ok("ports", "\(key) \(address): the server is running") }
    do {
      _ = try Socket.listening(
        at: SocketAddress(host: address.host, port: address.port), sharingPort: false)
      return .ok("ports", "\(key) \(address): free")
    } catch {
      return .fail(
        "ports", "\(key) \(address): \(error)",
        "`ss -ltnp` shows who listens there; ports below 1024 need CAP_NET_BIND_SERVICE")
    }
  }
}
