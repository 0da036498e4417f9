import Glibc

/// What went wrong outside the program under test, or the expectation it did not meet, as a sentence.
package struct TestSupportError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }

  /// The failure of a system call, with the words of `errno`.
  static func system(_ call: String, _ code: Int32 = errno) -> TestSupportError {
    TestSupportError("\(call): \(String(cString: strerror(code)))")
  }

  /// Passes on the result of a system call that did not fail.
  static func check(_ result: Int32, _ call: String) throws(TestSupportError) -> Int32 {
    guard result >= 0 else { throw system(call) }
    return result
  }
}
