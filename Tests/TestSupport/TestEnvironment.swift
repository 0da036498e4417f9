import Glibc

/// The environment given to programs under test.
package enum TestEnvironment {
  /// This process's variables, without those that would let the machine of the day change a result.
  package static func inherited(adding more: [String: String] = [:]) -> [String: String] {
    var variables: [String: String] = [:]
    for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    variables["LANG"] = "C.UTF-8"
    return variables.merging(more) { $1 }
  }
}
