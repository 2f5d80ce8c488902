import CLinux
import Glibc
import Synchronization

/// A thread of the system with a name, outside Swift's concurrency pool.
package final class Thread: Sendable {
  private let handle: Mutex<pthread_t?>

  /// How the thread shares the processors.
  package enum Priority: Sendable {
    case normal
    /// Work that may wait: `SCHED_BATCH` and nice 10; under a ``StandbyWatch``, `SCHED_IDLE`.
    case background
  }

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - name: shown by `top -H`; the kernel keeps 15 bytes.
  ///   - processor: the only processor to run on, if one is wanted and it exists.
  package init(
    name: String, priority: Priority = .normal, processor: Int? = nil,
    body: @escaping @Sendable () -> Void
  ) throws(Errno) {
    let start = Start(name: name, priority: priority, processor: processor, body: body)
    var attributes = pthread_attr_t()
    var thread: pthread_t = 0
    // Safety: the attributes are initialised first and destroyed after; the retained start is taken
    // over by the thread, or taken back here when there is none.
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, LinuxIOLimits.threadStackBytes)
    let argument = unsafe Unmanaged.passRetained(start)
    let result = unsafe pthread_create(&thread, &attributes, Thread.run, argument.toOpaque())
    unsafe pthread_attr_destroy(&attributes)
    guard result == 0 else {
      unsafe argument.release()
      throw Errno(rawValue: result)
    }
    handle = Mutex(thread)
  }

  deinit {
    handle.withLock { if let thread = $0 { _ = pthread_detach(thread) } }
  }

  /// Lets the timers of the calling thread fire when they are due: the kernel otherwise gathers
  /// those that lie 50 microseconds apart.
  package static func useExactTimers() { _ = nod_thread_exact_timers() }

  /// Waits until the body has returned; a second call returns at once.
  package func join() {
    let thread = handle.withLock { handle in
      defer { handle = nil }
      return handle
    }
    // Joined once, since the handle was taken.
    if let thread { _ = pthread_join(thread, nil) }
  }

  private static func standBehind() {
    _ = nod_thread_batch(Int32(LinuxIOLimits.standbyNice))
    if StandbyWatch.startsResting.load(ordering: .relaxed) { _ = nod_thread_rest(nod_thread_id()) }
  }

  private final class Start: Sendable {
    let name: String
    let priority: Priority
    let processor: Int?
    let body: @Sendable () -> Void

    init(
      name: String, priority: Priority, processor: Int?, body: @escaping @Sendable () -> Void
    ) {
      self.name = name
      self.priority = priority
      self.processor = processor
      self.body = body
    }
  }

  // Safety: the argument is the start that init retained for this thread alone.
  private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    argument in
    guard let argument = unsafe argument else { return nil }
    let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    _ = unsafe nod_thread_name(start.name)
    if case .background = start.priority { standBehind() }
    if let processor = start.processor { _ = nod_thread_affinity(Int32(processor)) }
    start.body()
    return nil
  }
}
