import Glibc

extension Theme {
  /// The theme of a name, from the first folder that has it, or of a path (with a slash in it, or ending in .toml).
  ///
  /// The compiled-in theme is found under its name when no folder has one of that name.
  public static func named(_ name: String, searching folders: [String]) throws(ThemeError) -> Theme {
    if name.contains("/") || name.hasSuffix(".toml") {
      guard access(name, F_OK) == 0 else { throw missing(name, folders) }
      return try Theme(toml: read(name), file: name)
    }
    for folder in folders {
      let path = folder + "/" + name + ".toml"
      if access(path, F_OK) == 0 { return try Theme(toml: read(path), file: path) }
    }
    guard name == standard.name else { throw missing(name, folders) }
    return standard
  }

  /// The names of all themes in the folders and of the compiled-in one, in order.
  public static func names(searching folders: [String]) -> [String] {
    var names: Set<String> = [standard.name]
    for folder in folders {
      guard let directory = opendir(folder) else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let file = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if file.hasSuffix(".toml"), file.first != "." { names.insert(String(file.dropLast(5))) }
      }
    }
    return names.sorted()
  }

  private static func missing(_ name: String, _ folders: [String]) -> ThemeError {
    .missing(name, searched: folders, known: names(searching: folders))
  }

  private static func read(_ path: String) throws(ThemeError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw .unreadable(path, reason: String(cString: strerror(errno))) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= 1 << 20 else { throw .unreadable(path, reason: "it is larger than 1 MiB") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path, reason: "it is not UTF-8")
    }
    return text
  }
}
