import NIOCore

extension Disconnect {
  func encode(
    into buffer: inout ByteBuffer, version: ProtocolVersion, from sender: Side
  ) throws(EncodingError) {
    guard version == .v5, reasonCode != .success || !properties.isEmpty else { return }
    try reasonCode.encode(in: .disconnect, into: &buffer, from: sender)
    guard !properties.isEmpty else { return }
    try properties.encode(of: .disconnect, in: .disconnect, into: &buffer, version: version, from: sender)
  }
}

extension Auth {
  func encode(
    into buffer: inout ByteBuffer, version: ProtocolVersion, from sender: Side
  ) throws(EncodingError) {
    guard version == .v5 else { throw .notInVersion("AUTH", version) }
    guard reasonCode != .success || !properties.isEmpty || sender == .client else { return }
    try reasonCode.encode(in: .auth, into: &buffer, from: sender)
    try properties.encode(of: .auth, in: .auth, into: &buffer, version: version, from: sender)
  }
}
