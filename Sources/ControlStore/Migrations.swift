import GRDB

/// The tables, step by step; a step that was released is never changed.
enum Migrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("audit", migrate: AuditLog.createTable)
    migrator.registerMigration("access-keys", migrate: KeyTable.create)
    migrator.registerMigration("documents", migrate: DocumentStore.createTables)
    migrator.registerMigration("upload jobs", migrate: UploadJobs.createTable)
    migrator.registerMigration("delivery", migrate: DeliveryTables.create)
    return migrator
  }
}
