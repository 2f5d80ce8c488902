import Foundation

extension Doctor {
  /// What the workers run on.
  var processorFindings: [Finding] {
    [workers, quota, governor, steal].compactMap { $0 }
  }

  private var workers: Finding {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let workers = configuration.bidder.workers.count
    let found = "\(workers) workers on \(processors) processors"
    guard workers > processors else { return .ok("workers", found) }
    return .warn(
      "workers", found,
      "set bidder.workers: auto, or at most \(processors): workers that share one wait for it")
  }

  /// A quota stops all threads for the rest of each period once it is used up.
  var quota: Finding? {
    guard let words = machine.controlGroup("cpu.max")?.split(separator: " "), words.count == 2,
      let quota = Double(words[0]), let period = Double(words[1]), period > 0
    else { return nil }
    let processors = quota / period
    let text = String(format: "the control group may use %.1f processors", processors)
    let workers = configuration.bidder.workers.count
    guard processors < Double(workers) + 0.5 else { return .ok("cpu_quota", text) }
    return .warn(
      "cpu_quota", "\(text), there are \(workers) workers",
      "take the quota (CPUQuota=, limits.cpu) away, or set bidder.workers below it: a quota that is "
        + "used up stops every bid for up to \(Int(period / 1_000)) ms")
  }

  var governor: Finding? {
    let folder = "/sys/devices/system/cpu/cpu0/cpufreq"
    guard let governor = machine.text("\(folder)/scaling_governor") else { return nil }
    if governor == "performance" { return .ok("cpu_governor", governor) }
    return .warn(
      "cpu_governor", governor,
      "`cpupower frequency-set -g performance`: a processor that sleeps between requests answers "
        + "the next one later")
  }

  /// Time that the host gave to others, since the start of the machine.
  var steal: Finding? {
    guard let times = machine.words(after: "cpu ", in: "/proc/stat")?.compactMap({ Int($0) }),
      times.count >= 8
    else { return nil }
    let total = max(1, times[..<8].reduce(0, +))
    let perMille = times[7] * 1_000 / total
    let found = "\(Double(perMille) / 10) % of the processors' time went to other machines"
    guard perMille > DoctorLimits.stealPerMille else { return .ok("cpu_steal", found) }
    return .warn(
      "cpu_steal", found, "move to a host that is not oversold; bids miss deadlines meanwhile")
  }
}
