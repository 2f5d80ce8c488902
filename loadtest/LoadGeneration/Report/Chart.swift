/// A plot of lines as an SVG that needs no script and no network.
struct Chart {
  /// How values are laid out along an axis.
  enum Scale {
    /// Evenly, from zero.
    case linear
    /// By their logarithm.
    case logarithmic
    /// Shares from 0 to 1, by the logarithm of what is left to 1.
    case percentile
  }

  /// A line of a name.
  struct Line {
    let name: String
    /// The number of its colour in the style sheet.
    let colour: Int
    let points: [(x: Double, y: Double)]
  }

  let title: String
  let xTitle: String
  let yTitle: String
  var xScale = Scale.linear
  var yScale = Scale.linear
  /// How a value of y is written.
  var format: (Double) -> String = { Quantity.grouped($0) }
  var lines: [Line]
  /// A value of y that is to be seen, such as the deadline.
  var mark: (name: String, y: Double)?

  private let width = 860.0
  private let height = 300.0
  private let left = 74.0
  private let right = 28.0
  private let top = 12.0
  private let bottom = 40.0

  init(
    title: String, xTitle: String, yTitle: String, xScale: Scale = .linear,
    yScale: Scale = .linear, format: @escaping (Double) -> String = { Quantity.grouped($0) },
    lines: [Line], mark: (name: String, y: Double)? = nil
  ) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.xScale = xScale
    self.yScale = yScale
    self.format = format
    self.lines = lines.filter { !$0.points.isEmpty }
    self.mark = mark
  }

  /// The plot with its title and legend; nothing where there are no points.
  var html: String {
    guard !lines.isEmpty else { return "" }
    let xAxis = ChartAxis(lines.flatMap { $0.points.map { $0.x } }, xScale)
    let marked = mark.map { [$0.y] } ?? []
    let yAxis = ChartAxis(lines.flatMap { $0.points.map { $0.y } } + marked, yScale)
    let drawn = grid(xAxis, yAxis) + markLine(yAxis) + lines.map { draw($0, xAxis, yAxis) }
    return """
      <section><h2>\(title.htmlEscaped)</h2>
      <div class="wide">
      <svg viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-label="\(title.htmlEscaped)">
      \(drawn.joined(separator: "\n"))
      </svg>
      </div>
      <p class="legend">\(legend)</p></section>
      """
  }

  private var legend: String {
    var entries = lines.map { "<span class=\"key c\($0.colour)\">\($0.name.htmlEscaped)</span>" }
    if let mark { entries.append("<span class=\"key mark\">\(mark.name.htmlEscaped)</span>") }
    return entries.joined(separator: " ")
  }

  private func x(_ share: Double) -> Double { left + share * (width - left - right) }
  private func y(_ share: Double) -> Double { height - bottom - share * (height - top - bottom) }

  private func grid(_ xAxis: ChartAxis, _ yAxis: ChartAxis) -> [String] {
    var parts: [String] = []
    for tick in yAxis.ticks {
      let place = y(yAxis.share(tick))
      parts.append(
        "<line class=\"grid\" x1=\"\(n(left))\" x2=\"\(n(width - right))\" y1=\"\(n(place))\" "
          + "y2=\"\(n(place))\"/><text x=\"\(n(left - 6))\" y=\"\(n(place + 4))\" "
          + "text-anchor=\"end\">\(format(tick).htmlEscaped)</text>")
    }
    for tick in xAxis.ticks {
      let place = x(xAxis.share(tick))
      parts.append(
        "<line class=\"grid\" x1=\"\(n(place))\" x2=\"\(n(place))\" y1=\"\(n(top))\" "
          + "y2=\"\(n(height - bottom))\"/><text x=\"\(n(place))\" "
          + "y=\"\(n(height - bottom + 16))\" "
          + "text-anchor=\"middle\">\(xAxis.label(tick).htmlEscaped)</text>")
    }
    parts.append(
      "<text class=\"name\" x=\"\(n((left + width - right) / 2))\" y=\"\(n(height - 6))\" "
        + "text-anchor=\"middle\">\(xTitle.htmlEscaped)</text>")
    parts.append(
      "<text class=\"name\" transform=\"rotate(-90)\" x=\"\(n(-(top + height - bottom) / 2))\" "
        + "y=\"14\" text-anchor=\"middle\">\(yTitle.htmlEscaped)</text>")
    return parts
  }

  private func markLine(_ yAxis: ChartAxis) -> [String] {
    guard let mark else { return [] }
    let place = n(y(yAxis.share(mark.y)))
    return [
      "<line class=\"mark\" x1=\"\(n(left))\" x2=\"\(n(width - right))\" y1=\"\(place)\" "
        + "y2=\"\(place)\"/>"
    ]
  }

  private func draw(_ line: Line, _ xAxis: ChartAxis, _ yAxis: ChartAxis) -> String {
    let places = line.points.map { (x(xAxis.share($0.x)), y(yAxis.share($0.y))) }
    let path = places.map { "\(n($0.0)),\(n($0.1))" }.joined(separator: " ")
    let dots =
      line.points.count > 80
      ? []
      : zip(places, line.points).map { place, point in
        "<circle class=\"c\(line.colour)\" cx=\"\(n(place.0))\" cy=\"\(n(place.1))\" r=\"2.4\">"
          + "<title>\(line.name.htmlEscaped), \(xAxis.label(point.x).htmlEscaped): "
          + "\(format(point.y).htmlEscaped)</title></circle>"
      }
    return "<polyline class=\"line c\(line.colour)\" points=\"\(path)\"/>" + dots.joined()
  }

  private func n(_ value: Double) -> String { Quantity.fixed(value, 1) }
}

extension String {
  /// The text as it stands in HTML and in attributes.
  var htmlEscaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
  }
}
