import Glibc
import Terminal

/// Files that the person asked for.
extension App {
  /// Writes packets into the current folder, or into our own where that cannot be written, and says where.
  func save(packets: [UInt8], count: Int) {
    let now = Clock.now.wall
    let time = Format.time(now).prefix(8).replacing(":", with: "")
    let name = "mqttscope-packets-\(Format.date(now))-\(time)-\(getpid()).log"
    let saved = "Saved \(Format.packets(count)) in "
    var problem = "There is no folder to save packets in."
    if let folder = Self.currentFolder {
      do {
        try FileBytes.replace("\(folder)/\(name)", with: packets)
        return workspace.say(.success, "\(saved)\(folder)/\(name)")
      } catch {
        problem = error.description
      }
    }
    guard let state else { return workspace.say(.failure, problem) }
    do {
      try FileBytes.makeFolder(state.folder)
      try FileBytes.replace("\(state.folder)/\(name)", with: packets)
      workspace.say(.success, "\(saved)\(state.folder)/\(name)")
    } catch {
      workspace.say(.failure, error.description)
    }
  }

  private static var currentFolder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}
