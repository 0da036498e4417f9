import Testing

@testable import Explorer

@Suite struct SpacedNameTests {
  @Test(arguments: [
    ("kitchen", "kitchen"), ("living room", "living room"), ("kitchen ", "kitchen␠"), ("  kitchen", "␠␠kitchen"),
    (" a b ", "␠a b␠"), ("a\u{A0}b", "a⟨U+00A0⟩b"), ("a\u{3000}", "a⟨U+3000⟩"), ("größe", "größe"), ("", ""),
  ])
  func `spaces that an eye would miss are visible`(name: String, shown: String) {
    #expect(SpacedName.shown(name) == shown)
  }
}
