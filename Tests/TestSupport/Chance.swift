import MQTT

/// Random choices that repeat for their seed, so that a failure can be seen again.
package struct Chance: RandomNumberGenerator, Sendable {
  private var generator: SplitMix

  package init(seed: UInt64) { generator = SplitMix(seed: seed) }

  package mutating func next() -> UInt64 { generator.next() }

  package mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<max(1, limit), using: &generator)
  }

  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(below: elements.count)]
  }

  /// True once in so many times.
  package mutating func happens(onceIn times: Int) -> Bool {
    number(below: times) == 0
  }
}
