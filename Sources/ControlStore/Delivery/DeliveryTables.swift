import GRDB

/// The tables of what was delivered, which `Reporting` fills from the event log and reads.
///
/// Numbers are the ledger's; the names that they stand for have tables of their own, so that
/// reports outlive documents. Hours count from 1970 in UTC, days in the campaign's time zone; a
/// size is its width times 65,536 and its height. Amounts are nano-units.
enum DeliveryTables {
  static func create(_ db: Database) throws {
    try createCounts(db)
    try createNames(db)
    try createPlace(db)
  }

  private static func createCounts(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE delivery (
          day INTEGER NOT NULL, account INTEGER NOT NULL, hour INTEGER NOT NULL,
          creative INTEGER NOT NULL, exchange INTEGER NOT NULL, size INTEGER NOT NULL,
          bids INTEGER NOT NULL, wins INTEGER NOT NULL, impressions INTEGER NOT NULL,
          clicks INTEGER NOT NULL, pixels INTEGER NOT NULL, losses INTEGER NOT NULL,
          spend_nanos INTEGER NOT NULL, late_nanos INTEGER NOT NULL,
          PRIMARY KEY (day, account, hour, creative, exchange, size)) STRICT, WITHOUT ROWID;
        CREATE INDEX delivery_by_account ON delivery (account, day);
        CREATE TABLE delivery_matched (
          day INTEGER NOT NULL, account INTEGER NOT NULL, hour INTEGER NOT NULL,
          requests INTEGER NOT NULL,
          PRIMARY KEY (day, account, hour)) STRICT, WITHOUT ROWID;
        """)
  }

  private static func createNames(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE delivery_accounts (
          number INTEGER PRIMARY KEY, advertiser TEXT NOT NULL, campaign TEXT NOT NULL,
          line_item TEXT, currency TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
        CREATE INDEX delivery_accounts_by_name
          ON delivery_accounts (advertiser, campaign, line_item);
        CREATE TABLE delivery_creatives (
          number INTEGER PRIMARY KEY, advertiser TEXT NOT NULL, creative TEXT NOT NULL) STRICT;
        CREATE TABLE delivery_exchanges (
          number INTEGER PRIMARY KEY, exchange TEXT NOT NULL) STRICT;
        """)
  }

  /// How far the event log was followed, and which bids were counted for what: each notice counts
  /// once, however often it comes.
  private static func createPlace(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE delivery_place (
          id INTEGER PRIMARY KEY CHECK (id = 1), file INTEGER NOT NULL, journal INTEGER NOT NULL,
          complete_until INTEGER NOT NULL, lost_files INTEGER NOT NULL,
          damaged_bytes INTEGER NOT NULL, dropped_events INTEGER NOT NULL) STRICT;
        CREATE TABLE delivery_seen (
          boot INTEGER NOT NULL, chunk INTEGER NOT NULL, made INTEGER NOT NULL,
          bids BLOB NOT NULL, PRIMARY KEY (boot, chunk)) STRICT, WITHOUT ROWID;
        CREATE INDEX delivery_seen_by_age ON delivery_seen (made);
        """)
  }
}
