import FoundationEssentials
import TestSupport
import Testing

/// The table of what the standard demands of a server, `requirements.tsv`: each statement by its number, and the claims
/// of the tests that show it, or the sentence that says why nothing does. The words of the standard are OASIS's.
struct RequirementsTests {
  /// A row of the table.
  private struct Requirement {
    let name: String
    let tests: [String]
    let reason: Substring

    init(_ line: Substring) throws {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      try #require(cells.count == 5, "\(line)")
      (name, reason) = ("\(cells[0]) \(cells[1])", cells[4])
      tests = cells[3].split(separator: " ; ").map(String.init)
    }
  }

  private static let folder = "\(Products.packageFolder)/Tests"
  private let requirements: [Requirement]

  init() throws {
    let table = try Self.text("\(Self.folder)/MQTTBrokerTests/requirements.tsv")
    requirements = try table.split(separator: "\n").dropFirst().map { try Requirement($0) }
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  /// The client's table has all statements and whom they bind.
  @Test func `every statement that binds a server has a test, or a sentence that says why not`() throws {
    let all = try Self.text("\(Self.folder)/MQTTClientTests/requirements.tsv").split(separator: "\n").dropFirst()
    let known = Dictionary(uniqueKeysWithValues: requirements.map { ($0.name, $0) })
    for line in all {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells[2] == "server" || cells[2] == "both" else { continue }
      let requirement = try #require(known["\(cells[0]) \(cells[1])"], "\(cells[0]) \(cells[1])")
      #expect(requirement.tests.isEmpty != requirement.reason.isEmpty, "\(requirement.name)")
    }
    #expect(requirements.count { $0.name.hasPrefix("5.0") } >= 129)
    #expect(requirements.count { $0.name.hasPrefix("3.1.1") } >= 78)
  }

  @Test func `a test that the table names is there`() throws {
    var claims: Set<String> = []
    let folder = "\(Self.folder)/MQTTBrokerTests"
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) where name.hasSuffix(".swift") {
      let parts = try Self.text("\(folder)/\(name)").split(separator: "func `")
      for (before, part) in zip(parts, parts.dropFirst()) {
        // What the last function before this one left is the attribute of a test, or it is none
        let attributes = before.split(separator: "\n  }\n", omittingEmptySubsequences: false).last ?? before
        if attributes.contains("@Test") { claims.insert(String(part.prefix { $0 != "`" })) }
      }
    }
    for requirement in requirements {
      for test in requirement.tests { #expect(claims.contains(test), "\(requirement.name): \(test)") }
    }
  }
}
