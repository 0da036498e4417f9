import MQTT
import MQTTClient
import Terminal
import Testing

@testable import Explorer

@Suite struct TourTests {
  @Test(arguments: TourStep.allCases)
  func `a step fits into three lines of 80 columns, whole`(step: TourStep) {
    #expect(Words.wrapped(step.words, columns: 76).count <= 3)
    #expect(Words.wrapped("✓ " + step.praise, columns: 76).count == 1)
  }

  @Test func `a screen too low for the tour gives a row to say so`() {
    #expect(Tour.room(in: Size(columns: 80, rows: 7)) == Size(columns: 80, rows: 7))
    let desk = Desk(["one"], 40, 12)
    desk.workspace.tour = Tour()
    desk.refresh()
    #expect(desk.workspace.frame().text.contains("Tour: needs 20 rows"))
    desk.press("F3")
    #expect(!desk.workspace.frame().text.contains("Tour: needs"))
    #expect(Tour.room(in: Size(columns: 80, rows: 24)) == Size(columns: 80, rows: 19))
  }

  @Test(arguments: TourStep.allCases)
  func `a step can be read whole on a narrow screen too`(step: TourStep) throws {
    let desk = Desk(["one"], 40, 20)
    desk.workspace.tour = Tour()
    while desk.workspace.tour?.step != step { desk.press("F2") }
    let rows = desk.workspace.frame().text.split(separator: "\n").filter { $0.hasPrefix("│ ") }
    let words = rows.map { $0.dropFirst().drop { $0 == " " }.prefix { $0 != "│" } }.joined(separator: " ")
    let last = try #require(Words.wrapped(step.words, columns: 36).last)
    #expect(words.contains(last))
  }

  @Test func `all steps can be skipped, and then it is over`() {
    var tour = Tour()
    for step in TourStep.allCases {
      #expect(tour.step == step && !tour.isOver)
      tour.skip()
    }
    #expect(tour.isOver)
  }

  @Test func `the tour closes with a sentence, and F2 begins it again`() {
    let desk = Desk(["one"], 100, 30)
    desk.workspace.tour = Tour()
    for _ in TourStep.allCases { desk.press("F2") }
    #expect(desk.workspace.tour?.isOver == true && desk.workspace.room == desk.workspace.size)
    #expect(desk.workspace.frame().text.contains("That was the tour;"))
    desk.press("F2")
    #expect(desk.workspace.tour?.step == .tree && desk.workspace.tour?.isOver == false)
    desk.press("F3 F2")
    #expect(desk.workspace.tour?.step == .tree && desk.workspace.tour?.isOver == false)
  }

  @Test func `F3 ends the tour in the publish form too, where F2 sends`() {
    let desk = Desk(["one"], 100, 30)
    desk.workspace.tour = Tour()
    desk.press("p")
    #expect(desk.text.contains("F2 sends · F3 end the tour"))
    desk.press("F2")
    #expect(desk.workspace.tour?.step == .tree)
    desk.press("F3")
    #expect(desk.workspace.tour?.isOver == true && desk.text.contains("Publish") && !desk.text.contains("Tour, "))
    #expect(desk.text.contains("after Esc, F2 begins it again"))
  }

