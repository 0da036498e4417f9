import Terminal

/// Why the explorer cannot start.
public enum AppError: Error, CustomStringConvertible {
  /// There is no screen to draw on.
  case screen(ScreenError)
  /// The theme that was asked for cannot be used.
  case theme(ThemeError)

  /// A sentence to act on.
  public var description: String {
    switch self {
    case .screen(let error): error.description
    case .theme(let error): error.description
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
