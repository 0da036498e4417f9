import Glibc
import MQTT

/// The client library of mosquitto, loaded while a measure runs, so that nothing else needs it.
struct Libmosquitto {
  private typealias Client = OpaquePointer
  private typealias Published = @convention(c) (Client?, UnsafeMutableRawPointer?, CInt) -> Void

  private typealias Make = @convention(c) (UnsafePointer<CChar>?, Bool, UnsafeMutableRawPointer?) -> Client?
  private typealias Destroy = @convention(c) (Client?) -> Void
  private typealias Connect = @convention(c) (Client?, UnsafePointer<CChar>, CInt, CInt) -> CInt
  private typealias Publish =
    @convention(c) (
      Client?, UnsafeMutablePointer<CInt>?, UnsafePointer<CChar>, CInt, UnsafeRawPointer?, CInt, Bool
    ) -> CInt
  private typealias Loop = @convention(c) (Client?, CInt, CInt) -> CInt
  private typealias SetPublished = @convention(c) (Client?, Published?) -> Void

  private let make: Make
  private let destroy: Destroy
  private let connect: Connect
  private let publish: Publish
  private let loop: Loop
  private let whenPublished: SetPublished

  /// Loads it, or says that it is not there.
  init() throws {
    guard let library = dlopen("libmosquitto.so.1", RTLD_NOW) else { throw LibraryError.missing }
    func symbol<Function>(_ name: String, as type: Function.Type) throws -> Function {
      guard let address = dlsym(library, name) else { throw LibraryError.symbol(name) }
      return unsafeBitCast(address, to: type)
    }
    let start = try symbol("mosquitto_lib_init", as: (@convention(c) () -> CInt).self)
    _ = start()
    make = try symbol("mosquitto_new", as: Make.self)
    destroy = try symbol("mosquitto_destroy", as: Destroy.self)
    connect = try symbol("mosquitto_connect", as: Connect.self)
    publish = try symbol("mosquitto_publish", as: Publish.self)
    loop = try symbol("mosquitto_loop", as: Loop.self)
    whenPublished = try symbol("mosquitto_publish_callback_set", as: SetPublished.self)
  }

  /// Messages of 100 B a second, a thousand under way at a time, until all are sure.
  func perSecond(_ count: Int, qos: QoS, to port: Int) throws -> Double {
    let done = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    done.initialize(to: 0)
    defer { done.deallocate() }
    guard let client = make("bench-libmosquitto", true, done) else { throw LibraryError.failed(errno) }
    defer { destroy(client) }
    whenPublished(client) { _, done, _ in done?.assumingMemoryBound(to: Int.self).pointee += 1 }
    try check(connect(client, "127.0.0.1", CInt(port), 60))
    let topic = Packets.factoryTopic(611)
    let payload = [UInt8](repeating: UInt8(ascii: "x"), count: 100)
    let nanoseconds = try Cost.onWall {
      var begun = 0
      while done.pointee < count {
        while begun < min(count, done.pointee + 1_000) {
          begun += 1
          try check(publish(client, nil, topic, CInt(payload.count), payload, CInt(qos.rawValue), false))
        }
        try check(loop(client, 100, 1))
      }
    }
    return Double(count) / nanoseconds * 1e9
  }

  private func check(_ code: CInt) throws {
    if code != 0 { throw LibraryError.failed(code) }
  }
}

/// Why the library cannot be measured.
enum LibraryError: Error, CustomStringConvertible {
  case missing
  case symbol(String)
  case failed(CInt)

  var description: String {
    switch self {
    case .missing: "libmosquitto.so.1 is not here; on Debian: apt-get install libmosquitto1"
    case .symbol(let name): "libmosquitto has no \(name)"
    case .failed(let code): "libmosquitto failed with \(code)"
    }
  }
}
