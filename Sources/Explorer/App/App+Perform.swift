import Glibc
import MQTTClient
import Terminal

/// Every effect of the model, carried out.
extension App {
  func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .perform(let request): client.perform(request)
    case .copy(let bytes):
      if !screen.copyToClipboard(bytes) {
        model.say(.warning, "This terminal takes nothing on its clipboard (OSC 52).")
      }
    case .page(let payload): page(payload)
    case .form(let effect): perform(effect)
    case .theme(let name): use(theme: name)
    case .savePackets(let bytes, let count): save(packets: bytes, count: count)
    case .redraw: screen.redraw()
    case .suspend:
      screen.stopProcess()
      model.size = screen.size
    case .quit: isOver = true
    }
  }

  private func perform(_ effect: FormEffect) {
    switch effect {
    case .send(let request, let message): client.perform(.publish(request, message))
    case .readFile(let path): perform(model.finishReading(file(at: path)))
    case .openEditor(let text, let fileExtension): edit(text, fileExtension: fileExtension)
    case .remember(let draft):
      keep { (state) throws(FileError) in
        try state.append(PublishState.Entry(time: Clock.now.wall / 1_000_000_000, draft: draft))
      }
    case .keepDraft(let draft): keep { (state) throws(FileError) in try state.keep(draft) }
    case .close: break
    }
  }

  func keepDraft() {
    keep { (state) throws(FileError) in try state.keep(model.form.publish.draft) }
  }

  private func keep(_ write: (PublishState) throws(FileError) -> Void) {
    guard let state else { return }
    do {
      try write(state)
    } catch {
      model.say(.warning, error.description)
    }
  }

  private func file(at path: String) -> Result<[UInt8], FileError> {
    Result { () throws(FileError) in try FileBytes.read(path, limit: Self.fileLimit) }
  }

  /// The largest payload of MQTT.
  private static var fileLimit: Int { 268_435_455 }

  private func use(theme name: String) {
    do {
      screen.theme = try Theme.named(name, searching: Folders().themes)
    } catch {
      model.say(.failure, error.description)
    }
  }

  private func page(_ payload: [UInt8]) {
    withFile(of: payload, extension: "txt") { path in
      runProgram(named: "PAGER", otherwise: "less", on: path)
    }
  }

  private func edit(_ text: String, fileExtension: String) {
    withFile(of: Array(text.utf8), extension: fileExtension) { path in
      guard runProgram(named: "VISUAL", "EDITOR", otherwise: "vi", on: path) else { return }
      switch file(at: path) {
      case .success(let bytes):
        model.form.publish.edited(bytes)
      case .failure(let error): model.say(.failure, error.description)
      }
    }
  }

  /// Runs the program that one of the variables names; its value may hold arguments. Says whether it went well.
  @discardableResult
  private func runProgram(named variables: String..., otherwise fallback: String, on path: String) -> Bool {
    let program = variables.lazy.compactMap({ Environment[$0] }).first ?? fallback
    do {
      let status = try screen.run(program.split(separator: " ").map(String.init) + [path])
      model.size = screen.size
      guard status != 0 else { return true }
      model.say(.warning, "\(program) ended with status \(status); nothing was taken over from it.")
    } catch {
      model.say(.failure, error.description)
    }
    return false
  }

  /// Writes a file that only we can read, for as long as the action takes.
  private func withFile(of bytes: [UInt8], extension fileExtension: String, _ action: (String) -> Void) {
    let folder = Environment["TMPDIR"] ?? "/tmp"
    let path = "\(folder)/mqttscope-\(getpid())-\(Clock.monotonic).\(fileExtension)"
    do {
      try FileBytes.replace(path, with: bytes)
    } catch {
      return model.say(.failure, error.description)
    }
    action(path)
    unlink(path)
  }
}
