/// Who is subscribed to what: a tree of filters by level, walked by the levels of a topic.
struct SubscriptionTree: Equatable, Sendable {
  /// The sessions subscribed by one filter.
  struct Subscribers: Equatable, Sendable {
    var members: [Subscriber] = []
    var shares: [SharedSubscription] = []

    var isEmpty: Bool { members.isEmpty && shares.isEmpty }
  }

  /// The members of a shared subscription, each of whom gets a part.
  struct SharedSubscription: Equatable, Sendable {
    let name: [UInt8]
    var members: [Subscriber] = []
    /// Whose turn it is.
    var turn = 0
  }

  /// How many levels a topic or filter may have; it bounds the depth of every walk. As with mosquitto there are
  /// at most 200 separators.
  static let maximumLevels = 201

  private(set) var tree: LevelTree<Subscribers>
  /// How many subscriptions there are, and how many of them are shared.
  private(set) var count = 0
  private(set) var sharedCount = 0

  init(seed: UInt64) { tree = LevelTree(seed: seed) }

  /// Makes a subscription, or replaces the one of the same session and filter [MQTT-3.8.4-3]; whether it is new.
  mutating func insert(_ filter: FilterKey, _ subscriber: Subscriber) -> Bool {
    let node = tree.insert(filter.topics.span.bytes)
    var isNew = true
    if tree[node] == nil { tree[node] = Subscribers() }
    if filter.share.isEmpty {
      isNew = Self.put(subscriber, into: &tree[node, default: Subscribers()].members)
    } else if let place = tree[node]?.shares.firstIndex(where: { $0.name == filter.share }) {
      isNew = Self.put(subscriber, into: &tree[node, default: Subscribers()].shares[place].members)
    } else {
      tree[node]?.shares.append(SharedSubscription(name: filter.share, members: [subscriber]))
    }
    if isNew {
      count += 1
      if !filter.share.isEmpty { sharedCount += 1 }
    }
    return isNew
  }

  /// Ends the subscription of a session; whether there was one.
  mutating func remove(_ filter: FilterKey, of session: Int) -> Bool {
    let node = tree.find(filter.topics.span.bytes)
    guard node >= 0, tree[node] != nil else { return false }
    let hasRemoved: Bool
    if filter.share.isEmpty {
      hasRemoved = Self.take(session, from: &tree[node, default: Subscribers()].members)
    } else {
      guard let place = tree[node]?.shares.firstIndex(where: { $0.name == filter.share }) else { return false }
      hasRemoved = Self.take(session, from: &tree[node, default: Subscribers()].shares[place].members)
      if tree[node]?.shares[place].members.isEmpty == true { tree[node]?.shares.remove(at: place) }
    }
    if tree[node]?.isEmpty == true { tree[node] = nil }
    tree.prune(node)
    if hasRemoved {
      count -= 1
      if !filter.share.isEmpty { sharedCount -= 1 }
    }
    return hasRemoved
  }

  /// Gives the turn in a share to the member behind this one.
  mutating func advance(_ share: Int, of node: Int32, past member: Int) {
    tree[node]?.shares[share].turn = member + 1
  }

  private static func put(_ subscriber: Subscriber, into members: inout [Subscriber]) -> Bool {
    if let place = members.firstIndex(where: { $0.session == subscriber.session }) {
      members[place] = subscriber
      return false
    }
    members.append(subscriber)
    return true
  }

  private static func take(_ session: Int, from members: inout [Subscriber]) -> Bool {
    guard let place = members.firstIndex(where: { $0.session == session }) else { return false }
    members.remove(at: place)
    return true
  }
}

extension LevelTree {
  /// The value of a node, or another one in its place.
  fileprivate subscript(node: Int32, default value: @autoclosure () -> Value) -> Value {
    get { self[node] ?? value() }
    _modify {
      var changed = self[node] ?? value()
      self[node] = nil
      defer { self[node] = changed }
      yield &changed
    }
  }
}
