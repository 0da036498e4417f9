import Testing

@testable import Explorer

@Suite struct FormStateTests {
  private func state(_ topic: String) -> FormState {
    FormState(past: PublishHistory(), draft: PublishDraft(topic: topic, payload: "ON", isRetained: true))
  }

  @Test func `another topic is offered without the retain flag of the last one`() {
    var state = state("home/hall/light")
    state.offer(topic: "home/kitchen/light", hasValue: true)
    #expect(state.publish.draft == PublishDraft(topic: "home/kitchen/light", payload: "ON", isRetained: false))
    #expect(state.publish.focus == .payload)
  }

  @Test func `the same topic finds the draft as it was`() {
    var state = state("home/hall/light")
    state.offer(topic: "home/hall/light", hasValue: true)
    #expect(state.publish.draft.isRetained)
  }

  @Test func `a topic that was typed stays`() {
    var state = state("home/hall/light")
    state.publish[.topic].set("my/own")
    state.offer(topic: "home/kitchen/light", hasValue: true)
    #expect(state.publish.draft == PublishDraft(topic: "my/own", payload: "ON", isRetained: true))
  }
}
