import TopicStore

/// What a store has to do, said in dictionaries and arrays, without a thought for speed or memory.
struct SlowModel {
  struct Message {
    let topic: [UInt8]
    let payload: [UInt8]
    let properties: [UInt8]
    let flags: MessageFlags
    let time: Int64
  }

  struct Line: Equatable {
    let path: [UInt8]
    let depth: Int
    let hasChildren: Bool
    let isOpen: Bool
    let value: [UInt8]?
    let messages: UInt64
    let topics: Int
  }

  private(set) var messages: [Message] = []
  private(set) var settled = 0
  private var histories: [[UInt8]: [Message]] = [:]
  private var levels: Set<[UInt8]> = []
  var order = Order.name
  var filter: Filter?
  private var open: Set<[UInt8]> = []
  private var folded: Set<[UInt8]> = []

  mutating func append(_ message: Message) {
    messages.append(message)
  }

  mutating func settle() {
    for message in messages[settled...] {
      let isNew = histories[message.topic] == nil
      histories[message.topic, default: []].append(message)
      if isNew {
        levels.formUnion([message.topic] + ancestors(of: message.topic))
      }
    }
    settled = messages.count
  }

  mutating func setFilter(_ filter: Filter?) {
    if filter != self.filter {
      self.filter = filter
      folded = []
    }
  }

  mutating func setOpen(_ isOpen: Bool, _ path: [UInt8]) {
    if isOpen {
      open.insert(path)
      folded.remove(path)
    } else if filter != nil {
      folded.insert(path)
    } else {
      open.remove(path)
    }
  }

  mutating func setOpenBelow(_ isOpen: Bool, _ path: [UInt8]?) {
    for node in nodes() where path == nil || node == path || node.starts(with: (path ?? []) + slash) {
      setOpen(isOpen, node)
    }
  }

  func history(of path: [UInt8]) -> [Message] {
    (histories[path] ?? []).reversed()
  }

  func stream(below path: [UInt8]?) -> [Message] {
    messages[..<settled].filter { isBelow($0.topic, path) }.reversed()
  }

  /// Every level of every settled topic.
  func nodes() -> Set<[UInt8]> {
    levels
  }

  func topics() -> Set<[UInt8]> {
    Set(histories.keys)
  }

  var matches: Set<[UInt8]> {
    topics().filter { passes($0) }
  }

  func lines() -> [Line] {
    var children: [[UInt8]?: [[UInt8]]] = [:]
    for node in nodes() {
      children[parent(node), default: []].append(node)
    }
    var shown: Set<[UInt8]> = []
    var leading: Set<[UInt8]> = []
    for topic in matches {
      let levels = [topic] + ancestors(of: topic)
      shown.formUnion(levels)
      for (index, level) in levels.enumerated() where isMatch(level) {
        leading.formUnion(levels[(index + 1)...])
      }
    }
    var result: [Line] = []
    func add(_ path: [UInt8]?, _ depth: Int) {
      for child in (children[path] ?? []).filter(shown.contains).sorted(by: precedes) {
        let below = messages[..<settled].filter { isBelow($0.topic, child) }
        let isOpen =
          filter == nil
          ? open.contains(child) : !folded.contains(child) && (open.contains(child) || leading.contains(child))
        let hasChildren = (children[child] ?? []).contains(where: shown.contains)
        result.append(
          Line(
            path: child, depth: depth, hasChildren: hasChildren, isOpen: isOpen,
            value: below.last { $0.topic == child }?.payload, messages: UInt64(below.count),
            topics: Set(below.map(\.topic)).count))
        if isOpen {
          add(child, depth + 1)
        }
      }
    }
    add(nil, 0)
    return result
  }

  func isMatch(_ path: [UInt8]) -> Bool {
    guard let filter else {
      return false
    }
    if case .substring(let needle) = filter.pattern, !filter.isInverted {
      return path.count - name(path).count - needle.count <= found(needle, in: path)
    }
    return topics().contains(path) && passes(path)
  }

  private func passes(_ topic: [UInt8]) -> Bool {
    guard let filter else {
      return true
    }
    switch filter.pattern {
    case .substring(let needle): return (found(needle, in: topic) >= 0) != filter.isInverted
    case .topicFilter(let text): return matches(text, topic) != filter.isInverted
    }
  }

  /// Where the needle begins last, or less than any offset.
  private func found(_ needle: [UInt8], in path: [UInt8]) -> Int {
    let ignoresCase = !needle.contains { (65...90).contains($0) }
    let path = ignoresCase ? path.map { (65...90).contains($0) ? $0 + 32 : $0 } : path
    guard path.count >= needle.count else {
      return -1_000
    }
    let start = (0...(path.count - needle.count)).last { path[$0...].starts(with: needle) }
    return start ?? -1_000
  }

  private func matches(_ filter: [UInt8], _ topic: [UInt8]) -> Bool {
    let levels = filter.split(separator: slash[0], omittingEmptySubsequences: false).map { Array($0) }
    let names = topic.split(separator: slash[0], omittingEmptySubsequences: false).map { Array($0) }
    if topic.first == UInt8(ascii: "$"), let first = filter.first, first == 35 || first == 43 {
      return false
    }
    for (index, level) in levels.enumerated() {
      if level == [35], index == levels.count - 1 {
        return true
      }
      guard index < names.count, level == [43] || level == names[index] else {
        return false
      }
    }
    return levels.count == names.count
  }

  private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let keys = (key(left), key(right))
    return keys.0 == keys.1 ? name(left).lexicographicallyPrecedes(name(right)) : keys.0 < keys.1
  }

  private func key(_ path: [UInt8]) -> Int64 {
    let below = messages[..<settled].filter { isBelow($0.topic, path) }
    switch order {
    case .name, .rate: return parent(path) == nil && path.first == UInt8(ascii: "$") ? 1 : 0
    case .count: return -Int64(below.count)
    case .bytes: return -Int64(below.reduce(0) { $0 + $1.topic.count + $1.payload.count + $1.properties.count })
    case .age: return -(below.map { $0.time / 10_000_000 }.max() ?? 0)
    }
  }

  private func isBelow(_ topic: [UInt8], _ path: [UInt8]?) -> Bool {
    guard let path else {
      return true
    }
    return topic == path || topic.starts(with: path + slash)
  }

  func parent(_ path: [UInt8]) -> [UInt8]? {
    path.lastIndex(of: slash[0]).map { Array(path[..<$0]) }
  }

  private func name(_ path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: slash[0]).map { Array(path[($0 + 1)...]) } ?? path
  }

  private func ancestors(of path: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var path = path
    while let parent = parent(path) {
      result.append(parent)
      path = parent
    }
    return result
  }

  private let slash = [UInt8(ascii: "/")]
}
