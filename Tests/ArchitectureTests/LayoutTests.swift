import FoundationEssentials
import TestSupport
import Testing

@Suite struct LayoutTests {
  @Test func `the top level holds what it should and nothing else`() throws {
    let entries = try FileManager.default.contentsOfDirectory(atPath: Products.packageFolder)
    // Package.resolved is the resolver's own and ignored by git.
    let visible = entries.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
    #expect(visible.sorted() == ["Package.swift", "README.md", "Sources", "Tests", "themes"])
  }

  @Test func `no source file is longer than 300 lines`() throws {
    for file in try SourceTree(below: "Sources", endings: [".swift", ".c", ".h"]).files {
      #expect(file.lines.count <= 300, "\(file.path)")
    }
  }

  @Test func `no test file is longer than 300 lines`() throws {
    for file in try SourceTree(below: "Tests").files {
      #expect(file.lines.count <= 300, "\(file.path)")
    }
  }

  @Test func `sources hide no error and trust no optional`() throws {
    let forbidden = [" try?", "(try?", " try!", "(try!", "fatalError(", "Task.detached", "DispatchQueue"]
    try expectNone(of: forbidden + Self.unchecked, in: SourceTree(below: "Sources"))
  }

  @Test func `tests share nothing between threads that the compiler has not checked`() throws {
    try expectNone(of: Self.unchecked, in: SourceTree(below: "Tests"))
  }

  /// In two parts each, as this file is looked at too.
  private static let unchecked = ["@unchecked" + " Sendable", "nonisolated" + "(unsafe)"]

  private func expectNone(of forbidden: [String], in tree: SourceTree) {
    for file in tree.files {
      for (number, line) in file.lines.enumerated() {
        let found = forbidden.first { line.contains($0) }
        #expect(found == nil, "\(file.path):\(number + 1)")
      }
    }
  }
}
