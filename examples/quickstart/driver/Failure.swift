/// Why the quickstart does not work; its text ends the program.
struct Failure: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
