import Glibc
import NIOCore

/// Lets those who come wait for a while where none can be taken in, for instance for want of file descriptors: a listener
/// that is asked again at once would do nothing else.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private static let pause = TimeAmount.seconds(1)
  private let report: (String) -> Void
  /// Whether it was said; once is enough.
  private var isSaid = false

  init(_ report: @escaping (String) -> Void) { self.report = report }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? IOError else { return context.fireErrorCaught(error) }
    if !isSaid { report(String(cString: strerror(error.errnoCode))) }
    isSaid = true
    let channel = context.channel
    channel.setOption(.autoRead, value: false).whenComplete { _ in
      channel.eventLoop.scheduleTask(in: Self.pause) { channel.setOption(.autoRead, value: true) }
    }
  }
}
