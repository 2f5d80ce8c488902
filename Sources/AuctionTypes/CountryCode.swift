/// A country as three ASCII capitals of ISO 3166-1 alpha-3, held in one integer.
///
/// OpenRTB's `geo.country` is alpha-3 (2.5 section 3.2.19); some exchanges send alpha-2, which
/// converts without allocation. Any three letters are a value, assigned or not, so that a code
/// from a request compares as it came.
@usableFromInline
package struct CountryCode: Hashable, Sendable, BitwiseCopyable {
  /// The letters from the high byte to the low one: `FRA` is `0x465241`.
  @usableFromInline package let rawValue: UInt32

  @inlinable
  init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The code of three ASCII letters in any case, or nil if one of them is no letter.
  @inlinable
  package init?(letters first: UInt8, _ second: UInt8, _ third: UInt8) {
    let a = first & 0xDF
    let b = second & 0xDF
    let c = third & 0xDF
    guard Self.isCapital(a), Self.isCapital(b), Self.isCapital(c) else { return nil }
    rawValue = UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c)
  }

  /// The country of two ASCII letters of ISO 3166-1 alpha-2 in any case, or nil if unassigned.
  package init?(alpha2 first: UInt8, _ second: UInt8) {
    let a = first & 0xDF
    let b = second & 0xDF
    guard Self.isCapital(a), Self.isCapital(b) else { return nil }
    let packed = CountryTable.byAlpha2[CountryTable.index(a, b)]
    guard packed != 0 else { return nil }
    rawValue = CountryTable.unpacked(packed)
  }

  /// The country that an assigned alpha-3 or alpha-2 code of any case names, or nil.
  package init?(assigned text: String) {
    let bytes = Array(text.utf8)
    switch bytes.count {
    case 2:
      self.init(alpha2: bytes[0], bytes[1])
    case 3:
      self.init(letters: bytes[0], bytes[1], bytes[2])
      guard CountryTable.alpha3.contains(rawValue) else { return nil }
    default:
      return nil
    }
  }

  /// Every assigned code, in the order of their alpha-2 codes.
  package static var allAssigned: [CountryCode] {
    CountryTable.records.map { CountryCode(rawValue: $0.alpha3) }
  }

  @inlinable
  static func isCapital(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }
}

extension CountryCode: CustomStringConvertible {
  /// The three letters.
  @usableFromInline package var description: String {
    let bytes = [UInt8(rawValue >> 16), UInt8(rawValue >> 8 & 0xFF), UInt8(rawValue & 0xFF)]
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The assigned codes of ISO 3166-1 and `XK`, which the trade uses for Kosovo.
private enum CountryTable {
  /// Alpha-2 and alpha-3 side by side, in the order of alpha-2.
  private static let source = """
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT
    AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI
    BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
    BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
    COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
    DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
    FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL
    GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD
    HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
    ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
    KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO
    LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
    MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI
    MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL
    NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
    PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA
    SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR
    SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF
    TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
    TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
    VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE
    """

  static let records: [(alpha2: (UInt8, UInt8), alpha3: UInt32)] = source.split {
    $0 == " " || $0.isNewline
  }.map { record in
    let bytes = Array(record.utf8)
    let alpha3 = UInt32(bytes[2]) << 16 | UInt32(bytes[3]) << 8 | UInt32(bytes[4])
    return ((bytes[0], bytes[1]), alpha3)
  }

  static let alpha3 = Set(records.map { $0.alpha3 })

  /// Three letters in 15 bits at the index of their alpha-2 code, 0 where none is assigned.
  static let byAlpha2: InlineArray<676, UInt16> = {
    var table = InlineArray<676, UInt16>(repeating: 0)
    for record in records {
      table[index(record.alpha2.0, record.alpha2.1)] = packed(record.alpha3)
    }
    return table
  }()

  static func index(_ first: UInt8, _ second: UInt8) -> Int {
    (Int(first) - 65) * 26 + Int(second) - 65
  }

  static func packed(_ code: UInt32) -> UInt16 {
    UInt16((code >> 16 & 31) << 10 | (code >> 8 & 31) << 5 | code & 31)
  }

  static func unpacked(_ code: UInt16) -> UInt32 {
    let code = UInt32(code)
    return (code >> 10 | 0x40) << 16 | (code >> 5 & 31 | 0x40) << 8 | (code & 31 | 0x40)
  }
}
