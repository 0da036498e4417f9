import NIOCore

extension BrokerShell {
  /// Closes everything.
  func stop() -> EventLoopFuture<Void> {
    timer?.cancel()
    timer = nil
    state.shutDown(at: now)
    settleNow()
    if let keeper { tick(keeper) }
    let channels = listeners + handlers.compactMap { $0?.channel }
    listeners = []
    let closed = EventLoopFuture.andAllComplete(
      channels.map { $0.closeFuture.hop(to: eventLoop, after: $0) }, on: eventLoop)
    closed.assumeIsolated().whenComplete { [keeper] _ in keeper?.close() }
    return closed
  }
}

extension EventLoopFuture<Void> {
  /// This future, of a channel that is told to close.
  fileprivate func hop(to eventLoop: any EventLoop, after channel: any Channel) -> EventLoopFuture<Void> {
    channel.close(promise: nil)
    return hop(to: eventLoop)
  }
}
