// swift-tools-version: 6.2
import PackageDescription

/// `NOD_RACES=1` leaves only what several threads share, and its tests: `make race` builds that for
/// ThreadSanitizer.
let racesOnly = Context.environment["NOD_RACES"] == "1"
let raced: Set = [
  "CLinux", "CVector", "COpenSSL", "FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes",
  "BudgetLedger", "Telemetry", "Journal", "CTestSupport", "Support", "FixedMemoryTests",
  "BudgetLedgerTests", "JournalTests",
]

/// `NOD_LOAD=1` leaves only the load test and its tests.
let loadOnly = Context.environment["NOD_LOAD"] == "1"
let loaded: Set = [
  "CLinux", "CVector", "COpenSSL", "CZlib", "CDeflate", "FixedMemory", "LinuxIO", "Cryptography",
  "Compression", "AuctionTypes", "AudienceIndex", "LoadGeneration", "nod-load", "CTestSupport",
  "Support", "LoadGenerationTests", "LoadTestTests", "TidyTests",
]

/// `NOD_DATA_PLANE=1` leaves out the control plane and the executables: a build of what answers
/// bids alone takes seconds, and the sanitizers run on it.
let dataPlaneOnly = Context.environment["NOD_DATA_PLANE"] == "1" || racesOnly

/// `NOD_BENCHMARKS=1` adds what only measures and takes other people's packages for it.
let measures = Context.environment["NOD_BENCHMARKS"] == "1"

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The few targets that may hold pointers also vend spans, which needs `Lifetimes`.
let marked: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func markedLibrary(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: marked)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "Support"] + dependencies,
    swiftSettings: strict)
}

let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

