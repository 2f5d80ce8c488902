import Foundation

/// A titled list of figures: labels, numbers that end in one column, notes.
struct Table {
  /// A line.
  struct Row {
    let label: String
    let value: String
    /// What the number is of.
    let note: String

    init(_ label: String, _ value: String, note: String = "") {
      self.label = label
      self.value = value
      self.note = note
    }
  }

  /// The least width of labels, so that short tables stand in line with each other.
  private static let labelWidth = 26
  /// The same of numbers.
  private static let valueWidth = 9

  let title: String
  let rows: [Row]

  /// The lines, each with its end.
  var text: String {
    let labels = max(Self.labelWidth, rows.map { $0.label.count }.max() ?? 0)
    let values = max(Self.valueWidth, rows.map { $0.value.count }.max() ?? 0)
    return rows.reduce(into: title + "\n") { text, row in
      text += "  " + row.label + Self.spaces(labels - row.label.count + 1)
      text += Self.spaces(values - row.value.count) + row.value
      text += row.note.isEmpty ? "\n" : " \(row.note)\n"
    }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// A number of zero or more with a comma before every three digits: `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { text, index in
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digits[index])
    }
  }
}

/// Standard output, without a buffer: a reader of a pipe sees each part at once.
enum Page {
  /// Writes text; where nobody reads any more, there is nobody to tell.
  static func write(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }
}
