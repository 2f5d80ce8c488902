/// A price for a thousand impressions with all its decimals, as notices carry it.
struct Price: Equatable {
  /// US dollars for a euro in `nod.yaml`, in hundredths.
  private static let euroHundredths = 108

  /// Millionths of the currency's unit.
  let micros: Int
  let currency: String

  /// A price of a bid; it has no more than six decimals.
  init(_ price: Double, currency: String) {
    micros = Int((price * 1_000_000).rounded())
    self.currency = currency
  }

  private init(micros: Int, currency: String) {
    self.micros = micros
    self.currency = currency
  }

  /// What an auction that ends four fifths of the way up takes, with four decimals.
  var cleared: Price { Price(micros: micros * 4 / 500 * 100, currency: currency) }

  /// As `${AUCTION_PRICE}` is written: `4.200000`.
  var text: String {
    let digits = String(micros % 1_000_000)
    return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// What one impression costs in nano-units of US dollars: the micros of a thousand are the
  /// nano-units of one. What is converted is rounded up.
  var nanosOfOne: Int {
    get throws {
      switch currency {
      case "USD": return micros
      case "EUR": return (micros * Self.euroHundredths + 99) / 100
      default: throw Failure("the quickstart has no rate for \(currency)")
      }
    }
  }
}
