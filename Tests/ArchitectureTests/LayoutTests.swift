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
    let forbidden = [
      " try?", "(try?", " try!", "(try!", "fatalError(", "@unchecked Sendable", "nonisolated(unsafe)", "Task.detached",
      "DispatchQueue",
    ]
    for file in try SourceTree(below: "Sources").files {
      for (number, line) in file.lines.enumerated() {
        let found = forbidden.first { line.contains($0) }
        #expect(found == nil, "\(file.path):\(number + 1)")
      }
    }
  }
}
