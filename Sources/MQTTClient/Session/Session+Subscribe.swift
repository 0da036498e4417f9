import MQTT

extension Session {
  /// A SUBSCRIBE or UNSUBSCRIBE that awaits its answer.
  enum Pending: Equatable, Sendable {
    case subscribe(RequestID?, [Subscription], Properties)
    case unsubscribe(RequestID, [String])
  }

  /// A subscription that is made again on a new session.
  struct Wanted: Equatable, Sendable {
    var subscription: Subscription
    var properties: Properties
  }

  /// Sends SUBSCRIBE for the owner.
  mutating func subscribe(
    to subscriptions: [Subscription], _ properties: Properties, for request: RequestID, at now: Int64
  ) -> [Output] {
    guard phase == .connected else { return fail(request, .notConnected, at: now) }
    for subscription in subscriptions {
      if let refusal = link.refusal(of: subscription, properties) {
        return fail(request, .notOffered(refusal), at: now)
      }
    }
    do throws(RequestError) {
      return [try subscribe(to: subscriptions, properties, as: request, at: now)]
    } catch {
      return fail(request, error, at: now)
    }
  }

  /// Sends UNSUBSCRIBE for the owner, whether we know of such subscriptions or not.
  mutating func unsubscribe(
    from filters: [String], _ properties: Properties, for request: RequestID, at now: Int64
  ) -> [Output] {
    guard phase == .connected else { return fail(request, .notConnected, at: now) }
    guard let id = identifiers.take(for: .subscription) else { return fail(request, .noPacketIdentifier, at: now) }
    let packet = Packet.unsubscribe(Unsubscribe(packetID: id, filters: filters, properties: forVersion(properties)))
    if let problem = problem(with: packet) {
      identifiers.free(id)
      return fail(request, .unsendable(problem), at: now)
    }
    pending[id] = .unsubscribe(request, filters)
    return [send(packet, at: now)]
  }

  /// Makes the subscriptions that a new session needs; what the broker does not offer is told as its own refusal.
  mutating func subscribeToWanted(at now: Int64) -> [Output] {
    var outputs: [Output] = []
    var rest = wanted[...]
    while let first = rest.first {
      let group = rest.prefix { $0.properties == first.properties }
      rest = rest.dropFirst(group.count)
      let (refused, offered) = split(group.map(\.subscription), first.properties)
      if !refused.isEmpty { outputs.append(.post(.subscribed(nil, refused, []))) }
      guard !offered.isEmpty else { continue }
      do throws(RequestError) {
        outputs.append(try subscribe(to: offered, first.properties, as: nil, at: now))
      } catch {
        let grants = offered.map { Grant($0, .implementationSpecificError) }
        outputs.append(.post(.subscribed(nil, grants, [.reasonString(error.description)])))
      }
    }
    return outputs
  }

  /// SUBACK came.
  mutating func receive(_ suback: Suback, at now: Int64) -> [Output] {
    guard case .subscribe(let request, let subscriptions, let properties)? = pending[suback.packetID] else { return [] }
    guard suback.reasonCodes.count == subscriptions.count else {  // [MQTT-3.8.4-6]
      let counts = "\(suback.reasonCodes.count) answers to \(subscriptions.count) subscriptions"
      return violation(.protocolError, "SUBACK has \(counts)", at: now)
    }
    finish(suback.packetID)
    let grants = zip(subscriptions, suback.reasonCodes).map { Grant($0, $1) }
    if request != nil {
      for grant in grants where !grant.reasonCode.isError { want(grant.subscription, properties) }
    }
    return [.post(.subscribed(request, grants, suback.properties))]
  }

  /// UNSUBACK came.
  mutating func receive(_ unsuback: Unsuback, at now: Int64) -> [Output] {
    guard case .unsubscribe(let request, let filters)? = pending[unsuback.packetID] else { return [] }
    // 3.1.1 confirms without saying what [MQTT-3.11.3-2]
    let codes = version == .v5 ? unsuback.reasonCodes : filters.map { _ in .success }
    guard codes.count == filters.count else {
      return violation(.protocolError, "UNSUBACK has \(codes.count) answers to \(filters.count) filters", at: now)
    }
    finish(unsuback.packetID)
    let removals = zip(filters, codes).map { Removal($0, $1) }
    for removal in removals where !removal.reasonCode.isError {
      wanted.removeAll { $0.subscription.filter.utf8.elementsEqual(removal.filter.utf8) }
    }
    return [.post(.unsubscribed(request, removals, unsuback.properties))]
  }

  /// The connection is gone, and with it the answers.
  mutating func failPending(at now: Int64) -> [Output] {
    defer { pending.removeAll() }
    return pending.sorted { $0.key < $1.key }.flatMap { id, request -> [Output] in
      identifiers.free(id)
      switch request {
      case .subscribe(let request?, _, _), .unsubscribe(let request, _): return fail(request, .connectionLost, at: now)
      case .subscribe(nil, _, _): return []
      }
    }
  }

  private mutating func subscribe(
    to subscriptions: [Subscription], _ properties: Properties, as request: RequestID?, at now: Int64
  ) throws(RequestError) -> Output {
    guard let id = identifiers.take(for: .subscription) else { throw .noPacketIdentifier }
    let packet = Packet.subscribe(
      Subscribe(packetID: id, subscriptions: subscriptions, properties: forVersion(properties)))
    if let problem = problem(with: packet) {
      identifiers.free(id)
      throw .unsendable(problem)
    }
    pending[id] = .subscribe(request, subscriptions, properties)
    return send(packet, at: now)
  }

  private func split(_ subscriptions: [Subscription], _ properties: Properties) -> ([Grant], [Subscription]) {
    var refused: [Grant] = []
    var offered: [Subscription] = []
    for subscription in subscriptions {
      if let refusal = link.refusal(of: subscription, properties) {
        refused.append(Grant(subscription, refusal))
      } else {
        offered.append(subscription)
      }
    }
    return (refused, offered)
  }

  private mutating func finish(_ id: UInt16) {
    pending[id] = nil
    identifiers.free(id)
  }

  private mutating func want(_ subscription: Subscription, _ properties: Properties) {
    wanted.removeAll { $0.subscription.filter.utf8.elementsEqual(subscription.filter.utf8) }
    wanted.append(Wanted(subscription: subscription, properties: properties))
  }

  private func forVersion(_ properties: Properties) -> Properties { version == .v5 ? properties : [] }
}
