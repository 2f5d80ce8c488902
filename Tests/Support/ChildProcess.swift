import CTestSupport
import Glibc
import LinuxIO
import Synchronization

/// A program that a test starts, without what the test's process has open, ignores or blocks.
///
/// Foundation's `Process` is not it: to close what is open it reads the list of descriptors as
/// whole `dirent` structures, beyond the end of what the kernel wrote; with some 1,360 descriptors
/// in the process, as other tests have at the same time, it crashes.
package final class ChildProcess: Sendable {
  /// Why a program was not started.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Its number.
  package let identifier: Int32
  /// How it ended, once that was asked for: until then the number is its own.
  private let ending = Mutex<Int32?>(nil)

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: of the program; absolute where a folder is given.
  ///   - folder: where it runs; nil is where the test does.
  ///   - environment: its variables; nil are the test's.
  ///   - output: the file that gets standard output; nil throws it away.
  ///   - errors: the file that gets standard error; nil throws it away.
  package init(
    _ path: String, _ arguments: [String], in folder: String? = nil,
    environment: [String: String]? = nil, output: String? = nil, errors: String? = nil
  ) throws {
    // Safety: both are initialised by their calls and destroyed at the end of this one; all strings
    // are copied by the calls that get them, or live until the child has its own memory.
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    let write = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", write, 0o644)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors ?? "/dev/null", write, 0o644)
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    if let folder { unsafe posix_spawn_file_actions_addchdir_np(&actions, folder) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var identifier: Int32 = 0
    let variables = environment?.map { "\($0.key)=\($0.value)" }
    let result = unsafe withWords([path] + arguments) { words in
      unsafe withWords(variables ?? []) { own in
        unsafe posix_spawn(
          &identifier, path, &actions, &attributes, words, variables == nil ? environ : own)
      }
    }
    guard result == 0 else {
      throw Failure(description: "\(path): \(unsafe String(cString: strerror(result)))")
    }
    self.identifier = identifier
  }

  deinit {
    send(SIGKILL)
    _ = waitUntilExit()
  }

  /// Whether it has not ended.
  package var isRunning: Bool { status(WNOHANG) == nil }

  /// Waits for its end and returns its status; a signal that ended it counts negative.
  package func waitUntilExit() -> Int32 {
    // Safety: the structure is owned by this frame. What has ended is left to be asked for.
    var information = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0,
      errno == EINTR
    {}
    guard let status = status(0) else { preconditionFailure("somebody else waited for a child") }
    return status
  }

  /// Sends it a signal; nothing once it has ended.
  package func send(_ signal: Int32) {
    ending.withLock { ending in
      if ending == nil { _ = Glibc.kill(identifier, signal) }
    }
  }

  /// Starts a program and waits for its end.
  package static func run(
    _ path: String, _ arguments: [String], in folder: String? = nil,
    environment: [String: String]? = nil, output: String? = nil, errors: String? = nil
  ) throws -> Int32 {
    try ChildProcess(
      path, arguments, in: folder, environment: environment, output: output, errors: errors
    ).waitUntilExit()
  }

  private func status(_ options: Int32) -> Int32? {
    ending.withLock { ending in
      if ending != nil { return ending }
      var word: Int32 = 0
      // Safety: the word is owned by this frame.
      guard unsafe waitpid(identifier, &word, options) == identifier else { return nil }
      let signal = word & 0x7F
      ending = signal == 0 ? word >> 8 & 0xFF : -signal
      return ending
    }
  }
}

/// Lends words as C takes the arguments and the environment of a program.
private func withWords<Value>(
  _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  // Safety: every copy lives until the body has returned, and nil ends the list.
  var copies = unsafe words.map { unsafe strdup($0) } + [nil]
  defer { for index in words.indices { unsafe free(copies[index]) } }
  return unsafe copies.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress!) }
}
