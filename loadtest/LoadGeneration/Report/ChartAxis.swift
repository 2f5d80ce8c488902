import Glibc

/// Where values lie along an axis, and which of them are written beside it.
struct ChartAxis {
  private let scale: Chart.Scale
  private let low: Double
  private let high: Double
  /// The values that are written, ascending.
  let ticks: [Double]

  /// An axis on which some values fit.
  init(_ values: [Double], _ scale: Chart.Scale) {
    self.scale = scale
    let most = values.max() ?? 1
    switch scale {
    case .linear:
      let step = Self.step(for: most > 0 ? most : 1)
      high = max(step, (most / step).rounded(.up) * step)
      low = 0
      ticks = stride(from: 0, through: high + step / 2, by: step).map { $0 }
    case .logarithmic:
      let least = values.filter { $0 > 0 }.min() ?? 1
      let first = log10(least).rounded(.down)
      let last = max(first + 1, log10(max(most, least)).rounded(.up))
      low = first
      high = last
      ticks = stride(from: first, through: last, by: 1).map { pow(10, $0) }
    case .percentile:
      let last = values.filter { $0 < 1 }.max() ?? 0.9
      let end = max(2, -log10(1 - last))
      high = end
      low = 0
      ticks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999].filter {
        -log10(1 - $0) <= end + 1e-9
      }
    }
  }

  /// From 0 at the start of the axis to 1 at its end.
  func share(_ value: Double) -> Double {
    let place: Double
    switch scale {
    case .linear: place = value
    case .logarithmic: place = value > 0 ? log10(value) : low
    case .percentile: place = value < 1 ? -log10(1 - value) : high
    }
    return min(1, max(0, (place - low) / (high - low)))
  }

  /// How a value is written beside the axis.
  func label(_ value: Double) -> String {
    guard scale == .percentile else {
      return value == value.rounded() ? Quantity.grouped(value) : Quantity.fixed(value, 2)
    }
    if value >= 1 { return "max" }
    var decimals = 0
    while decimals < 4,
      abs(
        (value * 100 * pow(10, Double(decimals))).rounded()
          - value * 100 * pow(10, Double(decimals))) > 1e-6
    { decimals += 1 }
    return "p" + Quantity.fixed(value * 100, decimals)
  }

  /// 1, 2 or 5 times a power of ten, so that about five steps reach the value.
  private static func step(for most: Double) -> Double {
    let raw = most / 5
    let power = pow(10, log10(raw).rounded(.down))
    let factor = raw / power
    return (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * power
  }
}
