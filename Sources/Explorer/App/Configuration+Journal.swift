import MQTTClient

extension Configuration {
  /// Keeps what is under way in a file of the folder, if the broker keeps the session.
  package mutating func keepJournal(in folder: String?) {
    guard !cleanStart else { return }
    journal = folder.map { "\($0)/sessions/\(journalName)" }
  }
}
