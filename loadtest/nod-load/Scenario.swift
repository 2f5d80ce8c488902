import ArgumentParser
import Foundation
import Yams

/// A scenario file: the options of a run as YAML, a key for each.
enum Scenario {
  private static let option = "--scenario"

  /// Options of which one is given: when requests are sent, and which ids they carry.
  private static let alternatives: [Set<String>] = [
    ["rate", "ramp", "steps", "closed", "replay"], ["ids", "synthetic-users"],
  ]

  /// The arguments with the options of the scenario, but for those that the command line has
  /// itself: its lists replace the scenario's, and so does its kind of load or of ids.
  static func expanded(_ arguments: [String]) throws(LoadFailure) -> [String] {
    guard let path = path(in: arguments) else { return arguments }
    var given = Set(arguments.compactMap(name))
    for names in alternatives where !given.isDisjoint(with: names) { given.formUnion(names) }
    var options: [String] = []
    for (name, arguments) in try read(path) where !given.contains(name) { options += arguments }
    let isNamed = arguments.first.map { !$0.hasPrefix("-") && !$0.contains("/") } ?? false
    let names = isNamed ? 1 : 0
    return arguments.prefix(names) + options + arguments.dropFirst(names)
  }

  /// The name of an option: of `--rate=5` and `--rate` alike.
  private static func name(_ argument: String) -> String? {
    guard argument.hasPrefix("--") else { return nil }
    return argument.dropFirst(2).split(separator: "=").first.map(String.init)
  }

  private static func path(in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == option, index + 1 < arguments.count { return arguments[index + 1] }
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }

  private static func read(
    _ path: String
  ) throws(LoadFailure) -> [(name: String, arguments: [String])] {
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
    var options: [(name: String, arguments: [String])] = []
    for (key, value) in mapping {
      options.append((key.string ?? "", try option(key, value, of: path)))
    }
    return options
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
