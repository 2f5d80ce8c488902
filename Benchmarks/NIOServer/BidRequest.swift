/// The fields of a bid request that a decision reads, as `Codable` has them.
struct BidRequest: Codable {
  struct Impression: Codable {
    struct Banner: Codable {
      struct Format: Codable {
        var w: Int?
        var h: Int?
      }

      var format: [Format]?
      var w: Int?
      var h: Int?
      var pos: Int?
      var battr: [Int]?
      var mimes: [String]?
    }

    struct Deals: Codable {
      struct Deal: Codable {
        var id: String
        var bidfloor: Double?
        var bidfloorcur: String?
        var at: Int?
        var wseat: [String]?
        var wadomain: [String]?
      }

      var privateAuction: Int?
      var deals: [Deal]?

      enum CodingKeys: String, CodingKey {
        case privateAuction = "private_auction"
        case deals
      }
    }

    var id: String
    var banner: Banner?
    var pmp: Deals?
    var tagid: String?
    var bidfloor: Double?
    var bidfloorcur: String?
    var secure: Int?
    var exp: Int?
  }

  struct Inventory: Codable {
    struct Content: Codable {
      var language: String?
      var cat: [String]?
    }

    var id: String?
    var domain: String?
    var bundle: String?
    var page: String?
    var cat: [String]?
    var sectioncat: [String]?
    var pagecat: [String]?
    var content: Content?
  }

  struct Geo: Codable {
    var country: String?
    var region: String?
    var metro: String?
    var city: String?
    var zip: String?
  }

  struct Device: Codable {
    var ua: String?
    var ip: String?
    var geo: Geo?
    var os: String?
    var devicetype: Int?
    var language: String?
    var ifa: String?
    var dnt: Int?
    var lmt: Int?
  }

  struct User: Codable {
    struct ExtendedID: Codable {
      struct UserID: Codable {
        var id: String
      }

      var source: String?
      var uids: [UserID]?
    }

    var id: String?
    var buyeruid: String?
    var eids: [ExtendedID]?
  }

  struct Regulations: Codable {
    var coppa: Int?
    var gdpr: Int?
    var usPrivacy: String?

    enum CodingKeys: String, CodingKey {
      case coppa, gdpr
      case usPrivacy = "us_privacy"
    }
  }

  var id: String
  var imp: [Impression]
  var site: Inventory?
  var app: Inventory?
  var device: Device?
  var user: User?
  var at: Int?
  var tmax: Int?
  var test: Int?
  var cur: [String]?
  var bcat: [String]?
  var badv: [String]?
  var wseat: [String]?
  var bseat: [String]?
  var regs: Regulations?
}