  @Test func `each step is done by what it asks for, and not before`() throws {
    let session = Session(80, 24)
    for _ in 0..<2 { try session.receive("home/kitchen/climate", "21.4") }
    for topic in ["home/hall/motion", "home/doorbell/availability", "duel/champion"] { try session.receive(topic, "x") }
    func see(_ step: TourStep, _ deed: () throws -> Void) rethrows {
      let beginning = TourBeginning(in: session.model)
      let before = step.isDone(in: session.model, since: beginning)
      try deed()
      session.refresh()
      let after = step.isDone(in: session.model, since: beginning)
      #expect(!before && after, "\(step)")
    }
    see(.tree) { session.go(to: "home/kitchen/climate") }
    see(.history) { session.press("3 j") }
    session.press("g 1")
    see(.retained) { session.go(to: "home/hall/motion") }
    see(.filter) { session.filter("home/+/motion") }
    session.press("Esc")
    see(.publish) { session.send("home/kitchen/light/set", .atMostOnce, [.sent(packetID: 0, isDuplicate: false)]) }
    see(.exactlyOnce) {
      session.send(
        "demo/counter/add", .exactlyOnce, [.sent(packetID: 1, isDuplicate: false), .completed(.success, [])])
    }
    see(.packets) { session.press("L") }
    session.press("Esc")
    see(.subscribe) {
      session.model.receive(.subscribed(nil, [Grant(Subscription(filter: "chat/#"), .grantedQoS1)], []))
    }
    try see(.will) {
      session.go(to: "home/doorbell/availability")
      try session.receive("home/doorbell/availability", "offline")
    }
    see(.session) {
      session.model.receive(
        .connected(
          Connection(
            version: .v5, sessionPresent: true, clientID: "test", keepAlive: 60, properties: [], roundTrip: 1)))
      session.press("i")
    }
    session.press("Esc")
    see(.takeOver) { session.go(to: "duel/champion") }
    see(.keys) { session.press("?") }
  }

  @Test func `what is done while the step before it is praised counts`() throws {
    let session = Session(80, 24)
    for topic in ["home/hall/motion", "home/hall/light"] { try session.receive(topic, "x") }
    var tour = Tour()
    while tour.step != .retained { tour.skip() }
    session.filter("home/+/motion")
    session.refresh()
    tour.look(at: session.model)
    session.press("Esc")
    session.filter("home/+/light")
    session.refresh()
    session.model.now.monotonic += 2_000_000_000
    for _ in 0..<2 { tour.look(at: session.model) }
    #expect(tour.step == .filter && tour.doneAt != nil)
  }

  @Test func `what was done before a step, or is not what it asks for, does not count`() throws {
    let session = Session(80, 24)
    try session.receive("home/hall/motion", "x")
    session.filter("home/+/motion")
    session.send(
      "home/kitchen/light/set", .exactlyOnce, [.sent(packetID: 1, isDuplicate: false), .completed(.success, [])])
    session.send("demo/counter/add", .exactlyOnce, [.sent(packetID: 2, isDuplicate: false), .completed(.success, [])])
    session.refresh()
    var beginning = TourBeginning(in: session.model)
    for step in [TourStep.filter, .publish, .exactlyOnce] {
      let isDone = step.isDone(in: session.model, since: beginning)
      #expect(!isDone, "\(step)")
    }
    session.press("Esc")
    beginning = TourBeginning(in: session.model)
    session.filter("no/+/such")
    session.send("attic/light/set", .atMostOnce, [.sent(packetID: 0, isDuplicate: false)])
    session.send("demo/counter", .exactlyOnce, [.sent(packetID: 3, isDuplicate: false), .completed(.success, [])])
    session.model.receive(.subscribed(nil, [Grant(Subscription(filter: "home/#"), .success)], []))
    session.refresh()
    for step in [TourStep.filter, .publish, .exactlyOnce, .subscribe, .session] {
      let isDone = step.isDone(in: session.model, since: beginning)
      #expect(!isDone, "\(step)")
    }
  }
}

extension Session {
  fileprivate func filter(_ text: String) {
    press("/")
    for character in text { _ = model.handle(.character(character)) }
    press("Enter")
  }

  fileprivate func go(to topic: String) {
    filter(topic)
    press("Esc")
  }

  /// Publishes by the form, and lets the broker answer.
  fileprivate func send(_ topic: String, _ qos: QoS, _ steps: [DeliveryStep]) {
    model.form.publish.fill(from: PublishDraft(topic: topic, payload: "1", qos: qos))
    press("p")
    model.form.publish.fill(from: PublishDraft(topic: topic, payload: "1", qos: qos))
    for case .form(.send(let request, _)) in press("Ctrl+S") {
      for step in steps { model.receive(.delivery(request, step, at: 1)) }
    }
    press("Esc")
  }
}
