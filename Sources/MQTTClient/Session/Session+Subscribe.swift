import MQTT

extension Session {
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
    return ask(.subscribe(request, subscriptions, properties), at: now)
  }

  /// Sends UNSUBSCRIBE for the owner, whether we know of such subscriptions or not.
  mutating func unsubscribe(
    from filters: [String], _ properties: Properties, for request: RequestID, at now: Int64
  ) -> [Output] {
    guard phase == .connected else { return fail(request, .notConnected, at: now) }
    return ask(.unsubscribe(request, filters, properties), at: now)
  }

  /// Makes the subscriptions that the broker does not have yet; what it does not offer is told as its own refusal.
  mutating func subscribeToWanted(at now: Int64) -> [Output] {
    var outputs: [Output] = []
    var rest = wanted.filter { !standing.contains($0) }[...]
    while let first = rest.first {
      let group = rest.prefix { $0.properties == first.properties }
      rest = rest.dropFirst(group.count)
      let (refused, offered) = split(group.map(\.subscription), first.properties)
      if !refused.isEmpty { outputs.append(.post(.subscribed(nil, refused, []))) }
      if !offered.isEmpty { outputs += ask(.subscribe(nil, offered, first.properties), at: now) }
    }
    return outputs
  }

  /// Sends what waited for a packet identifier.
  mutating func askAgain(at now: Int64) -> [Output] {
    var outputs: [Output] = []
    while identifiers.hasFree(for: .subscription), let question = questions.popFirst() {
      outputs += ask(question, at: now)
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
    var outputs: [Output] = []
    for grant in grants where !grant.reasonCode.isError {
      let granted = Wanted(subscription: grant.subscription, properties: properties)
      if request != nil { want(granted) }
      stand(granted)
      outputs += record(.subscribed(grant.subscription, properties))
    }
    return outputs + [.post(.subscribed(request, grants, suback.properties))] + drain(at: now)
  }

  /// UNSUBACK came.
  mutating func receive(_ unsuback: Unsuback, at now: Int64) -> [Output] {
    guard case .unsubscribe(let request, let filters, _)? = pending[unsuback.packetID] else { return [] }
    // 3.1.1 confirms without saying what [MQTT-3.11.3-2]
    let codes = version == .v5 ? unsuback.reasonCodes : filters.map { _ in .success }
    guard codes.count == filters.count else {
      return violation(.protocolError, "UNSUBACK has \(codes.count) answers to \(filters.count) filters", at: now)
    }
    finish(unsuback.packetID)
    let removals = zip(filters, codes).map { Removal($0, $1) }
    var outputs: [Output] = []
    for removal in removals where !removal.reasonCode.isError {
      wanted.removeAll { $0.subscription.filter.utf8.elementsEqual(removal.filter.utf8) }
      fall(removal.filter)
      outputs += record(.unsubscribed(removal.filter))
    }
    return outputs + [.post(.unsubscribed(request, removals, unsuback.properties))] + drain(at: now)
  }

  /// The connection is gone, and with it the answers.
  mutating func failPending(at now: Int64) -> [Output] {
    let asked = pending.sorted { $0.key < $1.key }
    let waited = Array(questions)
    pending.removeAll()
    questions.removeAll()
    for (id, _) in asked { identifiers.free(id) }
    return (asked.map(\.value) + waited).compactMap(\.request).flatMap { fail($0, .connectionLost, at: now) }
  }

  /// The broker has this subscription from now on.
  mutating func stand(_ granted: Wanted) {
    standing.removeAll { $0.isOfSameFilter(as: granted) }
    standing.append(granted)
  }

  /// The broker has no subscription to this filter any more.
  mutating func fall(_ filter: String) {
    standing.removeAll { $0.subscription.filter.utf8.elementsEqual(filter.utf8) }
  }

  private mutating func ask(_ question: Pending, at now: Int64) -> [Output] {
    if let problem = problem(with: question.packet(id: 1, version)) {
      return fail(question, .unsendable(problem), at: now)
    }
    guard let id = identifiers.take(for: .subscription) else {
      guard questions.count < Self.longestQueue else {
        return fail(question, .tooManyWaiting(questions.count), at: now)
      }
      questions.append(question)
      return []
    }
    pending[id] = question
    return [send(question.packet(id: id, version), at: now)]
  }

  private func fail(_ question: Pending, _ error: RequestError, at now: Int64) -> [Output] {
    if let request = question.request { return fail(request, error, at: now) }
    guard case .subscribe(nil, let subscriptions, _) = question else { return [] }
    let grants = subscriptions.map { Grant($0, .implementationSpecificError) }
    return [.post(.subscribed(nil, grants, [.reasonString(error.description)]))]
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

  private mutating func want(_ granted: Wanted) {
    wanted.removeAll { $0.isOfSameFilter(as: granted) }
    wanted.append(granted)
  }

  private static let longestQueue = 10_000
}
