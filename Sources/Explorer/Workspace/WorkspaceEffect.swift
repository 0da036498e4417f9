import MQTTClient

/// What the workspace asks of the world; `App.perform` is the one place that does it.
enum WorkspaceEffect: Equatable {
  /// What the screen of one broker asks.
  case broker(BrokerID, Effect)
  /// Say goodbye to a broker and forget its client.
  case close(BrokerID)
  /// The theme of this name, from now on.
  case theme(String)
  case quit
}