/// Each line may import only lines above it.
let layers: [Target] = [
  // C: declarations, tiny helpers, comparisons of many bytes at once, and the system's libraries.
  .target(name: "CLinux"),
  .target(name: "CVector"),
  .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(
    name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
  .target(name: "CConsoleFiles", exclude: ["files"]),

  // Memory, syscalls, and wrappers: the only targets where unsafe code is allowed.
  markedLibrary("FixedMemory", ["CVector"]),
  markedLibrary("LinuxIO", ["CLinux", "FixedMemory"]),
  markedLibrary("Cryptography", ["COpenSSL", "FixedMemory"]),
  markedLibrary("Compression", ["CDeflate", "CZlib", "FixedMemory"]),

  // Plain values of the field.
  library("AuctionTypes", ["FixedMemory"]),

  // Wire formats; no I/O.
  library("HTTP1", ["FixedMemory"]),
  library("OpenRTB", ["FixedMemory", "AuctionTypes"]),

  // What is known of users.
  library("AudienceIndex", ["FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes"]),
  library(
    "AudienceIngest",
    ["FixedMemory", "LinuxIO", "Cryptography", "Compression", "AuctionTypes", "AudienceIndex"]),

  // What advertisers want.
  library("CampaignDocuments", ["AuctionTypes", yams]),
  library("CampaignCatalog", ["FixedMemory", "AuctionTypes", "OpenRTB", "CampaignDocuments"]),

  // What may be spent, and what was: returns journal records, writes nothing.
  library("BudgetLedger", ["FixedMemory", "Cryptography", "AuctionTypes"]),

  // The decision: no clock, socket, lock or log.
  library(
    "BidEngine",
    [
      "FixedMemory", "AuctionTypes", "OpenRTB", "AudienceIndex", "CampaignCatalog",
      "BudgetLedger",
    ]),

  // What is counted.
  library("Telemetry", ["FixedMemory", "AuctionTypes"]),

  // Files that only grow: the budget journal with the thread that owns the ledger, and the events.
  library("Journal", ["FixedMemory", "LinuxIO", "AuctionTypes", "BudgetLedger", "Telemetry"]),

  // Serving it.
  library(
    "BidServer",
    [
      "FixedMemory", "LinuxIO", "Compression", "AuctionTypes", "HTTP1", "OpenRTB",
      "AudienceIndex", "CampaignCatalog", "BudgetLedger", "BidEngine", "Telemetry",
    ]),
]

let controlPlane: [Target] = [
  // What must last of the control plane: keys, documents with their versions, audit, upload jobs.
  library(
    "ControlStore",
    ["FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes", "CampaignDocuments", grdb]),

  // What was delivered, summed up from the event log.
  library(
    "Reporting",
    ["FixedMemory", "LinuxIO", "AuctionTypes", "BudgetLedger", "Journal", "ControlStore", grdb]),

  // The pages of the console and the description of the API, as bytes of the executable.
  markedLibrary("ConsoleFiles", ["CConsoleFiles"]),

  // The API and the console.
  library(
    "ControlPlane",
    [
      "FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes", "AudienceIngest",
      "CampaignDocuments", "Telemetry", "ControlStore", "Reporting", "ConsoleFiles",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    ]),
  .executableTarget(
    name: "nod",
    dependencies: [
      "FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes", "HTTP1", "AudienceIndex",
      "AudienceIngest", "CampaignDocuments", "CampaignCatalog", "BudgetLedger", "BidEngine",
      "Journal", "BidServer",
      "Telemetry", "ControlStore", "Reporting", "ControlPlane", "OpenRTB", yams,
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    ],
    swiftSettings: strict),

  // The load test: what it measures with, and its command line.
  .target(
    name: "LoadGeneration",
    dependencies: [
      "FixedMemory", "LinuxIO", "Compression", "AudienceIndex", histogram,
    ],
    path: "loadtest/LoadGeneration", swiftSettings: strict),
  .executableTarget(
    name: "nod-load",
    dependencies: [
      "FixedMemory", "LinuxIO", "LoadGeneration", yams,
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    path: "loadtest/nod-load", swiftSettings: strict),
  .executableTarget(
    name: "quickstart", dependencies: ["LinuxIO", "FixedMemory"],
    path: "examples/quickstart/driver", swiftSettings: strict),
]

let testTargets: [Target] = [
  .target(
    name: "CTestSupport", path: "Tests/CTestSupport", publicHeadersPath: "include"),
  .target(
    name: "Support", dependencies: ["CTestSupport", "FixedMemory", "LinuxIO"],
    path: "Tests/Support", swiftSettings: marked),
  tests("FixedMemory", ["LinuxIO"]),
  tests("LinuxIO", ["FixedMemory"]),
  tests("Cryptography", ["FixedMemory"]),
  tests("Compression", ["FixedMemory"]),
  tests("AuctionTypes", ["FixedMemory"]),
  tests("HTTP1", ["FixedMemory"]),
  tests("OpenRTB", ["FixedMemory", "AuctionTypes"]),
  tests("AudienceIndex", ["FixedMemory", "LinuxIO", "AuctionTypes"]),
  tests(
    "AudienceIngest", ["FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes", "AudienceIndex"]),
  tests("CampaignDocuments", ["AuctionTypes"]),
  tests("CampaignCatalog", ["FixedMemory", "AuctionTypes", "CampaignDocuments"]),
  tests(
    "BidEngine",
    [
      "FixedMemory", "LinuxIO", "Compression", "AuctionTypes", "OpenRTB", "AudienceIndex",
      "CampaignDocuments", "CampaignCatalog", "BudgetLedger",
    ]),
  tests("BudgetLedger", ["FixedMemory", "LinuxIO", "AuctionTypes", "Cryptography"]),
  tests("Journal", ["FixedMemory", "LinuxIO", "AuctionTypes", "BudgetLedger"]),
  tests("Telemetry"),
  tests(
    "BidServer",
    [
      "FixedMemory", "LinuxIO", "Compression", "AuctionTypes", "AudienceIndex",
      "CampaignDocuments", "CampaignCatalog", "BudgetLedger", "BidEngine", "Journal", "Telemetry",
    ]),
  .testTarget(name: "TidyTests", swiftSettings: strict),
]

let controlPlaneTests: [Target] = [
  // The probe of bids and the flood of the control plane, each a process.
  .executableTarget(name: "isolation-clients", path: "Tests/IsolationClients"),
  // Preloaded into a release server, so that its allocations can be counted thread by thread.
  .target(
    name: "CAllocationCounter", path: "Tests/AllocationCounter", publicHeadersPath: "include"),
  tests("ControlStore", ["FixedMemory", "LinuxIO", "AuctionTypes", "CampaignDocuments"]),
  tests(
    "Reporting",
    ["FixedMemory", "LinuxIO", "AuctionTypes", "BudgetLedger", "Journal", "ControlStore"]),
  tests("ConsoleFiles"),
  tests(
    "ControlPlane",
    [
      "FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes", "AudienceIngest",
      "CampaignDocuments", "BudgetLedger", "Telemetry", "ControlStore", "Reporting",
    ]),
  tests(
    "nod",
    [
      "FixedMemory", "LinuxIO", "Cryptography", "AuctionTypes", "AudienceIndex",
      "CampaignDocuments", "BudgetLedger", "ControlStore", "ControlPlane",
    ]),
  tests("LoadGeneration", ["FixedMemory", "LinuxIO", "Compression", "AudienceIndex"]),
  .testTarget(
    name: "LoadTestTests", dependencies: ["nod-load", "LoadGeneration", "LinuxIO", "Support"],
    swiftSettings: strict),
  tests("quickstart", ["FixedMemory", "LinuxIO"]),
]

/// What `make bench` measures; its tests run it in small.
let benchmarks: [Target] = [
  .target(
    name: "CInstrumentation", path: "Benchmarks/Instrumentation", publicHeadersPath: "include"),
  .target(
    name: "BenchmarkWorld",
    dependencies: [
      "FixedMemory", "AuctionTypes", "AudienceIndex", "CampaignDocuments", "CampaignCatalog",
      "BudgetLedger", "BidEngine",
    ],
    path: "Benchmarks/BenchmarkWorld", swiftSettings: strict),
  .executableTarget(
    name: "decision-benchmark",
    dependencies: [
      "CInstrumentation", "LinuxIO", "HTTP1", "BidEngine", "BenchmarkWorld",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    path: "Benchmarks/Decision", swiftSettings: strict),
  .testTarget(
    name: "BenchmarkTests",
    dependencies: ["nod", "decision-benchmark", "BenchmarkWorld", "BidEngine", "Support"],
    swiftSettings: strict),
]

let comparisons: [Target] = [
  // What `make floor COMPARE=1` holds Nod against: the server that one would write first.
  .executableTarget(
    name: "nio-server",
    dependencies: [
      .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"),
      .product(name: "NIOPosix", package: "swift-nio"),
    ],
    path: "Benchmarks/NIOServer", swiftSettings: strict)
]

let package = Package(
  name: "nod",
  products: dataPlaneOnly || loadOnly
    ? []
    : [
      .library(name: "AllocationCounter", type: .dynamic, targets: ["CAllocationCounter"])
    ],
  dependencies: (racesOnly
    ? []
    : [
      .package(url: "https://github.com/jpsim/Yams", from: "6.2.0")
    ])
    + (dataPlaneOnly
      ? []
      : [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
          url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
        .package(
          url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
      ])
    + (measures ? [.package(url: "https://github.com/apple/swift-nio", from: "2.101.2")] : []),
  targets: (layers + testTargets
    + (dataPlaneOnly ? [] : controlPlane + controlPlaneTests + benchmarks)
    + (measures ? comparisons : []))
    .filter { !racesOnly || raced.contains($0.name) }
    .filter { !loadOnly || loaded.contains($0.name) },
  swiftLanguageModes: [.v6]
)
