import Explorer
import Foundation
import Testing

@Suite struct ReadmeTests {
  @Test func `the README lists every key as the key table has it`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    for command in Command.all {
      let keys = command.keys.map { "`\($0)`" }.joined(separator: " ")
      #expect(readme.contains("| \(keys) | \(command.summary) |"))
    }
  }
}
