/// The name of an object's member as one integer.
///
/// A name of up to eight bytes is those bytes, the first in the lowest, so that comparing integers
/// compares names whole. The few longer names that are read have numbers that no name of up to
/// eight bytes can be, because 0xFF is not UTF-8. Every other name is ``unknown``.
struct JSONKey: Equatable {
  let code: UInt64

  init(code: UInt64) { self.code = code }

  /// From the first eight bytes of a name and the next eight, zero where it has ended.
  @inline(__always)
  init(head: UInt64, tail: UInt64) {
    code = tail == 0 ? head : Self.longCode(head, tail)
  }

  /// The code of a name of 9 to 16 bytes.
  private static func longCode(_ head: UInt64, _ tail: UInt64) -> UInt64 {
    switch (head, tail) {
    case (0x726F_6F6C_6664_6962, 0x0072_7563): bidfloorcur
    case (0x5F65_7461_7669_7270, 0x006E_6F69_7463_7561): privateAuction
    case (0x636E_6F69_7463_6573, 0x7461): sectioncat
    case (0x6568_7369_6C62_7570, 0x0072): publisher
    case (0x7974_6563_6976_6564, 0x6570): devicetype
    case (0x6176_6972_705F_7375, 0x7963): usPrivacy
    default: unknown
    }
  }
}

extension JSONKey {
  /// A name that is not read.
  static let unknown: UInt64 = 0

  static let bidfloorcur: UInt64 = 0xFFFF_FFFF_FFFF_FF01
  static let privateAuction: UInt64 = 0xFFFF_FFFF_FFFF_FF02
  static let sectioncat: UInt64 = 0xFFFF_FFFF_FFFF_FF03
  static let publisher: UInt64 = 0xFFFF_FFFF_FFFF_FF04
  static let devicetype: UInt64 = 0xFFFF_FFFF_FFFF_FF05
  static let usPrivacy: UInt64 = 0xFFFF_FFFF_FFFF_FF06

  static let acat: UInt64 = 0x7461_6361
  static let api: UInt64 = 0x0069_7061
  static let app: UInt64 = 0x0070_7061
  static let at: UInt64 = 0x7461
  static let audio: UInt64 = 0x006F_6964_7561
  static let badv: UInt64 = 0x7664_6162
  static let banner: UInt64 = 0x7265_6E6E_6162
  static let bapp: UInt64 = 0x7070_6162
  static let battr: UInt64 = 0x0072_7474_6162
  static let bcat: UInt64 = 0x7461_6362
  static let bidfloor: UInt64 = 0x726F_6F6C_6664_6962
  static let bseat: UInt64 = 0x0074_6165_7362
  static let btype: UInt64 = 0x0065_7079_7462
  static let bundle: UInt64 = 0x656C_646E_7562
  static let buyeruid: UInt64 = 0x6469_7572_6579_7562
  static let cat: UInt64 = 0x0074_6163
  static let cattax: UInt64 = 0x7861_7474_6163
  static let city: UInt64 = 0x7974_6963
  static let consent: UInt64 = 0x0074_6E65_736E_6F63
  static let content: UInt64 = 0x0074_6E65_746E_6F63
  static let coppa: UInt64 = 0x0061_7070_6F63
  static let country: UInt64 = 0x0079_7274_6E75_6F63
  static let cur: UInt64 = 0x0072_7563
  static let deals: UInt64 = 0x0073_6C61_6564
  static let device: UInt64 = 0x6563_6976_6564
  static let dnt: UInt64 = 0x0074_6E64
  static let domain: UInt64 = 0x6E69_616D_6F64
  static let dooh: UInt64 = 0x686F_6F64
  static let eids: UInt64 = 0x7364_6965
  static let exp: UInt64 = 0x0070_7865
  static let ext: UInt64 = 0x0074_7865
  static let format: UInt64 = 0x7461_6D72_6F66
  static let gdpr: UInt64 = 0x7270_6467
  static let geo: UInt64 = 0x006F_6567
  static let gpp: UInt64 = 0x0070_7067
  static let h: UInt64 = 0x0068
  static let id: UInt64 = 0x6469
  static let ifa: UInt64 = 0x0061_6669
  static let imp: UInt64 = 0x0070_6D69
  static let instl: UInt64 = 0x006C_7473_6E69
  static let language: UInt64 = 0x6567_6175_676E_616C
  static let lmt: UInt64 = 0x0074_6D6C
  static let metro: UInt64 = 0x006F_7274_656D
  static let mimes: UInt64 = 0x0073_656D_696D
  static let native: UInt64 = 0x6576_6974_616E
  static let os: UInt64 = 0x736F
  static let page: UInt64 = 0x6567_6170
  static let pagecat: UInt64 = 0x0074_6163_6567_6170
  static let pmp: UInt64 = 0x0070_6D70
  static let pos: UInt64 = 0x0073_6F70
  static let region: UInt64 = 0x6E6F_6967_6572
  static let regs: UInt64 = 0x7367_6572
  static let secure: UInt64 = 0x6572_7563_6573
  static let site: UInt64 = 0x6574_6973
  static let source: UInt64 = 0x6563_7275_6F73
  static let test: UInt64 = 0x7473_6574
  static let tmax: UInt64 = 0x7861_6D74
  static let topframe: UInt64 = 0x656D_6172_6670_6F74
  static let ua: UInt64 = 0x6175
  static let uids: UInt64 = 0x7364_6975
  static let user: UInt64 = 0x7265_7375
  static let video: UInt64 = 0x006F_6564_6976
  static let w: UInt64 = 0x0077
  static let wadomain: UInt64 = 0x6E69_616D_6F64_6177
  static let wlang: UInt64 = 0x0067_6E61_6C77
  static let wseat: UInt64 = 0x0074_6165_7377
  static let zip: UInt64 = 0x0070_697A
}
