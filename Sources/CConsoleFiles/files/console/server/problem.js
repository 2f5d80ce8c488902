/// An answer that says that something went wrong, or that there was none (status 0).
export class Problem extends Error {
  constructor(status, document = {}) {
    super(document.detail ?? Problem.words(status));
    this.status = status;
    this.faults = Array.isArray(document.errors) ? document.errors : [];
  }

  /// The problem that a body describes, whatever it is.
  static from(status, text) {
    try {
      return new Problem(status, JSON.parse(text) ?? {});
    } catch {
      return new Problem(status);
    }
  }

  static words(status) {
    return status === 0
      ? "The server does not answer. Check the connection; this page tries again by itself."
      : `The server answered with status ${status}.`;
  }
}
