import LinuxIO

/// Where the bidder and its control plane listen.
struct Endpoints {
  /// The data plane.
  let bidder: SocketAddress
  /// The control plane.
  let control: SocketAddress

  private static let bidderVariable = "NOD_BIDDER_LISTEN"
  private static let controlVariable = "NOD_CONTROL_LISTEN"

  /// Those of `nod.yaml`, if the environment has no others.
  init(environment: [String: String]) throws {
    bidder = try Self.address(environment, Self.bidderVariable, port: 8080)
    control = try Self.address(environment, Self.controlVariable, port: 8081)
  }

  private static func address(
    _ environment: [String: String], _ variable: String, port: UInt16
  ) throws -> SocketAddress {
    guard let text = environment[variable], !text.isEmpty else {
      return SocketAddress(host: "127.0.0.1", port: port)
    }
    guard let address = SocketAddress(text), address.port != 0 else {
      throw Failure("\(variable) is no address such as 127.0.0.1:9080: \(text)")
    }
    // What listens everywhere is reached here.
    let isEverywhere = address.host == "0.0.0.0"
    return isEverywhere ? SocketAddress(host: "127.0.0.1", port: address.port) : address
  }

  /// Fails where something listens already.
  func expectFree() throws {
    for (variable, address) in [(Self.bidderVariable, bidder), (Self.controlVariable, control)]
    where (try? Connection(to: address)) != nil {
      throw Failure(
        "something listens at \(address) already. Stop it, or choose another port: "
          + "\(variable)=127.0.0.1:\(address.port &+ 1_000) make run")
    }
  }

  /// An environment in which nothing but the addresses overrides the configuration.
  func overrides(of environment: [String: String]) -> [String: String] {
    var result = environment.filter { !$0.key.hasPrefix("NOD_") }
    result[Self.bidderVariable] = environment[Self.bidderVariable]
    result[Self.controlVariable] = environment[Self.controlVariable]
    result["NOD_BIDDER_PUBLIC_URL"] = "http://\(bidder)"
    return result
  }
}
