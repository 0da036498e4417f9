import Glibc
import Terminal

/// The controlling terminal, for a question whose answer is not shown.
struct TerminalPrompt: ~Copyable {
  private let descriptor: Int32
  private let settings: termios

  /// Nil if there is no terminal, as under cron.
  init?() {
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else {
      close(descriptor)
      return nil
    }
    self.settings = settings
  }

  deinit { close(descriptor) }

  /// Asks and returns the bytes typed before Enter. Ctrl+C and signals restore the terminal and end the program.
  func askUnseen(_ question: String) throws(Failure) -> [UInt8] {
    let wake = try Interruption.listen()
    begin(question)
    defer {
      end()
      Interruption.stopListening()
    }
    var answer: [UInt8] = []
    while true {
      switch try nextByte(wake) {
      case 0x0a, 0x0d: return answer
      case 0x03: throw .interrupted(signal: SIGINT)
      case 0x04 where answer.isEmpty: return answer
      case 0x08, 0x7f:
        while let last = answer.popLast(), last & 0xc0 == 0x80 {}  // a whole character of UTF-8
      case 0x15: answer.removeAll()
      case 0x1a:
        end()
        Signals.stopProcess()
        begin(question)
        answer.removeAll()
      case 0..<0x20: continue  // a key that means nothing here, and is in nobody's password
      case let byte: answer.append(byte)
      }
    }
  }

  private func begin(_ question: String) {
    var unseen = settings
    unseen.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(descriptor, TCSAFLUSH, &unseen)
    show(Sanitiser.visible(question))
  }

  private func end() {
    var seen = settings
    tcsetattr(descriptor, TCSAFLUSH, &seen)
    show("\n")
  }

  private func nextByte(_ wake: Wake) throws(Failure) -> UInt8 {
    while true {
      var entries = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&entries, 2, -1)
      if let signal = Interruption.signal { throw .interrupted(signal: signal) }
      var byte: UInt8 = 0
      if entries[0].revents != 0 {
        guard read(descriptor, &byte, 1) == 1 else { throw .interrupted(signal: SIGHUP) }
        return byte
      }
    }
  }

  private func show(_ text: String) {
    _ = text.utf8.withContiguousStorageIfAvailable { write(descriptor, $0.baseAddress, $0.count) }
  }
}
