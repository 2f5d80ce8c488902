/// What a control plane answered.
struct ClientAnswer: Sendable, Equatable {
  /// The status.
  let status: Int
  /// Names in lower case, and values.
  let fields: [(name: String, value: String)]
  /// The body, without the framing of the connection.
  var body: [UInt8]

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The value of a field's first line.
  func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  static func == (one: ClientAnswer, other: ClientAnswer) -> Bool {
    one.status == other.status && one.body == other.body
      && one.fields.elementsEqual(other.fields) { $0 == $1 }
  }
}
