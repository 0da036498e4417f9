import MQTTClient

/// A device on the stage.
final class DeviceClient {
  let client: Client
  let inbox: Inbox
  var isConnected = false
  /// How many messages the network has not taken yet.
  var unsent = 0
  /// What it says as soon as it is connected.
  private var waiting: [Message] = []

  private static let patience = 10_000
  private static let most = 5_000

  /// Whether it has more to send than the network takes.
  var isBusy: Bool { unsent > Self.most }

  init(client: Client, inbox: Inbox) {
    self.client = client
    self.inbox = inbox
  }

  func wait(_ message: Message) {
    if waiting.count < Self.patience { waiting.append(message) }
  }

  func takeWaiting() -> [Message] {
    defer { waiting = [] }
    return waiting
  }
}
