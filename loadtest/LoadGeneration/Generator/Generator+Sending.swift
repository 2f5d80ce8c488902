import FixedMemory
import LinuxIO

extension Generator {
  /// Writes the requests whose time has come, as far as connections are free.
  mutating func sendDue() {
    for _ in 0..<LoadLimits.sendsInARow {
      if plan.arrivals.isClosed {
        guard now < end, let place = takeFree(forNotices: false) else { return }
        send(place, planned: now)
      } else {
        guard let planned = nextPlanned, planned <= now, let place = takeFree(forNotices: false)
        else { return }
        advance()
        send(place, planned: planned)
      }
    }
  }

  private mutating func send(_ place: Int, planned: UInt64) {
    requests.write(into: &output, id: &id)
    let freeSince = links[place].freeSince
    write(place, planned: planned)
    guard isMeasured(planned), links[place].written > 0 else { return }
    let written = links[place].written
    recorder.recordSent(
      written: written - measuredFrom, lateness: written - max(planned, freeSince))
    recorder.bytesOut += UInt64(output.count)
  }

  /// Writes what is in the output buffer on a free connection.
  mutating func write(_ place: Int, planned: UInt64) {
    now = Clock.monotonicNanoseconds()
    links[place].planned = planned
    links[place].written = now
    links[place].phase = .waiting
    links[place].requestsLeft -= 1
    inFlight += 1
    countSend()
    switch links[place].descriptor.send(output.bytes) {
    case .bytes(let count):
      if count < output.count { keepRest(place, from: count) }
    case .wouldBlock: keepRest(place, from: 0)
    case .ended, .failed: end(place, as: .broken)
    }
  }

  private mutating func keepRest(_ place: Int, from count: Int) {
    links[place].unsent = (count..<output.count).map { output.bytes.byte(at: $0) }
    watch(place, for: .write)
  }

  /// Writes what the kernel did not take before.
  mutating func sendRest(_ place: Int) {
    let unsent = links[place].unsent
    switch links[place].descriptor.send(unsent.rawSpan) {
    case .bytes(let count): links[place].unsent.removeFirst(count)
    case .wouldBlock: return
    case .ended, .failed: return end(place, as: .broken)
    }
    if links[place].unsent.isEmpty { watch(place, for: .read) }
  }

  private mutating func watch(_ place: Int, for interest: Poller.Interest) {
    let descriptor = links[place].descriptor
    if (try? poller.change(descriptor, token: token(of: place), for: interest)) == nil {
      end(place, as: .broken)
    }
  }
}
