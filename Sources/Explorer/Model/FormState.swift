import Payloads
import Terminal

/// The publish form between its uses: the draft stays, and so does what became of earlier publishes.
struct FormState {
  var publish: PublishForm
  /// The topic that was filled in for the person, as long as it is what the form says.
  private var offeredTopic: String?

  init(past: PublishHistory, draft: PublishDraft?) {
    publish = PublishForm(draft ?? PublishDraft(), history: past)
    offeredTopic = draft?.topic
  }

  /// Takes in what earlier runs left.
  mutating func restore(_ past: PublishHistory, _ draft: PublishDraft?) {
    let terms = publish.terms
    self = FormState(past: past, draft: draft)
    publish.terms = terms
  }

  /// The window of the form on a screen.
  static func window(in screen: Rect) -> Rect {
    let inset = screen.columns >= 100 ? 6 : screen.columns >= 70 ? 2 : 0
    let room = screen.split(rows: 1).bottom.split(rows: -1).top.inset(columns: inset, rows: screen.rows >= 30 ? 1 : 0)
    return room.centred(Size(columns: 110, rows: 40))
  }

  /// Offers a topic, unless the person has written another one.
  ///
  /// - Parameter hasValue: It is a topic that has a value, not a branch, so the payload is what is written next.
  mutating func offer(topic: String, hasValue: Bool) {
    let written = publish[.topic].text
    let isOurs = written.isEmpty || written.utf8.elementsEqual((offeredTopic ?? "").utf8)
    guard isOurs, !written.utf8.elementsEqual(topic.utf8) else { return }
    publish[.topic].set(topic)
    publish.isRetained = false  // meant for another topic, it could replace a retained value here
    publish.focus = hasValue ? .payload : .topic
    publish.settle()
    offeredTopic = topic
  }

  /// Fills in a whole message, to be changed and published again.
  mutating func fill(_ draft: PublishDraft) {
    publish.fill(from: draft)
    offeredTopic = draft.topic
  }
}
