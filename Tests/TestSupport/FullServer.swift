/// A server that takes no more connections: whoever tries gets no answer at all, not even a refusal.
package final class FullServer {
  package let port: UInt16
  private let listener: Descriptor
  private let waiting: [Descriptor]

  package init() throws(TestSupportError) {
    listener = try Loopback.listen()
    port = try Loopback.port(of: listener)
    var waiting: [Descriptor] = []
    for _ in 0...Loopback.backlog { waiting.append(try Loopback.connect(to: port)) }
    self.waiting = waiting
  }
}
