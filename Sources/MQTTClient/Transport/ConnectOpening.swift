import FoundationEssentials
import NIOCore

/// CONNECT, by which a proxy of HTTP opens a tunnel, RFC 9110.
struct ConnectOpening: Opening {
  let waiting = Disconnection.Waiting.proxy
  private let proxy: Proxy
  private let target: String

  init(_ proxy: Proxy, host: String, port: Int) {
    self.proxy = proxy
    target = Endpoint.authority(host, port)
  }

  func start() -> [UInt8] {
    var lines = ["CONNECT \(target) HTTP/1.1", "Host: \(target)"]
    if let username = proxy.username {
      let credentials = Data("\(username):\(proxy.password ?? "")".utf8).base64EncodedString()
      lines.append("Proxy-Authorization: Basic \(credentials)")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  mutating func receive(_ bytes: inout ByteBuffer) -> OpeningStep {
    do throws(HTTPHead.Fault) {
      while true {
        guard let head = try HTTPHead.take(from: &bytes) else { return .needMore }
        switch head.status {
        case 100..<200: continue
        case 200..<300: return .finished
        case 407: return failed(proxy.username == nil ? .credentialsWanted : .credentialsRefused)
        default: return failed(.http(status: head.status, words: head.words))
        }
      }
    } catch {
      return failed(.notAProxy)
    }
  }

  func closed(after bytes: ByteBuffer) -> Disconnection.Reason { .proxy(ProxyFailure(proxy, .closed)) }

  private func failed(_ fault: ProxyFailure.Fault) -> OpeningStep { .failed(.proxy(ProxyFailure(proxy, fault))) }
}
