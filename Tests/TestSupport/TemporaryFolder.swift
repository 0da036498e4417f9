import FoundationEssentials
import Glibc

/// A folder of a test's own, removed with its last owner.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws(TestSupportError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/mqttscope-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .system("mkdtemp in \(parent)") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }
}
