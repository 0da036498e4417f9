import ArgumentParser
import Explorer

/// What every full screen can be told.
struct ScreenOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What messages and topics of each broker may take at most; 256MB if not given.", valueName: "size"),
    transform: ByteSize.read)
  var memory = ByteSize(bytes: 256 << 20)

  @Option(help: ArgumentHelp("A theme by its name, or by the path of its file.", valueName: "name"))
  var theme: String?

  @Flag(inversion: .prefixedNo, help: "Whether the mouse is ours; without it the terminal's own selection works.")
  var mouse = true

  func validate() throws {
    guard memory.bytes >= ByteSize.smallestMemory.bytes else {
      throw ValidationError("--memory is at least \(ByteSize.smallestMemory); \(memory) is too little.")
    }
  }

  /// Options of the explorer with these.
  var options: Explorer.Options {
    var options = Options()
    options.memoryLimit = memory.bytes
    options.theme = theme
    options.usesMouse = mouse
    return options
  }
}
