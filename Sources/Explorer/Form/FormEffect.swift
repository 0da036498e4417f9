import MQTTClient

/// What the form asks of its host.
enum FormEffect: Equatable, Sendable {
  /// Publish; the steps come back through `update`.
  case send(RequestID, Message)
  /// Read this file and give its bytes to `finishSending`.
  case readFile(path: String)
  /// Edit the text in an external editor and give the bytes that it left to `edited`.
  case openEditor(text: String, fileExtension: String)
  /// Add to the kept history.
  case remember(PublishDraft)
  /// Keep for the next time.
  case keepDraft(PublishDraft)
  /// Take the form from the screen; it can be shown again as it is.
  case close
}
