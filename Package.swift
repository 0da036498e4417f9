// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: a warning is an error, and imports are as visible as they need to be.
let ours: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),  // a file says what it uses, rule 7 of the guide
  .enableUpcomingFeature("ExistentialAny"),  // the cost of an existential is visible where it is paid
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "mqttscope",
  platforms: [.macOS(.v26)],  // Span and Mutex; we ship on Linux, where this line is not read
  products: [
    .executable(name: "mqttscope", targets: ["mqttscope"]),
    .library(name: "MQTT", targets: ["MQTT"]),
    .library(name: "MQTTClient", targets: ["MQTTClient"]),
    .library(name: "MQTTBroker", targets: ["MQTTBroker"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),  // event loop, sockets, WebSocket
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),  // TLS
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),  // SCRAM, fingerprints
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),  // command line, help, completion
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),  // the log file: the terminal is taken
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),  // themes and config: people edit these by hand
  ],
  targets: [
    .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "MQTT", dependencies: [nioCore], swiftSettings: ours),
    .target(
      name: "MQTTClient",
      dependencies: [
        "MQTT", "Secrets", nioCore, nioPosix, nioWebSocket, nioTLS, nioSSL, crypto,
      ],
      swiftSettings: ours),
    .target(name: "Secrets", dependencies: [crypto], swiftSettings: ours),
    .target(
      name: "MQTTBroker", dependencies: ["MQTT", "Secrets", nioCore, nioPosix, nioWebSocket, nioHTTP1, nioSSL],
      swiftSettings: ours),
    // Not GRDB, which is what is usual: it brings all of Foundation, 8 MiB at the start of a program that may take 20. And
    // SQLite's archive, not its shared library: whoever does not keep data neither loads it nor needs it installed
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "BrokerData", dependencies: ["MQTTBroker", "MQTT", "CSQLite", nioCore], swiftSettings: ours),
    .target(name: "TopicStore", swiftSettings: ours),
    .target(name: "Payloads", swiftSettings: ours),
    .target(name: "Terminal", dependencies: ["CNcurses", "TOMLKit"], swiftSettings: ours),
    .target(
      name: "Explorer",
      dependencies: [
        "MQTTClient", "MQTT", "TopicStore", "Payloads", "Terminal", nioCore, nioPosix,
        "TOMLKit",  // profiles: read, and read again before a change of them is written
      ],
      swiftSettings: ours),
    .target(name: "Demo", dependencies: ["MQTTClient", "MQTT", nioCore], swiftSettings: ours),
    .executableTarget(
      name: "mqttscope",
      dependencies: [
        "Demo", "Explorer", "MQTTClient", "MQTTBroker", "BrokerData", "MQTT", "Terminal", nioCore, nioPosix,
        argumentParser, .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: ours,
      linkerSettings: [
        // What a start need not read: a table of 26,000 names, for which nobody looks in a program, and 74,000 relocations
        // of 24 bytes each, which fit into a tenth as relative ones; 4 MiB together. gold, the default, cannot write those
        .unsafeFlags(
          ["-use-ld=bfd", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--no-export-dynamic"],
          .when(platforms: [.linux], configuration: .release))
      ]),
    .executableTarget(
      name: "Bench",
      dependencies: [
        "Explorer", "MQTTClient", "MQTTBroker", "MQTT", "Terminal", "TopicStore", "Payloads", nioCore, nioPosix,
        argumentParser,
      ], swiftSettings: ours),

    .testTarget(name: "MQTTTests", dependencies: ["MQTT", "TestSupport", nioCore], swiftSettings: ours),
    .testTarget(
      name: "MQTTClientTests", dependencies: ["MQTTClient", "MQTT", "TestSupport", nioCore, nioPosix, nioEmbedded],
      exclude: ["requirements.tsv"],  // read where it lies
      swiftSettings: ours),
    .testTarget(
      name: "MQTTBrokerTests",
      dependencies: ["MQTTBroker", "BrokerData", "MQTTClient", "MQTT", "TestSupport", nioCore, nioPosix],
      exclude: ["requirements.tsv", "Clients"],  // read and run where they lie
      swiftSettings: ours),
    .testTarget(name: "TopicStoreTests", dependencies: ["TopicStore", "TestSupport"], swiftSettings: ours),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: ours),
    .testTarget(name: "PayloadsTests", dependencies: ["Payloads", "TestSupport"], swiftSettings: ours),
    .testTarget(
      name: "ExplorerTests",
      dependencies: ["Explorer", "MQTTClient", "MQTT", "TopicStore", "Payloads", "Terminal", "TestSupport", nioCore],
      exclude: ["Screens"],  // read where they lie, so that they can be recorded anew
      swiftSettings: ours),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "mqttscope", "Explorer", "MQTTClient", "MQTTBroker", "MQTT", "TestSupport", nioCore, argumentParser,
      ],
      swiftSettings: ours),
    .testTarget(
      name: "DemoTests", dependencies: ["Demo", "MQTTClient", "MQTT", "Payloads", "TestSupport", nioCore, nioPosix],
      swiftSettings: ours),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["mqttscope", "Demo", "MQTTClient", "MQTT", "TestSupport", nioCore, nioPosix],
      swiftSettings: ours),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: ours),
    .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: ours),
    .target(
      name: "TestSupport", dependencies: ["MQTT", "CVTerm"], path: "Tests/TestSupport",
      exclude: ["Brokers/scram.c"],  // a plugin of mosquitto, compiled by the tests that load it
      swiftSettings: ours),
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
  ],
  swiftLanguageModes: [.v6]
)
