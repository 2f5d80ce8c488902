extension MetricsPage {
  /// What the process says of itself, beside what it counts.
  package struct State: Sendable {
    /// Whether `/readyz` answers 200.
    package var isReady = false
    /// Whether the last reload took effect; true before the first.
    package var isReloaded = true
    /// When configuration and documents last took effect, in seconds since 1970.
    package var reloadedSeconds: Int64 = 0
    /// Bytes that can still be written to the data folder's file system, where that is known.
    package var freeBytes: Int?
    /// Answers of the control plane by the hundreds of their status.
    package var controlAnswers: [(statusClass: String, count: Int)] = []

    /// Not ready.
    package init() {}
  }
}

extension MetricsPage.State {
  /// Writes the families.
  func write(to page: inout MetricsText) {
    gauge("nod_ready", "1 while /readyz answers 200.", isReady ? "1" : "0", &page)
    gauge(
      "nod_reload_successful", "0 while the last reload was refused.", isReloaded ? "1" : "0",
      &page)
    gauge(
      "nod_reload_success_timestamp_seconds",
      "When configuration and documents last took effect, since 1970.", "\(reloadedSeconds)", &page)
    if let freeBytes {
      gauge(
        "nod_data_dir_free_bytes", "Room on the data folder's file system.", "\(freeBytes)", &page)
    }
    page.family(
      "nod_control_answers_total", .counter, "Answers of the control plane, by status class.")
    for answers in controlAnswers {
      page.sample(
        "nod_control_answers_total", [("class", answers.statusClass)], "\(answers.count)")
    }
  }

  private func gauge(_ name: String, _ help: String, _ value: String, _ page: inout MetricsText) {
    page.family(name, .gauge, help)
    page.sample(name, [], value)
  }
}
