import Glibc
import MQTT
import TestSupport
import Testing

@testable import Explorer

@Suite struct PublishStateTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    try withExtendedLifetime(folder) { try body("\(folder.path)/state") }
  }

  private let draft = PublishDraft(
    topic: "a/\"b\"", payload: "x\ny\u{7F}é", input: .json, qos: .exactlyOnce, isRetained: true)

  @Test func `past publishes and the draft come back`() throws {
    try withFolder { folder in
      let state = PublishState(folder: folder)
      #expect(state.load() == PublishState.Found())
      var older = draft
      older.topic = "older"
      try state.append(.init(time: 1, draft: older))
      try state.append(.init(time: 2, draft: draft))
      try state.keep(older)
      let found = state.load()
      #expect(found.history.drafts == [older, draft])
      #expect(found.draft == older)
      #expect(found.notices == [])
    }
  }

  @Test func `only the owner may read what is kept`() throws {
    try withFolder { folder in
      try PublishState(folder: folder).append(.init(time: 1, draft: draft))
      var facts = stat()
      #expect(stat(folder + "/publishes.jsonl", &facts) == 0)
      #expect(facts.st_mode & 0o777 == 0o600)
      #expect(stat(folder, &facts) == 0)
      #expect(facts.st_mode & 0o777 == 0o700)
    }
  }

  @Test func `a broken line is set aside with a sentence and the others stay`() throws {
    try withFolder { folder in
      let state = PublishState(folder: folder)
      let path = folder + "/publishes.jsonl"
      try state.append(.init(time: 1, draft: draft))
      let bytes = try FileBytes.read(path, limit: 1 << 20) + Array("{\"time\":2,\"dra".utf8)
      try FileBytes.replace(path, with: bytes)
      let found = state.load()
      #expect(found.history.drafts == [draft])
      #expect(
        found.notices == [
          "\(path): 1 of its 2 past publishes cannot be read; the file is kept as \(path).broken-1."
        ])
      #expect(try FileBytes.read(path + ".broken-1", limit: 1 << 20) == bytes)
      #expect(state.load().notices == [])
    }
  }

  @Test func `what another version left out or added does not matter`() throws {
    try withFolder { folder in
      let state = PublishState(folder: folder)
      try state.keep(draft)
      try FileBytes.replace(
        folder + "/publishes.jsonl",
        with: Array("{\"time\":1,\"colour\":2,\"draft\":{\"topic\":\"a\",\"payload\":\"b\",\"options\":{}}}\n".utf8))
      let found = state.load()
      #expect(found.history.drafts == [PublishDraft(topic: "a", payload: "b")])
      #expect(found.notices == [])
    }
  }

  @Test func `a broken draft is set aside`() throws {
    try withFolder { folder in
      let state = PublishState(folder: folder)
      try state.keep(draft)
      try FileBytes.replace(folder + "/draft.json", with: [0xFF])
      #expect(state.load().draft == nil)
      #expect(access(folder + "/draft.json.broken-1", F_OK) == 0)
    }
  }

  @Test func `the folder is found as the XDG specification says`() {
    func folder(_ variables: [String: String]) -> String? { Folders { variables[$0] }.state }
    #expect(folder(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/mqttscope")
    #expect(folder(["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/mqttscope")
    #expect(folder([:]) == nil)
  }

  @Test func `what is not a regular file is not read`() {
    #expect(throws: FileError.notRegular(path: "/dev/zero")) { try FileBytes.read("/dev/zero", limit: 10) }
    #expect(throws: FileError.notRegular(path: "/tmp")) { try FileBytes.read("/tmp", limit: 10) }
  }

  @Test func `the history is bounded and does not repeat its newest`() {
    var history = PublishHistory()
    for number in 0..<600 {
      _ = history.append(PublishDraft(topic: "\(number)"))
      _ = history.append(PublishDraft(topic: "\(number)"))
    }
    #expect(history.drafts.count == PublishHistory.countLimit)
    #expect(history.drafts.first?.topic == "100")
    let large = PublishDraft(topic: "a", payload: String(repeating: "x", count: PublishHistory.payloadLimit + 1))
    let isKept = history.append(large)
    #expect(!isKept)
  }
}
