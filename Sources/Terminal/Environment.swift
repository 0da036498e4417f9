import Glibc

/// The process's environment, read only.
enum Environment {
  /// A variable's value; nil when it is not set.
  static subscript(name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
