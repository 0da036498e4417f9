import Terminal

/// The keys of a screen that is not the main one; `Command.all` lists them.
protocol ScreenCommand: CaseIterable, Sendable {
  /// The first is the one to show.
  var keys: [Key] { get }
}

extension ScreenCommand {
  /// The command that a key stands for.
  init?(_ key: Key) {
    guard let command = Self.allCases.first(where: { $0.keys.contains(key) }) else { return nil }
    self = command
  }
}
