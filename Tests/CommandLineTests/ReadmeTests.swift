import Explorer
import Foundation
import Testing

/// The README's key table is the program's; `MQTTSCOPE_RECORD=1` writes it anew.
@Suite struct ReadmeTests {
  private static let readme = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")

  @Test func `the README lists the keys as the program has them`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- keys -->\n"))
    let end = try #require(text.range(of: "<!-- /keys -->"))
    let listed = start.upperBound..<end.lowerBound
    guard ProcessInfo.processInfo.environment["MQTTSCOPE_RECORD"] != nil else {
      #expect(text[listed] == Self.table, "MQTTSCOPE_RECORD=1 writes the README's key table anew")
      return
    }
    try text.replacingCharacters(in: listed, with: Self.table).write(to: Self.readme, atomically: true, encoding: .utf8)
    Issue.record("The README's key table was written anew; test again without MQTTSCOPE_RECORD.")
  }

  private static var table: String {
    var rows = ["| keys | do |", "| --- | --- |"]
    for group in Command.Group.allCases {
      rows.append("| **\(group.rawValue)** | |")
      for command in Command.all where command.group == group {
        rows.append("| \(command.keys.map { "`\($0)`" }.joined(separator: " ")) | \(command.summary) |")
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }
}
