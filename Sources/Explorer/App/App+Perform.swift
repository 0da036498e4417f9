import Glibc
import MQTTClient
import Terminal

/// Every effect of the model, carried out.
extension App {
  func perform(_ effects: [WorkspaceEffect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: WorkspaceEffect) {
    switch effect {
    case .broker(let id, let effect):
      if let broker = workspace[id] { perform(effect, of: broker) }
    case .connect(let id, let target): connect(id, target)
    case .follow(let id, let other, let endpoint):
      if let target = targets[other] { connect(id, .moved(target, to: endpoint)) }
    case .close(let id): close(id)
    case .test(let profile, let password): test(profile, typed: password)
    case .endTest: endTrial()
    case .readProfiles: readProfiles()
    case .change(let change): make(change)
    case .editProfiles: editProfiles()
    case .used(let name): use(name)
    case .theme(let name): use(theme: name)
    case .quit: isOver = true
    }
  }

  private func perform(_ effect: Effect, of broker: Broker) {
    switch effect {
    case .perform(let request): perform(request, of: broker)
    case .copy(let bytes):
      if !screen.copyToClipboard(bytes) {
        broker.model.say(.warning, "This terminal takes nothing on its clipboard (OSC 52).")
      }
    case .page(let payload): page(payload)
    case .form(let effect): perform(effect, of: broker)
    case .giveUpPassword: giveUpPassword(of: broker.id)
    case .savePackets(let bytes, let count): save(packets: bytes, count: count)
    case .redraw: screen.redraw()
    case .suspend:
      screen.stopProcess()
      workspace.size = screen.size
    case .theme, .showBrokers, .stepBroker, .follow, .skipTourStep, .endTour, .quit:
      preconditionFailure("\(effect) is for the workspace")
    }
  }

  private func perform(_ effect: FormEffect, of broker: Broker) {
    switch effect {
    case .send(let request, let message): client(of: broker)?.perform(.publish(request, message))
    case .readFile(let path):
      for effect in broker.model.finishReading(file(at: path)) { perform(effect, of: broker) }
    case .openEditor(let text, let fileExtension): edit(text, fileExtension: fileExtension, of: broker)
    case .remember(let draft):
      keep { (state) throws(FileError) in
        try state.append(PublishState.Entry(time: Clock.now.wall / 1_000_000_000, draft: draft))
      }
    case .keepDraft(let draft): keep { (state) throws(FileError) in try state.keep(draft) }
    case .close: break
    }
  }

  /// A broker whose client could not be made, for want of a password, is tried anew when it is to connect again.
  private func perform(_ request: Request, of broker: Broker) {
    if let client = client(of: broker) { return client.perform(request) }
    if request == .reconnect, let target = targets[broker.id] { connect(broker.id, target) }
  }

  private func client(of broker: Broker) -> Client? { links.first { $0.id == broker.id }?.client }

  private func file(at path: String) -> Result<[UInt8], FileError> {
    Result { () throws(FileError) in try FileBytes.read(path, limit: Self.fileLimit) }
  }

  /// The largest payload of MQTT.
  private static var fileLimit: Int { 268_435_455 }

  private func use(theme name: String) {
    do {
      screen.theme = try Theme.named(name, searching: Folders().themes)
    } catch {
      workspace.say(.failure, error.description)
    }
  }

  private func page(_ payload: [UInt8]) {
    withFile(of: payload, extension: "txt") { path in
      runProgram(named: "PAGER", otherwise: "less", on: path)
    }
  }

  private func edit(_ text: String, fileExtension: String, of broker: Broker) {
    withFile(of: Array(text.utf8), extension: fileExtension) { path in
      guard runProgram(named: "VISUAL", "EDITOR", otherwise: "vi", on: path) else { return }
      switch file(at: path) {
      case .success(let bytes):
        broker.model.form.publish.edited(bytes)
      case .failure(let error): workspace.say(.failure, error.description)
      }
    }
  }

  /// Runs the program that one of the variables names; its value may hold arguments. Says whether it went well.
  @discardableResult
  func runProgram(named variables: String..., otherwise fallback: String, on path: String) -> Bool {
    let program = variables.lazy.compactMap({ Environment[$0] }).first ?? fallback
    do {
      let status = try screen.run(program.split(separator: " ").map(String.init) + [path])
      workspace.size = screen.size
      guard status != 0 else { return true }
      workspace.say(.warning, "\(program) ended with status \(status); nothing was taken over from it.")
    } catch {
      workspace.say(.failure, error.description)
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
      return workspace.say(.failure, error.description)
    }
    action(path)
    unlink(path)
  }
}
