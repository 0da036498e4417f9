import BrokerData
import Glibc
import MQTTBroker
import NIOPosix

/// `--data`: a broker that goes on where the one before it was ended, and what is said about that.
enum BrokerKeeping {
  /// A broker that keeps what it has in a folder.
  static func broker(in folder: String, _ limits: BrokerLimits, _ access: Access) throws(Failure) -> Broker {
    signal(SIGXFSZ, SIG_IGN)  // a file that may not grow is a disk that is full, and no reason to die
    do {
      return try Broker(
        limits: limits, access: access, on: MultiThreadedEventLoopGroup(numberOfThreads: 1),
        keepingIn: { try DataStore(folder) }, report: { report($0, on: folder) })
    } catch {
      throw .failed("\(error)")
    }
  }

  /// Where data is kept, and what was there.
  static func announcement(of restored: Broker.Restored, in folder: String) -> String {
    let messages = count(restored.retained, "retained message")
    let sessions = count(restored.sessions, "session")
    let verb = restored.retained + restored.sessions == 1 ? "was" : "were"
    let found = "\(messages) and \(sessions) \(verb) restored"
    return "Retained messages and sessions are kept in \(folder)/broker.sqlite: \(found)."
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(number == 0 ? "no" : "\(number)") \(what)\(number == 1 ? "" : "s")"
  }

  private static func report(_ report: StoreReport, on folder: String) {
    switch report {
    case .room(.enough, _): say("There is room in \(folder) again: everything is taken on.")
    case .room(.little, _):
      say(
        "There is little room left in \(folder): messages of QoS 1 and 2, new sessions, wills and subscriptions are refused "
          + "(0x97 Quota exceeded) until there is more; what is kept is delivered.")
    case .room(.none, let reason):
      say(
        "\(reason ?? "Nothing can be written to \(folder).") All clients were disconnected, since nothing is acknowledged that "
          + "is not kept. Until that works again only clients and messages are let in of which nothing has to be kept.")
    case .lost(let reason):
      say("\(reason) The broker ends; what it acknowledged is in \(folder) as far as that can be read.")
      exit(1)
    }
  }
}
