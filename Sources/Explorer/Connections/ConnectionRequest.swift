/// What the connection screen asks of the workspace.
enum ConnectionRequest: Equatable, Sendable {
  case show(BrokerID)
  case connect(name: String, Profile, password: [UInt8]?)
  case close(BrokerID)
  case test(Profile, password: [UInt8]?)
  case endTest
  case change(ProfileChange)
  case openFile
  case leave
}
