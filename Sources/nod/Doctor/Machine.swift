import Foundation

/// What the kernel tells of the machine in its files, below a root that tests replace.
struct Machine {
  /// The folder that stands for `/`.
  var root = ""

  /// The text of a file without white space at its ends; nil where it cannot be read.
  func text(_ path: String) -> String? {
    guard let text = try? String(contentsOfFile: root + path, encoding: .utf8) else { return nil }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The number in a file.
  func number(_ path: String) -> Int? { text(path).flatMap { Int($0) } }

  /// The words of the line of a file that starts with a word, without it.
  func words(after name: String, in path: String) -> [Substring]? {
    text(path)?.split(separator: "\n").first { $0.hasPrefix(name) }
      .map { $0.dropFirst(name.count).split(whereSeparator: \.isWhitespace) }
  }

  /// The choice in square brackets of a file such as `always [madvise] never`.
  func choice(_ path: String) -> String? {
    guard let text = text(path), let open = text.firstIndex(of: "["),
      let close = text.firstIndex(of: "]"), open < close
    else { return nil }
    return String(text[text.index(after: open)..<close])
  }

  /// A limit of a process as `/proc/PID/limits` names it; `Int.max` is unlimited.
  func limit(_ name: String, of process: String) -> (soft: Int, hard: Int)? {
    guard let words = words(after: name, in: "/proc/\(process)/limits"), words.count >= 2 else {
      return nil
    }
    func number(_ word: Substring) -> Int? { word == "unlimited" ? .max : Int(word) }
    guard let soft = number(words[0]), let hard = number(words[1]) else { return nil }
    return (soft, hard)
  }

  /// Whether a process is there that runs the same program as this one: a number that was left
  /// behind, or that counts in another container, may by now be anybody's.
  func runsThisProgram(_ process: Int32) -> Bool {
    guard let name = text("/proc/\(process)/comm") else { return false }
    return name == text("/proc/self/comm")
  }

  /// A file of the process's control group, version 2; nil in version 1 and where there is none.
  func controlGroup(_ file: String) -> String? {
    let line = text("/proc/self/cgroup")?.split(separator: "\n").first { $0.hasPrefix("0::") }
    let group = line.map { String($0.dropFirst(3)) } ?? "/"
    return text("/sys/fs/cgroup\(group == "/" ? "" : group)/\(file)")
      ?? text("/sys/fs/cgroup/\(file)")
  }
}
