import CLinux

/// What the kernel thinks of its own clock.
package struct ClockState: Equatable, Sendable {
  /// Whether something keeps it right.
  package let isSynchronised: Bool
  /// How wrong it may be, in microseconds, as far as the kernel knows.
  package let largestErrorMicroseconds: Int

  package init(isSynchronised: Bool, largestErrorMicroseconds: Int) {
    self.isSynchronised = isSynchronised
    self.largestErrorMicroseconds = largestErrorMicroseconds
  }

  /// Asks the kernel; nil where it does not tell.
  package static func current() -> ClockState? {
    var error = 0
    // Safety: the call writes one number, which lives for it.
    let state = unsafe nod_clock_state(&error)
    return state < 0 ? nil : ClockState(isSynchronised: state == 1, largestErrorMicroseconds: error)
  }
}
