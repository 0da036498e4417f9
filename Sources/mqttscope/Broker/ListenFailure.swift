import Glibc
import MQTTBroker
import NIOCore
import NIOPosix

/// Why the built-in broker cannot listen somewhere, and what to do about it.
struct ListenFailure: CustomStringConvertible {
  let description: String

  init(_ error: any Error, _ listener: Listener) {
    description =
      switch error {
      case let error as IOError: Self.words(for: error.errnoCode, listener)
      case is SocketAddressError.UnknownHost:
        "no address belongs to the name \(listener.host); write one of this machine, such as 127.0.0.1."
      case SocketAddressError.unixDomainSocketPathTooLong: "the path is too long for a socket; choose a shorter one."
      case is UnixDomainSocketPathWrongType: "what is at this path is no socket; choose another path."
      default:
        listener.kind == .unix
          ? "\(error). Choose a path where nothing is yet." : "\(error). Choose another address."
      }
  }

  private static func words(for code: CInt, _ listener: Listener) -> String {
    switch code {
    case EADDRINUSE where listener.kind == .unix:
      "another program listens at this path; end it, or choose another path."
    case EADDRINUSE:
      "another program listens at port \(listener.port); end it, or choose another port with --listen."
    case EACCES where listener.kind == .unix: "you may not write to the folder of this path; choose another."
    case EACCES, EPERM: "ports below 1024 need special permission; choose a higher one, such as 1883."
    case EADDRNOTAVAIL: "\(listener.host) is no address of this machine; 0.0.0.0 stands for all that it has."
    case ENOENT, ENOTDIR: "the folder of this path does not exist; make it first, or choose another path."
    default: "\(String(cString: strerror(code))). Choose another address."
    }
  }
}
