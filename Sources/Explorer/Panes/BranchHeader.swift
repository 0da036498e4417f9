import Terminal
import TopicStore

/// What is known of a branch that has no value of its own, above the stream of what passes below it.
struct BranchHeader {
  static let rows = 2

  let topic: String
  let facts: TopicFacts

  func draw(into frame: inout Frame, in place: Rect) {
    let text = TextWidth.clip(TopicText.path(topic), to: place.columns, keeping: .end)
    frame.write(text, at: place.origin, in: place.line(0), Style(.branch, on: .panel, .bold))
    var pen = LineWriter(place.line(1), on: .panel)
    let topics = facts.topicsBelow == 1 ? "topic" : "topics"
    pen.write("\(Format.count(facts.topicsBelow)) \(topics)", .count, into: &frame)
    let messages = facts.messages == 1 ? "message" : "messages"
    pen.writeWhole("\(Format.count(facts.messages)) \(messages)", .label, gap: 3, into: &frame)
    pen.writeWhole(Format.size(facts.bytes), .label, gap: 3, into: &frame)
    pen.writeWhole("\(Format.number(facts.ratePerSecond)) msg/s", .rate, gap: 3, into: &frame)
    pen.writeWhole("mean \(Format.number(facts.meanPerSecond))", .dim, gap: 2, into: &frame)
  }
}
