/// What became of one object between two states of documents.
package struct DocumentChange: Sendable, Equatable {
  /// What happened to an object.
  package enum Action: String, Sendable, CaseIterable {
    /// It is new.
    case create
    /// It says something else than before.
    case update
    /// It is gone.
    case delete
  }

  /// What happened.
  package let action: Action
  /// The object, as it is after the change; a deleted one as it was before.
  package let object: DocumentObject
  /// What changed in it: each field that differs, in the order of pointers; of an object that is
  /// new or gone, one with the pointer of the whole object.
  package let fields: [FieldChange]

  /// A change of an object.
  package init(action: Action, object: DocumentObject, fields: [FieldChange]) {
    self.action = action
    self.object = object
    self.fields = fields
  }
}

/// What became of one field of an object.
package struct FieldChange: Sendable, Equatable {
  /// The RFC 6901 pointer of the field in the object's JSON; empty for the whole object.
  package let pointer: String
  /// Its JSON before, or nil where it was not set.
  package let before: String?
  /// Its JSON after, or nil where it is not set any more.
  package let after: String?

  /// A change of a field.
  package init(pointer: String, before: String?, after: String?) {
    self.pointer = pointer
    self.before = before
    self.after = after
  }
}
