/// The draft and the past publishes, between the workspace and their files.
extension App {
  /// Reads the draft and the past publishes at the first key, before which nobody can ask for them: the code that reads JSON
  /// takes a MiB. Returns what went wrong, a sentence each.
  func restorePublishes() -> [String] {
    guard !hasRestored else { return [] }
    hasRestored = true
    guard let found = state?.load() else { return [] }
    workspace.restore(found.history, draft: found.draft)
    return found.notices
  }

  func keepDraft() {
    // What was not read is kept as it is
    guard hasRestored, let broker = workspace.shown else { return }
    keep { (state) throws(FileError) in try state.keep(broker.model.form.publish.draft) }
  }

  func keep(_ write: (PublishState) throws(FileError) -> Void) {
    guard let state else { return }
    do {
      try write(state)
    } catch {
      workspace.say(.warning, error.description)
    }
  }
}
