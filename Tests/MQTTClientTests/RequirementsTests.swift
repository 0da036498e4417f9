import FoundationEssentials
import TestSupport
import Testing

/// The table of what the standard demands, `requirements.tsv`: each statement by its number, and the claims of the tests
/// that show it, or the sentence that says why nothing can. The words of the standard are OASIS's and not here.
struct RequirementsTests {
  /// A row of the table.
  private struct Requirement {
    let version: Substring
    let id: Substring
    /// `client`, `server`, `both` or `neither`.
    let binds: Substring
    let tests: [String]
    let reason: Substring

    var bindsClient: Bool { binds == "client" || binds == "both" }

    init(_ line: Substring) throws {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      try #require(cells.count == 6, "\(line)")
      (version, id, binds, reason) = (cells[0], cells[1], cells[2], cells[5])
      tests = cells[3].split(separator: " ; ").map(String.init)
    }
  }

  private let requirements: [Requirement]
  /// The tests by their claims, and what each does.
  private let claims: [String: Substring]

  init() throws {
    let folder = "\(Products.packageFolder)/Tests"
    let table = try Self.text("\(folder)/MQTTClientTests/requirements.tsv")
    requirements = try table.split(separator: "\n").dropFirst().map { try Requirement($0) }
    claims = try ["MQTTTests", "MQTTClientTests"].reduce(into: [:]) { claims, target in
      for name in try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(target)")
      where name.hasSuffix(".swift") {
        // The claim of a test stands between backticks, and what it does before the next test
        for test in try Self.text("\(folder)/\(target)/\(name)").split(separator: "func `").dropFirst() {
          let parts = test.split(separator: "`", maxSplits: 1)
          claims[String(parts[0])] = parts[1].firstRange(of: "@Test").map { parts[1][..<$0.lowerBound] } ?? parts[1]
        }
      }
    }
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  @Test func `every statement of both versions is in the table, once`() {
    #expect(requirements.count { $0.version == "5.0" } == 251)
    #expect(requirements.count { $0.version == "3.1.1" } == 135)
    #expect(Set(requirements.map { "\($0.version) \($0.id)" }).count == 386)
    #expect(requirements.allSatisfy { ["client", "server", "both", "neither"].contains($0.binds) })
  }

  @Test func `what binds a client has a test, or a sentence that says why not`() {
    for requirement in requirements where requirement.bindsClient {
      #expect(requirement.tests.isEmpty != requirement.reason.isEmpty, "\(requirement.version) \(requirement.id)")
    }
  }

  @Test func `a test that the table names is there`() {
    for requirement in requirements {
      for test in requirement.tests { #expect(claims[test] != nil, "\(requirement.id): \(test)") }
    }
  }

  @Test func `a test that the table names expects something`() {
    let expectations = ["#expect", "#require", "Issue.record", "try "]
    for test in Set(requirements.flatMap(\.tests)) {
      #expect(expectations.contains { claims[test]?.contains($0) == true }, "\(test)")
    }
  }
}
