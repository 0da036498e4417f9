import Terminal

/// Why the explorer cannot start.
public enum AppError: Error, CustomStringConvertible {
  /// There is no screen to draw on.
  case screen(ScreenError)
  /// The theme that was asked for cannot be used.
  case theme(ThemeError)
  /// What the explorer was to begin with did not come about, with the sentence that says why.
  case preparation(String)

  /// A sentence to act on.
  public var description: String {
    switch self {
    case .screen(let error): error.description
    case .theme(let error): error.description
    case .preparation(let sentence): sentence
    }
  }

  static func screen<Value>(_ make: () throws(ScreenError) -> Value) throws(AppError) -> Value {
    do {
      return try make()
    } catch {
      throw .screen(error)
    }
  }
}
