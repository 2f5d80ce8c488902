import ArgumentParser
import LoadGeneration

/// A time, such as `250us`, `10ms`, `1.5s`, `2m`.
struct TimeValue: ExpressibleByArgument {
  let nanoseconds: UInt64

  init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  init?(argument: String) {
    guard let nanoseconds = Quantity.nanoseconds(argument) else { return nil }
    self.nanoseconds = nanoseconds
  }

  static func seconds(_ seconds: UInt64) -> TimeValue {
    TimeValue(nanoseconds: seconds * 1_000_000_000)
  }

  var defaultValueDescription: String { Quantity.text(nanoseconds: nanoseconds) }
}

/// A time, or two between which times are drawn: `50ms` or `50ms..500ms`.
struct TimeSpan: ExpressibleByArgument {
  let shortest: UInt64
  let longest: UInt64

  init(shortest: UInt64, longest: UInt64) {
    self.shortest = shortest
    self.longest = longest
  }

  init?(argument: String) {
    let ends = argument.split(separator: "..", maxSplits: 1).map {
      Quantity.nanoseconds(String($0))
    }
    guard let shortest = ends.first ?? nil, let longest = ends.last ?? nil, shortest <= longest
    else { return nil }
    self.init(shortest: shortest, longest: longest)
  }

  var defaultValueDescription: String {
    "\(Quantity.text(nanoseconds: shortest)) to \(Quantity.text(nanoseconds: longest))"
  }
}

/// A rate in requests a second, such as `500`, `20k`.
struct RateValue: ExpressibleByArgument {
  let perSecond: Double

  init(perSecond: Double) { self.perSecond = perSecond }

  init?(argument: String) {
    guard let rate = Quantity.rate(argument) else { return nil }
    perSecond = rate
  }

  var defaultValueDescription: String { Quantity.grouped(perSecond) }
}

/// Rates: `1000..20k` as the ends of a ramp, or `1k,2k,5k` as steps.
struct RateList: ExpressibleByArgument {
  let rates: [Double]

  init?(argument: String) {
    let isRamp = argument.contains("..")
    let parts = isRamp ? argument.split(separator: "..") : argument.split(separator: ",")
    let rates = parts.compactMap { Quantity.rate(String($0)) }
    guard rates.count == parts.count, !rates.isEmpty, rates.count <= LoadLimits.rateParts,
      !isRamp || rates.count == 2
    else { return nil }
    self.rates = rates
  }
}

/// A share: `0.1%` or `0.001`.
struct ShareValue: ExpressibleByArgument {
  let share: Double

  init(share: Double) { self.share = share }

  init?(argument: String) {
    guard let share = Quantity.share(argument) else { return nil }
    self.share = share
  }

  var defaultValueDescription: String { Quantity.percent(share) }
}

/// A path with its weight: `/openrtb2/a` or `/openrtb2/a=3`.
struct PathValue: ExpressibleByArgument {
  let path: RequestMix.Path

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    let weight = parts.count == 2 ? Double(parts[1]) : 1
    guard let name = parts.first, name.hasPrefix("/"),
      name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), let weight, weight > 0, weight <= 1e6
    else { return nil }
    path = RequestMix.Path(path: String(name), weight: weight)
  }
}
