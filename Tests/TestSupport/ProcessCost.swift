import FoundationEssentials
import Glibc

/// What a running program takes of the machine.
package struct ProcessCost: Sendable {
  package let descriptors: Int
  /// The memory that it has, in KiB.
  package let memory: Int

  package init(of pid: pid_t) throws {
    descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
    let status = try String(contentsOf: URL(filePath: "/proc/\(pid)/status"), encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.split(separator: " ") ?? []
    guard line.count > 1, let memory = Int(line[1]) else { throw TestSupportError("the program \(pid) has no VmRSS") }
    self.memory = memory
  }
}
