import Glibc
import MQTT
import MQTTClient
import Terminal

/// Why a command ends without having done its work.
enum Failure: Error, Equatable {
  /// The command line asks for something that cannot be.
  case usage(String)
  /// There is no way to the broker.
  case unreachable(String)
  /// The broker does not allow it.
  case refused(String)
  /// Anything else.
  case failed(String)
  /// Whoever read our output has seen enough.
  case outputClosed
  /// A signal asked us to end.
  case interrupted(signal: Int32)

  /// Codes 64 and above are those of sysexits.h.
  var exitCode: Int32 {
    switch self {
    case .usage: 64
    case .unreachable: 69
    case .refused: 77
    case .failed: 1
    case .outputClosed: 0
    case .interrupted(let signal): 128 + signal
    }
  }

  /// What is said about it; nil if nothing is.
  var sentence: String? {
    switch self {
    case .usage(let sentence), .unreachable(let sentence), .refused(let sentence), .failed(let sentence): sentence
    case .interrupted, .outputClosed: nil
    }
  }

  /// Ends the program with the sentence, or by the signal that ended the work, so that a shell's loop ends too.
  func end() -> Never {
    if let sentence { say(sentence) }
    if case .interrupted(let number) = self {
      signal(number, SIG_DFL)
      raise(number)
    }
    exit(exitCode)
  }
}

extension Failure {
  /// The failure of an attempt to connect, or of the connection that the work needed.
  init(_ end: Disconnection) {
    switch end.reason {
    case .unknownHost, .connectionRefused, .timedOut, .network, .noSocket, .closed(wasAccepted: false), .proxy, .tls,
      .notMQTT:
      self = .unreachable(end.description)
    case .refused(let code, _, _) where [.serverUnavailable, .serverBusy].contains(code):
      self = .unreachable(end.description)
    case .webSocket(.refused(let status, _)) where status == 401 || status == 403: self = .refused(end.description)
    case .webSocket(let failure) where !failure.isLate: self = .unreachable(end.description)
    case .refused, .notAuthenticated: self = .refused(end.description)
    case .dismissed(let code, _) where code.isRefusal: self = .refused(end.description)
    default: self = .failed(end.description)
    }
  }
}

extension ReasonCode {
  /// Whether the broker understood and does not allow it to us.
  var isRefusal: Bool { [.notAuthorized, .badUserNameOrPassword, .banned].contains(self) }
}

extension String {
  /// Words of the command line as a sentence repeats them: whole, unless nobody would read that.
  var quoted: String {
    let scalars = unicodeScalars  // a character may have any number of them
    return scalars.count <= 100 ? "“\(self)”" : "“\(Substring(scalars.prefix(80)))…” (\(utf8.count) bytes)"
  }
}

/// Says a sentence on standard error, where it cannot get between the data; nothing in it is obeyed by a terminal.
func say(_ sentence: String) { say(lines: ["mqttscope: \(sentence)"]) }

/// Says lines on standard error, the same way.
func say(lines: [String]) {
  let bytes = Array(lines.map { Sanitiser.visible($0) + "\n" }.joined().utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}
