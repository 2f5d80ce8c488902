/// A result as one HTML page with plots, which needs nothing but itself.
package struct HTMLReport {
  private let description: RunDescription
  private let result: RunResult
  private let broken: [String]

  /// The report of a result.
  package init(_ description: RunDescription, _ result: RunResult, broken: [String]) {
    self.description = description
    self.result = result
    self.broken = broken
  }

  /// The page.
  package var text: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(title.htmlEscaped)</title>
    <style>\(Self.style)</style></head>
    <body><main>
    <h1>\(title.htmlEscaped)</h1>
    <p>\(description.load.htmlEscaped)<br>\(description.shape.htmlEscaped)</p>
    \(verdict)
    \(tiles)
    \(timesTable)
    \(charts.map { $0.html }.joined(separator: "\n"))
    \(facts)
    </main></body></html>

    """
  }

  private var title: String { description.label ?? "Load on \(description.target)" }

  private var verdict: String {
    let bad = broken.map { "<li class=\"bad\">\($0.htmlEscaped)</li>" }
    let doubts = result.doubts.map { "<li class=\"doubt\">\($0.htmlEscaped)</li>" }
    let stopped =
      result.wasStopped ? ["<li class=\"doubt\">stopped before its end</li>"] : []
    let items = bad + doubts + stopped
    return items.isEmpty ? "" : "<ul class=\"verdict\">\(items.joined())</ul>"
  }

  private var tiles: String {
    let recorder = result.recorder
    let latency = recorder.latency
    var tiles: [(String, String)] = [
      ("sent a second", Quantity.grouped(result.sentRate)),
      ("answered a second", Quantity.grouped(result.answeredRate)),
      (
        "in time a second (\(Quantity.text(nanoseconds: result.plan.deadlineNanoseconds)))",
        Quantity.grouped(result.goodput)
      ),
      ("p50 latency", Quantity.text(nanoseconds: latency.valueAtPercentile(50))),
      ("p99 latency", Quantity.text(nanoseconds: latency.valueAtPercentile(99))),
      ("errors", Quantity.percent(result.errorShare)),
      (
        "bids",
        Quantity.percent(Double(recorder[.bid]) / Double(max(1, recorder.answered)))
      ),
    ]
    if let each = result.targetNanosecondsPerAnswer {
      tiles.append(("target's processor time an answer", Quantity.text(nanoseconds: UInt64(each))))
    }
    let cells = tiles.map { name, figure in
      "<div><b>\(figure.htmlEscaped)</b><span>\(name.htmlEscaped)</span></div>"
    }
    return "<div class=\"tiles\">\(cells.joined())</div>"
  }

  private var timesTable: String {
    let recorder = result.recorder
    let rows: [(String, Recorder.Times)] =
      [("all, from the planned time", recorder.latency)]
      + Outcome.allCases.map { ("– " + $0.name, recorder.latency(of: [$0])) }
      + [
        ("from the write alone", recorder.service),
        ("the generator's own lateness", recorder.lateness),
        ("notices", recorder.noticeLatency), ("connecting", recorder.connecting),
      ]
    let body = rows.filter { $0.1.totalCount > 0 }.map { name, times in
      let cells = [50, 90, 99, 99.9, 99.99, 100].map {
        "<td>\(Quantity.text(nanoseconds: times.valueAtPercentile($0)))</td>"
      }
      let count = Quantity.grouped(times.totalCount)
      return "<tr><th>\(name)</th><td>\(count)</td>\(cells.joined())</tr>"
    }
    return """
      <div class="wide"><table><thead><tr><th>latency</th><td>count</td><td>p50</td><td>p90</td><td>p99</td>
      <td>p99.9</td><td>p99.99</td><td>max</td></tr></thead><tbody>\(body.joined())</tbody></table></div>
      """
  }

  private var facts: String {
    let statuses = result.recorder.statuses.enumerated().filter { $0.element > 0 }
      .map { "\($0.offset): \(Quantity.grouped($0.element))" }.joined(separator: ", ")
    let busiest = result.generatorProcessors.max() ?? 0
    let rows: [(String, String)] = [
      ("target", description.target), ("started", description.started),
      ("machine of the generator", description.machine), ("kernel", description.kernel),
      ("commit", description.commit ?? "none"), ("statuses", statuses.isEmpty ? "none" : statuses),
      (
        "notices",
        "\(Quantity.grouped(result.recorder.noticesSent)) sent, "
          + "\(Quantity.grouped(result.recorder.noticesGood)) answered well"
      ),
      (
        "connections opened while measuring",
        "\(Quantity.grouped(result.recorder.opened)), "
          + "\(Quantity.grouped(result.recorder.connectFailures)) attempts failed"
      ),
      ("busiest thread of the generator", Quantity.percent(busiest) + " of a processor"),
      ("command", description.command.joined(separator: " ")),
    ]
    let cells = rows.map { "<tr><th>\($0.0)</th><td class=\"text\">\($0.1.htmlEscaped)</td></tr>" }
    return "<section><h2>Run</h2><table>\(cells.joined())</table></section>"
  }

  private static let style = """
    :root{color-scheme:light dark;--ink:#1c2430;--dim:#667;--paper:#fff;--rule:#dde2ea;--tile:#f4f6fa;
    --bad:#b3261e;--doubt:#8a5a00;--c0:#1f6feb;--c1:#d4532b;--c2:#2f9e5b;--c3:#8e44ad;--c4:#b8860b;
    --c5:#0f8b8d}
    @media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--dim:#9aa4b2;--paper:#14181f;--rule:#2c3440;
    --tile:#1c222c;--bad:#ff8a80;--doubt:#ffca6a;--c0:#6cb0ff;--c1:#ff8f66;--c2:#6bd69a;--c3:#cf9bea;
    --c4:#e3c05a;--c5:#5fd0d2}}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
    main{max-width:900px;margin:0 auto;padding:24px 16px 48px}
    h1{font-size:24px;margin:0 0 4px}.wide{overflow-x:auto}h2{font-size:17px;margin:28px 0 6px}p{margin:0 0 12px}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:16px 0}
    .tiles div{background:var(--tile);border-radius:8px;padding:10px 12px}
    .tiles b{display:block;font-size:20px}.tiles span{color:var(--dim);font-size:13px}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:13px}
    th{text-align:left;font-weight:500}td{text-align:right;white-space:nowrap}.text{text-align:left;white-space:normal;word-break:break-word}
    th,td{border-bottom:1px solid var(--rule);padding:3px 6px}thead{color:var(--dim)}
    .verdict{padding-left:20px}.bad{color:var(--bad);font-weight:600}.doubt{color:var(--doubt)}
    svg{width:100%;min-width:640px;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:var(--dim)}
    .grid{stroke:var(--rule)}.mark{stroke:var(--bad);stroke-dasharray:6 4}.line{fill:none;stroke-width:2}
    .legend{color:var(--dim);font-size:13px}.key{margin-right:14px;display:inline-block}
    .key::before{content:"";display:inline-block;width:18px;height:3px;margin-right:6px;
    vertical-align:middle;background:var(--bad)}
    .line.c0{stroke:var(--c0)}circle.c0{fill:var(--c0)}.key.c0::before{background:var(--c0)}
    .line.c1{stroke:var(--c1)}circle.c1{fill:var(--c1)}.key.c1::before{background:var(--c1)}
    .line.c2{stroke:var(--c2)}circle.c2{fill:var(--c2)}.key.c2::before{background:var(--c2)}
    .line.c3{stroke:var(--c3)}circle.c3{fill:var(--c3)}.key.c3::before{background:var(--c3)}
    .line.c4{stroke:var(--c4)}circle.c4{fill:var(--c4)}.key.c4::before{background:var(--c4)}
    .line.c5{stroke:var(--c5)}circle.c5{fill:var(--c5)}.key.c5::before{background:var(--c5)}
    """

  private var charts: [Chart] { ReportCharts(result).all }
}
