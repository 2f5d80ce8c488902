import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// `nio-server [WORKERS]`: SwiftNIO and JSONDecoder, as a Swift server would be written first; what
/// `make floor COMPARE=1` holds Nod against. Prints `listening PORT`.
@main
struct NIOServer {
  static func main() async throws {
    let workers = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1
    let group = MultiThreadedEventLoopGroup(numberOfThreads: workers)
    let server = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4_096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(BidHandler())
        }
      }
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
    let channel = try await server.bind(host: "127.0.0.1", port: 0).get()
    // Not print: its line would stay in a buffer while the output is a file.
    let line = "listening \(channel.localAddress?.port ?? 0)\n"
    try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
    try await channel.closeFuture.get()
  }
}
