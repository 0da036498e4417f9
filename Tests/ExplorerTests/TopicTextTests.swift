import Testing

@testable import Explorer

@Suite struct TopicTextTests {
  @Test(arguments: [
    ("kitchen", "kitchen"), ("living room", "living room"), ("kitchen ", "kitchen␠"), ("  kitchen", "␠␠kitchen"),
    (" a b ", "␠a b␠"), ("a\u{A0}b", "a⟨U+00A0⟩b"), ("a\u{3000}", "a⟨U+3000⟩"), ("größe", "größe"), ("", ""),
    ("\u{301}a", "⟨U+0301⟩a"), ("a\u{301}", "a\u{301}"),
  ])
  func `spaces and marks that an eye would miss are visible`(name: String, shown: String) {
    #expect(TopicText.level(name) == shown)
    #expect(TopicText.path("home/\(name)/x") == "home/\(shown)/x")
    #expect(TopicText.path("home/\(name)") == "home/\(shown)")
  }
}
