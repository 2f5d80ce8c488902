import Foundation
import LinuxIO

extension Doctor {
  /// What flights, days, expiry and deadlines are measured with.
  var clockFindings: [Finding] {
    [Self.clock(ClockState.current()), clockSource, timeZones].compactMap { $0 }
  }

  static func clock(_ state: ClockState?) -> Finding? {
    guard let state else { return nil }
    let error = "off by at most \(state.largestErrorMicroseconds / 1_000) ms"
    if !state.isSynchronised {
      return .warn(
        "clock", "not synchronised",
        "run chrony or systemd-timesyncd (in a virtual machine the host may do it unseen): "
          + "flights, budget days and the expiry of notices follow the clock")
    }
    guard state.largestErrorMicroseconds > DoctorLimits.clockErrorMicroseconds else {
      return .ok("clock", "synchronised, \(error)")
    }
    return .warn("clock", "synchronised, but \(error)", "look at `chronyc tracking`")
  }

  /// A clock that only the kernel can read costs a system call at each of a request's steps.
  var clockSource: Finding? {
    let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
    guard let source = machine.text(path) else { return nil }
    let fast = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"]
    if fast.contains(source) { return .ok("clock_source", source) }
    return .warn(
      "clock_source", source,
      "make tsc the clock source if the machine's is stable; reading this one is a system call")
  }

  /// Days and hours of campaigns need the rules of their zones.
  private var timeZones: Finding {
    let midsummer = Date(timeIntervalSince1970: 1_750_000_000)
    let zone = TimeZone(identifier: "America/New_York")
    guard zone?.secondsFromGMT(for: midsummer) == -14_400 else {
      return .fail(
        "time_zones", "the time zone database is missing",
        "install the package tzdata: budget days and dayparts need it")
    }
    return .ok("time_zones", "there")
  }
}
