import FixedMemory

/// The signals of law (OpenRTB 2.6 section 3.2.3), each where 2.6 and where 2.5 has it.
@usableFromInline
package struct Regulations: Sendable, BitwiseCopyable {
  /// `coppa` = 1: the user is a child.
  @usableFromInline package var coppa = false
  /// `gdpr`; nil when absent.
  @usableFromInline package var directGDPR: Int32? = nil
  /// `ext.gdpr`; nil when absent.
  @usableFromInline package var extensionGDPR: Int32? = nil
  /// `us_privacy`.
  @usableFromInline package var directUSPrivacy = Text.absent
  /// `ext.us_privacy`.
  @usableFromInline package var extensionUSPrivacy = Text.absent
  /// `gpp`.
  @usableFromInline package var directGPP = Text.absent
  /// `ext.gpp`.
  @usableFromInline package var extensionGPP = Text.absent

  init() {}

  /// Whether GDPR applies: the stricter of both places; nil when neither says.
  @inlinable
  package var gdpr: Bool? {
    if directGDPR == 1 || extensionGDPR == 1 { return true }
    return directGDPR == nil && extensionGDPR == nil ? nil : false
  }

  /// The GPP string: of `gpp`, else of `ext.gpp`.
  @inlinable package var gpp: Text { directGPP.isEmpty ? extensionGPP : directGPP }
}
