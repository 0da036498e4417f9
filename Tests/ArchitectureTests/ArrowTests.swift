import Testing

/// The picture in the README as a table: an arrow that is not drawn here is a mistake in one of the two.
@Suite struct ArrowTests {
  /// Target → the targets it may import.
  private static let arrows: [String: Set<String>] = [
    "CNcurses": [],
    "CSQLite": [],
    "MQTT": [],
    "TopicStore": [],
    "Payloads": [],
    "Secrets": [],
    "MQTTClient": ["MQTT", "Secrets"],
    "MQTTBroker": ["MQTT", "Secrets"],
    "BrokerData": ["MQTTBroker", "MQTT", "CSQLite"],
    "Terminal": ["CNcurses"],
    "Explorer": ["Terminal", "TopicStore", "Payloads", "MQTTClient", "MQTT"],
    "Demo": ["MQTTClient", "MQTT"],
    "mqttscope": ["Demo", "Explorer", "Terminal", "MQTTClient", "BrokerData", "MQTTBroker", "MQTT"],
    "Bench": ["Explorer", "Terminal", "TopicStore", "Payloads", "MQTTClient", "MQTTBroker", "MQTT"],
  ]

  /// Target → modules from outside the package that it may import.
  private static let libraries: [String: Set<String>] = [
    "MQTT": ["NIOCore"],
    "MQTTClient": [
      "NIOCore", "NIOPosix", "NIOWebSocket", "NIOTLS", "NIOSSL", "Crypto",
    ],
    "Secrets": ["Crypto"],
    "MQTTBroker": ["NIOCore", "NIOPosix", "NIOWebSocket", "NIOHTTP1", "NIOSSL"],
    "BrokerData": ["NIOCore"],  // payloads of wills
    "Terminal": ["TOMLKit"],
    "Explorer": ["NIOCore", "NIOPosix", "TOMLKit"],  // TOML: the profiles of the connection screen
    "Demo": ["NIOCore"],
    "mqttscope": ["NIOCore", "NIOPosix", "ArgumentParser", "Logging"],
    "Bench": ["NIOCore", "NIOPosix", "ArgumentParser"],
  ]

  /// Modules of the toolchain that cost nothing at start.
  ///
  /// All of Foundation is not among them: its tables alone are most of the 20 MiB that the program may take at start.
  private static let system: Set<String> = ["Glibc", "Musl", "Darwin", "Synchronization", "FoundationEssentials"]

  /// Targets without input and output: they see nothing of the toolchain, but where memory is asked for.
  private static let pure: Set<String> = ["TopicStore", "Payloads"]
  private static let askingForMemory = "Sources/TopicStore/Log/Block.swift"

  @Test func `every import is an arrow of the picture`() throws {
    let tree = try SourceTree(below: "Sources")
    #expect(!tree.files.isEmpty)
    for file in tree.files {
      let arrows = try #require(Self.arrows[file.target], "\(file.target) is not in the picture")
      let isPure = Self.pure.contains(file.target) && file.path != Self.askingForMemory
      let system = isPure ? [] : Self.system
      let allowed = arrows.union(Self.libraries[file.target] ?? []).union(system)
      for module in file.imports where !allowed.contains(module) {
        Issue.record("\(file.path) imports \(module), an arrow that the picture does not have")
      }
    }
  }

  @Test func `arrows only point down`() {
    var settled: Set<String> = []
    var rest = Self.arrows
    while let next = rest.first(where: { settled.isSuperset(of: $0.value) }) {
      settled.insert(next.key)
      rest[next.key] = nil
    }
    #expect(rest.isEmpty, "these targets depend on each other in a circle")
  }

  @Test(arguments: [
    ("import A", "A"), ("@testable import B", "B"), ("public import C", "C"), ("import struct D.Type", "D"),
    ("@preconcurrency package import E", "E"),
  ])
  func `an import is recognised in all its forms`(line: String, module: String) {
    #expect(SourceTree.File(path: "Sources/X/Y.swift", lines: [line[...]]).imports == [module])
  }

  @Test(arguments: ["// import nothing", "let import = 1", "  the word import in prose", "/// import A"])
  func `what only looks like an import is none`(line: String) {
    #expect(SourceTree.File(path: "Sources/X/Y.swift", lines: [line[...]]).imports.isEmpty)
  }
}
