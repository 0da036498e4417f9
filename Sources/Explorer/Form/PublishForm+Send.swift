import MQTT
import MQTTClient
import Payloads
import Terminal

/// From the draft to the message.
extension PublishForm {
  /// Sends what is written, or says why not and puts the cursor there.
  mutating func send() -> [FormEffect] {
    let draft = draft
    if let problem = draft.checks(under: terms).first, problem.preventsSending {
      focus = problem.field
      notice = problem
      return []
    }
    do {
      guard let payload = try draft.bytes() else {
        stage = .reading(draft, isConfirmed: stage == .confirming)
        return [.readFile(path: draft.payload)]
      }
      return finish(draft, payload: payload, isConfirmed: stage == .confirming)
    } catch {
      self[.payload].move(to: place(of: error.problem))
      focus = .payload
      return []
    }
  }

  /// Takes the bytes of the file that `readFile` asked for, or the sentence that says why there are none.
  mutating func finishSending(_ file: Result<[UInt8], FileError>) -> [FormEffect] {
    guard case .reading(let draft, let isConfirmed) = stage else { return [] }
    stage = .writing
    switch file {
    case .success(let bytes): return finish(draft, payload: bytes, isConfirmed: isConfirmed)
    case .failure(let error):
      notice = DraftCheck(field: .payload, weight: .problem, sentence: error.description)
      return []
    }
  }

  private mutating func finish(_ draft: PublishDraft, payload: [UInt8], isConfirmed: Bool) -> [FormEffect] {
    if payload.isEmpty, draft.isRetained, !isConfirmed {
      stage = .confirming
      return []
    }
    stage = .writing
    do {
      let message = try draft.message(payload: payload, version: terms.version)
      let isNew = history.append(draft)
      recall = nil
      return [.send(begin(message), message)] + (isNew ? [.remember(draft)] : [])
    } catch {
      notice = DraftCheck(field: error.field, weight: .problem, sentence: error.description)
      return []
    }
  }

  /// The problem's place in the editor.
  private func place(of problem: Problem) -> TextPosition {
    let lines = self[.payload].lines
    let line = min(max(problem.line - 1, 0), lines.count - 1)
    let before = lines[..<line].reduce(0) { $0 + $1.utf8.count + 1 }
    let offset = min(max(problem.offset - before, 0), lines[line].utf8.count)
    return self[.payload].boundary(atOrAfter: TextPosition(line: line, offset: offset))
  }
}
