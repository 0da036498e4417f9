/// A password command that runs behind the screen, and who waits for it.
struct AwaitedPassword {
  /// Whose password it is.
  enum Purpose: Equatable {
    case broker(BrokerID)
    case trial
  }

  let purpose: Purpose
  let program: PasswordProgram

  init(_ command: String, for purpose: Purpose) throws(ProfileError) {
    self.purpose = purpose
    program = try PasswordProgram(try PasswordWords.split(command), at: .behindScreen)
  }
}
