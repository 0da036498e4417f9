import MQTT

/// What happens to a broker, in any order.
extension FuzzWorld {
  /// One step of the world.
  mutating func step(_ random: inout SplitMix, isMutating: Bool) throws {
    let place = Int.random(in: 0..<Self.places - 1, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0, 1: try connect(place, &random)
    case 2: try lose(place)
    case 3: try wait(Double.random(in: 0...3, using: &random))
    case 4 where Int.random(in: 0..<50, using: &random) == 0: try wait(Double.random(in: 0...1e7, using: &random))
    case 4, 5, 6, 7: try sent(place)
    case 8, 9, 10: try obey(place, &random)
    default:
      guard clients[place].phase != .gone else { return try connect(place, &random) }
      let bytes = try bytes(of: FuzzPackets.packet(clients[place].version, &random), clients[place].version)
      guard isMutating, Int.random(in: 0..<4, using: &random) == 0 else { return try say(bytes, from: place) }
      let other = try self.bytes(of: FuzzPackets.packet(clients[place].version, &random), clients[place].version)
      try say(ByteMutator.mutated(bytes, or: other, &random), from: place)
    }
  }

  private mutating func connect(_ place: Int, _ random: inout SplitMix) throws {
    let version = ProtocolVersion.allCases.randomElement(using: &random) ?? .v5
    try open(place)
    try say(FuzzPackets.connect(version, &random), from: place, in: version)
  }

  /// A client does what it owes: it answers a delivery that it has.
  private mutating func obey(_ place: Int, _ random: inout SplitMix) throws {
    let session = sessions[clients[place].clientID] ?? FuzzSession()
    guard let id = clients[place].underway.randomElement(using: &random), let delivery = session.unfinished[id] else {
      return try sent(place)
    }
    let step = Acknowledgement(id, FuzzPackets.codes.randomElement(using: &random) ?? .success)
    switch delivery {
    case .awaitingPuback: try say(.puback(step), from: place)
    case .awaitingPubrec: try say(.pubrec(step), from: place)
    case .awaitingPubcomp: try say(.pubcomp(Acknowledgement(id)), from: place)
    }
  }
}
