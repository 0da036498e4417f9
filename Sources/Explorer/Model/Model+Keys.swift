import Terminal
import TopicStore

/// Where a key goes: to the topmost layer, to the prompt, or by the key table to an action.
extension Model {
  mutating func handle(_ key: Key) -> [Effect] {
    if key == .control("c") { return [.quit] }
    // Nothing needs Alt; on a slow line Escape and the key after it come in one read and look like it.
    if case .alt(let character) = key { return handle(.escape) + handle(.character(character)) }
    if let effects = changeScreen(key) { return effects }
    if layer.group != nil, takesCommandKeys, [.help, .palette].contains(keymap.action(for: key)) {
      showCommands()
      return []
    }
    switch layer {
    case .commands(var list, let below):
      let outcome = list.handle(key)
      layer = .commands(list, above: below)
      return finish(outcome, above: below)
    case .form:
      return handleForm(key)
    case .packets: return handlePackets(key)
    case .facts: return handleFacts(key)
    case .subscriptions: return handleSubscriptions(key)
    case .none:
      if case .mouse(let event) = key { return handle(event) }
      if search?.isEditing == true { return handlePrompt(key) }
      guard let action = keymap.action(for: key) else { return [] }
      notice = nil
      return perform(action)
    }
  }

  /// How many brokers further a key goes while a screen lies above the panes that has no use for it.
  func brokerStep(for key: Key) -> Int? {
    guard layer.group != nil, takesCommandKeys else { return nil }
    switch keymap.action(for: key) {
    case .nextBroker: return 1
    case .previousBroker: return -1
    default: return nil
    }
  }

  private mutating func handleForm(_ key: Key) -> [Effect] {
    // The form asks the store for completions while it changes, so it is taken out of the model meanwhile.
    var publish = PublishForm()
    swap(&publish, &form.publish)
    defer { swap(&publish, &form.publish) }
    let effects = publish.handle(key) { prefix in
      store.complete(Array(prefix.utf8), limit: Self.completionLimit).map { String(decoding: $0, as: UTF8.self) }
    }
    if effects.contains(.close) { layer = .none }
    return effects.map(Effect.form)
  }

  private static var completionLimit: Int { 50 }

  private mutating func handlePrompt(_ key: Key) -> [Effect] {
    switch search?.handle(key) ?? .ignored {
    case .ignored: break
    case .changed: filterTree()
    case .accepted: endPrompt()
    case .cancelled: clearSearch()
    }
    return []
  }
}
