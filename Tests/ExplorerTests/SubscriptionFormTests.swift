import Terminal
import Testing

@testable import Explorer

@Suite struct SubscriptionFormTests {
  @Test(arguments: [
    ([Key.character("c"), .character("h")], "ch"), ([.end, .character("x")], "home/#x"), ([.backspace], "home/"),
    ([.tab, .backTab, .character("#")], "#"), ([.paste(Array("a/b".utf8), isWhole: true)], "a/b"),
  ])
  func `what is typed first takes the place of the filter that is offered, and any other key takes it up`(
    keys: [Key], filter: String
  ) {
    var form = SubscriptionForm(filter: "home/#")
    for key in keys { _ = form.handle(key) }
    #expect(form.filter.text == filter)
  }
}
