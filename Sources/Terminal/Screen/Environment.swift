import Glibc

/// The process's environment, read only.
public enum Environment {
  /// A variable's value; nil when it is not set or empty, which for all that we read means the same.
  public static subscript(name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
