import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Disconnection.Reason {
  /// What an error of the network means.
  init(_ error: any Error) {
    switch error {
    case let reason as Disconnection.Reason: self = reason
    case ChannelError.connectTimeout(let time): self = .timedOut(.network, time.nanoseconds)
    case let error as IOError: self.init(error)
    default: self = .network("\(error)")
    }
  }

  private init(_ error: IOError) {
    switch error.errnoCode {
    case ECONNREFUSED: self = .connectionRefused
    case ECONNRESET, EPIPE: self = .closed(wasAccepted: false)
    case ENOENT: self = .noSocket
    default: self = .network(String(describing: error))
    }
  }
}
