/// What a line turned out to be.
enum LineVerdict: Equatable, Sendable {
  /// It says something of a user.
  case valid
  /// It is blank.
  case empty
  /// It does not follow the grammar.
  case malformed
  /// Its id's type maps to no configured space.
  case unknownID
}
