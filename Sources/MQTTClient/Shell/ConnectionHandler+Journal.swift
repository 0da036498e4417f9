/// The session's file is written once a turn of the event loop, before what follows from it is sent.
extension ConnectionHandler {
  /// Takes up the session of an earlier run, and writes its file anew: so a torn end is gone before anything is added.
  func openJournal() {
    guard session.isRecording, let path = session.configuration.journal else { return }
    do throws(JournalError) {
      let (journal, entries) = try Journal.open(path)
      if let found = session.restore(entries) { posts.append(.journal(.restored(found))) }
      try journal.rewrite(session.journalEntries)
      self.journal = journal
    } catch {
      posts.append(.journal(.failed(error)))
    }
  }

  /// Writes what was recorded; a file that cannot be written is given up, the connection is not.
  func commitJournal() {
    guard let journal else { return }
    do throws(JournalError) {
      try journal.commit()
      if journal.isOvergrown { try journal.rewrite(session.journalEntries) }
    } catch {
      journal.abandon()
      self.journal = nil
      posts.append(.journal(.failed(error)))
    }
  }
}
