/// Who published a message: the names that its rights follow from. One object serves all messages of a session.
package final class Publisher: Hashable, Sendable {
  package let username: String?
  package let clientID: [UInt8]

  package init(username: String?, clientID: [UInt8]) { (self.username, self.clientID) = (username, clientID) }

  /// How many bytes its names take.
  var size: Int { (username?.utf8.count ?? 0) + clientID.count }

  package static func == (one: Publisher, other: Publisher) -> Bool {
    one === other || one.username == other.username && one.clientID == other.clientID
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(username)
    hasher.combine(clientID)
  }
}
