/// The place of one kept message in the log.
///
/// It answers nothing once the message was evicted. A message that is kept as the newest of its topic although its
/// segment went gets a new identity; ask `newest(of:)` again for it.
public struct MessageID: Hashable, Sendable, BitwiseCopyable {
  let position: UInt64
}
