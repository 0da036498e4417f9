/// Facts under one heading.
struct FactGroup: Equatable, Sendable {
  let heading: String
  let facts: [Fact]
}
