import MQTTClient

/// What the workspace asks of the world; `App.perform` is the one place that does it.
enum WorkspaceEffect: Equatable {
  /// What the screen of one broker asks.
  case broker(BrokerID, Effect)
  /// Make the client of a broker, and connect.
  case connect(BrokerID, Target)
  /// Make the client of a broker like that of another one, and connect to the server that the other named.
  case follow(BrokerID, from: BrokerID, Endpoint)
  /// Connect only to see how far it comes.
  case test(Profile, password: [UInt8]?)
  case endTest
  /// Read the configuration and give it to `take`.
  case readProfiles
  /// Change the configuration and give what it says then to `finish`.
  case change(ProfileChange)
  /// Let the person edit the configuration.
  case editProfiles
  /// Remember that this profile was used now.
  case used(String)
  /// Say goodbye to a broker and forget its client.
  case close(BrokerID)
  /// The theme of this name, from now on.
  case theme(String)
  case quit
}
