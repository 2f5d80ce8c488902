import FixedMemory
import HTTP1

/// Bodies in chunks: the data are moved together where they are parked.
extension Worker {
  /// Reads on in a chunked body whose head starts the parked bytes.
  mutating func serveChunked(_ slot: Int) -> Responder.Step {
    var reader = connections[slot].chunks
    var place = connections[slot].chunksRead
    var end = connections[slot].chunksEnd
    let input = connections[slot].input
    while true {
      switch reader.step(parking.bytes(input), at: &place) {
      case .data(let count):
        parking.move(input, from: place &- count, to: end, count: count)
        end &+= count
      case .partial:
        // Only the data are kept, so any number of small chunks fits.
        parking.truncate(&connections[slot].input, to: end)
        connections[slot].keepChunks(reader, dataEnd: end)
        return .partial
      case .malformed(let status):
        return responder.refuse(status, exchange: connections[slot].exchange)
      case .complete:
        connections[slot].chunksRead = 0
        return answerChunked(slot, dataEnd: end, requestEnd: place)
      }
    }
  }

  private mutating func answerChunked(
    _ slot: Int, dataEnd: Int, requestEnd: Int
  ) -> Responder.Step {
    responder.answerChunked(
      parking, dataEnd: dataEnd, requestEnd: requestEnd, &connections[slot], &inflated)
  }
}
