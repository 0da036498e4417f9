import NIOCore

/// The head of an answer of HTTP/1: its status and fields.
///
/// It is all of HTTP that an opening needs: what follows a head is a tunnel, or nothing that we would read.
struct HTTPHead: Equatable {
  enum Fault: Error {
    /// It does not begin as HTTP does.
    case notHTTP
    /// It is larger than any sensible one.
    case tooLarge
  }

  /// How many bytes a head may have.
  static let sizeLimit = 16 << 10
  private static let beginning = Array("HTTP/1.".utf8)
  private static let end = Array("\r\n\r\n".utf8)

  let status: Int
  /// The words behind the status, fit to be shown.
  let words: String
  private let fields: [(name: String, value: String)]

  /// Takes a head from the front of the bytes; nil as long as its end is missing.
  static func take(from bytes: inout ByteBuffer) throws(Fault) -> HTTPHead? {
    let view = bytes.readableBytesView
    guard beginning.starts(with: view.prefix(beginning.count)) else { throw .notHTTP }
    guard let end = view.prefix(sizeLimit).firstRange(of: end) else {
      guard view.count < sizeLimit else { throw .tooLarge }
      return nil
    }
    let text = String(decoding: view[..<end.lowerBound], as: UTF8.self)
    bytes.moveReaderIndex(to: end.upperBound)
    guard let head = HTTPHead(text) else { throw .notHTTP }
    return head
  }

  private init?(_ text: String) {
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let start = (lines.first ?? "").split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard start.count >= 2, start[1].utf8.count == 3, let status = Int(start[1]), status >= 100 else { return nil }
    self.status = status
    words = start.count == 3 ? Evidence.text(String(start[2])) : ""
    fields = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...]
      return (line[..<colon].lowercased(), Self.trimmed(value))
    }
  }

  /// The values of a field, split at commas as lists are.
  func values(of name: String) -> [String] {
    fields.filter { $0.name == name }.flatMap { $0.value.split(separator: ",").map(Self.trimmed) }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }

  static func == (one: HTTPHead, other: HTTPHead) -> Bool {
    one.status == other.status && one.words == other.words
      && one.fields.elementsEqual(other.fields) { $0.name == $1.name && $0.value == $1.value }
  }
}
