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
        keepingIn: { try DataStore(folder) }, report: { BrokerNotice.say($0, on: folder) })
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
}
