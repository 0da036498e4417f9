import Glibc
import Testing

@testable import Explorer

/// Sessions with the explorer, and what they show. `MQTTSCOPE_RECORD=1` writes the pictures as they are now into the
/// files; look at each before you believe it.
@Suite struct ScreenTests {
  private static let isRecording = getenv("MQTTSCOPE_RECORD") != nil

  @Test(arguments: ScreenFile.names)
  func `a session shows what its file says`(name: String) throws {
    let file = try ScreenFile.read(name)
    var player = ScreenPlayer()
    var pictures: [Int: [String]] = [:]
    for step in file.steps where step.isInput {
      do {
        guard let picture = try player.play(step) else { continue }
        pictures[step.number] = picture
        if !Self.isRecording { compare(picture, with: step, of: name) }
      } catch {
        Issue.record("\(name).screen, line \(step.number): \(error)")
        return
      }
    }
    guard Self.isRecording else { return }
    try file.write(name, with: pictures)
    Issue.record("\(name).screen was written anew; look at it, and test again without MQTTSCOPE_RECORD.")
  }

  @Test func `there are screens to compare`() {
    #expect(ScreenFile.names.count >= 25)
  }

  private func compare(_ picture: [String], with step: ScreenFile.Step, of name: String) {
    // Compared by scalars: two spellings of one letter are two pictures.
    let isSame = picture.elementsEqual(step.picture) { $0.unicodeScalars.elementsEqual($1.unicodeScalars) }
    guard !isSame else { return }
    var lines: [String] = []
    for index in 0..<max(picture.count, step.picture.count) {
      let now = index < picture.count ? picture[index] : nil
      let wanted = index < step.picture.count ? String(step.picture[index]) : nil
      guard now != wanted else { continue }
      if let wanted { lines.append("\(index) - \(wanted)") }
      if let now { lines.append("\(index) + \(now)") }
    }
    Issue.record("\(name).screen, line \(step.number), shows something else:\n\(lines.joined(separator: "\n"))")
  }
}
