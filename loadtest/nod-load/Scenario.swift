import ArgumentParser
import Foundation
import Yams

/// A scenario file: the options of a run as YAML, a key for each.
enum Scenario {
  private static let option = "--scenario"

  /// The arguments with the options of the scenario before those of the command line, which win.
  static func expanded(_ arguments: [String]) throws(LoadFailure) -> [String] {
    guard let path = path(in: arguments) else { return arguments }
    let options = try read(path)
    let isNamed = arguments.first.map { !$0.hasPrefix("-") && !$0.contains("/") } ?? false
    let names = isNamed ? 1 : 0
    return arguments.prefix(names) + options + arguments.dropFirst(names)
  }

  private static func path(in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == option, index + 1 < arguments.count { return arguments[index + 1] }
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }

  private static func read(_ path: String) throws(LoadFailure) -> [String] {
    let node: Node?
    do {
      node = try compose(yaml: String(contentsOfFile: path, encoding: .utf8))
    } catch let error as YamlError {
      throw .data("\(path): \("\(error)".split(separator: "\n").first ?? "no YAML")")
    } catch {
      throw .data("\(path): no such file, or not readable")
    }
    guard case .mapping(let mapping)? = node else {
      throw .data("\(path): a scenario is a map of options")
    }
    var arguments: [String] = []
    for (key, value) in mapping { arguments += try option(key, value, of: path) }
    return arguments
  }

  private static func option(
    _ key: Node, _ value: Node, of path: String
  ) throws(LoadFailure) -> [String] {
    let place = "\(path):\(key.mark?.line ?? 1)"
    guard let name = key.string else { throw .data("\(place): a key must be a word") }
    let arguments = try arguments(name, value, place)
    do {
      _ = try RunCommand.parse(arguments)
    } catch {
      let message = RunCommand.message(for: error).split(separator: "\n").first ?? "wrong"
      throw .data("\(place): \(message)")
    }
    return arguments
  }

  private static func arguments(
    _ name: String, _ value: Node, _ place: String
  ) throws(LoadFailure) -> [String] {
    if case .sequence(let items) = value {
      var all: [String] = []
      for item in items { all += try arguments(name, item, place) }
      return all
    }
    guard case .scalar(let scalar) = value else {
      throw .data("\(place): `\(name)` wants a value or a list of them")
    }
    if name == "target" { return [scalar.string] }
    if value.bool == true, scalar.style == .any || scalar.style == .plain { return ["--\(name)"] }
    if value.bool == false, scalar.style == .any || scalar.style == .plain { return [] }
    return ["--\(name)", scalar.string]
  }
}
