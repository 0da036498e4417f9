import MQTTClient

/// What the model asks of the world; `App.perform` is the one place that does it.
enum Effect: Equatable {
  /// A request to the broker.
  case perform(Request)
  /// Bytes for the clipboard of the user's terminal.
  case copy([UInt8])
  /// A payload for the user's pager.
  case page([UInt8])
  /// The command that is to give the password is not waited for any longer.
  case giveUpPassword
  /// What the publish form asks.
  case form(FormEffect)
  /// The theme of this name, from now on.
  case theme(String)
  /// The connection screen.
  case showBrokers
  /// The broker so many places further, on the screen.
  case stepBroker(Int)
  /// The server that the broker named in its place, as a broker of its own.
  case follow(Endpoint)
  /// The next step of the tour.
  case skipTourStep
  case endTour
  /// Lines of the protocol view, as a file.
  case savePackets([UInt8], count: Int)
  case redraw
  case suspend
  case quit
}
