import Foundation
import NIOCore
import NIOHTTP1

/// Decodes each POST as a bid request and bids on its first impression, always the same.
final class BidHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let decoder = JSONDecoder()
  private var body: ByteBuffer?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
      body = context.channel.allocator.buffer(capacity: length)
    case .body(var part): body?.writeBuffer(&part)
    case .end: answer(context)
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard let body,
      let request = try? decoder.decode(BidRequest.self, from: Data(body.readableBytesView)),
      let impression = request.imp.first
    else { return write(.badRequest, ByteBuffer(), context) }
    guard impression.bidfloor ?? 0 <= Bid.price, impression.banner != nil else {
      return write(.noContent, ByteBuffer(), context)
    }
    var response = context.channel.allocator.buffer(capacity: 2_048)
    Bid.write(request: request.id, impression: impression.id, to: &response)
    write(.ok, response, context)
  }

  private func write(
    _ status: HTTPResponseStatus, _ body: ByteBuffer, _ context: ChannelHandlerContext
  ) {
    var headers = HTTPHeaders()
    if status == .ok {
      headers.add(name: "content-type", value: "application/json")
      headers.add(name: "x-openrtb-version", value: "2.6")
      headers.add(name: "content-length", value: String(body.readableBytes))
    }
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if body.readableBytes > 0 {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
