import Glibc

/// What the locale says about characters.
enum Charset: Equatable {
  /// The user's locale is UTF-8.
  case utf8
  /// It is not, but the system has a UTF-8 locale for handling characters; our own drawing stays ASCII.
  case borrowedUTF8
  /// There is no UTF-8 locale at all.
  case none

  /// Sets the locale's characters for the whole process, once, before anything is measured or drawn.
  static let current: Charset = {
    if setlocale(LC_CTYPE, "") != nil, isUTF8 { return .utf8 }
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8 {
      return .borrowedUTF8
    }
    return .none
  }()

  private static var isUTF8: Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: name) == "UTF-8"
  }
}
