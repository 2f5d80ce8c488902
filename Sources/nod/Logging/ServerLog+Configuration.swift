import CampaignDocuments
import ControlPlane
import Foundation
import Logging

extension ServerLog {
  /// The log of this process, which `nod serve` writes to standard error.
  static let process = ServerLog()

  /// Sends all loggers of the process here; may be called once.
  func takeOver() {
    LoggingSystem.bootstrap { self.handler(label: $0) }
  }

  /// Puts what a configuration says in force.
  func adopt(_ configuration: LogConfiguration) {
    let format: Format =
      switch configuration.format {
      case .json: .json
      case .text: .text
      case .auto: isatty(STDERR_FILENO) == 1 ? .text : .json
      }
    set(level: Logger.Level(rawValue: configuration.level.rawValue) ?? .info, format: format)
  }
}
